import type { Chat, Participant, ParticipantRef } from '../protocol/index.js';
import type { ChatItem, ChatState } from './chat-state.js';

/**
 * Who a reference means. Without a match by id, the one who is active (else the last) of that kind:
 * the platform does not say whether a sender's id is the person's or the participant's (OQ-14).
 */
export function participantOf(chat: Chat | null, ref: ParticipantRef): Participant | null {
  const kin = chat?.participants.filter((participant) => participant.kind === ref.kind) ?? [];
  return (
    kin.find((participant) => ref.id !== null && participant.id === ref.id) ??
    kin.find((participant) => participant.active) ??
    kin.at(-1) ??
    null
  );
}

/** Who answers now: a task virtual agent before a human agent before a virtual agent. */
export function activeParticipant(chat: Chat | null): Participant | null {
  const active = chat?.participants.filter((participant) => participant.active) ?? [];
  const of = (kind: Participant['kind']) => active.find((participant) => participant.kind === kind);
  return of('task_virtual_agent') ?? of('agent') ?? of('virtual_agent') ?? null;
}

/** Whom the next text is for; null while nobody is there. */
export function addresseeOf({ chat }: Pick<ChatState, 'chat'>): ParticipantRef | null {
  const participant = activeParticipant(chat);
  return participant && { kind: participant.kind, id: participant.id };
}

/** True while a task virtual agent listens: what is written now stays between it and the end user. */
export function isPrivateNow(state: Pick<ChatState, 'chat'>): boolean {
  return addresseeOf(state)?.kind === 'task_virtual_agent';
}

/** Why the chat ended, as its notice tells (see `Notice.reason`); null where nobody knows, or before the end. */
export function endReasonOf(items: readonly ChatItem[]): string | null {
  const reasons = items.map((item) => (item.kind === 'notice' && item.notice.kind === 'ended' ? item.notice.reason : null));
  return reasons.filter(Boolean).at(-1) ?? null;
}

/** Ids of the messages whose quick replies were tapped; a reply that failed leaves the choice open. */
export function answeredMessages(items: readonly ChatItem[]): ReadonlySet<string> {
  const answered = new Set<string>();
  for (const item of items) {
    if (item.kind !== 'message' || item.message.delivery === 'failed') continue;
    if (item.message.replyTo !== null) answered.add(item.message.replyTo);
  }
  return answered;
}
