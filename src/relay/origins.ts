import { RelayError } from './relay-error.js';

/**
 * Cross-origin rules: a request that names an origin must name one of the list, letter by letter.
 * A request without one (a server, a monitoring probe, a same-origin GET) has nothing to protect a browser from.
 */
export interface OriginRules {
  /** Throws `origin-not-allowed`. */
  check(request: Request): void;
  /** The headers that let the page read the answer. */
  headersFor(request: Request): Record<string, string>;
  /** Answers a preflight of a listed origin. */
  preflight(request: Request): Response;
}

export function createOriginRules(allowed: readonly string[]): OriginRules {
  const list = new Set(allowed);
  const isListed = (origin: string | null): origin is string => origin !== null && list.has(origin);

  function headersFor(request: Request): Record<string, string> {
    const origin = request.headers.get('origin');
    if (!isListed(origin)) return { vary: 'Origin' };
    return { vary: 'Origin', 'access-control-allow-origin': origin, 'access-control-expose-headers': 'retry-after' };
  }

  return {
    check(request) {
      const origin = request.headers.get('origin');
      if (origin !== null && !isListed(origin)) throw new RelayError('origin-not-allowed');
    },
    headersFor,
    preflight(request) {
      const headers = {
        ...headersFor(request),
        'access-control-allow-methods': 'GET, POST, PATCH, PUT',
        'access-control-allow-headers': 'authorization, content-type, last-event-id',
        'access-control-max-age': '600',
      };
      return new Response(null, { status: 204, headers });
    },
  };
}
