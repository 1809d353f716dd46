import {
  readWebhookDeflection,
  readWebhookEndReason,
  readWebhookEscalation,
  type WebhookDeflection,
  type WebhookEvent,
} from '../platform/index.js';
import { chatPhase, type Chat, type Deflection, type Escalation, type LogEntry } from '../protocol/index.js';
import { updateEntries } from './to-chat.js';
import { withoutAnybody } from './to-participants.js';
import type { EventPlace, Translation, Translator } from './translate.js';
import { hasEnded, type ChatView } from './view.js';

/** `chat_ended`: why is told by the event where it says so, by this relay where it ends the chat, else by the chat object. */
export const translateEnd: Translator = (view, event, place) => {
  const reason = place.endReason ?? readWebhookEndReason(event);
  return translateStatus(view, { id: event.chatId, status: 'finished' }, { at: place.at, end: reason === null ? null : { reason } });
};

/** `chat_dismissed` (platform: Statuses of a chat): nobody wrote for a while. */
export const translateDismissal: Translator = (view, event, { at }) => {
  const isVirtual = view.chat !== null && chatPhase(view.chat.status) === 'virtual_agent';
  const status = isVirtual ? 'va_dismissed' : 'dismissed';
  return translateStatus(view, { id: event.chatId, status }, { at, end: null });
};

function translateStatus(
  view: ChatView,
  { id, status }: Pick<Chat, 'id' | 'status'>,
  { at, end }: { at: string; end: { reason: string | null } | null },
): Translation {
  // It may come before the answer to the creation, and must not be lost for that.
  const { participants, timeoutAt } = view.chat ?? { participants: [], timeoutAt: null };
  // Whether it finished or failed, the chat object has told already.
  const told = hasEnded(view) && view.chat ? view.chat.status : status;
  const chat: Chat = { id, status: told, participants: withoutAnybody(participants), timeoutAt };
  return { entries: updateEntries(view, chat, { at, end, isSettled: false }), refresh: true, understood: true };
}

/** Every other event: how a request for a person stands, and what is offered instead, known by their shape (OQ-10). */
export const translateOther: Translator = (view, event, place) => {
  const offer = toDeflection(view, event, place);
  const told = readWebhookEscalation(event) ?? (offer && { id: offer.escalationId, status: 'deflecting' });
  if (!told) return { entries: [], refresh: true, understood: false };
  if (!isNews(view, told)) return { entries: [], refresh: true, understood: true };
  const { at } = place;
  const { id, status } = told;
  const entries: LogEntry[] = [];
  if (view.escalation?.id !== id || view.escalation.status !== status) {
    entries.push({ type: 'escalation-updated', at, escalation: { id, status } });
  }
  if (offer && status === 'deflecting' && JSON.stringify(offer) !== JSON.stringify(view.deflection)) {
    entries.push({ type: 'deflection-offered', at, deflection: offer });
  }
  return { entries, refresh: true, understood: true };
};

/** An escalation that has come to its end stays there, and one that is asked about is not merely under way again. */
function isNews(view: ChatView, told: Escalation): boolean {
  const { escalation, deflection, chat } = view;
  if (hasEnded(view) || (chat !== null && chatPhase(chat.status) === 'agent' && isOpen(told))) return false;
  if (escalation?.id !== told.id) return isOpen(told) || escalation === null;
  const isSettled = ['escalated', 'canceled', 'deflected'].includes(escalation.status);
  const isOlder = told.status === 'escalating' && deflection?.escalationId === told.id;
  return !isOlder && (!isSettled || told.status === escalation.status);
}

function isOpen({ status }: Escalation): boolean {
  return status === 'escalating' || status === 'deflecting';
}

function toDeflection(view: ChatView, event: WebhookEvent, { emailOffered }: EventPlace): Deflection | null {
  const told: WebhookDeflection | null = readWebhookDeflection(event);
  const open = view.escalation && isOpen(view.escalation) ? view.escalation.id : null;
  const escalationId = told?.escalationId ?? open;
  if (!told || escalationId === null) return null;
  const channels = told.channels.filter(({ channel }) => channel !== 'email' || emailOffered);
  return { escalationId, reason: told.reason, channels };
}
