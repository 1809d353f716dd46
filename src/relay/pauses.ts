import type { Clock } from './ports.js';

/** Waits that a stop cuts short. */
export interface Pauses {
  /** True after {@link Pauses.endAll}: no wait lasts any more. */
  readonly areOver: boolean;
  pause(milliseconds: number): Promise<void>;
  endAll(): void;
}

export function createPauses(clock: Clock): Pauses {
  const running = new Set<() => void>();
  let areOver = false;

  return {
    get areOver() {
      return areOver;
    },
    pause: (milliseconds) =>
      new Promise((resolve) => {
        if (areOver) {
          resolve();
          return;
        }
        const cancel = clock.setTimeout(end, milliseconds);
        running.add(end);
        function end(): void {
          cancel();
          running.delete(end);
          resolve();
        }
      }),
    endAll() {
      areOver = true;
      for (const end of [...running]) end();
    },
  };
}
