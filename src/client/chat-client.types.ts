import type { Chat, Deflection, Escalation, Message, Participant, ParticipantRef } from '../protocol/index.js';
import type { ChatProblem, ChatState } from './chat-state.js';
import type { ClientClock } from './clock.js';

/** Port: where the visitor's handle outlives a reload. */
export interface HandleStorage {
  read(): string | null;
  /** Null forgets it. */
  write(handle: string | null): void;
}

export interface ChatClientOptions {
  /** Base URL of the relay. */
  readonly relayUrl: string;
  /** Null: the handle lives as long as this client. */
  readonly storage: HandleStorage | null;
  /** Asks the site who the visitor is: the token it signs. Called before a chat starts, and never for an anonymous one. */
  readonly authenticate?: (() => Promise<{ token: string }>) | undefined;
  /** Default: the browser's. */
  readonly fetch?: typeof fetch;
  /** Default: the browser's. */
  readonly clock?: ClientClock;
  /** Jitter of reconnection, 0 to 1. Default: `Math.random`. */
  readonly random?: () => number;
}

/** What {@link ChatClient.on} can be asked for. */
export interface ChatClientEvents {
  /** Any change of state. */
  change: (state: ChatState) => void;
  'chat-started': (chat: Chat) => void;
  'chat-ended': (chat: Chat) => void;
  'chat-updated': (chat: Chat) => void;
  /** Somebody else wrote, live; never for history. */
  'message-received': (message: Message) => void;
  /** The platform took a message of the end user. */
  'message-sent': (message: Message) => void;
  'participant-joined': (participant: Participant) => void;
  'participant-left': (participant: Participant) => void;
  'escalation-updated': (escalation: Escalation) => void;
  'deflection-offered': (deflection: Deflection) => void;
  error: (problem: ChatProblem) => void;
}

/** What a chat can be started with. */
export interface StartOptions {
  /** Name or id of a menu the relay offers; default: the relay's. */
  menu?: string | number;
  /** BCP 47. */
  lang?: string;
  /** Unsigned data for the virtual agent. */
  context?: Record<string, string | number | boolean>;
  /** An earlier conversation with another bot, oldest first. */
  priorTranscript?: readonly PriorMessage[];
  /** Proof for the site's bot check. */
  verification?: string;
}

/** One message of {@link StartOptions.priorTranscript}; `at` is ISO 8601. */
export interface PriorMessage {
  readonly sender: 'end_user' | 'agent' | 'virtual_agent';
  readonly text: string;
  readonly at?: string;
}

/** How a text is meant. */
export interface SendOptions {
  /** Whom it was typed for; default: whoever is to be addressed now. A task virtual agent makes it private. */
  readonly to?: ParticipantRef | undefined;
  /** Id of the message whose quick reply was tapped. */
  readonly replyTo?: string | undefined;
}

/** A headless chat. It never touches a document; a face subscribes to it and asks it. */
export interface ChatClient {
  readonly state: ChatState;
  /** Listens; the answer undoes it, and may be called twice. */
  on<Name extends keyof ChatClientEvents>(name: Name, listener: ChatClientEvents[Name]): () => void;
  /** Reads the relay's config and, where a handle is kept, goes on with that chat. Safe to call again: it retries what failed. */
  connect(): Promise<void>;
  /** Starts a chat; while one runs, answers at once. After an ended chat it starts a new one. Rejects with a {@link ChatError}. */
  startChat(options?: StartOptions): Promise<void>;
  /**
   * Shows the text at once as `sending` and delivers it, starting a chat first where none runs. Answers the message's id.
   * A private one is never tried again by itself.
   */
  sendMessage(text: string, options?: SendOptions): string;
  /** Delivers a `failed` or `uncertain` message again, by the same id. */
  retryMessage(id: string): void;
  /** Sends a private message that failed with `addressee-gone` to whoever is there now, as an ordinary one: on the person's word. */
  redirectMessage(id: string): void;
  /** Takes a message out that was never sent, on the person's word. */
  discardMessage(id: string): void;
  /** Asks for a person; two calls are one request. */
  requestAgent(): Promise<void>;
  endChat(): Promise<void>;
  /** Goes on with a dismissed chat. */
  resumeChat(): Promise<void>;
  /** Takes one of the ways that {@link ChatState.deflection} offers. */
  chooseDeflection(channel: string, options?: { readonly email?: string }): Promise<void>;
  /** Stars (1 to 5) and words, after or during a chat. */
  sendFeedback(feedback: { readonly rating: number; readonly comment?: string }): Promise<void>;
  /** Says who the visitor is in the middle of a chat, by a new token of `authenticate`. */
  identify(): Promise<void>;
  /**
   * Minutes a visitor of a queue has to wait for a person; null where nobody knows for sure. `menu`: name or id; default: the one
   * the chat was started with, or the only one on offer.
   */
  getWaitMinutes(menu?: string | number): Promise<number | null>;
  /** Forgets the chat and the visitor in this browser. */
  reset(): void;
  /** Lets go of every connection and timer; the chat itself goes on. */
  close(): void;
}
