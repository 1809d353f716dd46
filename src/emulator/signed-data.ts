import { toParameters, type Parameters } from './parameters.js';

/** Why signed data is not taken. */
export type SignedDataFault = 'malformed' | 'algorithm' | 'signature' | 'expired' | 'not-yet-valid';

/**
 * Reads a JWT of custom data: HS256 with the company secret, both `iat` and `exp` in it, and now between them
 * (platform: Custom data).
 * @returns its payload, or what is wrong with it
 */
export async function readSignedData(
  token: string,
  { secret, now }: { readonly secret: string; readonly now: number },
): Promise<Parameters | SignedDataFault> {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  const claims = readPart(payload);
  const algorithm = readPart(header)?.alg;
  const bytes = toBytes(signature);
  if (rest.length > 0 || claims === undefined || bytes === undefined) return 'malformed';
  if (algorithm !== 'HS256') return 'algorithm';
  if (!(await isSigned(`${header}.${payload}`, bytes, secret))) return 'signature';
  return findTimeFault(claims, now / 1000) ?? claims;
}

/** Both times in seconds, as JWTs have them. */
function findTimeFault({ exp, iat }: Parameters, now: number): SignedDataFault | undefined {
  if (typeof exp !== 'number' || typeof iat !== 'number') return 'malformed';
  if (exp <= now) return 'expired';
  return iat > now ? 'not-yet-valid' : undefined;
}

async function isSigned(text: string, signature: BufferSource, secret: string): Promise<boolean> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['verify']);
  return crypto.subtle.verify('HMAC', key, signature, encoder.encode(text));
}

function readPart(encoded: string): Parameters | undefined {
  const bytes = toBytes(encoded);
  if (bytes === undefined) return undefined;
  try {
    return toParameters(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return undefined; // no UTF-8, or no JSON
  }
}

/** Base64url without padding, as JWTs are written. */
function toBytes(encoded: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(encoded) || encoded.length % 4 === 1) return undefined;
  const characters = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}
