import type { RichButton, RichCard, RichPart } from './rich-parts.js';

const MOST_PARTS = 20;
const MOST_BUTTONS = 20;
const MOST_CARDS = 20;
const MOST_FILES = 10;
/** In UTF-16 code units. */
const LONGEST_TEXT = 4_000;

/**
 * Parts small enough to be drawn: at most 20 parts, 20 buttons and 20 cards, 10 pictures or files, texts of at most 4,000 characters.
 * A longer address is none, as half of it would lead elsewhere; the text of a text part stays whole.
 */
export function toBoundedParts(parts: readonly RichPart[]): RichPart[] {
  return parts.slice(0, MOST_PARTS).map(toBounded);
}

function toBounded(part: RichPart): RichPart {
  switch (part.type) {
    case 'text':
    case 'markdown':
      return part;
    case 'buttons':
      return { ...part, title: toShort(part.title), buttons: toBoundedButtons(part.buttons) };
    case 'cards':
      return { ...part, title: toShort(part.title), cards: part.cards.slice(0, MOST_CARDS).map(toBoundedCard) };
    case 'form':
      return { ...part, title: toShort(part.title), url: toUrl(part.url) };
    default: {
      const files = part.files.filter(({ url }) => toUrl(url) !== null).slice(0, MOST_FILES);
      return { ...part, title: toShort(part.title), files: files.map(({ url, text }) => ({ url, text: toShort(text) })) };
    }
  }
}

function toBoundedCard({ title, subtitle, body, url, images, buttons }: RichCard): RichCard {
  return {
    title: toShort(title),
    subtitle: toShort(subtitle),
    body: toShort(body),
    url: toUrl(url),
    images: images.filter((image) => toUrl(image) !== null).slice(0, MOST_FILES),
    buttons: toBoundedButtons(buttons),
  };
}

function toBoundedButtons(buttons: readonly RichButton[]): RichButton[] {
  return buttons.slice(0, MOST_BUTTONS).map(({ title, action, url }) => ({
    title: toShort(title),
    action: toShort(action),
    url: toUrl(url),
  }));
}

/** Does not leave half a character at the end. */
function toShort<Text extends string | null>(text: Text): Text {
  if (text === null || text.length <= LONGEST_TEXT) return text;
  return text.slice(0, LONGEST_TEXT).replace(/[\uD800-\uDBFF]$/, '') as Text;
}

function toUrl(url: string | null): string | null {
  return url !== null && url.length <= LONGEST_TEXT ? url : null;
}
