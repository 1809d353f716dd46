import { readWebhookMessage, type WebhookMessage } from '../platform/index.js';
import { ParticipantKind, type LogEntry, type Message, type ParticipantRef } from '../protocol/index.js';
import { taskIn } from './membership.js';
import { speechEntries } from './translate-membership.js';
import type { EventPlace, Translation, Translator } from './translate.js';
import { hasEnded, isActive, isTask, type ChatView, type OwnMessage } from './view.js';

/** What the platform's own clients send each other, and what is meant for the next virtual agent (platform: Message types). */
const neverShown: ReadonlySet<string> = new Set(['noti', 'form_complete', 'action', 'session_variable']);

/** Those that are known. What cannot be shown of them keeps its place, without being taken for something secret. */
const knownTypes: ReadonlySet<string> = new Set([
  'text', 'text_template', 'markdown', 'markdown_template', 'inline_button', 'sticky_button', 'content_card', 'image',
  'photo', 'video', 'audio', 'document', 'form', 'complex',
]);

/**
 * Visibilities of what the end user may see; null: none is named. Only `task_virtual_agent` is documented, `all` and `end_user` are
 * likely words for what everybody may see: they make nothing private that is not so for another reason (OQ-19).
 */
const visible: ReadonlySet<string | null> = new Set([null, 'all', 'end_user', 'task_virtual_agent']);

/** `message_received`: of the others, and the echo of what the end user wrote. */
export const translateMessage: Translator = (view, event, place) => {
  const message = readWebhookMessage(event);
  if (!message) return { entries: [], refresh: true, understood: false };
  if (neverShown.has(message.type)) return { entries: [], refresh: true, understood: true };
  const kind = ParticipantKind.safeParse(message.sender.kind);
  if (!kind.success) return toOpaque({ kind: 'virtual_agent', id: null }, place);
  const sender: ParticipantRef = { kind: kind.data, id: message.sender.id };
  const echo = sender.kind === 'end_user' ? translateEcho(view, message, place) : null;
  if (echo) return echo;
  if (!visible.has(message.visibility) || !knownTypes.has(message.type)) return toOpaque(sender, place);
  return toAdded(view, message, { sender, place });
};

/** Of what cannot be read for sure, only that it was: nobody knows whom it was meant for. */
function toOpaque(sender: ParticipantRef, { id, at }: EventPlace): Translation {
  const content = { type: 'unsupported', text: '', parts: null } as const;
  const delivery = sender.kind === 'end_user' ? 'sent' : null;
  const message: Message = { id, ...content, sender, at, private: true, to: null, replyTo: null, delivery };
  return { entries: [{ type: 'message-added', at, message }], refresh: true, understood: false };
}

function toAdded(
  view: ChatView,
  message: WebhookMessage,
  { sender, place }: { sender: ParticipantRef; place: EventPlace },
): Translation {
  const { id, at } = place;
  const added: Message = {
    id,
    ...toContent(message),
    sender,
    at,
    private: isPrivate(view, message, at),
    to: null,
    replyTo: null,
    delivery: sender.kind === 'end_user' ? 'sent' : null,
  };
  const evidence = speechEntries(view, message.sender, { id: `transfer-${id}`, at });
  // Somebody speaks who is not known to be there, or a person during a task, which may be over: the chat object knows more.
  const isKnown = sender.kind === 'end_user' || isActive(view, sender);
  const isDuringTask = sender.kind === 'agent' && view.chat !== null && taskIn(view.chat) !== undefined;
  return {
    entries: [...evidence, { type: 'message-added', at, message: added }],
    refresh: evidence.length > 0 || !isKnown || isDuringTask,
    understood: true,
  };
}

function toContent({ text, isMarkdown, parts }: WebhookMessage): Pick<Message, 'type' | 'text' | 'parts'> {
  if (text === null) return { type: 'unsupported', text: '', parts: null };
  return { type: isMarkdown ? 'markdown' : 'text', text, parts };
}

/**
 * Between the end user and a task virtual agent. What the end user wrote while one was at work was for it, however it is echoed
 * (OQ-18), and once a private text is gone, nobody can tell its late echo from another message.
 */
function isPrivate(view: ChatView, { sender, isServerMessage, visibility }: WebhookMessage, at: string): boolean {
  if (isServerMessage || visibility === 'task_virtual_agent' || sender.kind === 'task_virtual_agent') return true;
  if (sender.kind !== 'end_user') return false;
  return hadTask(view, Date.parse(at)) || view.own.some((own) => own.private && own.text === '');
}

/** True where a task virtual agent is at work, or was at that time. */
function hadTask({ chat, presences }: ChatView, time: number): boolean {
  if (chat && taskIn(chat)) return true;
  return presences.some((one) => isTask(one) && (one.joinedAt ?? time) <= time && time <= (one.leftAt ?? Infinity));
}

/**
 * The platform repeats the end user's own messages, without an id of ours (OQ-31). A private one is never added beside our own,
 * whatever the platform made of its words. Null for what was written elsewhere.
 */
function translateEcho(view: ChatView, message: WebhookMessage, { at }: EventPlace): Translation | null {
  const own = ownEchoed(view, message);
  const isSecret = isPrivate(view, message, at);
  const secrets = isSecret ? view.own.filter((each) => each.private) : [];
  const meant = own ?? secrets.find(isOpen);
  const isCertain = message.isServerMessage || message.visibility === 'task_virtual_agent' || hasEnded(view);
  const isEchoOfRemoved = secrets.length > 0 && isCertain;
  if (!meant && !isEchoOfRemoved) return null;
  return { entries: meant ? sentEntries(meant, at) : [], refresh: false, understood: true };
}

/**
 * The text tells which one is meant: the first still open before one that was taken, and a refused one last.
 * A text that was never sent from here came from elsewhere and is new.
 */
function ownEchoed(view: ChatView, message: WebhookMessage): OwnMessage | undefined {
  const text = withoutSpacing(message.text ?? '');
  const same = text === '' ? [] : view.own.filter((own) => withoutSpacing(own.text) === text);
  return same.find(isOpen) ?? same.find(({ delivery }) => delivery === 'sent') ?? same[0];
}

function isOpen({ delivery }: OwnMessage): boolean {
  return delivery === 'sending' || delivery === 'uncertain';
}

/** A text as it still is after a platform has trimmed it or changed its line ends. */
function withoutSpacing(text: string): string {
  return text.normalize().replaceAll(/\s+/g, ' ').trim();
}

function sentEntries(own: OwnMessage, at: string): LogEntry[] {
  return own.delivery === 'sent' ? [] : [{ type: 'message-updated', at, id: own.id, delivery: 'sent', code: null }];
}
