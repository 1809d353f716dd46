import type { WebhookEvent } from '../platform/index.js';
import type { LogEntry } from '../protocol/index.js';
import type { Place } from './membership.js';
import { toIsoTime } from './to-chat.js';
import { translateJoin, translateLeave } from './translate-membership.js';
import { translateMessage } from './translate-message.js';
import { translateDismissal, translateEnd, translateOther } from './translate-outcome.js';
import type { ChatView } from './view.js';

/** What a webhook means for the log. */
export interface Translation {
  readonly entries: readonly LogEntry[];
  /** True: the chat object may have changed, read it again. */
  readonly refresh: boolean;
  /** False: an event, a sender, a type or a visibility that is not known here. To be counted, without its content. */
  readonly understood: boolean;
}

/** What is needed to translate besides the log and the event. */
export interface TranslateOptions {
  /** Opaque id for what the event adds; the same event always gets the same. */
  readonly id: string;
  /** ISO 8601, for events that tell no time. */
  readonly now: string;
  /** Whether there is somebody who sends the mail of a visitor who prefers one to waiting. */
  readonly emailOffered: boolean;
  /** Why this relay is ending the chat right now; null where it is not. */
  readonly endReason: string | null;
}

/** One row of the table of events. */
export type Translator = (view: ChatView, event: WebhookEvent, place: EventPlace) => Translation;

/** Where the event is in time, and what its entries are called. */
export type EventPlace = Place & Pick<TranslateOptions, 'emailOffered' | 'endReason'>;

/**
 * Every event that is known by its name (platform: Event types). All others are looked at by their shape, and read the chat
 * object again: whatever it was, that tells what became of it.
 */
const translators: ReadonlyMap<string, Translator> = new Map<string, Translator>([
  ['message_received', translateMessage],
  ['participant_joined', translateJoin],
  ['participant_left', translateLeave],
  ['chat_ended', translateEnd],
  ['chat_dismissed', translateDismissal],
  ['chat_resumed', () => ({ entries: [], refresh: true, understood: true })],
  // The answer to the creation tells all there is.
  ['chat_created', () => ({ entries: [], refresh: false, understood: true })],
]);

/** Platform webhook -> log entries, one event at a time. Pure: the view tells what came before. */
export function translate(view: ChatView, event: WebhookEvent, options: TranslateOptions): Translation {
  const { id, now, emailOffered, endReason } = options;
  const place = { id, at: toIsoTime(event.timestamp) ?? now, emailOffered, endReason };
  return (translators.get(event.eventType) ?? translateOther)(view, event, place);
}
