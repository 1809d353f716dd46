import { LitElement, html, type TemplateResult } from 'lit';
import { richEn as texts } from '../i18n/rich/en.js';
import { nextIcon } from './rich-icons.js';

/** Widths are rounded, scrolled distances are not: this many pixels are nothing. */
const NEAR = 2;

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
    started: { state: true },
    ended: { state: true },
  };

  declare names: readonly string[];
  declare cards: readonly TemplateResult[];
  /** @internal Index of the card that is nearest to the start. */
  declare place: number;
  /** @internal True: nothing is hidden before what is in sight. */
  declare started: boolean;
  /** @internal True: nothing is hidden after it. */
  declare ended: boolean;

  /** Where the row is on its way to; null when it rests. */
  #aim: number | null = null;
  readonly #observer = new ResizeObserver(() => { this.#measure(); });

  constructor() {
    super();
    this.names = this.cards = [];
    this.place = 0;
    this.started = true;
    this.ended = false;
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
    const aim = this.#aim;
    const place = aim ?? (this.ended ? count - 1 : this.place);
    return html`
      <div class="track" @scroll=${this.#measure} @scrollend=${this.#handleRest} @keydown=${this.#handleKeydown} @focusin=${this.#handleFocus}>
        ${this.cards.map((card, index) => html`<div
          class="card"
          role="group"
          tabindex="0"
          aria-label=${`${texts.position(index + 1, count)} ${this.names[index] ?? ''}`}
        >${card}</div>`)}
      </div>
      <div class="controls" ?hidden=${this.started && this.ended}>
        ${this.#renderStep(-1, texts.previousCard, aim === null ? this.started : aim === 0)}
        <span aria-live="polite">${texts.position(place + 1, count)}</span>
        ${this.#renderStep(1, texts.nextCard, aim === null ? this.ended : aim === count - 1)}
      </div>
    `;
  }

  #renderStep(step: -1 | 1, label: string, isOver: boolean): TemplateResult {
    return html`<button
      type="button"
      aria-label=${label}
      aria-disabled=${isOver ? 'true' : 'false'}
      @click=${() => { if (!isOver) this.#moveTo(this.#indexAfter(step)); }}
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

  /** How far each card is from the start; ascending. */
  get #distances(): number[] {
    const track = this.#track;
    return track ? this.#cards.map((card) => distanceOf(card, track)) : [];
  }

  /** Not the element itself: it changes its height when the buttons below the row go. */
  #observe(): void {
    if (this.#track) this.#observer.observe(this.#track);
  }

  /** The next card that is not yet at the start. */
  #indexAfter(step: -1 | 1): number {
    if (this.#aim !== null) return this.#aim + step;
    const distances = this.#distances;
    const before = distances.filter((distance) => distance < -NEAR).length;
    return step < 0 ? before - 1 : distances.filter((distance) => distance <= NEAR).length;
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
    const distances = this.#distances;
    const sizes = distances.map(Math.abs);
    this.place = Math.max(0, sizes.indexOf(Math.min(...sizes)));
    const gone = Math.abs(track.scrollLeft);
    this.started = gone <= NEAR;
    this.ended = gone + track.clientWidth >= track.scrollWidth - NEAR;
    if (this.#aim === null) return;
    const left = distances[this.#aim] ?? 0;
    if (Math.abs(left) <= NEAR || (this.ended && left > 0)) this.#aim = null;
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
