import { adoptStyles, html, type PropertyValues, type TemplateResult } from 'lit';
import { base } from '../styles/base.js';
import { define } from './define.js';
import { messageRowStyles } from './message-row.styles.js';
import { richButtonStyles } from './rich-button.styles.js';
import { RichCarousel } from './rich-carousel.js';
import { richCarouselStyles } from './rich-carousel.styles.js';
import { RichElement } from './rich-element.js';
import { richMessageStyles } from './rich-message.styles.js';
import { renderParts } from './rich-parts.js';
import { RichSticky } from './rich-sticky.js';

/**
 * A message that is more than text, in place of its bubble: buttons, cards, pictures, videos, documents, forms. Loaded with the
 * first such message. Everything in it is data; nothing is ever parsed as HTML.
 *
 * @internal
 */
export class RichMessage extends RichElement {
  static override readonly styles = [base, messageRowStyles, richButtonStyles, richMessageStyles, richCarouselStyles];

  protected override updated(changed: PropertyValues<this>): void {
    // Whoever hands over the renderer has loaded that module; it is only asked for its styles.
    if (changed.has('renderMarkdown') && this.renderMarkdown) void this.#addMarkdownStyles().catch(() => undefined);
  }

  protected override render(): TemplateResult {
    return html`<div class="parts first last ${this.message.private ? 'private' : ''}">${renderParts(this.message, this.parts, this.context)}</div>`;
  }

  async #addMarkdownStyles(): Promise<void> {
    const { markdownStyles } = await import('./markdown.js');
    adoptStyles(this.renderRoot as ShadowRoot, [...RichMessage.elementStyles, markdownStyles]);
  }
}

define('ccai-rich-carousel', RichCarousel);
define('ccai-rich-message', RichMessage);
define('ccai-rich-sticky', RichSticky);

declare global {
  interface HTMLElementTagNameMap {
    'ccai-rich-message': RichMessage;
  }
}
