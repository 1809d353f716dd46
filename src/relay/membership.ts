import { chatPhase, type Chat, type LogEntry, type Participant, type ParticipantRef } from '../protocol/index.js';
import { isActive, isSame, isTask, type ChatView } from './view.js';

/** Where in time something happened, ISO 8601, and the opaque id for a notice of it. */
export interface Place {
  readonly id: string;
  readonly at: string;
}

/**
 * Somebody is there from now on. Who answered before is told by one notice; a virtual agent that opens the chat greets by itself,
 * and whoever answered before and is back was never away.
 */
export function joinEntries(view: ChatView, participant: Participant, place: Place): LogEntry[] {
  const { speaker } = view;
  const joined: LogEntry = { type: 'participant-joined', at: place.at, participant };
  const isBack = isSame(speaker, participant);
  const isOpening = speaker === null && participant.kind === 'virtual_agent';
  return [
    joined,
    ...(isBack || isOpening ? [] : [transferEntry(speaker, participant, place)]),
    ...settledEscalation(view, participant, place.at),
  ];
}

/** The notice of a hand-over. */
export function transferEntry(from: ParticipantRef | null, to: ParticipantRef, { id, at }: Place): LogEntry {
  const transfer = { from: from && { kind: from.kind, id: from.id }, to: { kind: to.kind, id: to.id } };
  return { type: 'notice-added', at, notice: { id, kind: 'transfer', at, transfer, reason: null } };
}

/**
 * What becomes of a request for a person when somebody comes, as the platform need not tell it (platform: Escalate): a human agent
 * settles it, and a virtual agent that comes after another one cancels it.
 */
function settledEscalation(view: ChatView, { kind }: ParticipantRef, at: string): LogEntry[] {
  if (kind === 'agent') return escalatedEntries(view, at);
  const isCanceled = kind === 'virtual_agent' && view.speaker?.kind === 'virtual_agent';
  const { escalation, escalationSince } = view;
  // The platform's times are whole seconds.
  const isLater = toSecond(Date.parse(at)) >= toSecond(escalationSince);
  if (!isCanceled || escalation?.status !== 'escalating' || !isLater) return [];
  return [{ type: 'escalation-updated', at, escalation: { id: escalation.id, status: 'canceled' } }];
}

function toSecond(time: number): number {
  return Math.floor(time / 1_000);
}

/** A person has the chat: nobody is being asked for any more. */
export function escalatedEntries({ escalation }: ChatView, at: string): LogEntry[] {
  if (escalation?.status !== 'escalating' && escalation?.status !== 'deflecting') return [];
  return [{ type: 'escalation-updated', at, escalation: { id: escalation.id, status: 'escalated' } }];
}

/** Who answers by the chat object, task virtual agents aside: they answer beside a human agent. */
export function assignedIn(chat: Chat): Participant | undefined {
  return chat.participants.find((one) => one.active && !isTask(one));
}

/** The task virtual agent that is at work. */
export function taskIn(chat: Chat): Participant | undefined {
  return chat.participants.find((one) => one.active && isTask(one));
}

/**
 * True where log and chat object do not agree on who answers: one of them is late. Then the chat object has to be read again, and
 * is believed in the end.
 */
export function isInDoubt(view: ChatView): boolean {
  const { chat, speaker, presences } = view;
  const phase = chat && chatPhase(chat.status);
  if (!chat || phase === 'ended' || phase === 'dismissed') return false;
  const assigned = assignedIn(chat);
  if (assigned) return !taskIn(chat) && !isSame(speaker, assigned);
  const presence = speaker && presences.find((one) => isSame(one, speaker));
  if (!presence || isTask(speaker) || isActive(view, speaker)) return false;
  return presence.joinedAt !== null && (presence.leftAt ?? 0) < presence.joinedAt;
}
