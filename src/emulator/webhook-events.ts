import type { Chat, ChatMessage, Escalation, MessagePayload, Participant } from './chat.js';
import type { Chats } from './chats.js';
import { toPlatformTime } from './clock.js';
import { sendNotifications } from './notifications.js';
import { isTextType, toNestedPayload } from './rich-messages.js';
import type { ChatSettings } from './settings-routes.js';
import type { Switches } from './switches.js';
import type { Webhooks } from './webhooks.js';

/** What webhooks are made of. */
export interface AnnouncementOptions {
  readonly chats: Chats;
  readonly webhooks: Pick<Webhooks, 'send'>;
  readonly switches: Switches;
  readonly settings: ChatSettings;
  readonly now: () => number;
}

/** Turns what happens in chats into webhooks (platform: Webhooks, Event types). */
export function announceByWebhook(options: AnnouncementOptions): void {
  const { chats, webhooks, switches, now } = options;
  const send = (chat: Chat, eventType: string, body: Readonly<Record<string, unknown>> = {}): void => {
    webhooks.send({ event_type: eventType, timestamp: toPlatformTime(now()), chat_id: chat.id, body });
  };

  sendNotifications(options, (chat, body) => {
    send(chat, 'message_received', body);
  });
  chats.events.on('created', (chat) => {
    send(chat, 'chat_created');
  });
  chats.events.on('joined', (chat, participant) => {
    if (isMembershipTold(chat, participant, options))
      send(chat, 'participant_joined', toMembershipBody(participant, switches));
  });
  chats.events.on('left', (chat, participant) => {
    if (isMembershipTold(chat, participant, options))
      send(chat, 'participant_left', toMembershipBody(participant, switches));
  });
  chats.events.on('message', (chat, message) => {
    const body = toMessageBody(message, switches);
    if (body !== undefined) send(chat, 'message_received', body);
  });
  chats.events.on('deflected', (chat, escalation) => {
    if (switches.get('deflectionWebhook') === 'escalation_deflected')
      send(chat, 'escalation_deflected', toDeflectionBody(escalation));
  });
  chats.events.on('dismissed', (chat) => {
    send(chat, 'chat_dismissed');
  });
  chats.events.on('resumed', (chat) => {
    if (switches.get('chatResumedWebhook') === 'sent') send(chat, 'chat_resumed');
  });
  chats.events.on('ended', (chat) => {
    send(chat, 'chat_ended');
  });
}

/** Two switches keep a membership event back: that of hidden transfers, and that of tasks (OQ-17e, OQ-20). */
function isMembershipTold(
  chat: Chat,
  { kind }: Participant,
  { switches, settings }: AnnouncementOptions,
): boolean {
  const isHidden =
    chat.isBetweenVirtualAgents &&
    settings.hideVaToVaSystemMessages &&
    switches.get('vaToVaHiddenBy') === 'webhooks';
  const isUntoldTask = kind === 'task_virtual_agent' && switches.get('taskMembershipWebhooks') === 'none';
  return !isHidden && !isUntoldTask;
}

/** Body of `escalation_deflected`: invented, like the event itself (OQ-10). */
function toDeflectionBody({ id, status, reason, deflection }: Escalation): Readonly<Record<string, unknown>> {
  return {
    escalation: { id, status, reason },
    deflection: { reason: deflection?.reason, channels: deflection?.channels },
  };
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

/**
 * Body of `message_received`; private messages have their text in `server_message` (platform: Task VA).
 * Undefined where the end user's words to a task virtual agent are not echoed at all (OQ-18).
 */
function toMessageBody(
  message: ChatMessage,
  switches: Switches,
): Readonly<Record<string, unknown>> | undefined {
  const sender = toSender(message.sender, switches);
  const content = toWireMessage(message.payload, switches);
  const echo = message.sender.kind === 'end_user' ? switches.get('taskEcho') : 'server_message';
  const hasId = switches.get('webhookMessageId') === 'every';
  if (!message.private || echo === 'text')
    return { sender, message: hasId ? { ...content, message_id: message.id } : content };
  if (echo === 'none') return undefined;
  return {
    sender,
    message: { type: 'server_message', message_id: message.id, visibility: 'task_virtual_agent' },
    server_message: { content },
  };
}

interface Sender {
  readonly id: number;
  readonly type: string;
  readonly status: string;
  readonly connected_at: string | null;
  readonly name?: string;
}

function toSender(participant: Participant, switches: Switches): Sender {
  const { kind, connectedAt, name } = participant;
  const id = switches.get('senderId') === 'person' ? participant.personId : participant.id;
  return {
    id,
    type: kind,
    status: 'connected',
    connected_at: connectedAt === undefined ? null : toPlatformTime(connectedAt),
    ...(switches.get('senderName') === 'present' ? { name } : {}),
  };
}

/** A message in the form that the switches say (OQ-1, OQ-9). */
function toWireMessage(payload: MessagePayload, switches: Switches): MessagePayload {
  const { content } = payload;
  if (isTextType(payload.type) && typeof content === 'string') {
    const isString = switches.get('webhookTextContent') === 'string';
    return isString ? payload : { ...payload, content: { text: content } };
  }
  return switches.get('webhookRichPlacement') === 'message' ? payload : toNestedPayload(payload);
}
