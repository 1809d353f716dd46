/**
 * Seals log entries before they reach a store: AES-256-GCM, a fresh 96-bit nonce each, bound to the chat.
 * A sealed entry is `<form>.<key id>.<base64 of nonce and ciphertext>`, the key id telling which key opens it after a
 * rotation. Form `v1`: sealed with the key itself. Form `p1`, for private messages: with a key of the chat alone, derived
 * from it (HKDF-SHA-256).
 */
export interface Sealer {
  /** `kind`: default `ordinary`. */
  seal(chatId: number, text: string, kind?: SealKind): Promise<string>;
  /** Opens either kind. Rejects when no key fits or a byte was changed. */
  open(chatId: number, sealed: string): Promise<string>;
}

export type SealKind = 'ordinary' | 'private';

const NONCE_BYTES = 12;
const forms: Readonly<Record<SealKind, string>> = { ordinary: 'v1', private: 'p1' };

/**
 * @param keys 32 bytes each; the first seals, all of them open. Without any, one that ends with the process, as a store
 * in memory does: even there a private message is never in clear.
 */
export function createSealer(keys: readonly Uint8Array[] = []): Sealer {
  const given = keys.length > 0 ? keys : [crypto.getRandomValues(new Uint8Array(32))];
  const ring = Promise.all(given.map(importKey));
  // Whoever seals or opens first learns of a bad key; nobody else has to.
  ring.catch(() => undefined);

  return {
    async seal(chatId, text, kind = 'ordinary') {
      const [current] = await ring;
      if (!current) throw new Error('No key to seal with.');
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const key = await keyFor(current, chatId, kind);
      const box = await crypto.subtle.encrypt(algorithm(chatId, nonce), key, new TextEncoder().encode(text));
      return `${forms[kind]}.${current.id}.${toBase64(nonce, new Uint8Array(box))}`;
    },
    async open(chatId, sealed) {
      const [form, id, box] = sealed.split('.');
      const kind = form === forms.ordinary ? 'ordinary' : 'private';
      const match = (await ring).find((candidate) => candidate.id === id);
      if (form !== forms[kind] || !match || !box) throw new Error('No key opens this log entry.');
      const bytes = fromBase64(box);
      const nonce = bytes.slice(0, NONCE_BYTES);
      const key = await keyFor(match, chatId, kind);
      return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm(chatId, nonce), key, bytes.slice(NONCE_BYTES)));
    },
  };
}

/** True for what was sealed as such. */
export function isSealedAs(kind: SealKind, sealed: string): boolean {
  return sealed.startsWith(`${forms[kind]}.`);
}

/** The chat is part of what is authenticated: an entry moved to another chat does not open. */
function algorithm(chatId: number, nonce: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(`ccai-chat/${chatId}`) };
}

interface RingKey {
  readonly id: string;
  readonly key: CryptoKey;
  /** The same bytes, to derive the keys of chats from. */
  readonly material: CryptoKey;
}

async function importKey(bytes: Uint8Array): Promise<RingKey> {
  const raw = new Uint8Array(bytes);
  const [key, material, digest] = await Promise.all([
    crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']),
    crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey']),
    crypto.subtle.digest('SHA-256', raw),
  ]);
  return { key, material, id: toHex(new Uint8Array(digest).slice(0, 4)) };
}

function keyFor({ key, material }: RingKey, chatId: number, kind: SealKind): CryptoKey | Promise<CryptoKey> {
  if (kind === 'ordinary') return key;
  const info = new TextEncoder().encode(`ccai-chat/private-message/${chatId}`);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  return crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function toBase64(...parts: readonly Uint8Array[]): string {
  return btoa(parts.map((part) => Array.from(part, (byte) => String.fromCharCode(byte)).join('')).join(''));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
