/** Bytes with a buffer of their own, as Web Crypto and `Response` take them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The bytes of a text in UTF-8. */
export function toUtf8(text: string): Bytes {
  return Uint8Array.from(new TextEncoder().encode(text));
}

/** Lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes of hexadecimal digits in either case, or undefined where they are none. */
export function parseHex(text: string): Bytes | undefined {
  if (!/^([0-9a-f]{2})+$/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Base64 of a text in UTF-8. */
export function toBase64(text: string): string {
  return btoa(String.fromCharCode(...toUtf8(text)));
}

/** The text whose UTF-8 is in this Base64, or undefined where there is none. */
export function parseBase64(encoded: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** SHA-256 in hexadecimal digits. */
export async function toSha256(data: Bytes): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', data)));
}
