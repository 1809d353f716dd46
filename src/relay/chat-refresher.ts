import type { PlatformClient } from '../platform/index.js';
import type { ChatLogs, ChatRefresher } from './context.js';
import type { PlatformWatch } from './platform-problem.js';
import type { Clock } from './ports.js';
import type { RelayStore, StoredChat } from './store.js';
import { toChat, toChatEntries } from './to-chat.js';
import { hasEnded } from './view.js';

/** Least time between two readings of one chat, in milliseconds; doubles after each reading that failed. */
const SPACING = 1_000;
/** Readings that may fail in a row; then the next event has to ask again. */
const MOST_FAILURES = 5;

export interface ChatRefresherOptions {
  readonly platform: PlatformClient;
  readonly store: RelayStore;
  readonly logs: ChatLogs;
  readonly watch: PlatformWatch;
  readonly clock: Clock;
}

/** Many requests for one chat become one reading at a time, at most one a second; the last request is always honoured. */
export function createChatRefresher(options: ChatRefresherOptions): ChatRefresher {
  const waiting = new Map<number, 'reading' | 'again'>();

  return {
    request(chatId) {
      if (waiting.has(chatId)) waiting.set(chatId, 'again');
      else void run(chatId, 0);
    },
  };

  async function run(chatId: number, failures: number): Promise<void> {
    waiting.set(chatId, 'reading');
    const outcome = await refreshChat(options, chatId).catch(() => 'failed' as const);
    const failed = outcome === 'failed' ? failures + 1 : 0;
    options.clock.setTimeout(() => {
      const isWanted = waiting.get(chatId) === 'again' || outcome === 'outdated' || (failed > 0 && failed < MOST_FAILURES);
      waiting.delete(chatId);
      if (isWanted) void run(chatId, failed);
    }, SPACING * 2 ** failed);
  }
}

/** Reads the chat object and brings the log up to it. `outdated`: the log learned more while the answer was on its way. */
async function refreshChat(options: ChatRefresherOptions, chatId: number): Promise<'done' | 'outdated'> {
  const stored = await options.store.findChat(chatId);
  if (!stored) return 'done';
  const log = options.logs.get(chatId);
  try {
    const known = await log.view();
    const platformChat = await options.watch.call(() => options.platform.getChat(chatId));
    let outcome = 'done' as 'done' | 'outdated';
    await log.commit((view) => {
      if (view.chat !== known.chat) {
        outcome = 'outdated';
        return null;
      }
      const at = new Date(options.clock.now()).toISOString();
      return { entries: toChatEntries(view, toChat(platformChat, view.chat), at) };
    });
    return outcome;
  } finally {
    // The end may have come by webhook, and must count whether or not the platform still knows the chat.
    if (hasEnded(await log.view())) await keepEnd(options, stored);
  }
}

/** From here the time runs until the chat is forgotten. */
async function keepEnd({ store, clock }: ChatRefresherOptions, stored: StoredChat): Promise<void> {
  if (stored.endedAt === null) await store.saveChat({ ...stored, endedAt: clock.now() });
}
