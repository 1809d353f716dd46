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
  /** What this relay can do beyond the rest: `identity`, `email-deflection`, `feedback`. An open set. */
  features: z.array(z.string()),
});
export type Config = z.infer<typeof Config>;

/** Answer of `POST /chats`. `token` is the visitor's handle: 256 bits, opaque; shown once. */
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

/** Answer of `POST /chat/messages`. The message is safe in the log; later states come as `message-updated`. */
export const AcceptedMessage = z.object({ id: z.string(), seq: z.number(), delivery: Delivery });
export type AcceptedMessage = z.infer<typeof AcceptedMessage>;

/** Answer of `POST /chat/escalations`. */
export const RequestedEscalation = z.object({ escalation: Escalation });
export type RequestedEscalation = z.infer<typeof RequestedEscalation>;

/** Answer of `PATCH /chat/escalations/:id`. */
export const ChosenDeflection = z.object({ escalation: Escalation });
export type ChosenDeflection = z.infer<typeof ChosenDeflection>;

/** Answer of `POST /chat/resume`. */
export const ResumedChat = z.object({ chat: Chat });
export type ResumedChat = z.infer<typeof ResumedChat>;

/** Answer of requests that leave nothing to say: feedback, identity, custom data. */
export const Accepted = z.object({});

/** `GET /wait-times`: only waits that are known for sure. */
export const WaitTimes = z.object({ waits: z.array(z.object({ menuId: z.number(), minutes: z.number() })) });
export type WaitTimes = z.infer<typeof WaitTimes>;

/** Answer of `POST /chat/end`. */
export const EndedChat = z.object({ chat: Chat });
export type EndedChat = z.infer<typeof EndedChat>;

/** `GET /healthz`. */
export const Health = z.object({ status: z.literal('ok'), version: z.string() });
