import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ChatItem, ChatProblem, ChatState } from '../client/index.js';
import { activeParticipant } from '../client/selectors.js';
import type { Dictionary } from '../i18n/index.js';
import { base } from '../styles/base.js';
import { avatarStyles } from './avatar.styles.js';
import { chooseBanner, isConnectingToPerson, renderBanner } from './banner.js';
import type { ChatComposer } from './composer.js';
import { keepFocus } from './keep-focus.js';
import { renderHeader } from './header.js';
import { chatIcon } from './launcher.js';
import { personIcon, retryIcon } from './icons.js';
import { ask } from './panel-request.js';
import { panelStyles } from './panel.styles.js';

/**
 * The window of the chat: header, banner, conversation, composer. It draws a state and asks for everything else.
 *
 * @internal
 */
export class ChatPanel extends LitElement {
  static override readonly styles = [base, avatarStyles, panelStyles];

  static override readonly properties = {
    state: { attribute: false },
    items: { attribute: false },
    problem: { attribute: false },
    dictionary: { attribute: false },
    heading: { attribute: false },
    logo: { attribute: false },
    greeting: { attribute: false },
    closable: { attribute: false },
    noMarkdown: { attribute: false },
    patience: { attribute: false },
    confirming: { state: true },
    slow: { state: true },
  };

  declare state: ChatState;
  /** The items of the state that may be seen. */
  declare items: readonly ChatItem[];
  /** What the visitor just asked for in vain. */
  declare problem: ChatProblem | null;
  declare dictionary: Dictionary;
  declare heading: string | null;
  declare logo: string | null;
  declare greeting: string | null;
  declare closable: boolean;
  declare noMarkdown: boolean;
  /** Milliseconds before a wait is worth a word. */
  declare patience: number;
  /** @internal */
  declare confirming: boolean;
  /** @internal */
  declare slow: boolean;

  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = '';

  constructor() {
    super();
    this.items = [];
    this.problem = null;
    this.heading = this.logo = this.greeting = null;
    this.closable = true;
    this.noMarkdown = this.confirming = this.slow = false;
    this.patience = 3_000;
    keepFocus(this, () => {
      this.focusStart();
    });
  }

  /** Puts the focus where the visitor goes on: the text field, or the panel itself where a keyboard would cover half of it. */
  focusStart(): void {
    const composer = this.#composer;
    if (composer && !composer.hidden && !matchMedia('(pointer: coarse)').matches) composer.focus();
    else this.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#wait = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('state')) return;
    this.#watchWait();
    if (!this.#isRunning) this.confirming = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('confirming') && this.confirming) this.renderRoot.querySelector<HTMLElement>('.keep')?.focus();
  }

  protected override render(): TemplateResult {
    const unavailable = this.#isUnavailable;
    return html`
      ${this.#renderHeader()} ${this.confirming ? this.#renderConfirmation() : nothing}
      ${unavailable ? nothing : this.#renderBanner()}
      <div class="body">${unavailable ? this.#renderUnavailable() : this.#renderBody()}</div>
      ${this.#renderFoot(unavailable)}
    `;
  }

  get #composer(): ChatComposer | null {
    return this.renderRoot.querySelector('ccai-composer');
  }

