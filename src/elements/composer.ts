import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { MESSAGE_MAX_LENGTH } from '../protocol/index.js';
import type { Dictionary } from '../i18n/index.js';
import { base } from '../styles/base.js';
import { composerStyles } from './composer.styles.js';
import { sendIcon } from './icons.js';
import { ask } from './panel-request.js';

/** From here on the visitor is told how many characters are left. */
const COUNT_FROM = MESSAGE_MAX_LENGTH - 500;

/**
 * Where the visitor writes. It keeps the draft until somebody takes it, whatever happens around it.
 *
 * @internal
 */
export class ChatComposer extends LitElement {
  static override readonly styles = [base, composerStyles];
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  static override readonly properties = {
    dictionary: { attribute: false },
    blocked: { attribute: false },
    draft: { state: true },
  };

  declare dictionary: Dictionary;
  /** True while nothing can be sent; writing goes on. */
  declare blocked: boolean;
  /** @internal */
  declare draft: string;

  constructor() {
    super();
    this.blocked = false;
    this.draft = '';
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('draft')) this.#growWithText();
  }

  protected override render(): TemplateResult {
    const texts = this.dictionary;
    const excess = this.draft.length - MESSAGE_MAX_LENGTH;
    return html`
      <form part="composer" class=${excess > 0 ? 'refused' : ''} @submit=${this.#handleSubmit}>
        <textarea
          part="input"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          aria-label=${texts.messageLabel}
          aria-describedby="count"
          aria-invalid=${excess > 0 ? 'true' : 'false'}
          placeholder=${texts.messagePlaceholder}
          .value=${this.draft}
          @input=${this.#handleInput}
          @keydown=${this.#handleKeydown}
        ></textarea>
        <button type="submit" part="send" aria-label=${texts.send} aria-disabled=${this.#isSendable ? 'false' : 'true'}>
          ${sendIcon}
        </button>
      </form>
      <p id="count" role="status" class=${excess > 0 ? 'refused' : ''}>${this.#renderCount(excess)}</p>
    `;
  }

  get #isSendable(): boolean {
    return !this.blocked && this.draft.trim() !== '' && this.draft.length <= MESSAGE_MAX_LENGTH;
  }

  #renderCount(excess: number): unknown {
    if (excess > 0) return this.dictionary.tooLong(excess, MESSAGE_MAX_LENGTH);
    return this.draft.length >= COUNT_FROM ? this.dictionary.charactersLeft(-excess) : nothing;
  }

  /** For browsers whose text fields cannot follow their content by themselves. */
  #growWithText(): void {
    if (CSS.supports('field-sizing', 'content')) return;
    const field = this.renderRoot.querySelector('textarea');
    if (!field) return;
    field.style.blockSize = 'auto';
    field.style.blockSize = `${field.scrollHeight}px`;
  }

  readonly #handleInput = (event: InputEvent): void => {
    this.draft = (event.target as HTMLTextAreaElement).value;
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    // Safari ends a composition before the Enter that ended it; 229 is how that Enter is known.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    this.#send();
  };

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#send();
    this.renderRoot.querySelector('textarea')?.focus();
  };

  #send(): void {
    if (!this.#isSendable) return;
    if (ask(this, { type: 'send', text: this.draft.trim() })) this.draft = '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-composer': ChatComposer;
  }
}
