import { LitElement, html, type TemplateResult } from 'lit';
import { richEn as texts } from '../i18n/rich/en.js';
import { nextIcon } from './rich-icons.js';

/**
 * Cards in a row. They are reached by swiping, by Tab, by the arrow keys from card to card, and by two buttons; nothing moves
 * by itself. It draws into its parent's root, whose styles and link handling it shares.
 *
 * @internal
 */
export class RichCarousel extends LitElement {
  static override readonly properties = {
    names: { attribute: false },
    cards: { attribute: false },
    place: { state: true },
    fits: { state: true },
    ended: { state: true },
  };

  declare names: readonly string[];
  declare cards: readonly TemplateResult[];
  /** @internal Index of the card at the start. */
  declare place: number;
  /** @internal True: all cards are in sight, there is nothing to move. */
  declare fits: boolean;
  /** @internal */
  declare ended: boolean;

  /** Where the row is on its way to; null when it rests. */
  #aim: number | null = null;
  readonly #observer = new ResizeObserver(() => { this.#measure(); });

  constructor() {
    super();
    this.names = this.cards = [];
    this.place = 0;
    this.fits = this.ended = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override firstUpdated(): void {
    this.#observe();
  }

  protected override render(): TemplateResult {
    const count = this.cards.length;
    const place = this.#aim ?? this.place;
    const position = texts.position(this.ended ? count : place + 1, count);
    return html`
      <div class="track" @scroll=${this.#measure} @scrollend=${this.#handleRest} @keydown=${this.#handleKeydown} @focusin=${this.#handleFocus}>
        ${this.cards.map((card, index) => html`<div
          class="card"
          role="group"
          tabindex="0"
          aria-label=${`${texts.position(index + 1, count)} ${this.names[index] ?? ''}`}
        >${card}</div>`)}
      </div>
      <div class="controls" ?hidden=${this.fits}>
        ${this.#renderStep(place - 1, texts.previousCard, place === 0)}
        <span aria-live="polite">${position}</span>
        ${this.#renderStep(place + 1, texts.nextCard, this.ended)}
      </div>
    `;
  }

  #renderStep(index: number, label: string, isOver: boolean): TemplateResult {
    return html`<button
      type="button"
      aria-label=${label}
      aria-disabled=${isOver ? 'true' : 'false'}
      @click=${() => { if (!isOver) this.#moveTo(index); }}
    >
      ${nextIcon}
    </button>`;
  }

  get #track(): HTMLElement | null {
    return this.querySelector('.track');
  }

  get #cards(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.card')];
  }

  /** Not the element itself: it changes its height when the buttons below the row go. */
  #observe(): void {
    if (this.#track) this.#observer.observe(this.#track);
  }

  #moveTo(index: number): void {
    const track = this.#track;
    const card = this.#cards[index];
    if (!track || !card) return;
    this.#aim = index;
    this.requestUpdate();
    const distance = distanceOf(card, track);
    track.scrollBy({ left: isFromRight(track) ? -distance : distance });
    this.#measure();
  }

  readonly #measure = (): void => {
    const track = this.#track;
    if (!track) return;
    const distances = this.#cards.map((card) => Math.abs(distanceOf(card, track)));
    this.place = Math.max(0, distances.indexOf(Math.min(...distances)));
    // Widths are rounded, scrolled distances are not.
    this.fits = track.scrollWidth <= track.clientWidth + 1;
    this.ended = Math.abs(track.scrollLeft) + track.clientWidth >= track.scrollWidth - 2;
    const isAsFarAsItGoes = this.ended && (this.#aim ?? 0) > this.place;
    if (this.place === this.#aim || isAsFarAsItGoes) this.#aim = null;
  };

  readonly #handleRest = (): void => {
    this.#aim = null;
    this.#measure();
    this.requestUpdate();
  };

  /** Browsers leave alone what is half in sight. A finger or mouse knows where it is. */
  readonly #handleFocus = ({ target }: Event): void => {
    if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
    this.#moveTo(this.#cards.findIndex((card) => card.contains(target)));
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    const cards = this.#cards;
    const index = cards.indexOf(event.target as HTMLElement);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    // What is inside a card has its own keys.
    if (index < 0 || step === undefined) return;
    const next = index + (isFromRight(this) ? -step : step);
    event.preventDefault();
    cards[next]?.focus({ preventScroll: true });
  };
}

/** How far a card's start is from where it rests, in reading direction. */
function distanceOf(card: HTMLElement, track: HTMLElement): number {
  const [one, other] = [card.getBoundingClientRect(), track.getBoundingClientRect()];
  const distance = isFromRight(track) ? other.right - one.right : one.left - other.left;
  return distance - parseFloat(getComputedStyle(track).paddingInlineStart);
}

function isFromRight(element: HTMLElement): boolean {
  return getComputedStyle(element).direction === 'rtl';
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-rich-carousel': RichCarousel;
  }
}
