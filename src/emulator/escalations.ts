import { findConnected, findOpenEscalation, findPresent, type Chat, type Escalation } from './chat.js';
import type { Chats } from './chats.js';
import type { EscalationReason } from './reasons.js';

/**
 * Asks for a human: the virtual agents leave and the chat is queued. While an escalation is open a second
 * one is the same record; with a human in the chat there is nothing to do and the record says `escalated`
 * (OQ-37).
 */
export function escalateChat(
  chats: Chats,
  chat: Chat,
  { reason, forced }: { readonly reason: EscalationReason; readonly forced: boolean },
): Escalation {
  const open = findOpenEscalation(chat);
  if (open !== undefined) return open;
  if (findConnected(chat, 'agent') !== undefined)
    return chat.escalations.at(-1) ?? chats.record(chat, { reason, forced, status: 'escalated' });
  const escalation = chats.record(chat, { reason, forced, status: 'escalating' });
  chat.isBetweenVirtualAgents = false;
  chats.events.emit('escalating', chat);
  chats.clearFloor(chat);
  chats.events.emit('escalated', chat, escalation);
  return escalation;
}

/**
 * The human agent ends a task before it is done: it counts as escalated back (platform: Task VA).
 * @returns false where no task virtual agent is in the chat
 */
export function forceEndTask(chats: Chats, chat: Chat): boolean {
  const task = findPresent(chat, 'task_virtual_agent');
  if (task === undefined) return false;
  chats.record(chat, { reason: 'by_human_agent', status: 'escalated' });
  chats.leave(chat, task);
  return true;
}
