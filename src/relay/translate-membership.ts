import { readWebhookParticipant, type WebhookEvent, type WebhookPerson } from '../platform/index.js';
import { ParticipantKind, type LogEntry, type Participant, type ParticipantRef } from '../protocol/index.js';
import { assignedIn, joinEntries, taskIn, transferEntry, type Place } from './membership.js';
import { toIsoTime } from './to-chat.js';
import type { Translation } from './translate.js';
import { hasEnded, isActive, isSame, isTask, presenceOf, type ChatView } from './view.js';

/** `participant_joined`: may come late, twice, behind its own `participant_left`, or not at all. */
export function translateJoin(view: ChatView, event: WebhookEvent, { id, at }: Place): Translation {
  const told = readWebhookParticipant(event);
  const ref = toRef(told);
  if (!told || !ref) return { entries: [], refresh: true, understood: false };
  const place = { id, at: connectedSince(told, at) };
  // Who only waits at the door may never come in.
  const isThere = told.status !== 'waiting' && ref.kind !== 'end_user' && !hasEnded(view);
  const isNews = isThere && isNewPresence(view, ref, Date.parse(place.at)) && !isBesideTask(view, ref);
  const name = isTask(ref) ? null : told.name;
  const entries = isNews ? joinEntries(view, { ...ref, name, avatarUrl: null, active: true }, place) : [];
  return { entries, refresh: true, understood: true };
}

/** `participant_left`: ends the presence that it belongs to, and none that began later. */
export function translateLeave(view: ChatView, event: WebhookEvent, { at }: Place): Translation {
  const told = readWebhookParticipant(event);
  const ref = toRef(told);
  if (!told || !ref) return { entries: [], refresh: true, understood: false };
  const isNews = ref.kind !== 'end_user' && !hasEnded(view) && isEndOfPresence(view, ref, Date.parse(at));
  const participant: Participant = { ...ref, name: null, avatarUrl: null, active: false };
  return { entries: isNews ? [{ type: 'participant-left', at, participant }] : [], refresh: true, understood: true };
}

/**
 * What a message says of who is there: somebody who was not told of has come, and a human agent who speaks after a task has the
 * chat back. Words that are older than what is known are no evidence of anything.
 */
export function speechEntries(view: ChatView, sender: WebhookPerson, { id, at }: Place): LogEntry[] {
  const ref = toRef(sender);
  if (!ref || ref.kind === 'end_user' || hasEnded(view)) return [];
  const { speaker, chat } = view;
  const isAfterTask = ref.kind === 'agent' && isTask(speaker ?? ref) && !(chat && taskIn(chat));
  if (isAfterTask && isActive(view, ref)) {
    const leftAt = presenceOf(view, speaker ?? ref)?.leftAt ?? 0;
    return Date.parse(at) >= leftAt ? [transferEntry(speaker, ref, { id, at })] : [];
  }
  if (!isSpeechNews(view, ref, Date.parse(at)) || isBesideTask(view, ref)) return [];
  const known = chat?.participants.find((one) => isSame(one, ref));
  const { name = null, avatarUrl = null } = known ?? (isTask(ref) ? {} : { name: sender.name });
  return joinEntries(view, { ...ref, name, avatarUrl, active: true }, { id, at: connectedSince(sender, at) });
}

/** True where words are the first sign of a presence. */
function isSpeechNews(view: ChatView, ref: ParticipantRef, time: number): boolean {
  const { speaker, speakerSince, chat } = view;
  const presence = presenceOf(view, ref);
  if (isSame(speaker, ref) && isActive(view, ref)) return false;
  // Without a number it may be anybody of that kind.
  if (ref.id === null && chat?.participants.some((one) => one.active && one.kind === ref.kind)) return false;
  if (!presence) return isSame(speaker, ref) || time >= speakerSince;
  // Only after they have gone, they can have come anew.
  return presence.leftAt !== null && presence.leftAt >= (presence.joinedAt ?? 0) && time > presence.leftAt && time >= speakerSince;
}

/**
 * True for a presence that was not told of before and lasts. A join that is older than what it would undo came late: of somebody
 * who has gone since, or before whoever answers now.
 */
function isNewPresence(view: ChatView, ref: ParticipantRef, time: number): boolean {
  const { speaker, speakerSince } = view;
  const { joinedAt = null, leftAt = null } = presenceOf(view, ref) ?? {};
  if (joinedAt !== null && time <= joinedAt) return false;
  const isGoneSince = leftAt !== null && (time < leftAt || (time === leftAt && joinedAt === null));
  return !isGoneSince && (isSame(speaker, ref) || time >= speakerSince);
}

/** While a task virtual agent works, the human agent who started it stays: told again, they take over nothing. */
function isBesideTask(view: ChatView, ref: ParticipantRef): boolean {
  const { chat } = view;
  if (ref.kind !== 'agent' || !chat || !taskIn(chat)) return false;
  return isSame(assignedIn(chat) ?? null, ref) && isTask(view.speaker ?? ref);
}

function isEndOfPresence(view: ChatView, ref: ParticipantRef, time: number): boolean {
  const presence = presenceOf(view, ref);
  if (!presence) return true;
  const { joinedAt, leftAt } = presence;
  if (joinedAt === null) return isActive(view, ref);
  return time >= joinedAt && (leftAt === null || leftAt < joinedAt || isActive(view, ref));
}

function toRef(told: WebhookPerson | null): ParticipantRef | null {
  const kind = ParticipantKind.safeParse(told?.kind);
  return told && kind.success ? { kind: kind.data, id: told.id } : null;
}

/** When they came, ISO 8601: never later than when it was told. */
function connectedSince({ connectedAt }: WebhookPerson, at: string): string {
  const since = toIsoTime(connectedAt);
  return since !== null && since < at ? since : at;
}
