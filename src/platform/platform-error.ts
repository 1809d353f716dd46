/**
 * What a failed call means for whoever made it. The platform knows no idempotency key (OQ-31), so what
 * matters most is whether the request can have been taken:
 *
 * | kind           | when                                                         | taken?  | repeat?    |
 * |----------------|--------------------------------------------------------------|---------|------------|
 * | `unsent`       | name not found, connection refused, certificate refused      | no      | yes        |
 * | `throttled`    | 429; 503 with `Retry-After`                                  | no      | after that |
 * | `unknown`      | timeout, connection lost, other 5xx, 2xx with unusable body  | perhaps | only reads |
 * | `unauthorized` | 401, 403; a redirect, which is never followed (wrong host)   | no      | no         |
 * | `refused`      | every other 4xx                                              | no      | no         |
 */
export type PlatformErrorKind = 'unsent' | 'unknown' | 'throttled' | 'unauthorized' | 'refused';

export interface PlatformErrorDetails {
  readonly kind: PlatformErrorKind;
  readonly method: string;
  /** Below `/apps/api/v1`, without a query. */
  readonly path: string;
  /** Null where there was no answer, or none that may be read. */
  readonly status: number | null;
  /** Milliseconds, at most 60,000; null where the platform did not say. */
  readonly retryAfterMs?: number | null;
  /** `message` of the answer (platform: Errors). */
  readonly platformMessage?: string | null;
  /** The system's own code for a failed connection, such as `ECONNREFUSED`. */
  readonly code?: string | null;
}

/**
 * A call to the platform that did not succeed. Neither its message nor anything that is logged with it holds
 * a credential, a query or a body: `platformMessage` has to be asked for.
 */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly kind: PlatformErrorKind;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly #platformMessage: string | null;

  constructor(details: PlatformErrorDetails) {
    const { kind, method, path, status } = details;
    const reason = details.code ?? (status === null ? 'no answer' : `status ${status}`);
    super(`${method} ${path}: ${kind} (${reason})`);
    this.kind = kind;
    this.method = method;
    this.path = path;
    this.status = status;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.#platformMessage = details.platformMessage ?? null;
  }

  /**
   * What the platform said, at most 300 characters; null where it said nothing. A getter, so that no log
   * takes it along.
   */
  get platformMessage(): string | null {
    return this.#platformMessage;
  }
}
