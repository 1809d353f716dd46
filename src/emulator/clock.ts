/** Time for the emulator: injected, so that a test lets hours pass without waiting. */
export interface EmulatorClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `callback` once after `milliseconds`; the answer cancels it. */
  setTimeout(callback: () => void, milliseconds: number): () => void;
}

/** From here on a timer waits for silence, not for something under way; in milliseconds. */
const LONG_MILLISECONDS = 60_000;

/**
 * The clock on the wall. Where the runtime can do so (Node), a long timer does not keep the process alive: a
 * chat that may time out in an hour must not hold up the end of a test run.
 */
export const wallClock: EmulatorClock = {
  now: () => Date.now(),
  setTimeout: (callback, milliseconds) => {
    const timer = setTimeout(callback, milliseconds);
    if (milliseconds >= LONG_MILLISECONDS) (timer as { unref?: () => void }).unref?.();
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Timers that can all be called off at once, which is what a reset and a stop need. */
export interface Timers {
  now(): number;
  /** Runs `callback` once after `milliseconds`; the answer cancels it. Does nothing after `stop`. */
  after(milliseconds: number, callback: () => void): () => void;
  /** Resolves to true when the time has passed, to false when everything was stopped before. */
  pause(milliseconds: number): Promise<boolean>;
  stop(): void;
}

/** Makes timers on top of a clock. */
export function createTimers(clock: EmulatorClock): Timers {
  const stopListeners = new Set<() => void>();
  let stopped = false;

  function start(milliseconds: number, callback: () => void, whenStopped: () => void): () => void {
    const cancel = clock.setTimeout(() => {
      stopListeners.delete(stop);
      callback();
    }, milliseconds);
    const stop = (): void => {
      cancel();
      whenStopped();
    };
    stopListeners.add(stop);
    return () => {
      stopListeners.delete(stop);
      cancel();
    };
  }

  return {
    now: () => clock.now(),
    after: (milliseconds, callback) =>
      stopped ? () => undefined : start(milliseconds, callback, () => undefined),
    pause: (milliseconds) =>
      new Promise((resolve) => {
        if (stopped) resolve(false);
        else
          start(
            milliseconds,
            () => {
              resolve(true);
            },
            () => {
              resolve(false);
            },
          );
      }),
    stop: () => {
      stopped = true;
      for (const stop of [...stopListeners]) stop();
      stopListeners.clear();
    },
  };
}

/**
 * ISO 8601 in UTC with second precision, the form of the platform's timestamps (platform: Webhooks,
 * Envelope).
 */
export function toPlatformTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
