import { createHmac } from 'node:crypto';
import { verifyWebhook, type WebhookSecrets } from '../../src/platform/index.js';

/** The documented signature, made by another library than the one that checks it. */
export function sign(secret: string | Uint8Array, timestamp: string, body: string | Uint8Array): string {
  return createHmac('sha256', secret).update(timestamp).update(body).digest('base64');
}

export const secrets = { primary: 'first secret', secondary: 'second secret' };
export const timestamp = '2026-11-20T13:00:00Z';
export const now = Date.parse(timestamp);
export const text = '{"event_type":"message_received","chat_id":37,"body":{}}';
export const bytes = new TextEncoder().encode(text);
export const signature = sign(secrets.primary, timestamp, text);

/** What differs from a good webhook. */
export interface Sent {
  readonly signature?: string | null;
  readonly timestamp?: string | null;
  readonly body?: Uint8Array;
  readonly secrets?: WebhookSecrets;
  readonly now?: number;
  readonly windowMs?: number | null;
}

/** Checks a good webhook but for what differs. */
export function verify(sent: Sent): Promise<string> {
  return verifyWebhook({ signature: `primary=${signature}`, timestamp, body: bytes, secrets, now, ...sent });
}
