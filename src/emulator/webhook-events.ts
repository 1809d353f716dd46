import type { Chat, ChatMessage, MessagePayload, Participant } from './chat.js';
import type { Chats } from './chats.js';
import { toPlatformTime } from './clock.js';
import type { Switches } from './switches.js';
import type { Webhooks } from './webhooks.js';

/** Turns what happens in chats into webhooks (platform: Webhooks, Event types). */
export function announceByWebhook(options: {
  readonly chats: Chats;
  readonly webhooks: Pick<Webhooks, 'send'>;
  readonly switches: Switches;
  readonly now: () => number;
}): void {
  const { chats, webhooks, switches, now } = options;
  const send = (chat: Chat, eventType: string, body: Readonly<Record<string, unknown>>): void => {
    webhooks.send({ event_type: eventType, timestamp: toPlatformTime(now()), chat_id: chat.id, body });
  };

  chats.events.on('created', (chat) => {
    send(chat, 'chat_created', {});
  });
  chats.events.on('joined', (chat, participant) => {
    send(chat, 'participant_joined', toMembershipBody(participant, switches));
  });
  chats.events.on('left', (chat, participant) => {
    send(chat, 'participant_left', toMembershipBody(participant, switches));
  });
  chats.events.on('message', (chat, message) => {
    send(chat, 'message_received', toMessageBody(message, switches));
  });
  chats.events.on('ended', (chat) => {
    send(chat, 'chat_ended', {});
  });
}

/**
 * Body of `participant_joined` and `participant_left`. Invented: the events are known, their bodies are not
 * (OQ-9), and no consumer should need more than the chat's id. The same holds for the empty bodies of
 * `chat_created` and `chat_ended`.
 */
function toMembershipBody(participant: Participant, switches: Switches): Readonly<Record<string, unknown>> {
  const { id, type, connected_at } = toSender(participant, switches);
  return { participant: { id, type, status: participant.status, connected_at } };
}

/** Body of `message_received`; private messages have their text in `server_message` (platform: Task VA). */
function toMessageBody(message: ChatMessage, switches: Switches): Readonly<Record<string, unknown>> {
  const sender = toSender(message.sender, switches);
  const content = toWireMessage(message.payload, switches);
  if (!message.private) return { sender, message: content };
  return {
    sender,
    message: { type: 'server_message', message_id: message.id, visibility: 'task_virtual_agent' },
    server_message: { content },
  };
}

function toSender(
  participant: Participant,
  switches: Switches,
): {
  readonly id: number;
  readonly type: string;
  readonly status: string;
  readonly connected_at: string | null;
} {
  const { kind, connectedAt } = participant;
  const id = switches.get('senderId') === 'person' ? participant.personId : participant.id;
  return {
    id,
    type: kind,
    status: 'connected',
    connected_at: connectedAt === undefined ? null : toPlatformTime(connectedAt),
  };
}

function toWireMessage(payload: MessagePayload, switches: Switches): MessagePayload {
  const { content } = payload;
  if (typeof content !== 'string' || switches.get('webhookTextContent') === 'string') return payload;
  return { ...payload, content: { text: content } };
}
