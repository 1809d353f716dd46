import { parseWebhookTimestamp } from './webhook-timestamp.js';

/**
 * The tenant's webhook secrets; the second one exists while they are rotated (platform: Webhooks, Signature).
 */
export interface WebhookSecrets {
  readonly primary: string;
  readonly secondary?: string | undefined;
}

export type WebhookVerdict =
  | 'valid'
  | 'missing-header'
  | 'malformed-header'
  | 'malformed-timestamp'
  | 'outside-window'
  | 'wrong-signature';

/** How far the timestamp may be from now, either way, in milliseconds. */
const WINDOW = 300_000;

/** 32 bytes in standard padded Base64, in the one spelling that an encoder gives. */
const signaturePart = /^(primary|secondary)=([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)$/;
/** Longer than any two signatures are. */
const LONGEST_HEADER = 200;

/**
 * Throws unless there is a primary secret, and a secondary one, if any, that is not empty: an empty key signs
 * for everybody.
 */
export function assertWebhookSecrets({ primary, secondary }: WebhookSecrets): void {
  // Callers without types may hand over what an unset variable gives.
  if (typeof (primary as unknown) !== 'string' || primary.trim() === '') {
    throw new Error('The primary webhook secret is empty.');
  }
  if (secondary?.trim() === '') throw new Error('The secondary webhook secret is empty: leave it out.');
}

/**
 * Checks who sent a webhook: HMAC-SHA256 with a secret as key over the timestamp header followed by the raw
 * body, in Base64, as `X-Signature: primary=<sig> secondary=<sig>` or with one of the two (platform:
 * Webhooks, Signature; OQ-52). Good when any signature fits any secret, so that secrets rotate without a
 * loss. Never parses the body. Rejects for empty secrets.
 */
export async function verifyWebhook(input: {
  /** `X-Signature` */
  readonly signature: string | null;
  /** `X-Signature-Timestamp`: ISO 8601, RFC 2822, epoch seconds or milliseconds (OQ-11). */
  readonly timestamp: string | null;
  /** As it arrived. */
  readonly body: Uint8Array;
  readonly secrets: WebhookSecrets;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds either way; null: any age. Default: five minutes. */
  readonly windowMs?: number | null | undefined;
}): Promise<WebhookVerdict> {
  const { signature, timestamp, body, secrets, now, windowMs = WINDOW } = input;
  assertWebhookSecrets(secrets);
  if (!signature || !timestamp) return 'missing-header';
  const signatures = parseSignatures(signature);
  if (!signatures) return 'malformed-header';
  const time = parseWebhookTimestamp(timestamp);
  if (time === null) return 'malformed-timestamp';
  if (windowMs !== null && Math.abs(now - time) > windowMs) return 'outside-window';
  const matches = await matchAll(secrets, signatures, concatenate(new TextEncoder().encode(timestamp), body));
  return matches.includes(true) ? 'valid' : 'wrong-signature';
}

function parseSignatures(header: string): Uint8Array<ArrayBuffer>[] | null {
  if (header.length > LONGEST_HEADER) return null;
  const parts = header
    .trim()
    .split(/ +|, */)
    .map((part) => signaturePart.exec(part));
  const names = new Set(parts.map((part) => part?.[1]));
  if (names.has(undefined) || names.size !== parts.length) return null;
  return parts.map((part) => Uint8Array.from(atob(part?.[2] ?? ''), (character) => character.charCodeAt(0)));
}

/**
 * Every signature against every secret, all of them always, each compared in constant time by the runtime.
 */
async function matchAll(
  { primary, secondary }: WebhookSecrets,
  signatures: readonly Uint8Array<ArrayBuffer>[],
  signed: Uint8Array<ArrayBuffer>,
): Promise<boolean[]> {
  const keys = await Promise.all([primary, ...(secondary === undefined ? [] : [secondary])].map(importKey));
  const pairs = keys.flatMap((key) => signatures.map((signature) => ({ key, signature })));
  return Promise.all(pairs.map(({ key, signature }) => crypto.subtle.verify('HMAC', key, signature, signed)));
}

function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['verify']);
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.byteLength + second.byteLength);
  bytes.set(first);
  bytes.set(second, first.byteLength);
  return bytes;
}
