import type { PlatformChat } from '../platform/index.js';
import { chatPhase, type Chat, type LogEntry, type ParticipantRef } from '../protocol/index.js';
import { assignedIn, escalatedEntries, joinEntries, taskIn, transferEntry, type Place } from './membership.js';
import { toParticipants, withoutAnybody } from './to-participants.js';
import { hasEnded, isActive, isSame, isTask, type ChatView } from './view.js';

/** The platform's chat object as a page may know it: an allowlist of keys, never a copy of the rest. */
export function toChat(platform: PlatformChat, previous: Chat | null): Chat {
  return {
    id: platform.id,
    status: platform.status,
    participants: toParticipants(platform, previous?.participants ?? []),
    timeoutAt: toIsoTime(platform.timeout_at),
  };
}

/** ISO 8601 with milliseconds; null for what is no time. */
export function toIsoTime(timestamp: string | null): string | null {
  const time = timestamp === null ? NaN : Date.parse(timestamp);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/**
 * True where a private message may go to this task virtual agent: the log has it at work, and the chat object, read this very
 * moment, shows that id as assigned (platform: Task VA). All else is no certainty.
 */
export function isCertainlyThere(view: ChatView, platform: PlatformChat, ref: ParticipantRef): boolean {
  const { virtual_agent: shown } = platform;
  if (!isTask(ref) || ref.id === null || !isActive(view, ref)) return false;
  const isConnected = shown?.status === null || shown?.status === 'connected';
  return chatPhase(platform.status) === 'agent' && shown?.id === ref.id && isConnected;
}

/**
 * The entries that bring the log up to a chat as it is now; none when nothing changed. An end is final: whatever says otherwise
 * later is older news, or comes from a copy that lags behind. `reason`: of the end, as `Notice.reason` has it; null where nobody
 * knows.
 */
export function toChatEntries(view: ChatView, chat: Chat, at: string, reason: string | null = null): LogEntry[] {
  return updateEntries(view, chat, { at, end: { reason }, isSettled: false });
}

export interface UpdateOptions {
  /** ISO 8601. */
  readonly at: string;
  /** Null: why the chat ended may be known in a moment, so its end is not told yet. */
  readonly end: { readonly reason: string | null } | null;
  /** True: what the chat object says of who answers has stood for seconds, and no event has told otherwise. */
  readonly isSettled: boolean;
}

/** {@link toChatEntries}, for those who come back to tell more. */
export function updateEntries(view: ChatView, chat: Chat, { at, end, isSettled }: UpdateOptions): LogEntry[] {
  const isOver = chatPhase(chat.status) === 'ended';
  const ended = !view.end && end ? [endEntry(chat.id, at, end.reason)] : [];
  if (hasEnded(view) && !isOver) return ended;
  const entries: LogEntry[] = [];
  const now = isOver ? { ...chat, participants: withoutAnybody(chat.participants) } : chat;
  if (JSON.stringify(view.chat) !== JSON.stringify(now)) entries.push({ type: 'chat-updated', at, chat: now });
  entries.push(...takeoverEntries(view, now, { at, isSettled }));
  return isOver ? [...entries, ...ended] : entries;
}

function endEntry(chatId: number, at: string, reason: string | null): LogEntry {
  const notice = { id: `ended-${chatId}`, kind: 'ended', at, transfer: null, reason };
  return { type: 'notice-added', at, notice };
}

/**
 * Who has taken over by the chat object alone. The human agent who was there all along never joins again after a task, so there
 * the object tells the hand-back. All others are told by their own events, in their order, which the object may be ahead of: it is believed only
 * where no event has come.
 */
function takeoverEntries(view: ChatView, chat: Chat, { at, isSettled }: { at: string; isSettled: boolean }): LogEntry[] {
  const assigned = assignedIn(chat);
  if (!assigned) return [];
  const { speaker } = view;
  const place: Place = { id: `transfer-${chat.id}-${view.head}`, at };
  const isOpen = !taskIn(chat) && !isSame(speaker, assigned);
  const isHandBack = speaker !== null && isTask(speaker) && assigned.kind === 'agent' && isActive(view, assigned);
  if (isOpen && isHandBack) return [transferEntry(speaker, assigned, place), ...escalatedEntries(view, at)];
  if (isOpen && isSettled) return joinEntries(view, assigned, place);
  return assigned.kind === 'agent' ? escalatedEntries(view, at) : [];
}
