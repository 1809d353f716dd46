import {
  chatPhase,
  type Chat,
  type Deflection,
  type Delivery,
  type Escalation,
  type LogEntry,
  type Notice,
  type Participant,
  type ParticipantRef,
} from '../protocol/index.js';

/** A message of the end user as the relay follows it. */
export interface OwnMessage {
  readonly id: string;
  readonly seq: number;
  /** Empty once a private one has been removed. */
  readonly text: string;
  readonly delivery: Delivery;
  readonly private: boolean;
  /** Whom a private one was typed for. Else null. */
  readonly to: ParticipantRef | null;
  readonly replyTo: string | null;
}

/** When somebody was last told to have come and to have gone, in milliseconds since 1970; null: never told. */
export interface Presence extends ParticipantRef {
  readonly joinedAt: number | null;
  readonly leftAt: number | null;
}

/** What the log of a chat adds up to: all that translating and sending need to know. */
export interface ChatView {
  readonly head: number;
  readonly chat: Chat | null;
  readonly own: readonly OwnMessage[];
  /** Who answered last, whether or not they are still there. */
  readonly speaker: ParticipantRef | null;
  /** Since when, in milliseconds since 1970; 0 before anybody answered. */
  readonly speakerSince: number;
  readonly presences: readonly Presence[];
  /** The newest request for a person. */
  readonly escalation: Escalation | null;
  /** Since when it is as it is, in milliseconds since 1970. */
  readonly escalationSince: number;
  /** What is on offer instead of a person, until it is chosen or settled. */
  readonly deflection: Deflection | null;
  /** Set once the end was told, with its reason where it is known. The chat itself may have ended before: {@link hasEnded}. */
  readonly end: { readonly reason: string | null } | null;
}

export const emptyView: ChatView = {
  head: 0,
  chat: null,
  own: [],
  speaker: null,
  speakerSince: 0,
  presences: [],
  escalation: null,
  escalationSince: 0,
  deflection: null,
  end: null,
};

/** Adds one entry at its place. */
export function extendView(view: ChatView, entry: LogEntry, seq: number): ChatView {
  return { ...applyEntry(view, entry, seq), head: seq };
}

function applyEntry(view: ChatView, entry: LogEntry, seq: number): ChatView {
  switch (entry.type) {
    case 'chat-updated':
      return withChat(view, entry.chat, Date.parse(entry.at));
    case 'participant-joined':
      return withJoined(view, entry.participant, Date.parse(entry.at));
    case 'participant-left':
      return withLeft(view, entry.participant, Date.parse(entry.at));
    case 'message-added': {
      const { id, text, sender, delivery, private: isPrivate, to, replyTo } = entry.message;
      if (sender.kind !== 'end_user' || !delivery) return view;
      return { ...view, own: [...view.own, { id, seq, text, delivery, private: isPrivate, to, replyTo }] };
    }
    case 'message-updated':
      return withOwn(view, entry.id, { delivery: entry.delivery });
    case 'message-removed':
      return withOwn(view, entry.id, { text: '' });
    case 'notice-added':
      return withNotice(view, entry.notice);
    case 'escalation-updated': {
      const { escalation, at } = entry;
      const deflection = escalation.status === 'deflecting' ? view.deflection : null;
      return { ...view, escalation, escalationSince: Date.parse(at), deflection };
    }
    case 'deflection-offered':
      return { ...view, deflection: entry.deflection };
  }
}

function withChat(view: ChatView, chat: Chat, at: number): ChatView {
  const phase = chatPhase(chat.status);
  const isSettled = phase === 'agent' || phase === 'ended';
  const gone = chat.participants.filter((one) => isTask(one) && !one.active && isActive(view, one));
  // The clocks of relay and platform may differ: nobody goes before they came.
  const leftAt = (one: ParticipantRef) => Math.max(at, presenceOf(view, one)?.joinedAt ?? 0);
  const noted = gone.reduce((sum, one) => withPresence(sum, one, { leftAt: leftAt(one) }), view);
  return { ...noted, chat, deflection: isSettled ? null : view.deflection };
}

function withJoined(view: ChatView, participant: Participant, at: number): ChatView {
  const { kind, id } = participant;
  return {
    ...withPresence(view, participant, { joinedAt: at }),
    chat: view.chat && withParticipant(view.chat, participant),
    speaker: { kind, id },
    speakerSince: at,
  };
}

function withLeft(view: ChatView, participant: Participant, at: number): ChatView {
  const left = withPresence(view, participant, { leftAt: at });
  return { ...left, chat: view.chat && withParticipant(view.chat, participant) };
}

function withNotice(view: ChatView, { kind, at, transfer, reason }: Notice): ChatView {
  if (kind === 'ended') return { ...view, end: { reason } };
  return transfer ? { ...view, speaker: transfer.to, speakerSince: Date.parse(at) } : view;
}

function withOwn(view: ChatView, id: string, change: Partial<OwnMessage>): ChatView {
  return { ...view, own: view.own.map((own) => (own.id === id ? { ...own, ...change } : own)) };
}

function withPresence(view: ChatView, { kind, id }: ParticipantRef, change: Partial<Presence>): ChatView {
  const known = presenceOf(view, { kind, id }) ?? { kind, id, joinedAt: null, leftAt: null };
  const others = view.presences.filter((presence) => presence !== known);
  return { ...view, presences: [...others, { ...known, ...change }] };
}

/** When this one came and went, as far as it was told. */
export function presenceOf({ presences }: ChatView, ref: ParticipantRef): Presence | undefined {
  return presences.find((presence) => isSame(presence, ref));
}

/** The same person, as far as ids tell. */
export function isSame(one: ParticipantRef | null, other: ParticipantRef): boolean {
  return one?.kind === other.kind && one.id === other.id;
}

/**
 * A webhook may know less of somebody than the chat object told before. Not so of a task virtual agent that comes: its name and
 * picture say that the chat object has shown it during this very task.
 */
function withParticipant(chat: Chat, participant: Participant): Chat {
  const { participants } = chat;
  const known = participants.find((one) => isSame(one, participant));
  const facts = isTask(participant) && participant.active ? undefined : known;
  const merged: Participant = {
    ...participant,
    name: participant.name ?? facts?.name ?? null,
    avatarUrl: participant.avatarUrl ?? facts?.avatarUrl ?? null,
  };
  return {
    ...chat,
    participants: known ? participants.map((one) => (one === known ? merged : one)) : [...participants, merged],
  };
}

/** True for somebody who is there now, as far as the log tells. */
export function isActive({ chat }: ChatView, ref: ParticipantRef): boolean {
  return chat?.participants.some((one) => one.active && isSame(one, ref)) ?? false;
}

/** The assistant that a human agent has started for one private task. */
export function isTask({ kind }: Pick<ParticipantRef, 'kind'>): boolean {
  return kind === 'task_virtual_agent';
}

/** True once the chat is over for good. */
export function hasEnded(view: ChatView): boolean {
  return view.chat !== null && chatPhase(view.chat.status) === 'ended';
}
