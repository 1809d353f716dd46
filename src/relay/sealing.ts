/**
 * Seals log entries before they reach a store: AES-256-GCM, a fresh 96-bit nonce each, bound to the chat.
 * A sealed entry is `v1.<key id>.<base64 of nonce and ciphertext>`, the key id telling which key opens it after a rotation.
 */
export interface Sealer {
  seal(chatId: number, text: string): Promise<string>;
  /** Rejects when no key fits or a byte was changed. */
  open(chatId: number, sealed: string): Promise<string>;
}

const NONCE_BYTES = 12;

/** For a store that forgets with the process: nothing to protect it from. */
export const plainSealer: Sealer = {
  seal: (_chatId, text) => Promise.resolve(text),
  open: (_chatId, sealed) => Promise.resolve(sealed),
};

/** @param keys 32 bytes each; the first seals, all of them open. */
export function createSealer(keys: readonly Uint8Array[]): Sealer {
  const ring = Promise.all(keys.map(importKey));
  // Whoever seals or opens first learns of a bad key; nobody else has to.
  ring.catch(() => undefined);

  return {
    async seal(chatId, text) {
      const [current] = await ring;
      if (!current) throw new Error('No key to seal with.');
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const box = await crypto.subtle.encrypt(algorithm(chatId, nonce), current.key, new TextEncoder().encode(text));
      return `v1.${current.id}.${toBase64(nonce, new Uint8Array(box))}`;
    },
    async open(chatId, sealed) {
      const [version, id, box] = sealed.split('.');
      const match = (await ring).find((candidate) => candidate.id === id);
      if (version !== 'v1' || !match || !box) throw new Error('No key opens this log entry.');
      const bytes = fromBase64(box);
      const nonce = bytes.slice(0, NONCE_BYTES);
      const text = await crypto.subtle.decrypt(algorithm(chatId, nonce), match.key, bytes.slice(NONCE_BYTES));
      return new TextDecoder().decode(text);
    },
  };
}

/** The chat is part of what is authenticated: an entry moved to another chat does not open. */
function algorithm(chatId: number, nonce: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(`ccai-chat/${chatId}`) };
}

async function importKey(bytes: Uint8Array) {
  const raw = new Uint8Array(bytes);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', raw));
  return { key, id: toHex(digest.slice(0, 4)) };
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
