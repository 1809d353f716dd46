import { html, nothing, type TemplateResult } from 'lit';
import { richEn as texts } from '../i18n/rich/en.js';
import type { Card } from '../protocol/index.js';
import { linkify, toSafeUrl } from './links.js';
import { renderButtons } from './rich-buttons.js';
import type { RichContext } from './rich-context.js';
import { renderImage } from './rich-files.js';
import { renderRichLink } from './rich-link.js';

/** One card, or several in a row that scrolls; nothing without cards. */
export function renderCards(cards: readonly Card[], title: string | null, context: RichContext): TemplateResult | typeof nothing {
  const [first, ...others] = cards;
  if (!first) return nothing;
  if (others.length === 0) {
    return html`<div class="card single" role="group" aria-label=${nameOf(first)}>${renderCard(first, context)}</div>`;
  }
  return html`<ccai-rich-carousel
    role="region"
    aria-roledescription=${texts.carousel}
    aria-label=${title?.trim() || texts.cards}
    .names=${cards.map(nameOf)}
    .cards=${cards.map((card) => renderCard(card, context))}
  ></ccai-rich-carousel>`;
}

function renderCard(card: Card, context: RichContext): TemplateResult {
  const url = toSafeUrl(card.url ?? '', context.linkSchemes);
  const heading = card.title?.trim() || (url && nameOf(card)) || '';
  return html`${renderCover(card, context)}
    <div class="card-words">
      ${heading ? html`<p class="card-title">${url ? renderRichLink(url, 'whole', html`<span>${heading}</span>`) : heading}</p>` : nothing}
      ${card.subtitle ? html`<p class="card-subtitle">${card.subtitle}</p>` : nothing}
      ${card.body ? html`<p class="card-body">${linkify(card.body)}</p>` : nothing}
    </div>
    ${renderButtons(card.buttons, nameOf(card), context)}`;
}

/** The first image that can be loaded. It adorns what the card says, so it has no words of its own. */
function renderCover({ images }: Card, context: RichContext): TemplateResult | typeof nothing {
  const image = images.find((url) => toSafeUrl(url) !== null && !context.isBroken(url));
  return image === undefined ? nothing : html`<div class="cover">${renderImage(image, '', context)}</div>`;
}

function nameOf({ title, subtitle, body, url }: Card): string {
  return [title, subtitle, body, toSafeUrl(url ?? '')?.host].find((words) => words?.trim()) ?? '';
}
