import { LitElement, adoptStyles, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatItem } from '../client/index.js';
import type { Chat } from '../protocol/index.js';
import type { Dictionary } from '../i18n/index.js';
import { base } from '../styles/base.js';
import { avatarStyles } from './avatar.styles.js';
import { downIcon } from './icons.js';
import { regionalLocale } from './language.js';
import { keepFocus } from './keep-focus.js';
import { messageListStyles } from './message-list.styles.js';
import { messageRowStyles } from './message-row.styles.js';
import { keyOf, renderItem, type RowContext } from './message-row.js';
import { ask } from './panel-request.js';
import { ScrollKeeper } from './scroll-keeper.js';
import { toSafeUrl } from './links.js';

/** Rows per block. A block whose items did not change is not looked at again, and not laid out while it is out of sight. */
const BLOCK_SIZE = 50;

/**
 * The conversation. It follows the end while the reader is there, otherwise it keeps the reader's place and offers a button
 * with the number of new messages. Only what comes live is announced to screen readers.
 *
 * @internal
 */
export class MessageList extends LitElement {
  static override readonly styles = [base, avatarStyles, messageListStyles, messageRowStyles];

  static override readonly properties = {
    items: { attribute: false },
    chat: { attribute: false },
    busy: { attribute: false },
    dictionary: { attribute: false },
    noMarkdown: { attribute: false },
  };

  declare items: readonly ChatItem[];
  declare chat: Chat | null;
  /** What the conversation waits for, if anything. */
  declare busy: 'starting' | 'resuming' | null;
  declare dictionary: Dictionary;
  declare noMarkdown: boolean;

  readonly #keeper = new ScrollKeeper(this);
  #renderMarkdown: RowContext['renderMarkdown'] = null;
  #loadingMarkdown = false;
  /** Items before this index were history when they came: they neither move nor speak. */
  #historyEnd = 0;
  /** True while what appears is history, which is not announced. */
  #quiet = true;

  constructor() {
    super();
    this.items = [];
    this.chat = this.busy = null;
    this.noMarkdown = false;
    keepFocus(this, () => {
      this.#scroller?.focus({ preventScroll: true });
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // History and the end of "resuming" may come in one step.
    this.#quiet = !this.hasUpdated || this.busy === 'resuming' || changed.get('busy') === 'resuming';
    if (changed.has('items')) {
      const before = changed.get('items') ?? [];
      if (this.#quiet) this.#historyEnd = this.items.length;
      else if (this.items.length < before.length) this.#historyEnd = Math.min(this.#historyEnd, this.items.length);
      this.#keeper.countNew(before, this.items);
      this.#loadMarkdownWhenNeeded();
    }
  }

  protected override firstUpdated(): void {
    // Listens for links, which bring their own keyboard: the log itself is not a control.
    this.#scroller?.addEventListener('click', this.#handleClick);
    this.#keeper.observe(this.#scroller, this.renderRoot.querySelector('.content'));
  }

  protected override updated(): void {
    if (this.#quiet && this.busy !== 'resuming') requestAnimationFrame(() => { this.requestUpdate(); });
  }

  protected override render(): TemplateResult {
    const texts = this.dictionary;
    const context = this.#createContext();
    return html`
      <div
        class="scroller"
        part="list"
        role="log"
        tabindex="0"
        aria-label=${texts.messages}
        aria-live=${this.#quiet ? 'off' : 'polite'}
        @scroll=${this.#handleScroll}
      >
        <div class="content">
          ${blocksOf(this.items).map((block) => this.#renderBlock(block, context))}
          ${this.busy ? html`<p class="busy"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${texts[this.busy]}</p>` : nothing}
        </div>
      </div>
      ${this.#keeper.isAtEnd ? nothing : this.#renderJump()}
    `;
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector('.scroller');
  }

  #createContext(): RowContext {
    return {
      chat: this.chat,
      dictionary: this.dictionary,
      locale: regionalLocale(this.dictionary.lang),
      renderMarkdown: this.noMarkdown ? null : this.#renderMarkdown,
      historyEnd: this.#historyEnd,
      onRetry: this.#handleRetry,
    };
  }

  #renderBlock(start: number, context: RowContext): TemplateResult {
    const { items } = this;
    const rows = items.slice(start, start + BLOCK_SIZE);
    const isLast = start + BLOCK_SIZE >= items.length;
    const before = items[start - 1];
    const after = items[start + BLOCK_SIZE];
    // Neighbours count, because they decide where a group of bubbles begins and ends.
    const reasons = [
      before, ...rows, after, context.chat?.participants, context.dictionary, context.renderMarkdown, context.historyEnd,
    ];
    return html`<div class="block ${isLast ? 'last' : ''}">
      ${guard(reasons, () =>
        repeat(rows, keyOf, (_, index) => renderItem({ items, index: start + index }, context)),
      )}
    </div>`;
  }

  #renderJump(): TemplateResult {
    const { unseen } = this.#keeper;
    return html`<button
      type="button"
      class="jump ${unseen > 0 ? 'counted' : ''}"
      part="jump"
      aria-label=${this.dictionary.jump(unseen)}
      @click=${this.#handleJump}
    >
      ${downIcon}${unseen > 0 ? html`<span aria-hidden="true">${this.dictionary.jump(unseen)}</span>` : nothing}
    </button>`;
  }

  #loadMarkdownWhenNeeded(): void {
    if (this.#renderMarkdown || this.#loadingMarkdown || this.noMarkdown) return;
    if (!this.items.some((item) => item.kind === 'message' && item.message.type === 'markdown')) return;
    this.#loadingMarkdown = true;
    // Without it markdown stays readable as the text it is.
    void import('./markdown.js').then(
      ({ markdownStyles, renderMarkdown }) => {
        adoptStyles(this.renderRoot as ShadowRoot, [...MessageList.elementStyles, markdownStyles]);
        this.#renderMarkdown = renderMarkdown;
        this.requestUpdate();
      },
      () => {
        this.#loadingMarkdown = false;
      },
    );
  }

  readonly #handleRetry = (id: string): void => {
    ask(this, { type: 'retry', id });
  };

  readonly #handleScroll = (): void => {
    this.#keeper.handleScroll();
  };

  readonly #handleJump = (): void => {
    this.#keeper.jump();
  };

  readonly #handleClick = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link) return;
    const url = toSafeUrl(link.href);
    if (!url || !ask(this, { type: 'link', url: url.href })) event.preventDefault();
  };
}

/** Where each block starts; without items there is one, empty. */
function blocksOf(items: readonly ChatItem[]): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(items.length / BLOCK_SIZE)) }, (_, block) => block * BLOCK_SIZE);
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-message-list': MessageList;
  }
}
