import type { Chat, EndUser } from './chat.js';
import type { NewChat } from './chat-events.js';
import type { Inactivity } from './inactivity.js';

/** The record of a chat in which nobody is yet. */
export function toNewChat(
  { endUser, menu, lang, context, transcript = [] }: NewChat,
  { id, now, inactivity }: { readonly id: number; readonly now: number; readonly inactivity: Inactivity },
): Chat {
  return {
    id,
    endUser,
    endUserIds: new Set([endUser.id]),
    menu,
    lang,
    context,
    transcript,
    status: 'queued',
    isBetweenVirtualAgents: false,
    flags: { verified_customer: false, bad_actor: false, repeat_customer: false },
    customData: {},
    lastUpdate: undefined,
    createdAt: now,
    inactivity,
    lastActiveAt: now,
    endedAt: undefined,
    endReason: undefined,
    participants: [],
    messages: [],
    escalations: [],
  };
}

/** How the end user is called in the chat. */
export function toPerson({ id, name }: EndUser): { readonly id: number; readonly name: string } {
  return { id, name: name ?? 'Visitor' };
}
