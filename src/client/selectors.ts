import type { Chat, Participant, ParticipantRef } from '../protocol/index.js';
import type { ChatItem } from './chat-state.js';

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

/** What a page shows of the conversation. Hiding is a choice of presentation: the log keeps every notice. */
export function visibleItems(
  items: readonly ChatItem[],
  options: { hideVaToVaSystemMessages: boolean },
): readonly ChatItem[] {
  return options.hideVaToVaSystemMessages ? items.filter((item) => !isVaToVaNotice(item)) : items;
}

/** True for the notice of a transfer whose two ends are virtual agents. */
function isVaToVaNotice(item: ChatItem): boolean {
  if (item.kind !== 'notice') return false;
  const transfer = item.notice.transfer;
  return transfer?.from?.kind === 'virtual_agent' && transfer.to.kind === 'virtual_agent';
}
