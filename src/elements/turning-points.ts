import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ChatProblem, ChatState } from '../client/index.js';
import type { Deflection } from '../protocol/index.js';
import { turningEn, type TurningTexts } from '../i18n/turning/en.js';
import { base } from '../styles/base.js';
import { define } from './define.js';
import { keepFocus } from './keep-focus.js';
import { ask } from './panel-request.js';
import { deflectionWords, isAddress, renderDeflection } from './turning-deflection.js';
import { deflectionStyles } from './turning-deflection.styles.js';
import { renderFeedback } from './turning-feedback.js';
import { feedbackStyles } from './turning-feedback.styles.js';
import { turningPointsStyles } from './turning-points.styles.js';
import { TurningRequests } from './turning-requests.js';
import { chooseTurn, countWritten, nextTick, settledSince, timeLeft, type Settled, type Turn } from './turning-turn.js';
import { renderButton, renderCard, toCard, type Card, type TurningView } from './turning-view.js';

/**
 * Says what happens to the chat besides talking, and lets the visitor choose: while a person is being looked for, when
 * none can be had, when the chat is paused, about to close, or over. Empty while the chat simply runs.
 *
 * @slot fallback - The site's own way to be reached, shown where the chat cannot help.
 * @internal
 */
export class TurningPoints extends LitElement {
  static override readonly styles = [base, turningPointsStyles, deflectionStyles, feedbackStyles];

  static override readonly properties = {
    state: { attribute: false },
    waitMinutes: { attribute: false },
    endReason: { attribute: false },
    pending: { attribute: false },
    problem: { attribute: false },
    closable: { attribute: false },
    texts: { attribute: false },
    now: { attribute: false },
    ready: { state: true },
    address: { state: true },
    rating: { state: true },
    ratedChat: { state: true },
  };

  declare state: ChatState;
  /** Minutes until a person comes; only where that is known for sure, and a person is being waited for. */
  declare waitMinutes: number | null;
  /** Why the chat ended, as the newest `ended` notice says. */
  declare endReason: string | null;
  /** True while a request is under way. */
  declare pending: boolean;
  /** What the visitor just asked for in vain. */
  declare problem: ChatProblem | null;
  declare closable: boolean;
  declare texts: TurningTexts;
  /** Milliseconds since 1970. */
  declare now: () => number;
  /** @internal False at first: a screen reader only notices what comes later. */
  declare ready: boolean;
  /** @internal Whether an address is asked for; `refused`: the one that was given is none. */
  declare address: 'closed' | 'open' | 'refused';
  /** @internal */
  declare rating: number | null;
  /** @internal Id of the chat whose feedback was taken. */
  declare ratedChat: number | null;

