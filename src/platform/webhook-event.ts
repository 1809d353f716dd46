import * as z from 'zod/mini';
import { isRecord } from './is-record.js';
import { Id } from './response-schemas.js';

/** The envelope of every webhook (platform: Webhooks, Envelope). */
export interface WebhookEvent {
  /** An open set: `message_received`, `chat_created`, `participant_joined`, … */
  readonly eventType: string;
  readonly chatId: number;
  /** As the platform wrote it, ISO 8601 UTC as a rule; there is no event id (OQ-13). */
  readonly timestamp: string | null;
  /** Its form depends on the event and is mostly unknown (OQ-9): read it with the readers beside this one. */
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * `not-json`: no UTF-8 or no JSON. `not-an-event`: JSON without the envelope. Holds nothing of what was sent.
 */
export class WebhookParseError extends Error {
  override readonly name = 'WebhookParseError';
  readonly code: 'not-json' | 'not-an-event';

  constructor(code: WebhookParseError['code']) {
    super(code === 'not-json' ? 'The webhook is not JSON.' : 'The webhook has no event in it.');
    this.code = code;
  }
}

const Envelope = z.object({
  event_type: z.string().check(z.minLength(1), z.maxLength(200)),
  chat_id: Id,
  timestamp: z.catch(z.nullable(z.string()), null),
  // Not read any deeper: how deep it goes is the sender's choice.
  body: z.catch(z.custom<Record<string, unknown>>(isRecord), () => ({})),
});

/** Reads the bytes of a webhook whose signature is good. Throws {@link WebhookParseError}. */
export function parseWebhook(bytes: Uint8Array): WebhookEvent {
  const parsed = Envelope.safeParse(parseJson(bytes));
  if (!parsed.success) throw new WebhookParseError('not-an-event');
  const { event_type: eventType, chat_id: chatId, timestamp, body } = parsed.data;
  return { eventType, chatId, timestamp, body };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new WebhookParseError('not-json');
  }
}
