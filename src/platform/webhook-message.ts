import { toBoundedParts } from './rich-bounds.js';
import { readRichParts, type RichPart } from './rich-parts.js';
import { toRichText } from './rich-text.js';
import { isRecord } from './is-record.js';
import type { WebhookEvent } from './webhook-event.js';
import { readText, readWebhookPerson, type WebhookPerson } from './webhook-participant.js';

/** What a `message_received` says, wherever the platform put it (platform: message_received; OQ-9). */
export interface WebhookMessage {
  readonly sender: WebhookPerson;
  /** `text`, `markdown`, `photo`, `noti`, …; an open set. For a server message that of its content. */
  readonly type: string;
  /** Of a richer message its words; null where it is of no known type or has none. Data, never HTML. */
  readonly text: string | null;
  readonly isMarkdown: boolean;
  /** What a richer message consists of, bounded; null where text is all. */
  readonly parts: RichPart[] | null;
  readonly messageId: string | null;
  /**
   * Null where the platform names none. Anything that cannot be read is `unreadable`, so that it is not taken
   * for public (OQ-19).
   */
  readonly visibility: string | null;
  /** True: between the end user and a task virtual agent, hidden from the human agent. */
  readonly isServerMessage: boolean;
}

/** Null where the event holds no message with a sender. */
export function readWebhookMessage({ body }: WebhookEvent): WebhookMessage | null {
  const { message } = body;
  const sender = readWebhookPerson(body['sender']);
  const serverMessage = body['server_message'] ?? undefined;
  if (!sender || !isRecord(message)) return null;
  const isServerMessage = message['type'] === 'server_message' || serverMessage !== undefined;
  const content = isServerMessage ? readServerContent(serverMessage) : message;
  const type = readText(content['type']) ?? readText(message['type']) ?? nameless(message);
  return {
    sender,
    type,
    ...readContent(type, content),
    messageId: readMessageId(message) ?? (isRecord(serverMessage) ? readMessageId(serverMessage) : null),
    visibility: readVisibility(message, serverMessage, body),
    isServerMessage,
  };
}

/** Variables for the next virtual agent come without a type (platform: What a virtual agent can emit). */
function nameless(message: Record<string, unknown>): string {
  return 'session_variable' in message ? 'session_variable' : 'unknown';
}

/** Nothing but words stays words; all else keeps its parts, and its words beside them. */
function readContent(
  type: string,
  content: Record<string, unknown>,
): Pick<WebhookMessage, 'text' | 'isMarkdown' | 'parts'> {
  const parts = readRichParts(type, content);
  const text = toRichText(parts);
  const isMarkdown = parts.length > 0 && parts.every((part) => part.type === 'markdown');
  const isPlain = isMarkdown || parts.every((part) => part.type === 'text');
  return { text, isMarkdown, parts: isPlain ? null : toBoundedParts(parts) };
}

/** `{content: {type, content}}`, or without the outer shell. */
function readServerContent(serverMessage: unknown): Record<string, unknown> {
  if (!isRecord(serverMessage)) return {};
  const { content } = serverMessage;
  return isRecord(content) && ('content' in content || 'type' in content) ? content : serverMessage;
}

function readMessageId(message: Record<string, unknown>): string | null {
  const id = message['message_id'] ?? message['id'] ?? message['sid'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function readVisibility(...places: readonly unknown[]): string | null {
  const named = places.filter(isRecord).map((place) => place['visibility']);
  const told = named.find((visibility) => visibility !== undefined && visibility !== null);
  return told === undefined ? null : (readText(told) ?? 'unreadable');
}
