import * as z from 'zod/mini';
import { ParticipantRef } from './participant.js';

// What a page sends. Only the relay reads these by schema: a browser carries the schemas of what it receives.

const IdentityToken = z.string().check(z.minLength(1), z.maxLength(8_000));

/** A language tag, BCP 47. */
export const Language = z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/));

/** `POST /chats`. Unknown keys are refused: identity never comes from the page. */
export const StartChat = z.strictObject({
  /** Name or id of a menu the relay offers; default: the relay's. */
  menu: z.optional(z.union([z.string().check(z.minLength(1), z.maxLength(100)), z.number()])),
  lang: z.optional(Language),
  /** Unsigned data for the virtual agent, at most 50 keys. */
  context: z.optional(
    z
      .record(z.string().check(z.maxLength(100)), z.union([z.string().check(z.maxLength(2_000)), z.number(), z.boolean()]))
      .check(z.refine((context) => Object.keys(context).length <= 50)),
  ),
  /** Who the visitor is: the token that the site signs with the company secret (HS256; identifier, name, email, phone). */
  identityToken: z.optional(IdentityToken),
  /** Goes on with the ongoing chat of this identity, and starts none: without one 404 `no-ongoing-chat`. */
  existing: z.optional(z.boolean()),
  /**
   * An earlier conversation with another bot, oldest first. Handed over behind a line that says it is supplied by the visitor
   * and not verified; what `agent` said counts as a virtual agent's, as nobody but the platform speaks for its agents.
   */
  priorTranscript: z.optional(
    z
      .array(
        z.strictObject({
          sender: z.literal(['end_user', 'agent', 'virtual_agent']),
          text: z.string().check(z.minLength(1), z.maxLength(4_000)),
          /** ISO 8601. */
          at: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/))),
        }),
      )
      .check(z.maxLength(200)),
  ),
  /** Proof for the host's bot check, as its `verifyVisitor` takes it. */
  verification: z.optional(z.string().check(z.maxLength(8_000))),
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
  /**
   * Whom it was typed for. A task virtual agent: it is private, and sent only while that one is certainly there; else it
   * fails with `addressee-gone`. Without it, whoever the relay knows to be there.
   */
  to: z.optional(ParticipantRef),
  /**
   * With `again`, of a private message: nobody can tell whether its addressee is there, and it shall be sent all the same. Only on
   * the word of a person who knows that somebody else may read it then.
   */
  anyway: z.optional(z.boolean()),
  /** Id of the message whose quick reply was tapped. */
  replyTo: z.optional(z.string().check(z.maxLength(100))),
});
export type SendMessage = z.infer<typeof SendMessage>;

/** `POST /chat/escalations`: ask for a person. */
export const RequestEscalation = z.strictObject({});
/** `POST /chat/end`. */
export const EndChat = z.strictObject({});

/** `PATCH /chat/escalations/:id`: one of the channels that were offered. `email`: where the answer shall go, without an identity's. */
export const ChooseDeflection = z.strictObject({
  channel: z.string().check(z.maxLength(100)),
  email: z.optional(z.email().check(z.maxLength(254))),
});
export type ChooseDeflection = z.infer<typeof ChooseDeflection>;

/** `POST /chat/resume`. */
export const ResumeChat = z.strictObject({});

/** `POST /chat/feedback`: stars and words. */
export const SendFeedback = z.strictObject({
  rating: z.int().check(z.minimum(1), z.maximum(5)),
  comment: z.optional(z.string().check(z.maxLength(2_000))),
});
export type SendFeedback = z.infer<typeof SendFeedback>;

/** `PATCH /chat/end-user`: says during a chat who the visitor is. */
export const UpdateEndUser = z.strictObject({ identityToken: IdentityToken });
export type UpdateEndUser = z.infer<typeof UpdateEndUser>;

/** `POST /chat/custom-data`: unsigned, at most 50 keys. `reserved_…` keys are refused with `reserved-key`. */
export const AddCustomData = z.strictObject({
  data: z
    .record(
      z.string().check(z.minLength(1), z.maxLength(100)),
      z.strictObject({
        label: z.optional(z.string().check(z.maxLength(200))),
        value: z.union([z.string().check(z.maxLength(2_000)), z.number(), z.boolean()]),
      }),
    )
    .check(z.refine((data) => Object.keys(data).length <= 50)),
});
export type AddCustomData = z.infer<typeof AddCustomData>;
