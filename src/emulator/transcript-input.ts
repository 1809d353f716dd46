import { PlatformError } from './errors.js';
import { toParameters, type Parameters } from './parameters.js';
import type { Switches } from './switches.js';

/** What `transcriptLimits: strict` takes: the senders and contents that were seen. The numbers are ours. */
const strict = {
  messages: 100,
  bytes: 64 * 1024,
  senders: ['end_user', 'agent', 'virtual_agent'],
  contents: ['text', 'buttons', 'media'],
} as const;

/**
 * Reads what was said before the chat (platform: Create a chat, `transcript`).
 * @throws PlatformError 400 where it is no list of messages, though the reference calls it an object (OQ-53),
 *   and for what is over the limits of the switch (OQ-40); the text is ours
 */
export function readTranscript({ transcript }: Parameters, switches: Switches): readonly unknown[] {
  if (transcript === undefined || transcript === null) return [];
  const messages: readonly unknown[] | undefined = Array.isArray(transcript) ? transcript : undefined;
  const isTaken =
    messages !== undefined && (switches.get('transcriptLimits') === 'none' || isWithinLimits(messages));
  if (!isTaken) throw new PlatformError(400, 'Invalid transcript');
  return messages;
}

function isWithinLimits(messages: readonly unknown[]): boolean {
  const { byteLength } = new TextEncoder().encode(JSON.stringify(messages));
  return messages.length <= strict.messages && byteLength <= strict.bytes && messages.every(isKnownMessage);
}

function isKnownMessage(message: unknown): boolean {
  const { sender, content } = toParameters(message) ?? {};
  const isContentKnown = (each: unknown): boolean => isOneOf(strict.contents, toParameters(each)?.type);
  return isOneOf(strict.senders, sender) && Array.isArray(content) && content.every(isContentKnown);
}

function isOneOf(values: readonly unknown[], value: unknown): boolean {
  return values.includes(value);
}
