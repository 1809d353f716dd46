import type { Emitter } from 'nanoevents';
import { parseLogEntry } from '../protocol/index.js';
import type { ChatClientEvents } from './chat-client.types.js';
import { messageItemOf, type LogInput, type Model } from './reduce.js';

/** Tells listeners what a live event meant. History is never announced: it already happened. */
export function announce(
  emitter: Emitter<ChatClientEvents>,
  event: LogInput,
  models: { before: Model; after: Model },
): void {
  const entry = parseLogEntry(event);
  if (!entry) return;
  switch (entry.type) {
    case 'chat-updated':
      emitter.emit('chat-updated', entry.chat);
      if (models.after.phase === 'ended' && models.before.phase !== 'ended') emitter.emit('chat-ended', entry.chat);
      return;
    case 'participant-joined':
    case 'participant-left':
      emitter.emit(entry.type, entry.participant);
      return;
    case 'message-added':
      if (entry.message.sender.kind !== 'end_user') emitter.emit('message-received', entry.message);
      return;
    case 'message-updated':
      if (entry.delivery === 'sent') announceSent(emitter, entry.id, models);
      return;
    case 'escalation-updated':
      emitter.emit('escalation-updated', entry.escalation);
      return;
    case 'notice-added':
      return;
  }
}

function announceSent(
  emitter: Emitter<ChatClientEvents>,
  id: string,
  models: { before: Model; after: Model },
): void {
  const message = messageItemOf(models.after, id)?.message;
  if (message && messageItemOf(models.before, id)?.message.delivery !== 'sent') emitter.emit('message-sent', message);
}
