import * as z from 'zod/mini';
import { ParticipantRef } from './participant.js';

/** The longest text of one message, in UTF-16 code units (`string.length`). */
export const MESSAGE_MAX_LENGTH = 10_000;

/**
 * How far a message of the end user got.
 * `sending`: the relay has it, the platform's answer is open. `sent`: the platform took it.
 * `failed`: the platform refused it, it may be tried again. `uncertain`: nobody knows; the person decides.
 */
export const Delivery = z.literal(['sending', 'sent', 'failed', 'uncertain']);
export type Delivery = z.infer<typeof Delivery>;

/**
 * `unsupported` stands for a platform type this version cannot show; its text is then empty.
 * `removed` is what is left of a private message whose time is over; its text is empty, too.
 */
export const MessageType = z.literal(['text', 'markdown', 'unsupported', 'removed']);
export type MessageType = z.infer<typeof MessageType>;

/** One message of the conversation. All text is data, never HTML. */
export const Message = z.object({
  /** The client's UUID for the end user's own messages, else an opaque id of the relay. */
  id: z.string(),
  type: MessageType,
  /** Of a richer message its words, for readers that show nothing but text. */
  text: z.string(),
  /** What a richer message consists of, each one a {@link Part}; read only by those that draw it. Null: text is all. */
  parts: z.nullable(z.array(z.unknown())),
  sender: ParticipantRef,
  /** ISO 8601. */
  at: z.string(),
  /** True: between the end user and a task virtual agent; the human agent never sees it. */
  private: z.boolean(),
  /** Of the end user's own private message: the task virtual agent it was typed for. Else null. */
  to: z.nullable(ParticipantRef),
  /** Of a tapped quick reply: id of the message whose button it was. Else null. */
  replyTo: z.nullable(z.string()),
  /** Null on the messages of others. */
  delivery: z.nullable(Delivery),
});
export type Message = z.infer<typeof Message>;

/** Something that happened, told between the messages. It keeps what it is about, so that hiding it is a choice of the page. */
export const Notice = z.object({
  id: z.string(),
  /** `transfer`: somebody else answers from here on. `ended`: the chat is over. The set is open. */
  kind: z.string(),
  at: z.string(),
  /** With `transfer`: who handed over (null: nobody before) and who answers now. Else null. */
  transfer: z.nullable(z.object({ from: z.nullable(ParticipantRef), to: ParticipantRef })),
  /**
   * With `ended`, where it is known: `by_end_user`, `by_agent`, `timeout`, `deflected`, or the platform's reason of a failure
   * (`after_hours`, `expired`, `over_cap_email`, `escalation_failed`, `no_response`, `end_user_opt_out`,
   * `expired_menu_selection`, `group_deleted_no_substitute`, `unknown`). An open set. Else null.
   */
  reason: z.nullable(z.string()),
});
export type Notice = z.infer<typeof Notice>;
