import * as z from 'zod/mini';
import { Chat, Escalation } from './chat.js';
import { LogEnvelope } from './event.js';
import { Delivery } from './message.js';

/** `GET /config`: what a page may know before a chat. */
export const Config = z.object({
  /** Languages (BCP 47) the relay's tenant serves. */
  languages: z.array(z.string()),
  /** Queues on offer; `menu` of {@link StartChat} takes a name or an id of these. */
  menus: z.array(z.object({ id: z.number(), name: z.string() })),
  /** The relay's answer to "hide transfers between virtual agents?"; the page's attribute wins. */
  hideVaToVaSystemMessages: z.boolean(),
});
export type Config = z.infer<typeof Config>;

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

/** `token` is the visitor's handle: 256 bits, opaque; shown once. */
export const StartedChat = z.object({ chat: Chat, token: z.string(), epoch: z.string() });
export type StartedChat = z.infer<typeof StartedChat>;

/** `GET /chat`. */
export const ChatSnapshot = z.object({ chat: Chat, epoch: z.string(), first: z.number(), head: z.number() });
export type ChatSnapshot = z.infer<typeof ChatSnapshot>;

/** `GET /chat/history?after=&limit=`; `events` are in order of seq, `head` is the newest in the log. */
export const History = z.object({
  epoch: z.string(),
  first: z.number(),
  head: z.number(),
  events: z.array(LogEnvelope),
});
export type History = z.infer<typeof History>;

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

/** The message is safe in the log; later states come as `message-updated`. */
export const AcceptedMessage = z.object({ id: z.string(), seq: z.number(), delivery: Delivery });
export type AcceptedMessage = z.infer<typeof AcceptedMessage>;

/** `POST /chat/escalations`: ask for a person. */
export const RequestEscalation = z.strictObject({});
export const RequestedEscalation = z.object({ escalation: Escalation });
export type RequestedEscalation = z.infer<typeof RequestedEscalation>;

/** `POST /chat/end`. */
export const EndChat = z.strictObject({});
export const EndedChat = z.object({ chat: Chat });
export type EndedChat = z.infer<typeof EndedChat>;

/** `GET /healthz`. */
export const Health = z.object({ status: z.literal('ok'), version: z.string() });
