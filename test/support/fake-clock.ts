/** A clock that stands still until it is told how much time passes. */
export interface FakeClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `callback` once, when that much time has been let pass; the answer cancels it. */
  setTimeout(callback: () => void, milliseconds: number): () => void;
  /**
   * Lets time pass: runs what falls due in order, also what is set on the way, and after each lets pending
   * promises settle. Work outside the event loop (Web Crypto, sockets) may still be under way: wait for that
   * by its own means, or give them as `idle`, which is then waited for whenever time is about to pass.
   */
  advance(milliseconds: number, idle?: () => Promise<void>): Promise<void>;
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** Makes a fake clock; it starts on 2 January 2026 at 10:00 UTC unless told otherwise. */
export function createFakeClock(start: number = Date.UTC(2026, 0, 2, 10)): FakeClock {
  const timers = new Set<Timer>();
  let now = start;

  function takeNext(until: number): Timer | undefined {
    const dueTimers = [...timers].filter((timer) => timer.due <= until);
    // The sort is stable: of two timers of the same moment the older one runs first.
    const next = dueTimers.sort((left, right) => left.due - right.due)[0];
    if (next !== undefined) timers.delete(next);
    return next;
  }

  async function advance(milliseconds: number, idle = async (): Promise<void> => undefined): Promise<void> {
    const until = now + milliseconds;
    await settle();
    await idle();
    for (let timer = takeNext(until); timer !== undefined; timer = takeNext(until)) {
      now = Math.max(now, timer.due);
      timer.callback();
      await settle();
      await idle();
    }
    now = until;
  }

  return {
    now: () => now,
    setTimeout: (callback, milliseconds) => {
      const timer = { due: now + milliseconds, callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance,
  };
}

/**
 * The real timer, kept before any test replaces it. Some turns of the event loop, because one promise may
 * wait for another.
 */
const { setTimeout: realSetTimeout } = globalThis;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise<void>((resolve) => {
      realSetTimeout(resolve, 0);
    });
  }
}
