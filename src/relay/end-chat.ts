import type { PlatformChat } from '../platform/index.js';
import { chatPhase, type Chat, type LogEntry } from '../protocol/index.js';
import type { RelayContext } from './context.js';
import { keepEnd } from './read-chat.js';
import { RelayError } from './relay-error.js';
import type { StoredChat } from './store.js';
import { toChat, toChatEntries } from './to-chat.js';
import { hasEnded } from './view.js';

export interface EndOptions {
  /** Why it ends, as the notice tells it. */
  readonly reason: 'by_end_user' | 'deflected';
  /** The escalation that ends with it, and the way that was chosen instead of a person. */
  readonly deflection?: { readonly escalationId: number; readonly channel: string };
}

/** Ends a chat in the end user's name and tells it in the log. Answers the chat as it is then. One at a time for a chat. */
export function endOnPlatform(context: RelayContext, visitor: StoredChat, options: EndOptions): Promise<Chat> {
  return context.endReasons.during(visitor.chatId, options.reason, () => end(context, visitor, options));
}

async function end(context: RelayContext, visitor: StoredChat, options: EndOptions): Promise<Chat> {
  const { chat: finished, isOurs } = await finish(context, visitor, options);
  const at = new Date(context.clock.now()).toISOString();
  const { view } = await context.logs.get(visitor.chatId).commit((before) => {
    // Whoever was faster ended it for a reason of their own.
    const ended = toChatEntries(before, toChat(finished, before.chat), at, isOurs ? options.reason : finished.end_reason);
    return { entries: [...(isOurs ? toSettled(options, at) : []), ...ended] };
  });
  if (hasEnded(view)) await keepEnd(context, visitor.chatId);
  return view.chat ?? toChat(finished, null);
}

function toSettled({ deflection }: EndOptions, at: string): LogEntry[] {
  if (!deflection) return [];
  return [{ type: 'escalation-updated', at, escalation: { id: deflection.escalationId, status: 'deflected' } }];
}

async function finish(
  { watch, platform }: RelayContext,
  { chatId, endUserId }: StoredChat,
  { deflection }: EndOptions,
): Promise<{ chat: PlatformChat; isOurs: boolean }> {
  const by = { endUserId, escalationId: deflection?.escalationId, deflectionChannel: deflection?.channel };
  try {
    return { chat: await watch.call(() => platform.finishChat(chatId, by)), isOurs: true };
  } catch (error) {
    if (!(error instanceof RelayError && error.code === 'chat-ended')) throw error;
    // Somebody else was faster. The chat object tells how it ended, and may not yet say so.
    const chat = await watch.call(() => platform.getChat(chatId));
    return { chat: chatPhase(chat.status) === 'ended' ? chat : { ...chat, status: 'finished' }, isOurs: false };
  }
}
