import type { PlatformClient, WebhookSecrets } from '../platform/index.js';
import type { ParticipantRef } from '../protocol/index.js';
import type { ChatLog } from './chat-log.js';
import type { EndReasons } from './end-reasons.js';
import type { HideSetting } from './hide-setting.js';
import type { RelayHooks } from './hooks.js';
import type { Identities } from './identity.js';
import type { Lanes } from './lanes.js';
import type { Pacer } from './pacing.js';
import type { PlatformWatch } from './platform-problem.js';
import type { Clock, RelayLog, WidgetFiles } from './ports.js';
import type { HookRunner } from './run-hook.js';
import type { Sealer } from './sealing.js';
import type { RelayStore } from './store.js';
import type { Waits } from './wait-times.js';

/** A queue that visitors may choose. */
export interface OfferedMenu {
  readonly id: number;
  readonly name: string;
}

/** What every handler is given. */
export interface RelayContext {
  readonly platform: PlatformClient;
  /** Makes every call of `platform` wait for its turn. */
  readonly pacer: Pacer;
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
  readonly hideVaToVaSystemMessages: HideSetting;
  readonly waits: Waits;
  /** What the site adds; a hook that is absent takes what hangs on it off the offer. */
  readonly hooks: RelayHooks;
  readonly runHook: HookRunner;
  readonly identities: Identities;
  /** Signs what the site vouches for. */
  readonly companySecret: string | undefined;
  /** Seals what is kept of visitors. */
  readonly sealer: Sealer;
  /** One after the other: requests for the same chat, or of the same person. */
  readonly lanes: Lanes;
  /** For whoever tells an end in the log: hand it to `toChatEntries`. */
  readonly endReasons: EndReasons;
  readonly widget: WidgetFiles | undefined;
  readonly version: string;
}

/** The chat logs in use, one object a chat. */
export interface ChatLogs {
  get(chatId: number): ChatLog;
}

/** Takes messages of end users to the platform, in order within a chat. */
export interface MessageSender {
  /** `to`: the task virtual agent that a private message is for; null for an ordinary one. */
  send(chatId: number, message: { endUserId: number; id: string; text: string; to: ParticipantRef | null; isConfirmed: boolean }): void;
  /** Calls uncertain what an earlier process left open. */
  settle(chatId: number): Promise<void>;
  /** Lets what is under way come to its end, for a few seconds; what was not sent yet fails, to be sent again by the person. */
  stop(): Promise<void>;
}

/** Re-reads chat objects from the platform. */
export interface ChatRefresher {
  /** Soon, and once for many requests. */
  request(chatId: number): void;
  /** Reads no more by itself; what is asked for is still read. */
  stop(): void;
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
