import type { Chat, Escalation, Message, Participant } from '../protocol/index.js';
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
  /** Shows the text at once as `sending` and delivers it, starting a chat first where none runs. Answers the message's id. */
  sendMessage(text: string): string;
  /** Delivers a `failed` or `uncertain` message again, by the same id. */
  retryMessage(id: string): void;
  /** Asks for a person; two calls are one request. */
  requestAgent(): Promise<void>;
  endChat(): Promise<void>;
  /** Forgets the chat and the visitor in this browser. */
  reset(): void;
  /** Lets go of every connection and timer; the chat itself goes on. */
  close(): void;
}
