import { PlatformError } from '../platform-error.js';
import { PlatformChat, PlatformEscalation } from '../response-schemas.js';
import type { Transport, Turn } from '../transport.js';

interface TranscriptButton {
  readonly label: string;
  readonly selected: boolean;
}

/**
 * One earlier message that a chat is created with (platform: Create a chat). Types beyond these are not
 * evidenced (OQ-40).
 */
export interface TranscriptEntry {
  readonly sender: 'end_user' | 'agent' | 'virtual_agent';
  /** `2021-03-15 12:00:00Z` */
  readonly timestamp: string;
  readonly content: readonly (
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'buttons'; readonly buttons: readonly TranscriptButton[] }
    | { readonly type: 'media'; readonly media: { readonly type: string; readonly url: string } }
  )[];
}

export interface NewChat {
  /** The queue; without it the platform decides. */
  readonly menuId?: number | undefined;
  /** The platform's id of the end user. */
  readonly endUserId: number;
  readonly lang?: string | undefined;
  readonly email?: string | undefined;
  /** Unsigned data; a virtual agent reads `$session.params.context.<key>`. */
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  readonly transcript?: readonly TranscriptEntry[] | undefined;
  /** Looked up in the customer's CRM. */
  readonly phone?: string | undefined;
}

/** Always in the name of an end user, whom the caller must know: never taken from a browser (OQ-25). */
export type OutgoingMessage = { readonly fromUserId: number } & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'photo' | 'video'; readonly mediaId: number }
);

/** platform: Endpoints 3 to 9. */
export interface ChatEndpoints {
  /** The `chat_created` webhook may come before or after the answer. */
  createChat(chat: NewChat): Promise<PlatformChat>;
  getChat(chatId: number, turn?: Turn): Promise<PlatformChat>;
  /** Ends the chat in the end user's name; with a deflection, names the escalation that it settles. */
  finishChat(
    chatId: number,
    by: {
      readonly endUserId: number;
      readonly escalationId?: number | undefined;
      readonly deflectionChannel?: string | undefined;
    },
  ): Promise<PlatformChat>;
  /** Only from `dismissed` and `va_dismissed`; anything else is `refused`. By PATCH, or where that is unknown by POST (OQ-50). */
  resumeChat(chatId: number): Promise<void>;
  /**
   * The answer is empty: the message has no id until the webhook repeats it (OQ-31). Any 2xx means that it
   * was taken.
   */
  sendMessage(chatId: number, message: OutgoingMessage, turn?: Turn): Promise<void>;
  /**
   * `reason`: `by_end_user_ask` for somebody who asks for a person. What `forceEscalate` does is not
   * documented (OQ-37).
   */
  createEscalation(
    chatId: number,
    request: { readonly reason: string; readonly forceEscalate?: boolean | undefined },
  ): Promise<PlatformEscalation>;
  /**
   * What the end user chose while `deflecting`: `human_agent` to keep waiting (OQ-27). The documents also call the id the menu's:
   * that is tried where the escalation's is not known (OQ-51).
   */
  chooseDeflection(chatId: number, escalationId: number, channel: string): Promise<PlatformEscalation>;
}

export function chatEndpoints(
  transport: Transport,
  options: { readonly messageContent: 'string' | 'object' },
): ChatEndpoints {
  return {
    createChat: (chat) =>
      transport.read(PlatformChat, { method: 'POST', path: '/chats', body: toCreateBody(chat) }),
    getChat: (chatId, turn) => transport.read(PlatformChat, { ...turn, method: 'GET', path: `/chats/${chatId}` }),
    finishChat: (chatId, { endUserId, escalationId, deflectionChannel }) =>
      transport.read(PlatformChat, {
        method: 'PATCH',
        path: `/chats/${chatId}`,
        body: {
          finished_by_user_id: endUserId,
          chat: { status: 'finished', deflection_channel: deflectionChannel, escalation_id: escalationId },
        },
      }),
    resumeChat: (chatId) => resumeChat(transport, chatId),
    sendMessage: (chatId, message, turn) =>
      transport.send({
        ...turn,
        method: 'POST',
        path: `/chats/${chatId}/message`,
        body: {
          from_user_id: message.fromUserId,
          message: { type: message.type, content: toContent(message, options.messageContent) },
        },
      }),
    createEscalation: (chatId, { reason, forceEscalate }) =>
      transport.read(PlatformEscalation, {
        method: 'POST',
        path: `/chats/${chatId}/escalations`,
        body: { reason, force_escalate: forceEscalate },
      }),
    chooseDeflection: (chatId, escalationId, channel) => chooseDeflection(transport, { chatId, escalationId, channel }),
  };
}

async function resumeChat(transport: Transport, chatId: number): Promise<void> {
  const path = `/chats/${chatId}/resume`;
  try {
    await transport.send({ method: 'PATCH', path });
  } catch (error) {
    if (!(error instanceof PlatformError) || (error.status !== 404 && error.status !== 405)) throw error;
    await transport.send({ method: 'POST', path });
  }
}

async function chooseDeflection(
  transport: Transport,
  { chatId, escalationId, channel }: { readonly chatId: number; readonly escalationId: number; readonly channel: string },
): Promise<PlatformEscalation> {
  const path = `/chats/${chatId}`;
  const body = { deflection_channel: channel };
  const choose = (id: number) => transport.read(PlatformEscalation, { method: 'PATCH', path: `${path}/escalations/${id}`, body });
  try {
    return await choose(escalationId);
  } catch (error) {
    if (!(error instanceof PlatformError) || error.status !== 404) throw error;
    const { menus } = await transport.read(PlatformChat, { method: 'GET', path });
    const menuId = menus.at(-1)?.id;
    if (menuId === undefined) throw error;
    return choose(menuId);
  }
}

function toCreateBody({ menuId, endUserId, lang, email, context, transcript, phone }: NewChat) {
  return {
    chat: {
      menu_id: menuId,
      end_user_id: endUserId,
      lang,
      email,
      // Exactly this form, or the virtual agent does not find it.
      context: context && { value: context },
      transcript,
    },
    end_user: phone === undefined ? undefined : { phone },
  };
}

function toContent(message: OutgoingMessage, form: 'string' | 'object') {
  if (message.type !== 'text') return { media_id: message.mediaId };
  return form === 'string' ? message.text : { text: message.text };
}
