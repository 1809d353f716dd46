import { AcceptedMessage, MESSAGE_MAX_LENGTH, SendMessage, type LogEntry } from '../../protocol/index.js';
import { RelayError } from '../relay-error.js';
import { visitorPostRoute } from '../route.js';
import { hasEnded, type ChatView, type OwnMessage } from '../view.js';

export const sendMessage = visitorPostRoute({
  method: 'POST',
  path: '/chat/messages',
  summary: 'Takes a message: it is safe in the log when this answers; what the platform says follows as message-updated.',
  status: 202,
  request: SendMessage,
  response: AcceptedMessage,
  problems: ['invalid-request', 'message-empty', 'message-too-long', 'unauthorized', 'chat-ended', 'message-conflict', 'store-unavailable'],
  handle: async ({ context, visitor, log }, { text, ...request }) => {
    const message = { ...request, text: toWellFormed(text) };
    checkText(message.text);
    const at = new Date(context.clock.now()).toISOString();
    const { view, appended } = await log.commit((before) => decide(before, message, at));
    if (appended) {
      context.sender.send(visitor.chatId, { endUserId: visitor.endUserId, id: message.id, text: message.text });
    }
    const own = findOwn(view, message.id);
    if (!own) throw new RelayError('internal');
    return { id: own.id, seq: own.seq, delivery: own.delivery };
  },
});

/** Half a character (a lone surrogate) cannot be stored or sent: it becomes U+FFFD. */
function toWellFormed(text: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}

function checkText(text: string): void {
  if (text.trim() === '') throw new RelayError('message-empty');
  if (text.length > MESSAGE_MAX_LENGTH) throw new RelayError('message-too-long');
}

/** A new id is a new message; a known one is the same message, sent once more only when the person said so. */
function decide(view: ChatView, message: SendMessage, at: string): { entries: LogEntry[] } | null {
  const own = findOwn(view, message.id);
  if (own && own.text !== message.text) throw new RelayError('message-conflict');
  const isAgain = message.again === true && (own?.delivery === 'failed' || own?.delivery === 'uncertain');
  if (own && !isAgain) return null;
  if (hasEnded(view)) throw new RelayError('chat-ended');
  if (own) return { entries: [{ type: 'message-updated', at, id: own.id, delivery: 'sending', code: null }] };
  return { entries: [toEntry(message, at)] };
}

function toEntry({ id, text }: SendMessage, at: string): LogEntry {
  const sender = { kind: 'end_user', id: null } as const;
  const message = { id, type: 'text', text, sender, at, private: false, delivery: 'sending' } as const;
  return { type: 'message-added', at, message };
}

function findOwn(view: ChatView, id: string): OwnMessage | undefined {
  return view.own.find((own) => own.id === id);
}
