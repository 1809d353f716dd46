/** Port: time. Injected, so that hours pass in a test without waiting. */
export interface ClientClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `callback` once; the answer cancels it. */
  setTimeout(callback: () => void, milliseconds: number): () => void;
}

/** The clock of the browser. */
export const browserClock: ClientClock = {
  now: () => Date.now(),
  setTimeout: (callback, milliseconds) => {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves after `milliseconds`, at once when the signal aborts. */
export function wait(clock: ClientClock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const cancel = clock.setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
