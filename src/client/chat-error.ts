/** Why a request of this client failed. `code` is a problem code of the protocol, or one of the client's own below. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  /**
   * A problem code, `relay-unreachable` (no answer) or `relay-unreadable` (an answer that is not the relay's).
   * `identity-unavailable` also where the site's own `authenticate` does not say who the visitor is.
   */
  readonly code: string;
  /** True: the same may succeed later. */
  readonly retryable: boolean;
  /** Names the relay's answer, for its operator; null without one. */
  readonly requestId: string | null;

  constructor(code: string, options: { retryable: boolean; requestId?: string | null; cause?: unknown }) {
    super(`The chat relay answered "${code}"`, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
    this.requestId = options.requestId ?? null;
  }
}

/** Reads anything thrown as a {@link ChatError}; what is not one is a fault of ours and stays visible as its cause. */
export function toChatError(error: unknown): ChatError {
  return error instanceof ChatError ? error : new ChatError('internal', { retryable: true, cause: error });
}
