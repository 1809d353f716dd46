import { toHex } from './sealing.js';

/** 32 random bytes as base64url. */
const handlePattern = /^[A-Za-z0-9_-]{43}$/;

/** Makes a visitor's handle: 256 bits, opaque. It is told once and never kept. */
export function createHandle(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** What is kept instead of the handle: its SHA-256, hex. */
export async function hashHandle(handle: string): Promise<string> {
  return digest(handle);
}

/** SHA-256 of a text, hex. */
export async function digest(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

/** The handle in `Authorization: Bearer …`, if there is one that could be ours. */
export function readHandle(request: Request): string | undefined {
  const [scheme, handle] = (request.headers.get('authorization') ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && handle && handlePattern.test(handle) ? handle : undefined;
}
