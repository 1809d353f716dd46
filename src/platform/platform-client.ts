import { chatEndpoints, type ChatEndpoints } from './endpoints/chats.js';
import { customerEndpoints, type CustomerEndpoints } from './endpoints/customers.js';
import { endUserEndpoints, type EndUserEndpoints } from './endpoints/end-users.js';
import { mediaEndpoints, type MediaEndpoints } from './endpoints/media.js';
import { queueEndpoints, type QueueEndpoints } from './endpoints/queues.js';
import { settingsEndpoints, type SettingsEndpoints } from './endpoints/settings.js';
import { createTransport, type Pace } from './transport.js';

export interface PlatformClientOptions {
  /** From `parsePlatformOrigin`: `https://acme.uc1.ccaiplatform.com`, or http on this machine. */
  readonly origin: string;
  /** The tenant's name: the user name of Basic auth. */
  readonly subdomain: string;
  /** An API token of the tenant: the password. All-powerful, so it never leaves the server. */
  readonly apiToken: string;
  /** Default: the runtime's. */
  readonly fetch?: typeof fetch | undefined;
  /** Longest wait for an answer with its body, from when the call begins, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
  /** When calls begin, so that a tenant's limit is kept (platform: Rate limit). Default: at once. */
  readonly pace?: Pace | undefined;
  /** How the text of a message is written: as a string, or as `{text}` (OQ-1). Default: `string`. */
  readonly messageContent?: 'string' | 'object' | undefined;
}

/**
 * The chat platform API (platform: Endpoints), one method an endpoint. Answers are the platform's own words
 * in snake case, with unknown keys dropped. Every method rejects with a `PlatformError` and with nothing
 * else; none repeats a call by itself.
 */
export interface PlatformClient
  extends
    EndUserEndpoints,
    ChatEndpoints,
    MediaEndpoints,
    CustomerEndpoints,
    QueueEndpoints,
    SettingsEndpoints {}

/** Throws where the origin, the subdomain or the token cannot be right. */
export function createPlatformClient(options: PlatformClientOptions): PlatformClient {
  const transport = createTransport(options);
  return {
    ...endUserEndpoints(transport),
    ...chatEndpoints(transport, { messageContent: options.messageContent ?? 'string' }),
    ...mediaEndpoints(transport),
    ...customerEndpoints(transport),
    ...queueEndpoints(transport),
    ...settingsEndpoints(transport),
  };
}
