import type { Chat, Escalation } from './chat.js';
import type { Chats } from './chats.js';
import { toPlatformTime } from './clock.js';
import type { EventTemplates, Templates } from './event-templates.js';
import { sendNotifications } from './notifications.js';
import type { Parameters } from './parameters.js';
import type { ChatSettings } from './settings-routes.js';
import type { Switches } from './switches.js';
import { announceMembership } from './webhook-membership.js';
import { toMessageBody } from './webhook-message.js';
import type { Webhooks } from './webhooks.js';

/** What webhooks are made of. */
export interface AnnouncementOptions {
  readonly chats: Chats;
  readonly webhooks: Pick<Webhooks, 'send'>;
  readonly switches: Switches;
  readonly settings: ChatSettings;
  readonly templates: EventTemplates;
  readonly now: () => number;
}

/**
 * Turns what happens in chats into webhooks (platform: Webhooks, Event types). The empty bodies of
 * `chat_created` and its like are invented (OQ-9), and so is `chat_resumed`.
 */
export function announceByWebhook(options: AnnouncementOptions): void {
  const { chats, webhooks, switches, templates, now } = options;
  const send = (chat: Chat, eventType: string, body: Parameters = {}): void => {
    if (chat.via === 'sdk' && switches.get('sdkChatWebhooks') === 'none') return;
    webhooks.send({ event_type: eventType, timestamp: toPlatformTime(now()), chat_id: chat.id, body });
  };
  const sendTemplate = (chat: Chat, name: keyof Templates, escalation: Escalation): void => {
    const { eventType, body } = templates.fill(name, { chat, escalation });
    send(chat, eventType, body);
  };

  sendNotifications(options, (chat, body) => {
    send(chat, 'message_received', body);
  });
  chats.events.on('created', (chat) => {
    send(chat, 'chat_created');
  });
  announceMembership(options, send);
  chats.events.on('message', (chat, message) => {
    const body = toMessageBody(message, switches);
    if (body !== undefined) send(chat, 'message_received', body);
  });
  chats.events.on('escalated', (chat, escalation) => {
    if (switches.get('escalationWebhook') === 'sent') sendTemplate(chat, 'escalated', escalation);
  });
  chats.events.on('deflected', (chat, escalation) => {
    if (switches.get('deflectionWebhook') === 'sent') sendTemplate(chat, 'deflected', escalation);
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
