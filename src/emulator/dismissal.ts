import { findConnected, isDismissed, type Chat } from './chat.js';
import type { Chats } from './chats.js';
import type { SwitchPosition } from './switches.js';

/** Why a chat cannot be dismissed; undefined where it can. */
export type DismissalObstacle = 'nobody-assigned' | 'not-both-spoke';

/** Dismissal needs somebody who has the chat, and a message of both sides (platform: Statuses of a chat). */
export function findDismissalObstacle(chat: Chat): DismissalObstacle | undefined {
  if (chat.status !== 'assigned' && chat.status !== 'va_assigned') return 'nobody-assigned';
  const kinds = chat.messages.map(({ sender }) => sender.kind === 'end_user');
  return kinds.includes(true) && kinds.includes(false) ? undefined : 'not-both-spoke';
}

/**
 * The chat falls asleep. Whoever had it is still noted as connected, but a task virtual agent leaves: its
 * task counts as escalated for the reason `dismissed`.
 */
export function dismissChat(chats: Chats, chat: Chat): void {
  const task = findConnected(chat, 'task_virtual_agent');
  if (task !== undefined) {
    chats.leave(chat, task);
    chats.record(chat, { reason: 'dismissed', status: 'canceled' });
  }
  chat.status = chat.status === 'va_assigned' ? 'va_dismissed' : 'dismissed';
  chats.events.emit('dismissed', chat);
}

/**
 * The chat goes on. The target status is not documented: either whoever had it goes on, or it is queued; a
 * virtual agent that cannot be taken up again counts as an escalation for the reason `could_not_resume`.
 */
export function resumeChat(
  chats: Chats,
  chat: Chat,
  { target, now }: { readonly target: ResumeTarget; readonly now: number },
): void {
  if (!isDismissed(chat)) return;
  const wasWithVirtualAgent = chat.status === 'va_dismissed';
  chat.status = wasWithVirtualAgent ? 'va_assigned' : 'assigned';
  chat.lastActiveAt = now;
  if (target === 'queued') {
    if (wasWithVirtualAgent) chats.escalate(chat, 'could_not_resume');
    else chats.clearFloor(chat);
  }
  chats.events.emit('resumed', chat);
}

/** Where a resumed chat goes on. */
export type ResumeTarget = SwitchPosition<'resumeTarget'>;
