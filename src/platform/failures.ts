import { PlatformError, type PlatformErrorKind } from './platform-error.js';
import { readBounded } from './read-bounded.js';

interface Place {
  readonly method: string;
  readonly path: string;
}

/** No instruction of the platform to wait is followed for longer, in milliseconds. */
const LONGEST_RETRY_AFTER = 60_000;
const LONGEST_MESSAGE = 300;

/** For an answer that is no 2xx. Reads its body for the platform's message. */
export async function toStatusError(
  { method, path }: Place,
  response: Response,
  options: { readonly isSecret: (text: string) => boolean; readonly limit: number },
): Promise<PlatformError> {
  // Some runtimes hide a redirect that is not followed behind status 0.
  const status = response.status === 0 ? null : response.status;
  const retryAfterMs = readRetryAfter(response.headers);
  const message = await readMessage(response, options.limit);
  return new PlatformError({
    kind: toKind(status, retryAfterMs),
    method,
    path,
    status,
    retryAfterMs,
    platformMessage: message === null || options.isSecret(message) ? null : message.slice(0, LONGEST_MESSAGE),
  });
}

function toKind(status: number | null, retryAfterMs: number | null): PlatformErrorKind {
  if (status === null || status < 400 || status === 401 || status === 403) return 'unauthorized';
  if (status === 429 || (status === 503 && retryAfterMs !== null)) return 'throttled';
  return status < 500 ? 'refused' : 'unknown';
}

/** Seconds or a date; a date counts from the platform's own clock, where it tells it. */
function readRetryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Math.min(LONGEST_RETRY_AFTER, Number(value) * 1_000);
  const until = Date.parse(value);
  if (Number.isNaN(until)) return null;
  const serverNow = Date.parse(headers.get('date') ?? '');
  const wait = until - (Number.isNaN(serverNow) ? Date.now() : serverNow);
  return Math.min(LONGEST_RETRY_AFTER, Math.max(0, wait));
}

async function readMessage(response: Response, limit: number): Promise<string | null> {
  try {
    const body: unknown = JSON.parse(await readBounded(response, limit));
    if (typeof body !== 'object' || body === null || !('message' in body)) return null;
    return typeof body.message === 'string' ? body.message : null;
  } catch {
    return null;
  }
}

/** For a request that got no answer, or whose answer broke off. */
export function toNetworkError({ method, path }: Place, error: unknown, isTimeout: boolean): PlatformError {
  const causes = isTimeout ? [] : listCauses(error);
  return new PlatformError({
    kind: causes.some(isBeforeRequest) ? 'unsent' : 'unknown',
    method,
    path,
    status: null,
    code: isTimeout ? 'timeout' : (causes.filter(({ code }) => code !== '').at(-1)?.code ?? null),
  });
}

interface Cause {
  readonly code: string;
  readonly syscall: string;
}

/** An error and what caused it, outermost first. Only codes: messages may hold an address. */
function listCauses(error: unknown): Cause[] {
  const causes: Cause[] = [];
  let at = error;
  for (let depth = 0; at instanceof Error && depth < 8; depth += 1) {
    const { code, syscall } = at as { code?: unknown; syscall?: unknown };
    const isCode = typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,60}$/.test(code);
    causes.push({ code: isCode ? code : '', syscall: typeof syscall === 'string' ? syscall : '' });
    // Several addresses tried at once fail together; the first tells for all of them.
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
  return causes;
}

const beforeRequest: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_SSL_WRONG_VERSION_NUMBER',
]);

/**
 * True for failures that can only happen before a request is written: finding, reaching and trusting the
 * host.
 */
function isBeforeRequest({ code, syscall }: Cause): boolean {
  return beforeRequest.has(code) || syscall === 'connect' || /^(EAI_|CERT_|ERR_TLS_)/.test(code);
}
