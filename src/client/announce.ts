import { parseLogEntry } from '../protocol/index.js';
import type { ChatEvents } from './chat-events.js';
import { messageItemOf, type LogInput, type Model } from './reduce.js';

/** Tells listeners what a live event meant. History is never announced: it already happened. */
export function announce(events: ChatEvents, event: LogInput, models: { before: Model; after: Model }): void {
  const entry = parseLogEntry(event);
  if (!entry) return;
  switch (entry.type) {
    case 'chat-updated':
      events.emit('chat-updated', entry.chat);
      if (models.after.phase === 'ended' && models.before.phase !== 'ended') events.emit('chat-ended', entry.chat);
      return;
    case 'participant-joined':
    case 'participant-left':
      events.emit(entry.type, entry.participant);
      return;
    case 'message-added':
      if (entry.message.sender.kind !== 'end_user') events.emit('message-received', entry.message);
      return;
    case 'message-updated':
      if (entry.delivery === 'sent') announceSent(events, entry.id, models);
      return;
    case 'escalation-updated':
      events.emit('escalation-updated', entry.escalation);
      return;
    case 'deflection-offered':
      events.emit('deflection-offered', entry.deflection);
      return;
    case 'message-removed':
    case 'notice-added':
      return;
  }
}

function announceSent(events: ChatEvents, id: string, models: { before: Model; after: Model }): void {
  const message = messageItemOf(models.after, id)?.message;
  if (message && messageItemOf(models.before, id)?.message.delivery !== 'sent') events.emit('message-sent', message);
}
