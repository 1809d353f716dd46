import { html, nothing, type TemplateResult } from 'lit';
import { richEn as texts } from '../i18n/rich/en.js';
import { Part, type LinkedFile, type Message } from '../protocol/index.js';
import { linkify } from './links.js';
import { renderButtons } from './rich-buttons.js';
import { renderCards } from './rich-cards.js';
import type { RichContext } from './rich-context.js';
import { renderDocument, renderForm, renderPicture, renderVideo } from './rich-files.js';

type Drawn = TemplateResult | typeof nothing;

/** What is known of a message's parts; null for each that is not. */
export function readParts(message: Message): readonly (Part | null)[] {
  return (message.parts ?? []).map((part) => {
    const read = Part.safeParse(part);
    return read.success ? read.data : null;
  });
}

/**
 * A message from its parts. Where one of them is unknown, or nothing can be seen of any, the message's words come first, and
 * parts that are nothing but words are not said twice.
 */
export function renderParts(message: Message, parts: readonly (Part | null)[], context: RichContext): unknown {
  const isWhole = !parts.includes(null);
  const known = parts.filter((part) => part !== null);
  const drawn = known
    .filter(({ type }) => isWhole || (type !== 'text' && type !== 'markdown'))
    .map((part) => renderPart(part, context));
  const isEmpty = drawn.every((part) => part === nothing);
  return isWhole && !isEmpty ? drawn : [renderWords(message.text), ...drawn];
}

/** The buttons of a message that stay above the composer. */
export function renderSticky(parts: readonly (Part | null)[], context: RichContext): unknown {
  return parts.map((part) =>
    part?.type === 'buttons' && part.sticky ? renderButtons(part.buttons, part.title?.trim() || texts.replies, context) : nothing,
  );
}

function renderPart(part: Part, context: RichContext): Drawn {
  switch (part.type) {
    case 'text':
      return renderBubble(part.text);
    case 'markdown':
      return context.renderMarkdown ? renderMarkdown(part.text, context.renderMarkdown) : renderBubble(part.text);
    case 'buttons':
      // Sticky ones are drawn by their own element; what they ask for is part of the conversation.
      return withTitle(part.title, part.sticky ? nothing : renderButtons(part.buttons, part.title?.trim() || texts.replies, context));
    case 'cards':
      return withTitle(part.title, renderCards(part.cards, part.title, context));
    case 'image':
      return withTitle(part.title, renderFiles(part.files, (file) => renderPicture(file, context)));
    case 'video':
      return withTitle(part.title, renderFiles(part.files, (file) => renderVideo(file, context)));
    case 'document':
      return withTitle(part.title, renderFiles(part.files, (file) => renderDocument(file, context)));
    case 'form':
      return renderForm(part.title, part.url, context);
  }
}

function withTitle(title: string | null, content: Drawn): Drawn {
  const heading = renderBubble(title ?? '');
  return heading === nothing && content === nothing ? nothing : html`${heading}${content}`;
}

function renderFiles(files: readonly LinkedFile[], renderFile: (file: LinkedFile) => TemplateResult): Drawn {
  return files.length === 0 ? nothing : html`<div class="files ${files.length > 1 ? 'many' : ''}">${files.map(renderFile)}</div>`;
}

function renderWords(text: string): Drawn {
  const bubble = renderBubble(text);
  return bubble === nothing ? html`<div class="bubble unsupported" part="bubble">${texts.unsupported}</div>` : bubble;
}

function renderBubble(text: string): Drawn {
  if (text.trim() === '') return nothing;
  return html`<div class="bubble" part="bubble" dir="auto"><span class="plain">${linkify(text)}</span></div>`;
}

function renderMarkdown(text: string, render: (text: string) => unknown): Drawn {
  return text.trim() === '' ? nothing : html`<div class="bubble markdown" part="bubble" dir="auto">${render(text)}</div>`;
}
