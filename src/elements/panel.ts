import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ChatProblem, ChatState } from '../client/index.js';
import { activeParticipant, endReasonOf } from '../client/selectors.js';
import type { Message } from '../protocol/index.js';
import type { Dictionary } from '../i18n/index.js';
import { base } from '../styles/base.js';
import { avatarStyles } from './avatar.styles.js';
import { bannerStyles } from './banner.styles.js';
import { chooseBanner, renderBanner } from './banner.js';
import type { ChatComposer } from './composer.js';
import { renderGreeting, renderUnavailable } from './empty-states.js';
import { keepFocus } from './keep-focus.js';
import { renderFoot } from './foot.js';
import { renderHeader } from './header.js';
import { headerStyles } from './header.styles.js';
import { createLazyPart } from './lazy-part.js';
import { needsTurningPoints } from './needs-turning-points.js';
import { ask } from './panel-request.js';
import { panelStyles } from './panel.styles.js';
import { Patience } from './patience.js';

/**
 * The window of the chat: header, banner, conversation, composer. It draws a state and asks for everything else.
 *
 * @internal
 */
export class ChatPanel extends LitElement {
  static override readonly styles = [base, avatarStyles, headerStyles, bannerStyles, panelStyles];

  static override readonly properties = {
    state: { attribute: false },
    problem: { attribute: false },
    dictionary: { attribute: false },
    heading: { attribute: false },
    logo: { attribute: false },
    greeting: { attribute: false },
    closable: { attribute: false },
    noMarkdown: { attribute: false },
    linkSchemes: { attribute: false },
    pending: { attribute: false },
    waitMinutes: { attribute: false },
    patience: { attribute: false },
    confirming: { state: true },
  };

  /** As it is presented: what the page wants hidden is not in it. */
  declare state: ChatState;
  /** What the visitor just asked for in vain. */
  declare problem: ChatProblem | null;
  declare dictionary: Dictionary;
  declare heading: string | null;
  declare logo: string | null;
  declare greeting: string | null;
  declare closable: boolean;
  declare noMarkdown: boolean;
  /** Schemes beside http(s) whose links are followed. */
  declare linkSchemes: readonly string[];
  /** True while something that was asked for is under way. */
  declare pending: boolean;
  /** How long a person takes to come, where that is known. */
  declare waitMinutes: number | null;
  /** Milliseconds before a wait is worth a word. */
  declare patience: number;
  /** @internal */
  declare confirming: boolean;

