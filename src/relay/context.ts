import type { PlatformClient, WebhookSecrets } from '../platform/index.js';
import type { ChatLog } from './chat-log.js';
import type { PlatformWatch } from './platform-problem.js';
import type { Clock, RelayLog, WidgetFiles } from './ports.js';
import type { RelayStore } from './store.js';

/** A queue that visitors may choose. */
export interface OfferedMenu {
  readonly id: number;
  readonly name: string;
}

/** What every handler is given. */
export interface RelayContext {
  readonly platform: PlatformClient;
  readonly watch: PlatformWatch;
  readonly store: RelayStore;
  readonly logs: ChatLogs;
  readonly sender: MessageSender;
  readonly refresher: ChatRefresher;
  readonly streams: StreamRegistry;
  readonly log: RelayLog;
  readonly clock: Clock;
  readonly webhookSecrets: WebhookSecrets;
  readonly menus: readonly OfferedMenu[];
  readonly defaultMenuId: number | undefined;
  readonly hideVaToVaSystemMessages: boolean;
  readonly widget: WidgetFiles | undefined;
  readonly version: string;
}

/** The chat logs in use, one object a chat. */
export interface ChatLogs {
  get(chatId: number): ChatLog;
}

/** Takes messages of end users to the platform, in order within a chat. */
export interface MessageSender {
  send(chatId: number, message: { endUserId: number; id: string; text: string }): void;
  /** Calls uncertain what an earlier process left open. */
  settle(chatId: number): Promise<void>;
  /** Lets what is under way come to its end, for a few seconds; what was not sent yet fails, to be sent again by the person. */
  stop(): Promise<void>;
}

/** Re-reads chat objects from the platform. */
export interface ChatRefresher {
  /** Soon, and once for many requests. */
  request(chatId: number): void;
}

/** An open event stream, as whoever ends it sees it. */
export interface OpenStream {
  readonly chatId: number;
  /** `stopping`: the reader may come back. `expired`: there is nothing left to read. */
  end(reason: 'stopping' | 'expired'): void;
}

/** Open event streams, so that each can be told why it ends. */
export interface StreamRegistry {
  /** The answer takes it out again. */
  add(stream: OpenStream): () => void;
}
