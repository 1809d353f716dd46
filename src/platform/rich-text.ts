import { isRecord } from './webhook-event.js';

/**
 * The words of a message that is more than text (buttons, cards, pictures by address, a form), for readers that
 * show nothing but text. Both placements are read: beside the type or inside `content` (platform: Message types; OQ-9).
 * Null where there are no words that are known to be meant for the end user.
 *
 * @example { type: 'inline_button', title: 'Which?', buttons: [{ title: 'Red' }] } -> 'Which?\n• Red'
 */
export function readRichText(message: Record<string, unknown>): string | null {
  const place = isRecord(message['content']) ? message['content'] : message;
  const lines = [
    ...wordsOf(place, 'title'),
    ...listOf(place, 'buttons').flatMap((button) => wordsOf(button, 'title').map((title) => `• ${title}`)),
    ...listOf(place, 'cards').flatMap(toCardLines),
    ...['images', 'videos', 'documents'].flatMap((key) =>
      listOf(place, key).map((item) => wordsOf(item, 'text', 'url').join(': ')),
    ),
    ...(isRecord(place['form']) ? wordsOf(place['form'], 'title') : []),
  ].filter((line) => line !== '');
  return lines.length === 0 ? null : lines.join('\n');
}

function toCardLines(card: Record<string, unknown>): string[] {
  return [wordsOf(card, 'title', 'subtitle').join(', '), ...wordsOf(card, 'body', 'link')];
}

function wordsOf(place: Record<string, unknown>, ...keys: readonly string[]): string[] {
  return keys.map((key) => place[key]).filter((value) => typeof value === 'string' && value.trim() !== '') as string[];
}

function listOf(place: Record<string, unknown>, key: string): Record<string, unknown>[] {
  const list = place[key];
  return Array.isArray(list) ? list.filter(isRecord) : [];
}
