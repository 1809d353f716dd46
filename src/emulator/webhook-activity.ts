import type { Timers } from './clock.js';

/** Knows whether anything is under way: the queue of webhooks, and whoever brings them, tell it. */
export interface Activity {
  begin(): void;
  end(): void;
  /**
   * Waits without being under way.
   * @returns false when everything was stopped
   */
  pause(milliseconds: number): Promise<boolean>;
  /** Resolves when nothing is under way: what is left waits for its time to come. */
  idle(): Promise<void>;
  isStopped(): boolean;
  stop(): void;
}

/** Makes one in which nothing is under way. */
export function createActivity(timers: Timers): Activity {
  const waiters: (() => void)[] = [];
  let active = 0;
  let isStopped = false;

  const activity: Activity = {
    begin: () => {
      active += 1;
    },
    end: () => {
      active -= 1;
      if (active === 0) for (const resolve of waiters.splice(0)) resolve();
    },
    pause: async (milliseconds) => {
      if (milliseconds <= 0) return !isStopped;
      activity.end();
      const elapsed = await timers.pause(milliseconds);
      activity.begin();
      return elapsed && !isStopped;
    },
    idle: () =>
      active === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiters.push(resolve);
          }),
    isStopped: () => isStopped,
    stop: () => {
      isStopped = true;
    },
  };
  return activity;
}
