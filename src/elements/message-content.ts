import { html, type TemplateResult } from 'lit';
import type { Message } from '../protocol/index.js';
import { eyeIcon } from './icons.js';
import { linkify } from './links.js';
import type { RowContext } from './message-row.js';

/** As long for every text, so that not even its length is told. */
const MASK = '••••••••';

/** What a message says: its bubble, or what stands in its place. */
export function renderContent(message: Message, context: RowContext): TemplateResult {
  const isMasked = message.private && message.sender.kind === 'end_user' && message.type !== 'removed';
  if (message.parts && context.isRichReady && message.type !== 'removed') return renderRich(message, context);
  return html`<div class="bubble ${message.type} ${message.delivery ?? ''}" part="bubble" dir="auto">
    ${isMasked ? renderMasked(message, context) : renderText(message, context)}
  </div>`;
}

function renderText(message: Message, context: RowContext): unknown {
  if (message.type === 'removed') return context.dictionary.removed;
  if (message.type === 'unsupported') return context.dictionary.unsupported;
  if (message.type === 'markdown' && context.renderMarkdown) return context.renderMarkdown(message.text);
  return html`<span class="plain">${linkify(message.text)}</span>`;
}

/** The visitor's own private text: not in the document before it is asked for. */
function renderMasked({ id, text }: Message, { dictionary: texts, revealed, onReveal }: RowContext): TemplateResult {
  const isShown = revealed.has(id);
  return html`<span class="plain"
      >${isShown ? text : html`<span aria-hidden="true">${MASK}</span><span class="hidden-text">${texts.concealed}</span>`}</span
    ><button
      type="button"
      class="reveal"
      aria-label=${texts.reveal}
      aria-pressed=${isShown ? 'true' : 'false'}
      @click=${() => { onReveal(id); }}
    >${eyeIcon}</button>`;
}

function renderRich(message: Message, context: RowContext): TemplateResult {
  return html`<ccai-rich-message
    exportparts="bubble"
    .message=${message}
    .answered=${context.answered.has(message.id)}
    .disabled=${context.closed}
    .linkSchemes=${context.linkSchemes}
    .renderMarkdown=${context.renderMarkdown}
  ></ccai-rich-message>`;
}
