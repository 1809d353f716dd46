import { Id } from './response-schemas.js';
import { readRichText } from './rich-text.js';
import { isRecord, type WebhookEvent } from './webhook-event.js';

/** What a `message_received` says, wherever the platform put it (platform: message_received; OQ-9). */
export interface WebhookMessage {
  /**
   * `kind`: `agent`, `virtual_agent`, `task_virtual_agent`, `end_user`, or something newer. What `id`
   * identifies: OQ-14.
   */
  readonly sender: { readonly kind: string; readonly id: number | null };
  /** `text`, `markdown`, `photo`, …; an open set. For a server message that of its content. */
  readonly type: string;
  /** Of a richer message its words; null where there are none. Data, never HTML. */
  readonly text: string | null;
  readonly messageId: string | null;
  /**
   * Null where the platform names none. Anything that cannot be read is `unreadable`, so that it is not taken
   * for public (OQ-19).
   */
  readonly visibility: string | null;
  /** True: between the end user and a task virtual agent, hidden from the human agent. */
  readonly isServerMessage: boolean;
}

/**
 * Somebody of whom a webhook tells; the form of these bodies is unknown, so everything but the kind may be
 * missing (OQ-9).
 */
export interface WebhookParticipant {
  readonly kind: string;
  readonly id: number | null;
  readonly name: string | null;
  readonly avatarUrl: string | null;
  /** `waiting`, `connected`, … */
  readonly status: string | null;
}

/** Null where the event holds no message with a sender. */
export function readWebhookMessage({ body }: WebhookEvent): WebhookMessage | null {
  const { sender, message } = body;
  const serverMessage = body['server_message'] ?? undefined;
  if (!isRecord(sender) || typeof sender['type'] !== 'string' || !isRecord(message)) return null;
  const isServerMessage = message['type'] === 'server_message' || serverMessage !== undefined;
  const content = isServerMessage ? readServerContent(serverMessage) : message;
  return {
    sender: { kind: sender['type'], id: readId(sender['id']) },
    type: readText(content['type']) ?? readText(message['type']) ?? 'unknown',
    text: readRichText(content) ?? readContent(content['content']),
    messageId: readMessageId(message) ?? (isRecord(serverMessage) ? readMessageId(serverMessage) : null),
    visibility: readVisibility(message, serverMessage, body),
    isServerMessage,
  };
}

/** Looks into `participant`, then `sender`, then the body itself; null where none names a kind. */
export function readWebhookParticipant({ body }: WebhookEvent): WebhookParticipant | null {
  for (const candidate of [body['participant'], body['sender'], body]) {
    if (!isRecord(candidate) || typeof candidate['type'] !== 'string') continue;
    const { type: kind, id, name, first_name: firstName, avatar_url: avatarUrl, status } = candidate;
    return {
      kind,
      id: readId(id),
      name: readText(name) ?? readText(firstName),
      avatarUrl: readText(avatarUrl),
      status: readText(status),
    };
  }
  return null;
}

/** `{content: {type, content}}`, or without the outer shell. */
function readServerContent(serverMessage: unknown): Record<string, unknown> {
  if (!isRecord(serverMessage)) return {};
  const { content } = serverMessage;
  return isRecord(content) && 'content' in content ? content : serverMessage;
}

/** A string, or `{text}` (OQ-1). */
function readContent(content: unknown): string | null {
  return readText(isRecord(content) ? content['text'] : content);
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

function readId(value: unknown): number | null {
  const parsed = Id.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function readText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
