import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { MESSAGE_MAX_LENGTH, type Participant, type ParticipantRef } from '../protocol/index.js';
import type { Dictionary } from '../i18n/index.js';
import { base } from '../styles/base.js';
import { composerStyles } from './composer.styles.js';
import { nameOf } from './header.js';
import { lockIcon, sendIcon } from './icons.js';
import { keepFocus } from './keep-focus.js';
import { ask } from './panel-request.js';

/** From here on the visitor is told how many characters are left. */
const COUNT_FROM = MESSAGE_MAX_LENGTH - 500;

/**
 * Where the visitor writes. It keeps the draft until somebody takes it, whatever happens around it. While a task virtual agent
 * listens it is in private mode; what was written in that mode goes to nobody else before the visitor has said so.
 *
 * @internal
 */
export class ChatComposer extends LitElement {
  static override readonly styles = [base, composerStyles];
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  static override readonly properties = {
    dictionary: { attribute: false },
    blocked: { attribute: false },
    addressee: { attribute: false },
    bystander: { attribute: false },
    draft: { state: true },
    asking: { state: true },
    surprised: { state: true },
  };

  declare dictionary: Dictionary;
  /** True while nothing can be sent; writing goes on. */
  declare blocked: boolean;
  /** Who reads what is sent now; null while that is open. */
  declare addressee: Participant | null;
  /** Name of the person who does not see what is private. */
  declare bystander: string;
  /** @internal */
  declare draft: string;
  /** @internal True while the visitor is asked whether somebody else may read a private draft. */
  declare asking: boolean;
  /** @internal True while there is a draft that was begun for somebody else than the task virtual agent who listens now. */
  declare surprised: boolean;

  /** The task virtual agent for whom the draft was typed, if it was. */
  #confidant: ParticipantRef | null = null;
  /** True once the visitor knows that the confidant is gone: what is typed from then on is for whoever is there. */
  #isWarned = false;

  constructor() {
    super();
    this.blocked = this.asking = this.surprised = false;
    this.addressee = null;
    this.draft = this.bystander = '';
    keepFocus(this, () => {
      this.#field?.focus();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('addressee')) return;
    this.surprised = this.#isPrivate && this.draft !== '' && !this.#confidant;
    if (this.#isPrivate) this.asking = this.#isWarned = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('draft')) this.#growWithText();
    if (changed.has('asking') && this.asking) this.renderRoot.querySelector<HTMLElement>('.keep')?.focus();
  }

  protected override render(): TemplateResult {
    const texts = this.dictionary;
    const excess = this.draft.length - MESSAGE_MAX_LENGTH;
    const isPrivate = this.#isPrivate;
    // One and the same text field in both modes: neither focus nor draft may get lost between them.
    return html`
      <p id="listener" role="status">${isPrivate ? this.#renderListener() : nothing}</p>
      ${this.asking ? this.#renderQuestion() : nothing}
      <form
        part="composer"
        class="${isPrivate ? 'private' : ''} ${excess > 0 ? 'refused' : ''}"
        @submit=${this.#handleSubmit}
      >
        ${isPrivate ? lockIcon : nothing}
        <textarea
          part="input"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          aria-label=${isPrivate ? texts.privateLabel : texts.messageLabel}
          aria-describedby="listener count"
          aria-invalid=${excess > 0 ? 'true' : 'false'}
          autocomplete=${isPrivate ? 'one-time-code' : nothing}
          autocapitalize=${isPrivate ? 'off' : nothing}
          spellcheck=${isPrivate ? 'false' : nothing}
          placeholder=${isPrivate ? texts.privatePlaceholder : texts.messagePlaceholder}
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

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  get #isPrivate(): boolean {
    return this.addressee?.kind === 'task_virtual_agent';
  }

  get #isSendable(): boolean {
    return !this.blocked && this.draft.trim() !== '' && this.draft.length <= MESSAGE_MAX_LENGTH;
  }

  #renderListener(): TemplateResult {
    const texts = this.dictionary;
    return html`<span class="listener" part="banner"
      >${lockIcon}<span>${texts.privateBanner(this.bystander)} ${this.surprised ? texts.privateHint : nothing}</span></span
    >`;
  }

  #renderQuestion(): TemplateResult {
    const texts = this.dictionary;
    const { addressee } = this;
    const name = nameOf(addressee, addressee?.kind ?? 'agent', texts);
    return html`<div class="question" role="group" aria-labelledby="question reason" @keydown=${this.#handleQuestionKeydown}>
      <p id="question">${texts.sendToQuestion(name)}</p>
      <p id="reason">${texts.assistantLeft}</p>
      <button type="button" class="pill quiet keep" @click=${this.#handleKeep}>${texts.keepEditing}</button>
      <button type="button" class="pill strong" @click=${this.#handleConfirm}>${texts.sendTo(name)}</button>
    </div>`;
  }

  #renderCount(excess: number): unknown {
    if (excess > 0) return this.dictionary.tooLong(excess, MESSAGE_MAX_LENGTH);
    return this.draft.length >= COUNT_FROM ? this.dictionary.charactersLeft(-excess) : nothing;
  }

  /** For browsers whose text fields cannot follow their content by themselves. */
  #growWithText(): void {
    const field = this.#field;
    if (!field || CSS.supports('field-sizing', 'content')) return;
    field.style.blockSize = 'auto';
    field.style.blockSize = `${field.scrollHeight}px`;
  }

  readonly #handleInput = (event: InputEvent): void => {
    this.draft = (event.target as HTMLTextAreaElement).value;
    if (this.draft.trim() === '' || this.#isWarned) this.#forget();
    if (this.draft && this.#isPrivate) this.#confidant ??= toRef(this.addressee);
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
    this.#field?.focus();
    this.#send();
  };

  readonly #handleQuestionKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.#handleKeep();
  };

  /** Back to the draft. It is asked about again unless something in it changes. */
  readonly #handleKeep = (): void => {
    this.asking = false;
    this.#isWarned = true;
  };

  readonly #handleConfirm = (): void => {
    this.#deliver(toRef(this.addressee));
  };

  #send(): void {
    if (!this.#isSendable) return;
    if (this.#confidant && !(this.#isPrivate && this.#confidant.id === this.addressee?.id)) this.asking = true;
    else this.#deliver(this.#isPrivate ? toRef(this.addressee) : null);
  }

  /** `to`: who must be there, or may read it although it was typed for another. Null: whoever is there. */
  #deliver(to: ParticipantRef | null): void {
    if (!ask(this, { type: 'send', text: this.draft.trim(), ...(to && { to }) })) return;
    this.draft = '';
    this.#forget();
  }

  #forget(): void {
    this.#confidant = null;
    this.#isWarned = this.asking = this.surprised = false;
  }
}

function toRef(participant: Participant | null): ParticipantRef | null {
  return participant && { kind: participant.kind, id: participant.id };
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-composer': ChatComposer;
  }
}
