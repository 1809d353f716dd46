import type { MessagePayload } from './chat.js';
import { missingParameter, notFound } from './errors.js';
import { requireText, toParameters, type Parameters } from './parameters.js';
import type { SwitchPosition } from './switches.js';

/**
 * Reads `message` of a sent message (platform: Send a message). A text becomes a string in both forms of
 * OQ-1; a form that the switch does not allow counts as missing, as it would in a framework that permits only
 * the other one.
 * @throws PlatformError 400 for a missing type or content, 404 for a medium that this chat does not have
 */
export function readMessage(message: Parameters, accepted: SwitchPosition<'messageContent'>): MessagePayload {
  const type = requireText(message, 'type');
  if (type === 'photo' || type === 'video') throw notFound();
  return type === 'text' ? { type, content: readTextContent(message, accepted) } : { ...message, type };
}

function readTextContent(message: Parameters, accepted: SwitchPosition<'messageContent'>): string {
  const { content } = message;
  const asObject = toParameters(content);
  const text = asObject === undefined ? content : asObject.text;
  const form = asObject === undefined ? 'string' : 'object';
  if (accepted !== 'both' && accepted !== form) throw missingParameter('content');
  if (typeof text !== 'string' || text.trim() === '') throw missingParameter('content');
  return text;
}
