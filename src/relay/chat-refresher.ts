import type { PlatformClient } from '../platform/index.js';
import { chatPhase } from '../protocol/index.js';
import type { ChatLogs, ChatRefresher } from './context.js';
import type { PlatformWatch } from './platform-problem.js';
import type { Clock } from './ports.js';
import type { RelayStore } from './store.js';
import { toChat, toChatEntries } from './to-chat.js';

/** Least time between two readings of one chat, in milliseconds. */
const SPACING = 1_000;

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
      else void run(chatId);
    },
  };

  async function run(chatId: number): Promise<void> {
    waiting.set(chatId, 'reading');
    // A reading that fails is no harm: the next event asks again.
    await refreshChat(options, chatId).catch(() => undefined);
    options.clock.setTimeout(() => {
      const wanted = waiting.get(chatId);
      waiting.delete(chatId);
      if (wanted === 'again') void run(chatId);
    }, SPACING);
  }
}

/** Reads the chat object and brings the log up to it. */
async function refreshChat(options: ChatRefresherOptions, chatId: number): Promise<void> {
  const stored = await options.store.findChat(chatId);
  if (!stored) return;
  const platformChat = await options.watch.call(() => options.platform.getChat(chatId));
  const now = options.clock.now();
  const { view } = await options.logs.get(chatId).commit((before) => {
    const chat = toChat(platformChat, before.chat);
    return { entries: toChatEntries(before, chat, new Date(now).toISOString()) };
  });
  if (view.chat && chatPhase(view.chat.status) === 'ended' && stored.endedAt === null) {
    await options.store.saveChat({ ...stored, endedAt: now });
  }
}
