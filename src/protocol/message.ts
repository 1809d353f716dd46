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

/** `unsupported` stands for a platform type this version cannot show; its text is then empty. */
export const MessageType = z.literal(['text', 'markdown', 'unsupported']);
export type MessageType = z.infer<typeof MessageType>;

/** One message of the conversation. All text is data, never HTML. */
export const Message = z.object({
  /** The client's UUID for the end user's own messages, else an opaque id of the relay. */
  id: z.string(),
  type: MessageType,
  text: z.string(),
  sender: ParticipantRef,
  /** ISO 8601. */
  at: z.string(),
  /** True: between the end user and a task virtual agent; the human agent never sees it. */
  private: z.boolean(),
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
});
export type Notice = z.infer<typeof Notice>;
