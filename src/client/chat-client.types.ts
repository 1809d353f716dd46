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
  /**
   * Asks the site who the visitor is: answers the token that it signs. Called whenever it matters, and read anew each time:
   * before a chat starts, by {@link ChatClient.identify}, and by {@link ChatClient.connect} where no handle is kept, to find the
   * ongoing chat of this visitor in another tab or on another device. Rejects, or answers none: `identity-unavailable`, and no
   * chat. Absent: visitors are anonymous.
   */
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

/** Which queue of the contact center. */
export interface QueueOptions {
  /** Name or id of a menu the relay offers; default: the relay's. */
  menu?: string | number;
  /** BCP 47. */
  lang?: string;
}

/** What a chat can be started with. */
export interface StartOptions extends QueueOptions {
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
  /**
   * Whom it was typed for. A task virtual agent makes it private, and it reaches nobody else. Default: the task virtual agent that
   * listens now, else whoever is there when it arrives.
   */
  readonly to?: ParticipantRef | undefined;
  /** Id of the message whose quick reply was tapped. */
  readonly replyTo?: string | undefined;
}

/** A headless chat. It never touches a document; a face subscribes to it and asks it. */
export interface ChatClient {
  readonly state: ChatState;
  /** Listens; the answer undoes it, and may be called twice. */
  on<Name extends keyof ChatClientEvents>(name: Name, listener: ChatClientEvents[Name]): () => void;
  /**
   * Reads the relay's config and goes on with the chat whose handle is kept, else with the visitor's ongoing one where
   * {@link ChatClientOptions.authenticate} tells who that is. Never starts one. Safe to call again: it retries what failed.
   */
  connect(): Promise<void>;
  /**
   * Starts a chat; while one runs, answers at once, and one that this visitor has elsewhere is continued. After an ended chat it
   * starts a new one, and a dismissed one it ends first. Rejects with a {@link ChatError}.
   */
  startChat(options?: StartOptions): Promise<void>;
  /**
   * Shows the text at once as `sending` and delivers it, starting a chat first where none runs. Answers the message's id.
   * A private one is never tried again by itself.
   */
  sendMessage(text: string, options?: SendOptions): string;
  /**
   * Delivers a `failed` or `uncertain` message again, by the same id. In a chat that has ended it becomes the first message of
   * the next one, unless it is private.
   */
  retryMessage(id: string): void;
  /**
   * Sends a private message that failed to whoever is there now, on the person's word: as a new message, an ordinary one unless
   * that is another task virtual agent, and the old one is taken out. Where it still is the same task virtual agent, of whom the
   * platform shows no trace (`addressee-gone`), the same private message goes out although nobody can tell who will read it.
   */
  redirectMessage(id: string): void;
  /** Takes out a message that failed, on the person's word; until a reload. */
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
  /** Says who the visitor is in the middle of a chat, by a new token of `authenticate`. Before a chat it is {@link connect}. */
  identify(): Promise<void>;
  /**
   * Minutes a visitor of this queue has to wait for a person; null where nobody knows for sure. Default: the queue that the chat
   * was started with by this client, else the relay's. Rejects with a {@link ChatError}.
   */
  getWaitMinutes(queue?: QueueOptions): Promise<number | null>;
  /** Forgets the chat and the visitor in this browser. */
  reset(): void;
  /** Lets go of every connection and timer; the chat itself goes on. */
  close(): void;
}
