import type { RichButton, RichCard, RichPart } from './rich-parts.js';

/**
 * The words of parts, for readers that show nothing but text; null where there are none.
 *
 * @example [{ type: 'buttons', title: 'Which?', buttons: [{ title: 'Red', … }] }] -> 'Which?\n• Red'
 */
export function toRichText(parts: readonly RichPart[]): string | null {
  return parts.length === 0 ? null : parts.map(toWords).join('\n\n');
}

function toWords(part: RichPart): string {
  switch (part.type) {
    case 'text':
    case 'markdown':
      return part.text;
    case 'buttons':
      return toLines(part.title, ...part.buttons.map(toButtonLine));
    case 'cards':
      return toLines(part.title, ...part.cards.flatMap(toCardLines));
    case 'image':
    case 'video':
    case 'document':
      return toLines(part.title, ...part.files.map(({ text, url }) => (text === null ? url : `${text}: ${url}`)));
    case 'form':
      return part.title ?? part.url ?? '';
  }
}

function toButtonLine({ title }: RichButton): string {
  return `• ${title}`;
}

function toCardLines({ title, subtitle, body, url, buttons }: RichCard): (string | null)[] {
  const heading = [title, subtitle].filter((words) => words !== null).join(', ');
  return [heading === '' ? null : heading, body, url, ...buttons.map(toButtonLine)];
}

function toLines(...lines: readonly (string | null)[]): string {
  return lines.filter((line) => line !== null).join('\n');
}
