import { html, nothing, type TemplateResult } from 'lit';
import type { TurningTexts, Words } from '../i18n/turning/en.js';
import type { PanelRequest } from './panel-request.js';

/** What the pieces of the turning points draw with. */
export interface TurningView {
  readonly texts: TurningTexts;
  /** What is asked for and not answered yet, by its name; null while everything may be asked for. */
  readonly asked: string | null;
  /** True while nothing can be asked for. */
  readonly isBusy: boolean;
  /** Asks once, however often it is called; false where it was refused. `name` tells requests of one type apart. */
  readonly request: (request: PanelRequest, name?: string) => boolean;
  /** Asks whether a link may be followed. */
  readonly follow: (url: string) => boolean;
}

/** One thing that is said, with what can be done about it. */
export interface Card {
  readonly look: string;
  readonly title: string;
  /** Below the title. */
  readonly text: unknown;
  readonly content?: unknown;
}

/**
 * A card, or its place while there is none: that holds the focus when the last card had it, and a screen reader
 * notices what comes into it. Only title and text are read out, never the rest.
 */
export function renderCard(id: string, card: Card | null): TemplateResult {
  return html`<section
    class=${card?.look ?? ''}
    tabindex="-1"
    role=${card ? 'group' : nothing}
    aria-labelledby=${card ? id : nothing}
  >
    <div class="said" role="status">${card ? html`<h3 id=${id}>${card.title}</h3> ${card.text}` : nothing}</div>
    ${card?.content ?? nothing}
  </section>`;
}

/** Title and sentence of a card. */
export function toCard(look: string, words: Words, content?: unknown): Card {
  return { look, title: words.title, text: words.text ? html`<p>${words.text}</p>` : nothing, content };
}

/** A button that asks for something. */
export function renderButton(
  view: TurningView,
  button: { readonly request: PanelRequest; readonly text: string; readonly look: 'strong' | 'quiet' },
): TemplateResult {
  const { request, text, look } = button;
  return html`<button
    type="button"
    class="pill ${look} ${view.asked === request.type ? 'asked' : ''}"
    aria-disabled=${view.isBusy}
    @click=${() => view.request(request)}
  >
    ${text}
  </button>`;
}
