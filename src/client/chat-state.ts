import type { Chat, ChatPhase, Config, Deflection, Escalation, Message, Notice } from '../protocol/index.js';

/**
 * One line of the conversation, in the order shown. `seq` is null while only this browser knows the message. `code`: the
 * stable reason of an own message's failure; `addressee-gone` asks the person before it goes to anybody else. Else null.
 */
export type ChatItem =
  | { readonly kind: 'message'; readonly seq: number | null; readonly message: Message; readonly code: string | null }
  | { readonly kind: 'notice'; readonly seq: number; readonly notice: Notice };

/**
 * How the event stream is.
 * `idle`: none wanted. `connecting`: first try. `open`: live. `waiting`: lost, tries again. `stopped`: gave up for good.
 */
export type ConnectionStatus = 'idle' | 'connecting' | 'open' | 'waiting' | 'stopped';

/** What stands between the visitor and the chat right now; `code` is a problem code of the protocol or of this client. */
export interface ChatProblem {
  readonly code: string;
  /** True: the same may succeed later, offer to try again. */
  readonly retryable: boolean;
}

/** Everything a face needs to draw a chat. Frozen and replaced, never changed. */
export interface ChatState {
  /** Null until the relay answered for the first time. */
  readonly config: Config | null;
  /** Null before a chat. */
  readonly chat: Chat | null;
  /** `none`: no chat. `starting`: being created. `resuming`: history on its way. Else what the chat's status means. */
  readonly phase: 'none' | 'starting' | 'resuming' | ChatPhase;
  readonly items: readonly ChatItem[];
  /** The newest request for a person, if any. */
  readonly escalation: Escalation | null;
  /** What the platform offers instead of a person, until it is chosen or settled. */
  readonly deflection: Deflection | null;
  /**
   * The chat as it was before it began to wait without anybody having asked for a person, and when that began (milliseconds
   * since 1970): the queue between two virtual agents, which need not be shown. Null at all other times.
   */
  readonly lull: { readonly since: number; readonly chat: Chat; readonly phase: ChatPhase } | null;
  readonly connection: ConnectionStatus;
  readonly problem: ChatProblem | null;
}
