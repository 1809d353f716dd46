import type { MessagePayload } from './chat.js';
import type { Line } from './script.js';
import type { ScriptNode } from './script-node.js';

const kinds = ['text', 'markdown', 'buttons', 'cards', 'form', 'file', 'message'] as const;
const expectedLine = `takes a text, or one of ${kinds.map((kind) => `${kind}:`).join(' ')}`;

/** What somebody says: one line, or a list of lines. */
export function readLines(node: ScriptNode): readonly Line[] {
  return node.items().map(readLine);
}

function readLine(node: ScriptNode): Line {
  if (!node.isMap()) return node.text(expectedLine);
  const entries = node.entries(expectedLine);
  const kind = kinds.find((each) => entries.has(each));
  const value = kind === undefined ? undefined : entries.get(kind);
  if (kind === undefined || value === undefined) return node.fail(expectedLine);
  if (kind === 'buttons') return readButtonMessage(node);
  node.entries(expectedLine, [kind]);
  if (kind === 'text') return value.text();
  if (kind === 'markdown') return { type: 'markdown', content: value.text() };
  if (kind === 'cards') return { type: 'content_card', cards: value.items().map(readCard) };
  if (kind === 'form') return readForm(value);
  return kind === 'file' ? readFile(value) : readRawMessage(value);
}

/** `buttons`, with a `title` above them; `pinned` ones stay above the composer. */
function readButtonMessage(node: ScriptNode): MessagePayload {
  const entries = node.entries(expectedLine, ['title', 'buttons', 'pinned']);
  const title = entries.get('title')?.text();
  const buttons = entries.get('buttons')?.items().map(readButton);
  const type = entries.get('pinned')?.scalar() === true ? 'sticky_button' : 'inline_button';
  return { type, ...(title !== undefined && { title }), buttons };
}

/** A text is a quick reply; one with a link opens it; one that escalates asks for a human. */
function readButton(node: ScriptNode): Readonly<Record<string, unknown>> {
  const expected = 'takes a text, or a title: with link: or escalates: true';
  if (!node.isMap()) return { title: node.text(expected), action: 'quick_reply' };
  const entries = node.entries(expected, ['title', 'link', 'escalates']);
  const title = (entries.get('title') ?? node.fail('needs a title')).text();
  const link = entries.get('link')?.text();
  if (link !== undefined) return { title, action: 'quick_reply_link', link };
  return { title, action: entries.get('escalates')?.scalar() === true ? 'escalation' : 'quick_reply' };
}

function readCard(node: ScriptNode): Readonly<Record<string, unknown>> {
  const known = ['title', 'subtitle', 'body', 'link', 'images', 'buttons'];
  const entries = node.entries('takes cards, each with a title', known);
  if (!entries.has('title')) node.fail('needs a title');
  const card = [...entries].map(([key, value]): [string, unknown] => {
    if (key === 'images') return [key, value.items().map((image) => image.text())];
    if (key === 'buttons') return [key, value.items().map((button) => ({ title: button.text() }))];
    return [key, value.text()];
  });
  return Object.fromEntries(card);
}

/** A hosted form (platform: Message types). Its signature is worth nothing. */
function readForm(node: ScriptNode): MessagePayload {
  const expected = 'takes name, title and link';
  const entries = node.entries(expected, ['name', 'title', 'link']);
  const take = (key: string): string => (entries.get(key) ?? node.fail(`needs a ${key}`)).text();
  const form = { name: take('name'), title: take('title'), preview_endpoint: take('link') };
  return { type: 'form', form, signature: 'emulated' };
}

/** A small text file, the one kind that can be written in a script. */
function readFile(node: ScriptNode): MessagePayload {
  const entries = node.entries('takes name and text', ['name', 'text']);
  const name = (entries.get('name') ?? node.fail('needs a name')).text();
  if (!/\.(txt|csv)$/i.test(name)) node.fail('needs a name that ends in .txt or .csv');
  return { type: 'file', name, text: (entries.get('text') ?? node.fail('needs a text')).text() };
}

/** Any message as the platform would send it. */
function readRawMessage(node: ScriptNode): MessagePayload {
  const entries = node.entries('takes a message with its type');
  const type = (entries.get('type') ?? node.fail('needs a type')).text();
  return { ...(node.json() as object), type };
}
