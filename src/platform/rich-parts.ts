import { isRecord } from './is-record.js';

/** One button; `action` is `quick_reply`, `link`, `escalation`, or a word of the platform's that is none of these. */
export interface RichButton {
  readonly title: string;
  readonly action: string;
  readonly url: string | null;
}

export interface RichCard {
  readonly title: string | null;
  readonly subtitle: string | null;
  readonly body: string | null;
  readonly url: string | null;
  readonly images: string[];
  readonly buttons: RichButton[];
}

export interface RichFile {
  readonly url: string;
  readonly text: string | null;
}

/** One part of what a virtual agent shows (platform: What a virtual agent can emit). All of it is data of the customer's bot, never HTML. */
export type RichPart =
  | { readonly type: 'text' | 'markdown'; readonly text: string }
  | { readonly type: 'buttons'; readonly title: string | null; readonly sticky: boolean; readonly buttons: RichButton[] }
  | { readonly type: 'cards'; readonly title: string | null; readonly cards: RichCard[] }
  | { readonly type: 'image' | 'video' | 'document'; readonly title: string | null; readonly files: RichFile[] }
  | { readonly type: 'form'; readonly title: string | null; readonly url: string | null };

type Place = Readonly<Record<string, unknown>>;
type Reader = (place: Place) => RichPart[];

/** A message in a message in a message …: no bot means more than this. */
const DEEPEST_COMPLEX = 3;

/**
 * What a message of this type shows; empty for a type that is not known, or where nothing of it can be read. Both placements are
 * read: keys beside the type, or inside `content` (OQ-9).
 *
 * @example ('inline_button', { title: 'Which?', buttons: [{ title: 'Red' }] })
 *   -> [{ type: 'buttons', title: 'Which?', sticky: false, buttons: [{ title: 'Red', action: 'quick_reply', url: null }] }]
 */
export function readRichParts(type: string, message: Place, depth = 0): RichPart[] {
  const { content } = message;
  const place = isRecord(content) ? { ...message, ...content } : message;
  if (type === 'complex') return depth < DEEPEST_COMPLEX ? readComplex(place, depth + 1) : [];
  return readers.get(type)?.(place) ?? [];
}

const readers: ReadonlyMap<string, Reader> = new Map([
  ['text', (place) => readTexts(place, 'text')],
  ['text_template', (place) => readTexts(place, 'text')],
  ['markdown', (place) => readTexts(place, 'markdown')],
  ['markdown_template', (place) => readTexts(place, 'markdown')],
  ['inline_button', (place) => readButtons(place, false)],
  ['sticky_button', (place) => readButtons(place, true)],
  ['content_card', readCards],
  ['image', (place) => readFiles(place, 'image')],
  ['video', (place) => readFiles(place, 'video')],
  ['document', (place) => readFiles(place, 'document')],
  ['form', readForm],
]);

function readComplex(place: Place, depth: number): RichPart[] {
  const title = readWords(place['title']);
  const parts = listOf(place['components'])
    .filter(isRecord)
    .flatMap((component) => readRichParts(readWords(component['type']) ?? '', component, depth));
  return title === null ? parts : [{ type: 'text', text: title }, ...parts];
}

/** `content` as a string or as `{text}` (OQ-1), or several `messages`. */
function readTexts(place: Place, type: 'text' | 'markdown'): RichPart[] {
  const content = [place['content'], place['text']].find((value) => typeof value === 'string');
  const texts = Array.isArray(place['messages']) ? place['messages'] : [content];
  return texts.filter((text) => typeof text === 'string').map((text) => ({ type, text }));
}

function readButtons(place: Place, sticky: boolean): RichPart[] {
  const title = readWords(place['title']);
  const buttons = listOf(place['buttons']).flatMap(readButton);
  return title === null && buttons.length === 0 ? [] : [{ type: 'buttons', title, sticky, buttons }];
}

function readButton(value: unknown): RichButton[] {
  const button = isRecord(value) ? value : { title: value };
  const title = readWords(button['title']);
  const url = readUrl(button);
  return title === null ? [] : [{ title, action: toAction(readWords(button['action']), url), url }];
}

/** A button that says nothing of what it does is a link where it has one, else a reply (as those of cards are). */
function toAction(action: string | null, url: string | null): string {
  if (action === null) return url === null ? 'quick_reply' : 'link';
  return action === 'quick_reply_link' && url !== null ? 'link' : action;
}

function readCards(place: Place): RichPart[] {
  const cards = listOf(place['cards']).filter(isRecord).map(readCard).filter(hasContent);
  return cards.length === 0 ? [] : [{ type: 'cards', title: readWords(place['title']), cards }];
}

function readCard(card: Place): RichCard {
  return {
    title: readWords(card['title']),
    subtitle: readWords(card['subtitle']),
    body: readWords(card['body']),
    url: readUrl(card),
    images: listOf(card['images']).flatMap((image) => readWords(isRecord(image) ? image['url'] : image) ?? []),
    buttons: listOf(card['buttons']).flatMap(readButton),
  };
}

function hasContent({ title, subtitle, body, url, images, buttons }: RichCard): boolean {
  return [title, subtitle, body, url, ...images, ...buttons].some((value) => value !== null);
}

function readFiles(place: Place, type: 'image' | 'video' | 'document'): RichPart[] {
  const files = listOf(place[`${type}s`])
    .filter(isRecord)
    .flatMap((file) => {
      const url = readWords(file['url']);
      return url === null ? [] : [{ url, text: readWords(file['text']) }];
    });
  return files.length === 0 ? [] : [{ type, title: readWords(place['title']), files }];
}

/** A hosted form is a page of its own here: this API has no way to bring its answers back (OQ-59). */
function readForm(place: Place): RichPart[] {
  const form = isRecord(place['form']) ? place['form'] : place;
  const title = readWords(form['title']) ?? readWords(place['title']);
  const url = readWords(form['preview_endpoint']) ?? readUrl(form);
  return title === null && url === null ? [] : [{ type: 'form', title, url }];
}

function readUrl(place: Place): string | null {
  return readWords(place['link']) ?? readWords(place['url']);
}

function readWords(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
