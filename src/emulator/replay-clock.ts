import type { EmulatorClock } from './clock.js';

/** A clock that runs through recorded time as fast as things happen, and then goes on like another one. */
export interface ReplayClock extends EmulatorClock {
  /** The moment of the timer that is due next; undefined where there is none. */
  nextDue(): number | undefined;
  /** Lets the timer that is due next run out. */
  fireNext(): void;
  /** It is this moment now. Never goes back. */
  setNow(moment: number): void;
  /** From here on time passes as it does on the other clock. */
  release(): void;
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
  /** Set once the timer runs on the other clock. */
  cancel?: () => void;
}

/** Makes a clock that stands still at `start`, in milliseconds since 1970. */
export function createReplayClock(start: number, after: EmulatorClock): ReplayClock {
  const timers = new Set<Timer>();
  let now = start;
  /** What has to be added to the other clock's time, once it is followed. */
  let offset: number | undefined;

  const clock: ReplayClock = {
    now: () => (offset === undefined ? now : after.now() + offset),
    setTimeout: (callback, milliseconds) => {
      if (offset !== undefined) return after.setTimeout(callback, milliseconds);
      const timer: Timer = { due: now + milliseconds, callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
        timer.cancel?.();
      };
    },
    nextDue: () => findNext(timers)?.due,
    fireNext: () => {
      const timer = findNext(timers);
      if (timer === undefined) return;
      timers.delete(timer);
      clock.setNow(timer.due);
      timer.callback();
    },
    setNow: (moment) => {
      now = Math.max(now, moment);
    },
    release: () => {
      offset = now - after.now();
      for (const timer of timers) timer.cancel = after.setTimeout(timer.callback, timer.due - now);
      timers.clear();
    },
  };
  return clock;
}

/** Of two timers of the same moment the older one. */
function findNext(timers: ReadonlySet<Timer>): Timer | undefined {
  let next: Timer | undefined;
  for (const timer of timers) if (next === undefined || timer.due < next.due) next = timer;
  return next;
}