  get #isRunning(): boolean {
    return this.state.chat !== null && this.state.phase !== 'ended';
  }

  get #isGreeting(): boolean {
    return this.state.phase === 'none' && this.items.length === 0 && !this.#isUnavailable;
  }

  /** Nothing to talk to and nothing to read: the way out is another channel. */
  get #isUnavailable(): boolean {
    return this.#shownProblem !== null && this.state.chat === null && this.items.length === 0;
  }

  /** A problem of the connection is over once the stream is open, whatever came of a single message. */
  get #shownProblem(): ChatProblem | null {
    return this.problem ?? (this.state.connection === 'open' ? null : this.state.problem);
  }

  /** Restarts the clock whenever the chat waits for something else than before. */
  #watchWait(): void {
    const { connection, phase } = this.state;
    const wait = connection === 'waiting' ? 'connection' : phase === 'waiting' ? 'queue' : '';
    if (wait === this.#wait) return;
    this.#wait = wait;
    this.slow = false;
    clearTimeout(this.#timer);
    if (wait === '') return;
    this.#timer = setTimeout(() => {
      this.slow = true;
    }, this.patience);
  }

  #renderHeader(): TemplateResult {
    return renderHeader({
      dictionary: this.dictionary,
      heading: this.heading,
      logo: this.logo,
      participant: this.#isRunning ? activeParticipant(this.state.chat) : null,
      plain: this.#isGreeting,
      endable: this.#isRunning && !this.confirming,
      closable: this.closable,
      onEnd: () => {
        this.confirming = true;
      },
      onClose: () => ask(this, { type: 'close' }),
    });
  }

  #renderConfirmation(): TemplateResult {
    const texts = this.dictionary;
    return html`<div class="confirmation" role="group" aria-labelledby="end-question">
      <p id="end-question">${texts.endQuestion}</p>
      <button type="button" class="pill quiet keep" @click=${this.#handleKeep}>${texts.endCancel}</button>
      <button type="button" class="pill danger" @click=${this.#handleEnd}>${texts.endChat}</button>
    </div>`;
  }

  #renderBanner(): TemplateResult {
    const { dictionary, slow } = this;
    const banner = chooseBanner(this.state, { dictionary, problem: this.#shownProblem, slow });
    return html`${renderBanner(banner, { dictionary, onRetry: this.#handleReconnect })}
      ${banner?.kind === 'problem' ? html`<div class="fallback"><slot name="fallback"></slot></div>` : nothing}`;
  }

  #renderUnavailable(): TemplateResult {
    const texts = this.dictionary;
    return html`<div class="center" role="status">
      <h3>${texts.unavailable}</h3>
      <p>${texts.unavailableHint}</p>
      <button type="button" class="pill strong" @click=${this.#handleReconnect}>${retryIcon}${texts.tryAgain}</button>
      <div class="fallback"><slot name="fallback"></slot></div>
    </div>`;
  }

  #renderBody(): TemplateResult {
    const { phase } = this.state;
    if (this.#isGreeting) return this.#renderGreeting();
    return html`<ccai-message-list
      exportparts="list, notice, message, bubble, avatar, timestamp, jump"
      .items=${this.items}
      .chat=${this.state.chat}
      .busy=${phase === 'starting' || phase === 'resuming' ? phase : null}
      .dictionary=${this.dictionary}
      .noMarkdown=${this.noMarkdown}
    ></ccai-message-list>`;
  }

  #renderGreeting(): TemplateResult {
    const texts = this.dictionary;
    return html`<div class="greeting">
      <slot name="empty">
        <span class="mark">${chatIcon}</span>
        <h3 dir="auto">${this.greeting ?? texts.greeting}</h3>
        <p>${texts.greetingHint}</p>
      </slot>
    </div>`;
  }

  #renderFoot(unavailable: boolean): TemplateResult {
    const texts = this.dictionary;
    const ended = this.state.phase === 'ended';
    const canAsk = this.state.phase === 'virtual_agent' && !isConnectingToPerson(this.state, false);
    return html`<footer>
      ${canAsk
        ? html`<button type="button" class="pill quiet person" @click=${this.#handleRequestAgent}>
            ${personIcon}${texts.talkToPerson}
          </button>`
        : nothing}
      <slot name="before-composer"></slot>
      ${ended
        ? html`<div class="ended">
            <p>${texts.ended}</p>
            <button type="button" class="pill strong" @click=${this.#handleStart}>${texts.startNewChat}</button>
          </div>`
        : nothing}
      <ccai-composer
        exportparts="composer, input, send"
        ?hidden=${ended}
        .blocked=${unavailable}
        .dictionary=${texts}
      ></ccai-composer>
      <slot name="footer"></slot>
    </footer>`;
  }

  readonly #handleKeep = (): void => {
    this.confirming = false;
  };

  readonly #handleEnd = (): void => {
    this.confirming = false;
    this.focus();
    ask(this, { type: 'end-chat' });
  };

  readonly #handleRequestAgent = (): void => {
    ask(this, { type: 'request-agent' });
  };

  readonly #handleStart = (): void => {
    ask(this, { type: 'start-chat' });
  };

  readonly #handleReconnect = (): void => {
    ask(this, { type: 'reconnect' });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-chat-panel': ChatPanel;
  }
}
