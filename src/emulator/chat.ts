import type { PersonKind, StaffMember } from './people.js';

/** A queue that chats can be created in. */
export interface Menu {
  readonly id: number;
  readonly name: string;
}

/** The person who chats, as the platform keeps them (platform: End users). */
export interface EndUser {
  readonly id: number;
  readonly identifier: string;
  name: string | undefined;
  email: string | undefined;
  phone: string | undefined;
}

/** The statuses that occur here; the platform's set is open (OQ-23). */
export type ChatStatus = 'queued' | 'va_assigned' | 'assigned' | 'finished';

/** Somebody's presence in one chat. Whoever comes back later is a new participant. */
export interface Participant {
  readonly id: number;
  readonly kind: PersonKind;
  /** The end user's id, or the id of the agent or virtual agent. */
  readonly personId: number;
  readonly name: string;
  status: 'waiting' | 'connected' | 'disconnected';
  /** Milliseconds since 1970; undefined while waiting. */
  connectedAt: number | undefined;
}

/** What is said: its type, its content and whatever else the type has (platform: Message types). */
export interface MessagePayload {
  readonly type: string;
  /** Text of a `text` or `markdown`; other types have an object or nothing. */
  readonly content?: string | Readonly<Record<string, unknown>> | undefined;
  readonly [key: string]: unknown;
}

/** One message of a chat. */
export interface ChatMessage {
  /** Counts from 1 in each chat. */
  readonly id: number;
  readonly sender: Participant;
  readonly payload: MessagePayload;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** True between the end user and a task virtual agent: the human agent never sees it. */
  readonly private: boolean;
  /**
   * Who put the words into the sender's mouth: a script, or a person (the end user, or whoever sits at the
   * desk).
   */
  readonly by: 'script' | 'person';
}

/** A request for a human (platform: Escalate). */
export interface Escalation {
  readonly id: number;
  readonly reason: string;
  status: 'escalating' | 'escalated' | 'canceled';
}

/** One chat, from its creation to its end. */
export interface Chat {
  readonly id: number;
  readonly endUser: EndUser;
  readonly lang: string;
  /** Unsigned data that came with the create request. */
  readonly context: Readonly<Record<string, unknown>>;
  menu: Menu;
  status: ChatStatus;
  /** All times in milliseconds since 1970. */
  readonly createdAt: number;
  lastActiveAt: number;
  endedAt: number | undefined;
  /** Everybody who is or was here, in the order they came. */
  readonly participants: Participant[];
  readonly messages: ChatMessage[];
  readonly escalations: Escalation[];
}

/** True once nothing can be said or done in the chat any more. */
export function isEnded(chat: Chat): boolean {
  return chat.status === 'finished';
}

/** Whoever of this kind is connected now. */
export function findConnected(chat: Chat, kind: PersonKind): Participant | undefined {
  return chat.participants.find((each) => each.kind === kind && each.status === 'connected');
}

/** Whoever of this kind is connected or about to be. */
export function findPresent(chat: Chat, kind: PersonKind): Participant | undefined {
  return chat.participants.find((each) => each.kind === kind && each.status !== 'disconnected');
}

/** The escalation that nobody has taken yet. */
export function findOpenEscalation(chat: Chat): Escalation | undefined {
  return chat.escalations.find((each) => each.status === 'escalating');
}

/** True if the participant is this member of the contact center. */
export function isSamePerson(participant: Participant, member: StaffMember): boolean {
  return participant.kind === member.kind && participant.personId === member.id;
}
