import type { RelayContext } from './context.js';
import { orUnavailable } from './relay-error.js';
import type { StoredChat } from './store.js';
import { toChat, toChatEntries } from './to-chat.js';
import { hasEnded, type ChatView } from './view.js';

/** Reads a chat object from the platform, brings the log up to it and answers the view after that. */
export async function readChat(context: RelayContext, { chatId }: Pick<StoredChat, 'chatId'>): Promise<ChatView> {
  const { watch, platform, logs, clock, refresher } = context;
  const log = logs.get(chatId);
  const known = await log.view();
  const read = await watch.call(() => platform.getChat(chatId));
  const at = new Date(clock.now()).toISOString();
  const { view } = await log.commit((before) => {
    if (before.chat === known.chat) return { entries: toChatEntries(before, toChat(read, before.chat), at, read.end_reason) };
    // The log learned more while the answer was on its way.
    refresher.request(chatId);
    return null;
  });
  if (hasEnded(view)) await keepEnd(context, chatId);
  return view;
}

/** From the end on the time runs until the chat is forgotten. */
export async function keepEnd({ store, clock }: Pick<RelayContext, 'store' | 'clock'>, chatId: number): Promise<void> {
  await orUnavailable(async () => {
    // Read anew: who the visitor is may have been told meanwhile.
    const stored = await store.findChat(chatId);
    if (stored?.endedAt === null) await store.saveChat({ ...stored, endedAt: clock.now() });
  });
}
