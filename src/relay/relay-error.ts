import { problems, type Problem, type ProblemCode } from '../protocol/index.js';

/** Thrown anywhere in the relay, answered once, in {@link toProblemResponse}. */
export class RelayError extends Error {
  override readonly name = 'RelayError';
  readonly code: ProblemCode;
  /** With `invalid-request`: where the body is wrong; never what it holds. */
  readonly paths: readonly string[] | undefined;
  /** With `busy`: when it is worth another try, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ProblemCode, options: { paths?: readonly string[]; retryAfterMs?: number; cause?: unknown } = {}) {
    super(code, { cause: options.cause });
    this.code = code;
    this.paths = options.paths;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Asks the store; whatever goes wrong with it, also at once, is `store-unavailable`. */
export async function orUnavailable<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    throw new RelayError('store-unavailable', { cause });
  }
}

/** Every error answer of the relay: an RFC 9457 problem. */
export function toProblemResponse(error: RelayError, requestId: string): Response {
  const { status, title, retryable } = problems[error.code];
  const problem: Problem & { paths?: string[] } = {
    type: `urn:ccai-chat:problem:${error.code}`,
    title,
    status,
    code: error.code,
    retryable,
    requestId,
    ...(error.paths ? { paths: [...error.paths] } : {}),
  };
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(error.retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfterMs / 1_000)) }),
  };
  return new Response(JSON.stringify(problem), { status, headers });
}
