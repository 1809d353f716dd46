import {
  chatPhase,
  type Chat,
  type Delivery,
  type Escalation,
  type LogEntry,
  type Participant,
  type ParticipantRef,
} from '../protocol/index.js';

/** A message of the end user as the relay follows it. */
export interface OwnMessage {
  readonly id: string;
  readonly seq: number;
  readonly text: string;
  readonly delivery: Delivery;
}

/** What the log of a chat adds up to: all that translating and sending need to know. */
export interface ChatView {
  readonly head: number;
  readonly chat: Chat | null;
  readonly own: readonly OwnMessage[];
  /** Who answered last, whether or not they are still there. */
  readonly speaker: ParticipantRef | null;
  readonly escalation: Escalation | null;
}

export const emptyView: ChatView = { head: 0, chat: null, own: [], speaker: null, escalation: null };

/** Adds one entry at its place. */
export function extendView(view: ChatView, entry: LogEntry, seq: number): ChatView {
  return { ...applyEntry(view, entry, seq), head: seq };
}

function applyEntry(view: ChatView, entry: LogEntry, seq: number): ChatView {
  switch (entry.type) {
    case 'chat-updated':
      return { ...view, chat: entry.chat };
    case 'participant-joined': {
      const { kind, id } = entry.participant;
      return { ...view, speaker: { kind, id }, chat: view.chat && withParticipant(view.chat, entry.participant) };
    }
    case 'participant-left':
      return { ...view, chat: view.chat && withParticipant(view.chat, entry.participant) };
    case 'message-added': {
      const { id, text, sender, delivery } = entry.message;
      if (sender.kind !== 'end_user' || !delivery) return view;
      return { ...view, own: [...view.own, { id, seq, text, delivery }] };
    }
    case 'message-updated': {
      const { id, delivery } = entry;
      return { ...view, own: view.own.map((own) => (own.id === id ? { ...own, delivery } : own)) };
    }
    case 'notice-added':
      return { ...view, speaker: entry.notice.transfer?.to ?? view.speaker };
    case 'escalation-updated':
      return { ...view, escalation: entry.escalation };
  }
}

/** A webhook may know less of somebody than the chat object told before. */
function withParticipant(chat: Chat, participant: Participant): Chat {
  const { participants } = chat;
  const known = participants.find(({ kind, id }) => kind === participant.kind && id === participant.id);
  const merged: Participant = {
    ...participant,
    name: participant.name ?? known?.name ?? null,
    avatarUrl: participant.avatarUrl ?? known?.avatarUrl ?? null,
  };
  return {
    ...chat,
    participants: known ? participants.map((one) => (one === known ? merged : one)) : [...participants, merged],
  };
}

/** True once the chat is over for good. */
export function hasEnded(view: ChatView): boolean {
  return view.chat !== null && chatPhase(view.chat.status) === 'ended';
}
