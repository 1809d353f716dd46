import { ControlError } from './errors.js';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses control requests that do not come from this machine: another `Host` (a rebound name) or a foreign
 * `Origin` (another website).
 * @returns the origin to be named in the CORS headers, if one was sent.
 * @throws ControlError 403 `host-not-loopback` or `origin-not-loopback`
 */
export function requireLoopback(request: Request): string | undefined {
  const host = request.headers.get('Host') ?? new URL(request.url).host;
  if (!isLoopback(`http://${host}`)) {
    throw new ControlError(
      403,
      'host-not-loopback',
      'The control API answers only to localhost, 127.0.0.1 and [::1].',
    );
  }
  const origin = request.headers.get('Origin');
  if (origin === null) return undefined;
  if (!isLoopback(origin)) {
    throw new ControlError(
      403,
      'origin-not-loopback',
      'The control API answers only to pages of this machine.',
    );
  }
  return origin;
}

/** CORS headers for a page of this machine; empty without an origin. */
export function toCorsHeaders(origin: string | undefined): Readonly<Record<string, string>> {
  const shared = { Vary: 'Origin', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };
  return origin === undefined ? shared : { ...shared, 'Access-Control-Allow-Origin': origin };
}

/** What a preflight is told besides. */
export const preflightHeaders = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT',
  'Access-Control-Allow-Headers': 'Content-Type, Last-Event-ID',
  'Access-Control-Max-Age': '600',
} as const;

function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && loopbackNames.has(new URL(origin).hostname);
}
