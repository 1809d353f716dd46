import type { Clock, RelayLog } from './ports.js';
import type { RelayStore } from './store.js';

const HOUR = 3_600_000;
/** Between two rounds, in milliseconds. */
const ROUND = 60_000;
/** Logs that nobody claimed belong to chats of another application of the tenant. */
const UNCLAIMED_FOR = 60_000;
/** Twice as long as a webhook could be repeated and still be within reason. */
const KEYS_FOR = 48 * HOUR;

export interface RetentionOptions {
  readonly store: RelayStore;
  readonly clock: Clock;
  readonly log: RelayLog;
  readonly retentionMs: number | undefined;
}

/** Forgets on time: chats after their end, events nobody claimed, de-duplication keys. */
export function createRetention({ store, clock, log, retentionMs = 24 * HOUR }: RetentionOptions) {
  let cancel = (): void => undefined;

  async function round(): Promise<void> {
    const now = clock.now();
    try {
      await store.purge({ ended: now - retentionMs, unclaimed: now - UNCLAIMED_FOR, keys: now - KEYS_FOR });
    } catch (error) {
      log.error('retention failed', { error: error instanceof Error ? error.name : typeof error });
    }
    cancel = clock.setTimeout(() => void round(), ROUND);
  }

  return {
    start: round,
    stop: () => {
      cancel();
    },
  };
}
