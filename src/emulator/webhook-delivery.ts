import type { Cause } from './causes.js';
import type { EmulatorClock } from './clock.js';
import type { EmulatorCredentials } from './credentials.js';
import { toJournalBody, type Journal, type WebhookEntry } from './journal.js';
import type { Switches } from './switches.js';
import { toSignatureHeader } from './webhook-signature.js';

/** A webhook as it goes over the wire. */
export interface SignedWebhook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Signs and posts webhooks, one at a time. */
export interface Delivery {
  /** Signs with the secrets and the time of this moment. */
  sign(url: string, body: string): Promise<SignedWebhook>;
  /** Posts and writes the journal. True when it was answered with 2xx; never rejects. */
  post(
    webhook: SignedWebhook,
    why: { readonly cause: Cause } & Partial<Pick<WebhookEntry, 'attempt' | 'duplicate'>>,
  ): Promise<boolean>;
}

interface DeliveryOptions {
  readonly now: () => number;
  /** Measures how long a receiver may take. */
  readonly patience: EmulatorClock;
  readonly fetch: typeof fetch;
  readonly credentials: EmulatorCredentials;
  readonly switches: Switches;
  readonly journal: Journal;
}

/** How long a receiver may take, in milliseconds. Nothing is documented (OQ-12). */
const TIMEOUT_MILLISECONDS = 10_000;

/** Makes the delivery (platform: Webhooks, Signature). */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { journal } = options;
  return {
    sign: (url, body) => sign(options, url, body),
    post: async (webhook, why) => {
      const path = new URL(webhook.url).pathname;
      const entry = journal.addWebhook({ method: 'POST', path, body: toJournalBody(webhook.body), ...why });
      entry.status = await post(options, webhook);
      return entry.status >= 200 && entry.status < 300;
    },
  };
}

async function sign(
  { now, switches, credentials }: DeliveryOptions,
  url: string,
  body: string,
): Promise<SignedWebhook> {
  const moment = now();
  const timestamp =
    switches.get('signatureTimestamp') === 'iso'
      ? new Date(moment).toISOString()
      : String(Math.floor(moment / 1000));
  const secrets = {
    primary: credentials.webhookPrimarySecret,
    secondary: credentials.webhookSecondarySecret,
  };
  const headers = {
    'Content-Type': 'application/json',
    'X-Signature': await toSignatureHeader(secrets, { timestamp, body }),
    'X-Signature-Timestamp': timestamp,
  };
  return { url, headers, body };
}

/** The status of the answer; 0 where nobody answered. */
async function post(
  { patience, fetch }: DeliveryOptions,
  { url, headers, body }: SignedWebhook,
): Promise<number> {
  const timeout = new AbortController();
  const cancel = patience.setTimeout(() => {
    timeout.abort();
  }, TIMEOUT_MILLISECONDS);
  try {
    const init = { method: 'POST', headers, body, redirect: 'manual', signal: timeout.signal } as const;
    const response = await fetch(url, init);
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  } finally {
    cancel();
  }
}
