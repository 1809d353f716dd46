import type { ChatLogs } from './context.js';
import type { Clock, RelayLog } from './ports.js';
import type { RelayStore } from './store.js';
import type { OpenStreams } from './stream-registry.js';

const HOUR = 3_600_000;
/** Between two rounds, in milliseconds. */
const ROUND = 60_000;
/** Logs that nobody claimed belong to chats of another application of the tenant. */
const UNCLAIMED_FOR = 60_000;
/** Twice as long as a webhook could be repeated and still be within reason. */
const KEYS_FOR = 48 * HOUR;

export interface RetentionOptions {
  readonly store: RelayStore;
  readonly logs: ChatLogs;
  readonly streams: Pick<OpenStreams, 'chatIds' | 'expire'>;
  readonly clock: Clock;
  readonly log: RelayLog;
  readonly retentionMs: number | undefined;
}

/** Forgets on time: private messages, chats after their end, events nobody claimed, de-duplication keys. */
export function createRetention({ store, logs, streams, clock, log, retentionMs = 24 * HOUR }: RetentionOptions) {
  let cancel = (): void => undefined;
  let isStopped = false;

  async function round(): Promise<void> {
    // A trouble with one of them keeps nobody from the other.
    await removePrivate().catch(report);
    await purge().catch(report);
    if (!isStopped) cancel = clock.setTimeout(() => void round(), ROUND);
  }

  async function removePrivate(): Promise<void> {
    const due = await store.listSecrets({ until: clock.now() });
    const chatIds = new Set(due.map(({ chatId }) => chatId));
    await Promise.all([...chatIds].map((chatId) => logs.get(chatId).expire().catch(report)));
  }

  async function purge(): Promise<void> {
    const now = clock.now();
    await store.purge({ ended: now - retentionMs, unclaimed: now - UNCLAIMED_FOR, keys: now - KEYS_FOR });
    for (const chatId of streams.chatIds()) if (!(await store.findChat(chatId))) streams.expire(chatId);
  }

  function report(error: unknown): void {
    log.error('retention failed', { error: error instanceof Error ? error.name : typeof error });
  }

  return {
    start: round,
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}
