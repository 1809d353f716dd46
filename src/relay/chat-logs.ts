import { ChatLog } from './chat-log.js';
import type { ChatLogs } from './context.js';
import type { Clock } from './ports.js';
import type { Sealer } from './sealing.js';
import type { RelayStore } from './store.js';

/** Logs without a reader beyond this many are let go; what they know is in the store. */
const MOST_IDLE = 1_000;

export interface ChatLogsOptions {
  readonly store: RelayStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** Told of each log that is opened. */
  readonly onOpened: (chatId: number) => void;
}

/** Keeps one {@link ChatLog} a chat: two of them would number events twice. */
export function createChatLogs({ store, sealer, clock, onOpened }: ChatLogsOptions): ChatLogs {
  const logs = new Map<number, ChatLog>();

  return {
    get(chatId) {
      const known = logs.get(chatId);
      const log = known ?? new ChatLog({ chatId, store, sealer, now: () => clock.now() });
      // Put last: a Map keeps its order, so the first ones are those used longest ago.
      logs.delete(chatId);
      logs.set(chatId, log);
      if (!known) onOpened(chatId);
      if (logs.size > MOST_IDLE) dropIdle();
      return log;
    },
  };

  function dropIdle(): void {
    for (const [chatId, log] of logs) {
      if (logs.size <= MOST_IDLE) return;
      if (log.isIdle) logs.delete(chatId);
    }
  }
}
