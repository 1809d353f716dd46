import * as z from 'zod/mini';

// What a page sends. Only the relay reads these by schema: a browser carries the schemas of what it receives.

/** `POST /chats`. Unknown keys are refused: identity never comes from the page. */
export const StartChat = z.strictObject({
  /** Name or id of a menu the relay offers; default: the relay's. */
  menu: z.optional(z.union([z.string().check(z.minLength(1), z.maxLength(100)), z.number()])),
  /** BCP 47. */
  lang: z.optional(z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/))),
  /** Unsigned data for the virtual agent, at most 50 keys. */
  context: z.optional(
    z
      .record(z.string().check(z.maxLength(100)), z.union([z.string().check(z.maxLength(2_000)), z.number(), z.boolean()]))
      .check(z.refine((context) => Object.keys(context).length <= 50)),
  ),
});
export type StartChat = z.infer<typeof StartChat>;

/**
 * `POST /chat/messages`. The same id again gives the same answer and no second message.
 * `again: true` sends a `failed` or `uncertain` message once more: only on a person's word, as it may then arrive twice.
 */
export const SendMessage = z.strictObject({
  id: z.uuid(),
  text: z.string(),
  again: z.optional(z.boolean()),
});
export type SendMessage = z.infer<typeof SendMessage>;

/** `POST /chat/escalations`: ask for a person. */
export const RequestEscalation = z.strictObject({});
/** `POST /chat/end`. */
export const EndChat = z.strictObject({});