  readonly #requests = new TurningRequests(this, (name, problem) => {
    this.#handleSettled(name, problem);
  });
  /** What became of the request for a person, and how many messages the visitor had written by then. */
  #settled: { readonly as: Settled; readonly written: number } | null = null;
  #tick: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.waitMinutes = this.endReason = this.problem = this.rating = this.ratedChat = null;
    this.pending = this.ready = false;
    this.closable = true;
    this.texts = turningEn;
    this.now = Date.now;
    this.address = 'closed';
    keepFocus(this, () => this.renderRoot.querySelector<HTMLElement>('section:last-child')?.focus());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('state')) this.#compare(changed.get('state'));
  }

  protected override firstUpdated(): void {
    requestAnimationFrame(() => {
      this.ready = true;
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('address') && this.address !== 'closed') this.#focusAddress();
    clearTimeout(this.#tick);
    const wait = this.isConnected ? nextTick(this.state, this.now()) : null;
    if (wait !== null) this.#tick = setTimeout(this.#handleTick, wait);
  }

  protected override render(): TemplateResult {
    const turn = this.ready ? this.#turn : null;
    const left = this.ready ? timeLeft(this.state, this.now()) : null;
    this.toggleAttribute('data-empty', turn === null && left === null);
    return html`${renderCard('question', left === null ? null : this.#warn(left))}
    ${renderCard('title', turn && this.#toCard(turn))}`;
  }

  get #turn(): Turn | null {
    const { endReason, waitMinutes } = this;
    const settled = this.#settled?.written === countWritten(this.state) ? this.#settled.as : null;
    return chooseTurn(this.state, { endReason, endReasons: this.texts.ended, waitMinutes, settled });
  }

  get #view(): TurningView {
    const { asked, isBusy } = this.#requests;
    return {
      texts: this.texts,
      asked,
      isBusy,
      request: (request, name = request.type) => this.#requests.request(request, name),
      follow: (url) => ask(this, { type: 'link', url }),
    };
  }

  #compare(before: ChatState | undefined): void {
    const { chat, deflection } = this.state;
    if (before?.chat?.id !== chat?.id) this.rating = null;
    if (before?.deflection?.escalationId !== deflection?.escalationId) this.address = 'closed';
    // History is not worth a word, only what came to nothing while the visitor was looking on.
    if (!before || before.escalation?.status === this.state.escalation?.status) return;
    const as = settledSince(before, this.state);
    this.#settled = as && { as, written: countWritten(this.state) };
  }

  #toCard(turn: Turn): Card {
    const { texts } = this;
    switch (turn.kind) {
      case 'ended':
        return toCard('ended', texts.ended[turn.reason], this.#renderEnded(turn.failed));
      case 'dismissed':
        return toCard('dismissed', texts.dismissed, this.#renderDismissed());
      case 'deflection':
        return toCard('deflection', deflectionWords(texts, turn.deflection.reason), this.#renderDeflection(turn.deflection));
      case 'progress':
        return toCard('progress', { title: texts[turn.stage], text: turn.minutes === null ? '' : texts.wait(turn.minutes) });
      case 'settled':
        return toCard('progress settled', texts[turn.as]);
    }
  }

  /** Seconds are for the eye. Read aloud are only the first word, the last minute, and the half of it. */
  #warn(left: number): Card {
    const { texts } = this;
    const seconds = Math.ceil(left / 1_000);
    const spoken = seconds > 60 ? 120 : seconds > 30 ? 60 : 30;
    const text = html`<p aria-hidden="true">${texts.closesIn(seconds)}</p>
      <p class="hidden-text">${texts.closesIn(spoken)}</p>`;
    const request = { type: 'send', text: texts.stillHere } as const;
    const content = renderButton(this.#view, { request, text: texts.stillHere, look: 'strong' });
    return { look: 'warning', title: texts.stillThere, text, content };
  }

  #renderDeflection(deflection: Deflection): TemplateResult {
    return renderDeflection({
      ...this.#view,
      deflection,
      addressForm: this.address === 'closed' ? null : { isRefused: this.address === 'refused' },
      onEmail: this.#handleEmail,
      onBack: () => {
        this.address = 'closed';
      },
      onAddress: this.#handleAddress,
    });
  }

  #renderEnded(failed: boolean): TemplateResult {
    const { config, chat } = this.state;
    // There has to be somebody to have an opinion about.
    const isRatable = config?.features.includes('feedback') && chat && chat.participants.length > 0;
    const start = { request: { type: 'start-chat' }, text: this.texts.startNewChat, look: 'strong' } as const;
    return html`${failed ? html`<slot name="fallback"></slot>` : nothing} ${isRatable ? this.#renderFeedback() : nothing}
      <div class="actions">${renderButton(this.#view, start)}</div>`;
  }

  #renderFeedback(): TemplateResult {
    return renderFeedback({
      ...this.#view,
      rating: this.rating,
      isDone: this.ratedChat === this.state.chat?.id,
      isRefused: this.#requests.refused === 'feedback',
      onRate: (rating) => {
        this.rating = rating;
      },
    });
  }

  #renderDismissed(): TemplateResult {
    const { texts } = this;
    const view = this.#view;
    return html`<div class="actions">
      ${renderButton(view, { request: { type: 'resume-chat' }, text: texts.resume, look: 'strong' })}
      ${renderButton(view, { request: { type: 'start-chat' }, text: texts.startAnother, look: 'quiet' })}
      ${this.closable ? renderButton(view, { request: { type: 'close' }, text: texts.close, look: 'quiet' }) : nothing}
    </div>`;
  }

  #focusAddress(): void {
    this.renderRoot.querySelector<HTMLElement>('#email')?.focus();
  }

  /** Where the relay can know who the visitor is, it may know where to write to; it says so where it does not. */
  readonly #handleEmail = (): void => {
    if (this.#requests.isBusy) return;
    if (!this.state.config?.features.includes('identity')) this.address = 'open';
    else this.#requests.request({ type: 'choose-deflection', channel: 'email' }, 'email');
  };

  readonly #handleAddress = (email: string): void => {
    const isValid = isAddress(email);
    this.address = isValid ? 'open' : 'refused';
    if (isValid) this.#requests.request({ type: 'choose-deflection', channel: 'email', email }, 'email');
    else this.#focusAddress();
  };

  #handleSettled(name: string, problem: ChatProblem | null): void {
    if (name === 'feedback' && !problem) this.ratedChat = this.state.chat?.id ?? null;
    if (name === 'email' && problem?.code === 'email-missing') this.address = 'open';
  }

  readonly #handleTick = (): void => {
    this.requestUpdate();
  };
}

/** Defines `<ccai-turning-points>`; not done by the module itself, as bundlers may drop what one does beside its exports. */
export function defineTurningPoints(): void {
  define('ccai-turning-points', TurningPoints);
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-turning-points': TurningPoints;
  }
}
