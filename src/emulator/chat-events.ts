import type { Chat, ChatMessage, EndUser, Escalation, Menu, Participant } from './chat.js';
import type { Parameters } from './parameters.js';
import type { EscalationReason } from './reasons.js';

/** What happens in chats. The record already shows the new state when a listener is called. */
export interface ChatEvents {
  created: (chat: Chat) => void;
  joined: (chat: Chat, participant: Participant) => void;
  left: (chat: Chat, participant: Participant) => void;
  message: (chat: Chat, message: ChatMessage) => void;
  /** A human is asked for; whoever has the chat is about to leave. */
  escalating: (chat: Chat) => void;
  /** A new escalation. */
  escalated: (chat: Chat, escalation: Escalation) => void;
  /** Nobody can come: the end user is offered other ways out. */
  deflected: (chat: Chat, escalation: Escalation) => void;
  /** The end user chose one of them; `escalating` again where they keep waiting. */
  deflectionChosen: (chat: Chat, escalation: Escalation) => void;
  /** The chat sleeps. */
  dismissed: (chat: Chat) => void;
  /** It goes on: with whoever had it, or `queued`. */
  resumed: (chat: Chat) => void;
  ended: (chat: Chat) => void;
  /** Something that no other event tells: what is known of the end user, for one. */
  changed: (chat: Chat) => void;
}

/** What a new chat begins with. */
export interface NewChat {
  readonly endUser: EndUser;
  readonly menu: Menu;
  readonly lang: string;
  readonly context: Parameters;
  readonly transcript?: readonly unknown[] | undefined;
  /** Default: `api`. */
  readonly via?: Chat['via'];
}

/** Who says what, and who put the words into their mouth. */
export type Said = Pick<ChatMessage, 'sender' | 'payload' | 'by'>;

/** What an escalation says when it is noted. */
export interface EscalationNote {
  readonly reason: EscalationReason;
  readonly status: Escalation['status'];
  readonly forced?: boolean;
}
