import { html, type TemplateResult } from 'lit';
import { base } from '../styles/base.js';
import { richButtonStyles } from './rich-button.styles.js';
import { RichElement } from './rich-element.js';
import { renderSticky } from './rich-parts.js';
import { richStickyStyles } from './rich-sticky.styles.js';

/**
 * The answers of a message that stay in reach, above the composer. The message's own element shows what they answer.
 *
 * @internal
 */
export class RichSticky extends RichElement {
  static override readonly styles = [base, richButtonStyles, richStickyStyles];

  protected override render(): TemplateResult {
    return html`${renderSticky(this.parts, this.context)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-rich-sticky': RichSticky;
  }
}
