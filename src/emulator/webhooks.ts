import type { EmulatorClock } from './clock.js';
import type { EmulatorCredentials } from './credentials.js';
import type { Journal } from './journal.js';
import type { Switches } from './switches.js';
import { toSignatureHeader } from './webhook-signature.js';

/** What a webhook carries (platform: Webhooks, Envelope). The keys stand in the documented order. */
export interface WebhookEnvelope {
  readonly event_type: string;
  /** ISO 8601, UTC, second precision. */
  readonly timestamp: string;
  readonly chat_id: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Delivers webhooks. */
export interface Webhooks {
  /** Queues one; without a receiver nothing is sent. */
  send(envelope: WebhookEnvelope): void;
  /** Resolves when everything queued so far for this chat is delivered or given up. */
  settle(chatId: number): Promise<void>;
  /** The same for all chats. */
  idle(): Promise<void>;
  /** Gives up what is queued. */
  stop(): void;
}

interface WebhookOptions {
  readonly clock: EmulatorClock;
  readonly fetch: typeof fetch;
  readonly credentials: EmulatorCredentials;
  readonly switches: Switches;
  readonly journal: Journal;
  /** Where they go, read at each delivery. */
  readonly url: () => string | undefined;
}

/** How long a receiver may take, in milliseconds. Nothing is documented (OQ-12). */
const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Makes the delivery: in order within a chat, one request at a time; chats do not wait for one another.
 * A webhook that is not answered with 2xx is dropped: no retry is documented (OQ-12).
 */
export function createWebhooks(options: WebhookOptions): Webhooks {
  const lanes = new Map<number, Promise<void>>();
  let stopped = false;

  function send(envelope: WebhookEnvelope): void {
    if (options.url() === undefined || stopped) return;
    const body = JSON.stringify(envelope);
    const previous = lanes.get(envelope.chat_id) ?? Promise.resolve();
    const next = previous.then(async () => {
      const url = options.url();
      if (url !== undefined && !stopped) await deliver(options, { url, body });
      if (lanes.get(envelope.chat_id) === next) lanes.delete(envelope.chat_id);
    });
    lanes.set(envelope.chat_id, next);
  }

  return {
    send,
    settle: (chatId) => lanes.get(chatId) ?? Promise.resolve(),
    idle: async () => {
      await Promise.all(lanes.values());
    },
    stop: () => {
      stopped = true;
    },
  };
}

async function deliver(
  options: WebhookOptions,
  { url, body }: { readonly url: string; readonly body: string },
): Promise<void> {
  const { clock, credentials, switches, journal } = options;
  const now = clock.now();
  const timestamp =
    switches.get('signatureTimestamp') === 'iso'
      ? new Date(now).toISOString()
      : String(Math.floor(now / 1000));
  const secrets = {
    primary: credentials.webhookPrimarySecret,
    secondary: credentials.webhookSecondarySecret,
  };
  const signature = await toSignatureHeader(secrets, { timestamp, body });
  const entry = journal.add({
    direction: 'out',
    method: 'POST',
    path: new URL(url).pathname,
    body: JSON.parse(body) as unknown,
  });
  const timeout = new AbortController();
  const cancel = clock.setTimeout(() => {
    timeout.abort();
  }, TIMEOUT_MILLISECONDS);
  try {
    const headers = {
      'Content-Type': 'application/json',
      'X-Signature': signature,
      'X-Signature-Timestamp': timestamp,
    };
    const response = await options.fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: timeout.signal,
    });
    entry.status = response.status;
    await response.body?.cancel();
  } catch {
    // Nobody answered: the entry keeps status 0.
  } finally {
    cancel();
  }
}
