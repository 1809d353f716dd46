import { findOpenEscalation, isEnded, type Chat } from './chat.js';
import type { Chats } from './chats.js';
import type { EndReason } from './reasons.js';

/** Ends a chat that has not ended yet: an open escalation is canceled, whoever was waiting is sent away. */
export function closeChat(
  chats: Chats,
  chat: Chat,
  {
    status,
    reason,
    now,
  }: { readonly status: 'finished' | 'failed'; readonly reason: EndReason; readonly now: number },
): void {
  if (isEnded(chat)) return;
  chat.status = status;
  chat.endedAt = now;
  chat.endReason = reason;
  chat.isBetweenVirtualAgents = false;
  const escalation = findOpenEscalation(chat);
  if (escalation !== undefined) escalation.status = 'canceled';
  for (const each of chat.participants) if (each.status === 'waiting') each.status = 'disconnected';
  chats.events.emit('ended', chat);
}