  readonly #rich = createLazyPart(this, () => import('./rich-message.js'));
  readonly #turning = createLazyPart(this, async () => {
    const module = await import('./turning-points.js');
    module.defineTurningPoints();
    return module;
  });
  readonly #patience = new Patience(this);

  constructor() {
    super();
    this.problem = this.heading = this.logo = this.greeting = this.waitMinutes = null;
    this.closable = true;
    this.noMarkdown = this.pending = this.confirming = false;
    this.linkSchemes = [];
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

  protected override willUpdate(): void {
    if (this.#isTurning) this.#turning.want();
    if (this.#sticky) this.#rich.want();
    if (!this.#isRunning) this.confirming = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('confirming') && this.confirming) this.renderRoot.querySelector<HTMLElement>('.keep')?.focus();
    void this.#leaveEmptyTurningPoints();
  }

  protected override render(): TemplateResult {
    const unavailable = this.#isUnavailable;
    const code = this.#shownProblem?.code ?? '';
    return html`
      ${this.#renderHeader()} ${this.confirming ? this.#renderConfirmation() : nothing}
      ${unavailable ? nothing : this.#renderBanner()}
      <div class="body">
        ${unavailable ? renderUnavailable(this.dictionary, code, this.#handleReconnect) : this.#renderBody()}
      </div>
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
    return this.state.phase === 'none' && this.state.items.length === 0 && !this.#isUnavailable;
  }

  /** Nothing to talk to and nothing to read: the way out is another channel. */
  get #isUnavailable(): boolean {
    return this.#shownProblem !== null && this.state.chat === null && this.state.items.length === 0;
  }

  /** Somebody has something to know or to choose beside the conversation. */
  get #isTurning(): boolean {
    return this.waitMinutes !== null || needsTurningPoints(this.state, Date.now());
  }

  /** The newest message, where its buttons stay above the composer. */
  get #sticky(): Message | undefined {
    const newest = this.state.items.filter((item) => item.kind === 'message').at(-1)?.message;
    const isSticky = newest?.parts?.some((part) => (part as { sticky?: unknown } | null)?.sticky === true);
    return isSticky && this.#isRunning ? newest : undefined;
  }

  /**
   * A problem of the connection is over once the stream is open, whatever came of a single message. That an address is missing
   * is a question, which the turning points ask.
   */
  get #shownProblem(): ChatProblem | null {
    const asked = this.problem?.code === 'email-missing' ? null : this.problem;
    return asked ?? (this.state.connection === 'open' ? null : this.state.problem);
  }

  /** They keep the focus as long as they have something to say, which they know one update later. */
  async #leaveEmptyTurningPoints(): Promise<void> {
    const turning = this.renderRoot.querySelector('ccai-turning-points');
    if (!turning || this.shadowRoot?.activeElement !== turning) return;
    await turning.updateComplete;
    if (turning.hasAttribute('data-empty')) this.focusStart();
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
    const { dictionary } = this;
    const told = this.#isTurning && this.#turning.module !== null;
    const banner = chooseBanner(this.state, { dictionary, problem: this.#shownProblem, slow: this.#patience.isOver, told });
    return html`${renderBanner(banner, { dictionary, onRetry: this.#handleReconnect })}
      ${banner?.kind === 'problem' ? html`<div class="fallback"><slot name="fallback"></slot></div>` : nothing}`;
  }

  #renderBody(): TemplateResult {
    const { phase } = this.state;
    if (this.#isGreeting) return renderGreeting(this.dictionary, this.greeting);
    return html`<ccai-message-list
      exportparts="list, notice, message, bubble, avatar, timestamp, jump"
      .items=${this.state.items}
      .chat=${this.state.chat}
      .busy=${phase === 'starting' || phase === 'resuming' ? phase : null}
      .closed=${!this.#isRunning}
      .dictionary=${this.dictionary}
      .noMarkdown=${this.noMarkdown}
      .linkSchemes=${this.linkSchemes}
    ></ccai-message-list>`;
  }

  #renderFoot(unavailable: boolean): TemplateResult {
    const { state, dictionary } = this;
    const turning = this.#turning.module;
    const isOver = state.phase === 'ended' || (state.phase === 'dismissed' && turning !== null);
    return renderFoot({
      state,
      dictionary,
      isRunning: this.#isRunning,
      isOver,
      blocked: unavailable,
      turningPoints: turning && this.#renderTurningPoints(),
      sticky: isOver ? nothing : this.#renderSticky(),
      onRequestAgent: () => ask(this, { type: 'request-agent' }),
      onStart: () => ask(this, { type: 'start-chat' }),
    });
  }

  #renderTurningPoints(): TemplateResult {
    return html`<ccai-turning-points
      .state=${this.state}
      .waitMinutes=${this.waitMinutes}
      .endReason=${endReasonOf(this.state.items)}
      .pending=${this.pending}
      .problem=${this.problem}
      .closable=${this.closable}
    >
      <slot name="fallback" slot="fallback"></slot>
    </ccai-turning-points>`;
  }

  #renderSticky(): TemplateResult | typeof nothing {
    const message = this.#rich.module && this.#sticky;
    return message
      ? html`<ccai-rich-sticky .message=${message} .linkSchemes=${this.linkSchemes}></ccai-rich-sticky>`
      : nothing;
  }

  readonly #handleKeep = (): void => {
    this.confirming = false;
  };

  readonly #handleEnd = (): void => {
    this.confirming = false;
    this.focus();
    ask(this, { type: 'end-chat' });
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
