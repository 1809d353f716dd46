import type { MessagePayload } from './chat.js';
import { missingParameter, notFound, PlatformError } from './errors.js';
import { requireId, requireObject, requireText, toParameters, type Parameters } from './parameters.js';
import type { SwitchPosition } from './switches.js';

/** What a sent message is held against. */
export interface MessageRules {
  /** Forms of a text's content. */
  readonly accepted: SwitchPosition<'messageContent'>;
  /** Whether a markdown is taken (OQ-41). */
  readonly acceptsMarkdown: boolean;
  /** Whether what answers a hosted form is taken (OQ-59). */
  readonly acceptsForms: boolean;
  /** How long a text may be (OQ-32). */
  readonly characters: SwitchPosition<'messageCharacters'>;
  /** Whether the end user has attached such a file to this chat. */
  readonly isAttached: (kind: 'photo' | 'video', mediaId: number) => boolean;
}

/**
 * Reads `message` of a sent message (platform: Send a message). A text becomes a string in both forms of
 * OQ-1; a form that the switch does not allow counts as missing, as it would in a framework that permits only
 * the other one. Besides the documented types it takes what the official clients send: a completed form and
 * its notification.
 * @throws PlatformError 400 for a missing type or content, for any other type and for a text that is too long
 *   (texts of these two ours), 404 for a medium that this chat does not have
 */
export function readMessage(
  message: Parameters,
  { accepted, acceptsMarkdown, acceptsForms, characters, isAttached }: MessageRules,
): MessagePayload {
  const type = requireText(message, 'type');
  if (type === 'photo' || type === 'video') return readMediaMessage(type, message, isAttached);
  if (type === 'text' || (type === 'markdown' && acceptsMarkdown))
    return { type, content: readTextContent(message, { accepted, characters }) };
  if (acceptsForms && (type === 'form_complete' || type === 'noti')) return { ...message, type };
  throw new PlatformError(400, 'Unsupported message type');
}

function readTextContent(
  { content }: Parameters,
  { accepted, characters }: Pick<MessageRules, 'accepted' | 'characters'>,
): string {
  const asObject = toParameters(content);
  const text = asObject === undefined ? content : asObject.text;
  const form = asObject === undefined ? 'string' : 'object';
  if (accepted !== 'both' && accepted !== form) throw missingParameter('content');
  if (typeof text !== 'string' || text.trim() === '') throw missingParameter('content');
  if (characters !== 'unlimited' && Array.from(text).length > characters)
    throw new PlatformError(400, 'Message is too long');
  return text;
}

/** A photo or video: a file that was attached before, by its id (platform: Attachments). */
function readMediaMessage(
  type: 'photo' | 'video',
  message: Parameters,
  isAttached: MessageRules['isAttached'],
): MessagePayload {
  const mediaId = requireId(requireObject(message, 'content'), 'media_id');
  if (!isAttached(type, mediaId)) throw notFound();
  return { type, content: { media_id: mediaId } };
}
