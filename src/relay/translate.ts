import {
  readWebhookMessage,
  readWebhookParticipant,
  type WebhookEvent,
  type WebhookMessage,
} from '../platform/index.js';
import {
  ParticipantKind,
  type Chat,
  type LogEntry,
  type Message,
  type MessageType,
  type Participant,
  type ParticipantRef,
} from '../protocol/index.js';
import { toChatEntries } from './to-chat.js';
import type { ChatView, OwnMessage } from './view.js';

/** What a webhook means for the log. */
export interface Translation {
  readonly entries: readonly LogEntry[];
  /** True: the chat object may have changed, read it again. */
  readonly refresh: boolean;
  /** False: an event or a sender of a kind that is not known here. */
  readonly understood: boolean;
}

const nothing: Translation = { entries: [], refresh: true, understood: false };

export interface TranslateOptions {
  /** Opaque id for what the event adds; the same event always gets the same. */
  readonly id: string;
  /** ISO 8601, for events that tell no time. */
  readonly now: string;
}

/** Platform webhook -> log entries, one event at a time. Pure: the view tells what came before. */
export function translate(view: ChatView, event: WebhookEvent, options: TranslateOptions): Translation {
  const at = toIsoTime(event.timestamp) ?? options.now;
  switch (event.eventType) {
    case 'message_received':
      return translateMessage(view, event, { ...options, at });
    case 'participant_joined':
      return translateJoin(view, event, { id: options.id, at });
    case 'participant_left':
      return translateLeave(view, event, { id: options.id, at });
    case 'chat_ended':
      return translateStatus(view, { id: event.chatId, status: 'finished' }, at);
    case 'chat_dismissed':
      return translateStatus(view, { id: event.chatId, status: 'dismissed' }, at);
    case 'chat_created':
      // The answer to the creation tells all there is.
      return { entries: [], refresh: false, understood: true };
    default:
      return nothing;
  }
}

interface Place {
  readonly id: string;
  readonly at: string;
}

function translateMessage(view: ChatView, event: WebhookEvent, place: Place): Translation {
  const message = readWebhookMessage(event);
  const kind = ParticipantKind.safeParse(message?.sender.kind);
  if (!message || !kind.success) return nothing;
  if (kind.data === 'end_user') {
    const own = ownEchoed(view, message);
    if (own) return { entries: echoEntries(own, place.at), refresh: false, understood: true };
  }
  const added: Message = {
    id: place.id,
    ...toContent(message),
    sender: { kind: kind.data, id: message.sender.id },
    at: place.at,
    private: isPrivate(message),
    delivery: kind.data === 'end_user' ? 'sent' : null,
  };
  return { entries: [{ type: 'message-added', at: place.at, message: added }], refresh: false, understood: true };
}

/**
 * The platform repeats the end user's own messages, without an id of ours (OQ-31): the text tells which one is meant,
 * the first still open before one that was taken, and a refused one last.
 * A text that was never sent from here came from elsewhere and is new.
 */
function ownEchoed(view: ChatView, message: WebhookMessage): OwnMessage | undefined {
  const text = withoutSpacing(message.text);
  const same = view.own.filter((own) => withoutSpacing(own.text) === text);
  const isOpen = ({ delivery }: OwnMessage) => delivery === 'sending' || delivery === 'uncertain';
  return same.find(isOpen) ?? same.find(({ delivery }) => delivery === 'sent') ?? same[0];
}

/** A text as it still is after a platform has trimmed it or changed its line ends. */
function withoutSpacing(text: string | null): string | undefined {
  return text?.normalize().replaceAll(/\s+/g, ' ').trim();
}

function echoEntries(own: OwnMessage, at: string): LogEntry[] {
  return own.delivery === 'sent' ? [] : [{ type: 'message-updated', at, id: own.id, delivery: 'sent', code: null }];
}

function toContent(message: WebhookMessage): { type: MessageType; text: string } {
  const type = contentTypes.get(message.type);
  return type && message.text !== null ? { type, text: message.text } : { type: 'unsupported', text: '' };
}

/** Platform message types that are shown as text, by their words; all others are kept as `unsupported`, without their content. */
const contentTypes: ReadonlyMap<string, MessageType> = new Map([
  ['text', 'text'],
  ['text_template', 'text'],
  ['markdown', 'markdown'],
  ['markdown_template', 'markdown'],
  ...['inline_button', 'sticky_button', 'content_card', 'image', 'video', 'document', 'form'].map(
    (type) => [type, 'text'] as const,
  ),
]);

/** Anything that is not plainly for everybody is treated as private (OQ-19). */
function isPrivate(message: WebhookMessage): boolean {
  return message.isServerMessage || (message.visibility !== null && message.visibility !== 'all');
}

function translateJoin(view: ChatView, event: WebhookEvent, place: Place): Translation {
  const participant = toParticipant(event, true);
  if (!participant) return nothing;
  // The end user is always there; and who answers already did not come anew.
  if (participant.kind === 'end_user' || isSpeaker(view, participant)) {
    return { entries: [], refresh: true, understood: true };
  }
  const entries: LogEntry[] = [{ type: 'participant-joined', at: place.at, participant }];
  const from = view.speaker;
  // A virtual agent that opens the chat greets by itself; nobody handed over.
  if (from !== null || participant.kind !== 'virtual_agent') entries.push(transferEntry(from, participant, place));
  return { entries, refresh: true, understood: true };
}

function translateLeave(view: ChatView, event: WebhookEvent, place: Place): Translation {
  const participant = toParticipant(event, false);
  if (!participant) return nothing;
  if (participant.kind === 'end_user') return { entries: [], refresh: true, understood: true };
  const entries: LogEntry[] = [{ type: 'participant-left', at: place.at, participant }];
  // The human agent stayed all along and never joins again: the end of the task is the hand-back.
  const agent = view.chat?.participants.find(({ kind, active }) => kind === 'agent' && active);
  const isTask = participant.kind === 'task_virtual_agent' && isSpeaker(view, participant);
  if (isTask && agent) entries.push(transferEntry(participant, agent, place));
  return { entries, refresh: true, understood: true };
}

function transferEntry(from: ParticipantRef | null, to: ParticipantRef, place: Place): LogEntry {
  const transfer = { from: from && { kind: from.kind, id: from.id }, to: { kind: to.kind, id: to.id } };
  return { type: 'notice-added', at: place.at, notice: { id: place.id, kind: 'transfer', at: place.at, transfer } };
}

function translateStatus(view: ChatView, { id, status }: Pick<Chat, 'id' | 'status'>, at: string): Translation {
  // It may come before the answer to the creation, and must not be lost for that.
  const chat = view.chat ?? { id, lang: null, participants: [], createdAt: null, endedAt: null };
  return { entries: toChatEntries(view, { ...chat, status }, at), refresh: true, understood: true };
}

function toParticipant(event: WebhookEvent, active: boolean): Participant | null {
  const told = readWebhookParticipant(event);
  const kind = ParticipantKind.safeParse(told?.kind);
  return told && kind.success
    ? { kind: kind.data, id: told.id, name: told.name, avatarUrl: null, active }
    : null;
}

function isSpeaker({ speaker }: ChatView, { kind, id }: Participant): boolean {
  return speaker?.kind === kind && speaker.id === id;
}

function toIsoTime(timestamp: string | null): string | null {
  const time = timestamp === null ? NaN : Date.parse(timestamp);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
