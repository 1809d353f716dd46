import { ChatLog } from './chat-log.js';
import type { ChatLogs } from './context.js';
import type { Clock } from './ports.js';
import type { Sealer } from './sealing.js';
import type { RelayStore } from './store.js';

/** So many logs stay open though nobody uses them, so that the next event need not read all of the log again. */
const MOST_KEPT = 1_000;

export interface ChatLogsOptions {
  readonly store: RelayStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** Told of each log that is opened. */
  readonly onOpened: (chatId: number) => void;
}

/** Keeps one {@link ChatLog} a chat: two of them would not hear of each other's events. */
export function createChatLogs({ store, sealer, clock, onOpened }: ChatLogsOptions): ChatLogs {
  /** Used last at the end: a Map keeps its order. */
  const kept = new Map<number, ChatLog>();
  // Weak: a log that somebody still holds stays the only one of its chat, and one that nobody holds can go.
  const known = new Map<number, WeakRef<ChatLog>>();
  const registry = new FinalizationRegistry<number>((chatId) => {
    if (!known.get(chatId)?.deref()) known.delete(chatId);
  });

  return {
    get(chatId) {
      const log = known.get(chatId)?.deref();
      return log ? keep(log) : open(chatId);
    },
  };

  function open(chatId: number): ChatLog {
    const log = new ChatLog({ chatId, store, sealer, now: () => clock.now() });
    known.set(chatId, new WeakRef(log));
    registry.register(log, chatId);
    keep(log);
    onOpened(chatId);
    return log;
  }

  function keep(log: ChatLog): ChatLog {
    kept.delete(log.chatId);
    kept.set(log.chatId, log);
    const [longestUnused] = kept.keys();
    if (kept.size > MOST_KEPT && longestUnused !== undefined) kept.delete(longestUnused);
    return log;
  }
}
