import * as z from 'zod/mini';

/**
 * Every error the relay answers: status, a plain title, and whether the same request may succeed later.
 * The key is the stable `code`.
 */
export const problems = {
  'invalid-request': { status: 400, title: 'The request does not have the documented form.', retryable: false },
  'invalid-json': { status: 400, title: 'The body is not JSON.', retryable: false },
  'menu-not-offered': { status: 400, title: 'This menu is not offered here.', retryable: false },
  'reserved-key': { status: 400, title: 'Keys that begin with reserved_ are not for pages.', retryable: false },
  'message-empty': { status: 400, title: 'The message is empty.', retryable: false },
  'message-too-long': { status: 400, title: 'The message is longer than 10,000 characters.', retryable: false },
  'identity-invalid': { status: 401, title: 'The identity token is expired or not genuine.', retryable: false },
  unauthorized: { status: 401, title: 'No chat belongs to this token.', retryable: false },
  'webhook-unauthorized': { status: 401, title: 'The signature does not match.', retryable: false },
  'verification-failed': { status: 403, title: 'The check for robots was not passed.', retryable: false },
  'origin-not-allowed': { status: 403, title: 'This site may not use this relay.', retryable: false },
  'no-ongoing-chat': { status: 404, title: 'This visitor has no ongoing chat.', retryable: false },
  'not-found': { status: 404, title: 'There is nothing at this address.', retryable: false },
  'method-not-allowed': { status: 405, title: 'This address does not take this method.', retryable: false },
  'message-conflict': { status: 409, title: 'This id was already used for another message.', retryable: false },
  'addressee-gone': { status: 409, title: 'The one it was written for is not certain to be there.', retryable: false },
  'chat-not-dismissed': { status: 409, title: 'Only a dismissed chat can be resumed.', retryable: false },
  'deflection-not-offered': { status: 409, title: 'This way is not, or no longer, on offer.', retryable: false },
  'email-missing': { status: 400, title: 'An e-mail address is needed.', retryable: false },
  'after-hours': { status: 409, title: 'The contact center is closed.', retryable: false },
  'chat-ended': { status: 409, title: 'The chat has ended.', retryable: false },
  'body-too-large': { status: 413, title: 'The body is too large.', retryable: false },
  'content-type-unsupported': { status: 415, title: 'The body must be application/json, not compressed.', retryable: false },
  busy: { status: 429, title: 'Too much is asked of the contact center at once.', retryable: true },
  internal: { status: 500, title: 'Something went wrong in the relay.', retryable: true },
  'email-not-sent': { status: 502, title: 'The e-mail could not be sent; the chat is still open.', retryable: true },
  'identity-unavailable': { status: 503, title: 'Who the visitor is cannot be found out now.', retryable: true },
  'feedback-unavailable': { status: 503, title: 'The feedback could not be taken now.', retryable: true },
  'verification-unavailable': { status: 503, title: 'The check for robots does not answer.', retryable: true },
  'platform-rejected': { status: 502, title: 'The contact center refused the request.', retryable: false },
  'platform-unavailable': { status: 503, title: 'The contact center does not answer.', retryable: true },
  'platform-unauthorized': { status: 503, title: 'The contact center is temporarily unavailable.', retryable: true },
  'store-unavailable': { status: 503, title: 'The relay cannot keep this safely now.', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ProblemCode = keyof typeof problems;

/** The body of an error: RFC 9457, `application/problem+json`. `invalid-request` also tells `paths`, for developers. */
export const Problem = z.object({
  /** `urn:ccai-chat:problem:<code>` */
  type: z.string(),
  title: z.string(),
  status: z.number(),
  /** Stable; the set may grow. */
  code: z.string(),
  retryable: z.boolean(),
  /** Names this answer. The relay's log has it where the fault was the relay's own. */
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;
