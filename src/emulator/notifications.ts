import type { Chat } from './chat.js';
import { toNestedPayload } from './rich-messages.js';
import type { AnnouncementOptions } from './webhook-events.js';

/** System messages that were seen somewhere (platform: Message types, `noti` events). */
type EvidencedEvent =
  | 'escalationStarted'
  | 'escalationAccepted'
  | 'memberJoined'
  | 'memberLeft'
  | 'formRequested'
  | 'chatEnded';

/** Names that are plausible and nothing more (OQ-16). */
type GuessedEvent = 'transferStarted' | 'transferAccepted' | 'escalationDeflected';

/**
 * Sends the system messages that the official clients show as messages of type `noti`, if the switch says so
 * (OQ-9). Listens before the other webhooks are sent: the notification of an event comes before its webhook.
 * Transfers between virtual agents go without them where the setting is on and acts here (OQ-17d); one that a
 * human overtakes is none.
 */
export function sendNotifications(
  options: AnnouncementOptions,
  send: (chat: Chat, body: Readonly<Record<string, unknown>>) => void,
): void {
  const { switches, settings, chats } = options;
  const isHidden = (chat: Chat): boolean =>
    chat.isBetweenVirtualAgents &&
    settings.hideVaToVaSystemMessages &&
    switches.get('vaToVaHiddenBy') !== 'client';
  const notify = (chat: Chat, event: EvidencedEvent | GuessedEvent): void => {
    const wanted = switches.get('notiWebhooks');
    if (wanted === 'none' || isHidden(chat) || (wanted === 'evidenced' && isGuessed(event))) return;
    const payload = { type: 'noti', event, content: '' };
    const isNested = switches.get('webhookRichPlacement') === 'content';
    send(chat, { sender, message: isNested ? toNestedPayload(payload) : payload });
  };
  /** Chats whose virtual agent went unseen, to one that is not there yet. */
  const unseen = new WeakSet<Chat>();
  chats.events.on('escalating', (chat) => {
    notify(chat, 'escalationStarted');
    if (unseen.delete(chat)) notify(chat, 'memberLeft');
  });
  chats.events.on('left', (chat, { kind }) => {
    if (isHidden(chat)) unseen.add(chat);
    if (chat.isBetweenVirtualAgents) notify(chat, 'transferStarted');
    if (kind !== 'task_virtual_agent') notify(chat, 'memberLeft');
  });
  chats.events.on('joined', (chat, { kind }) => {
    unseen.delete(chat);
    if (kind !== 'task_virtual_agent') notify(chat, 'memberJoined');
    const isTaken = kind === 'agent' && chat.escalations.at(-1)?.status === 'escalated';
    if (isTaken) notify(chat, 'escalationAccepted');
    if (chat.isBetweenVirtualAgents) notify(chat, 'transferAccepted');
  });
  chats.events.on('message', (chat, { payload, sender: { kind } }) => {
    const isTold = switches.get('hostedForms') === 'supported';
    if (isTold && payload.type === 'form' && kind !== 'end_user') notify(chat, 'formRequested');
  });
  chats.events.on('deflected', (chat) => {
    notify(chat, 'escalationDeflected');
  });
  chats.events.on('ended', (chat) => {
    notify(chat, 'chatEnded');
  });
}

/** Nobody of the contact center: the official clients call the author of these `system`. */
const sender = { id: 0, type: 'system', status: 'connected' } as const;

function isGuessed(event: EvidencedEvent | GuessedEvent): event is GuessedEvent {
  return event === 'transferStarted' || event === 'transferAccepted' || event === 'escalationDeflected';
}
