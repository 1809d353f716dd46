import { AcceptedMessage, MESSAGE_MAX_LENGTH, SendMessage, type LogEntry, type ParticipantRef } from '../../protocol/index.js';
import { RelayError } from '../relay-error.js';
import { visitorBodyRoute } from '../route.js';
import { hasEnded, isSame, isTask, type ChatView, type OwnMessage } from '../view.js';

export const sendMessage = visitorBodyRoute({
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
    const own = findOwn(view, message.id);
    if (!own) throw new RelayError('internal');
    if (appended) {
      const isConfirmed = message.again === true && message.anyway === true;
      context.sender.send(visitor.chatId, { endUserId: visitor.endUserId, id: own.id, text: message.text, to: own.to, isConfirmed });
    }
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
  if (own && !isRepeated(own, message)) throw new RelayError('message-conflict');
  const isOpen = own?.delivery === 'failed' || own?.delivery === 'uncertain';
  // Of a removed one nothing is left to be sent.
  const isAgain = message.again === true && isOpen && !isRemoved(own);
  if (own && !isAgain) return null;
  if (hasEnded(view)) throw new RelayError('chat-ended');
  if (own) return { entries: [{ type: 'message-updated', at, id: own.id, delivery: 'sending', code: null }] };
  return { entries: [toEntry(view, message, at)] };
}

function toEntry(view: ChatView, { id, text, to: addressee, replyTo }: SendMessage, at: string): LogEntry {
  const to = toListener(view, addressee);
  const sender = { kind: 'end_user', id: null } as const;
  const content = { id, type: 'text', text, parts: null, replyTo: replyTo ?? null } as const;
  return {
    type: 'message-added',
    at,
    message: { ...content, sender, at, private: to !== null, to, delivery: 'sending' },
  };
}

/**
 * The task virtual agent that a message is for; null for an ordinary one. Who says whom they mean is believed. Else it is
 * whoever the log knows to listen: the page may not have heard yet.
 */
function toListener({ chat }: ChatView, addressee: ParticipantRef | undefined): ParticipantRef | null {
  if (addressee && addressee.kind !== 'end_user') return isTask(addressee) ? addressee : null;
  const listener = chat?.participants.filter((participant) => isTask(participant) && participant.active).at(-1);
  return listener ? { kind: listener.kind, id: listener.id } : null;
}

/** The same id must mean the same message. Whom it is for may be left out; the text of a removed one is not known any more. */
function isRepeated(own: OwnMessage, { text, to, replyTo }: SendMessage): boolean {
  const isSameText = isRemoved(own) || own.text === text;
  const isLeftOut = to === undefined || to.kind === 'end_user';
  const isSameListener = isLeftOut || (isTask(to) ? isSame(own.to, to) : own.to === null);
  return isSameText && isSameListener && own.replyTo === (replyTo ?? null);
}

/** No message is sent without a text. */
function isRemoved(own: OwnMessage | undefined): boolean {
  return own?.text === '';
}

function findOwn(view: ChatView, id: string): OwnMessage | undefined {
  return view.own.find((own) => own.id === id);
}
