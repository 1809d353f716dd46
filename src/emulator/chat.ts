import type { Inactivity } from './inactivity.js';
import type { Parameters } from './parameters.js';
import type { PersonKind, StaffMember } from './people.js';
import type { EndReason, EscalationReason } from './reasons.js';

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
export type ChatStatus =
  | 'queued'
  | 'va_assigned'
  | 'assigned'
  /** Inactive: resumable, silent until then. Which one it is depends on who had the chat. */
  | 'va_dismissed'
  | 'dismissed'
  | 'finished'
  | 'failed';

/** Somebody's presence in one chat. Whoever comes back later is a new participant. */
export interface Participant {
  readonly id: number;
  readonly kind: PersonKind;
  /** The end user's id, or the id of the agent or virtual agent. Changes only where the end user does. */
  personId: number;
  name: string;
  status: 'waiting' | 'connected' | 'disconnected';
  /** Milliseconds since 1970; undefined while waiting. */
  connectedAt: number | undefined;
  /** What a virtual agent was handed over by the one before it (platform: VA-to-VA transfer). */
  readonly dataParameters: Parameters | undefined;
  /** True for a virtual agent who has the chat again because the next one never came. */
  readonly isBack: boolean;
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
  readonly reason: EscalationReason;
  /** `force_escalate` of the request (OQ-37). */
  readonly forced: boolean;
  status: 'escalating' | 'escalated' | 'canceled' | 'deflecting' | 'deflected';
  /** Why nobody can come, and what is offered instead; undefined where that never happened. */
  deflection: Deflection | undefined;
  /** What the end user chose of it. */
  deflectionChannel: string | undefined;
}

/** What the end user is offered instead of a human now (platform: Deflection). */
export interface Deflection {
  readonly reason: string;
  readonly channels: readonly DeflectionOffer[];
}

/** One way out. `url` and `label` belong to an external link. */
export interface DeflectionOffer {
  readonly channel: string;
  readonly label?: string | undefined;
  readonly url?: string | undefined;
}

/** One chat, from its creation to its end. */
export interface Chat {
  readonly id: number;
  /** Where it began: by this API, or in the web or mobile SDK (OQ-21). */
  readonly via: 'api' | 'sdk';
  /** Another one after the end user has signed in during the chat. */
  endUser: EndUser;
  /** Every id that this chat's end user goes or went by. */
  readonly endUserIds: Set<number>;
  readonly lang: string;
  /** Unsigned data that came with the create request. */
  readonly context: Parameters;
  /** What was said before, as the create request tells it (OQ-40). */
  readonly transcript: readonly unknown[];
  menu: Menu;
  status: ChatStatus;
  /** True while one virtual agent hands over to another one. */
  isBetweenVirtualAgents: boolean;
  readonly flags: CustomerFlags;
  /** Items of custom data by key, in the order they came (platform: Custom data). */
  readonly customData: Record<string, unknown>;
  /** The last update of the end user that was accepted in this chat, as JSON, and when that was. */
  lastUpdate: { readonly content: string; readonly at: number } | undefined;
  /** All times in milliseconds since 1970. */
  readonly createdAt: number;
  readonly inactivity: Inactivity;
  lastActiveAt: number;
  endedAt: number | undefined;
  endReason: EndReason | undefined;
  /** Everybody who is or was here, in the order they came. */
  readonly participants: Participant[];
  readonly messages: ChatMessage[];
  readonly escalations: Escalation[];
}

/** What the human agent is told about the person (platform: Customer flag). */
export interface CustomerFlags {
  verified_customer: boolean;
  bad_actor: boolean;
  repeat_customer: boolean;
}

/** True once nothing can be said or done in the chat any more. */
export function isEnded(chat: Chat): boolean {
  return chat.status === 'finished' || chat.status === 'failed';
}

/** True while the chat sleeps and has to be resumed before anything can be said. */
export function isDismissed(chat: Chat): boolean {
  return chat.status === 'dismissed' || chat.status === 'va_dismissed';
}

/** Whoever of this kind is connected now. */
export function findConnected(chat: Chat, kind: PersonKind): Participant | undefined {
  return chat.participants.find((each) => each.kind === kind && each.status === 'connected');
}

/** Whoever of this kind is connected or about to be. */
export function findPresent(chat: Chat, kind: PersonKind): Participant | undefined {
  return chat.participants.find((each) => each.kind === kind && each.status !== 'disconnected');
}

/** The escalation that nobody has taken yet, whether it waits for a human or for the end user's choice. */
export function findOpenEscalation(chat: Chat): Escalation | undefined {
  return chat.escalations.find((each) => each.status === 'escalating' || each.status === 'deflecting');
}

/** True if the participant is this member of the contact center. */
export function isSamePerson(participant: Participant, member: StaffMember): boolean {
  return participant.kind === member.kind && participant.personId === member.id;
}
