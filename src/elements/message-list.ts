import { LitElement, adoptStyles, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { ChatItem } from '../client/index.js';
import { answeredMessages } from '../client/selectors.js';
import type { Chat } from '../protocol/index.js';
import type { Dictionary } from '../i18n/index.js';
import { base } from '../styles/base.js';
import { avatarStyles } from './avatar.styles.js';
import { downIcon } from './icons.js';
import { regionalLocale } from './language.js';
import { keepFocus } from './keep-focus.js';
import { createLazyPart } from './lazy-part.js';
import { messageListStyles } from './message-list.styles.js';
import { messageRowStyles } from './message-row.styles.js';
import { renderItem, type RowContext } from './message-row.js';
import { ask, type PanelRequest } from './panel-request.js';
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
    linkSchemes: { attribute: false },
    closed: { attribute: false },
    revealed: { state: true },
  };

  declare items: readonly ChatItem[];
  declare chat: Chat | null;
  /** What the conversation waits for, if anything. */
  declare busy: 'starting' | 'resuming' | null;
  declare dictionary: Dictionary;
  declare noMarkdown: boolean;
  /** Schemes beside http(s) whose links are followed. */
  declare linkSchemes: readonly string[];
  /** True: nobody answers any more. */
  declare closed: boolean;
  /** @internal Ids of the visitor's private messages that are shown; nothing remembers them. */
  declare revealed: ReadonlySet<string>;

  readonly #keeper = new ScrollKeeper(this);
  readonly #markdown = createLazyPart(this, () => import('./markdown.js'));
  readonly #rich = createLazyPart(this, () => import('./rich-message.js'));
  #renderMarkdown: RowContext['renderMarkdown'] = null;
  /** Items before this index were history when they came: they neither move nor speak. */
  #historyEnd = 0;
  /** True while what appears is history, which is not announced. */
  #quiet = true;

  constructor() {
    super();
    this.items = [];
    this.chat = this.busy = null;
    this.noMarkdown = this.closed = false;
    this.linkSchemes = [];
    this.revealed = new Set();
    keepFocus(this, () => {
      this.#scroller?.focus({ preventScroll: true });
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('items') ?? [];
    // History and the end of "resuming" may come in one step; and where something is taken out, what follows only moves up.
    this.#quiet =
      !this.hasUpdated ||
      this.busy === 'resuming' ||
      changed.get('busy') === 'resuming' ||
      (changed.has('items') && this.items.length < before.length);
    if (changed.has('items')) {
      if (this.#quiet) this.#historyEnd = this.items.length;
      this.#keeper.countNew(before, this.items);
      this.#loadWhatIsNeeded();
    }
    this.#useMarkdown(changed.has('linkSchemes'));
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
    const { chat, dictionary, linkSchemes, closed, revealed, items } = this;
    return {
      chat,
      dictionary,
      locale: regionalLocale(dictionary.lang),
      renderMarkdown: this.noMarkdown ? null : this.#renderMarkdown,
      isRichReady: this.#rich.module !== null,
      linkSchemes,
      historyEnd: this.#historyEnd,
      closed,
      answered: answeredMessages(items),
      revealed,
      onReveal: this.#handleReveal,
      onAsk: this.#handleAsk,
    };
  }

  #renderBlock(start: number, context: RowContext): TemplateResult {
    const { items } = this;
    const rows = items.slice(start, start + BLOCK_SIZE);
    const isLast = start + BLOCK_SIZE >= items.length;
    const before = items[start - 1];
    const after = items[start + BLOCK_SIZE];
    // Neighbours count, because they decide where a group of bubbles begins and ends.
    const { chat, answered, ...rest } = context;
    const reasons = [before, ...rows, after, chat?.participants, answered.size, ...Object.values(rest)];
    return html`<div class="block ${isLast ? 'last' : ''}">
      ${guard(reasons, () => rows.map((_, index) => renderItem({ items, index: start + index }, context)))}
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

  /** One function for as long as it does the same: with another one every row is drawn again. */
  #useMarkdown(isChanged: boolean): void {
    const { module } = this.#markdown;
    if (!module || (this.#renderMarkdown && !isChanged)) return;
    const { linkSchemes } = this;
    this.#renderMarkdown = (text) => module.renderMarkdown(text, linkSchemes);
    adoptStyles(this.renderRoot as ShadowRoot, [...MessageList.elementStyles, module.markdownStyles]);
  }

  /** Until it is there, or where it cannot be had, everything stays readable as text. */
  #loadWhatIsNeeded(): void {
    for (const item of this.items) {
      if (item.kind !== 'message') continue;
      const { type, parts } = item.message;
      if (parts) this.#rich.want();
      if ((parts || type === 'markdown') && !this.noMarkdown) this.#markdown.want();
    }
  }

  readonly #handleReveal = (id: string): void => {
    const revealed = new Set(this.revealed);
    if (!revealed.delete(id)) revealed.add(id);
    this.revealed = revealed;
  };

  readonly #handleAsk = (request: PanelRequest): void => {
    ask(this, request);
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
    const url = toSafeUrl(link.href, this.linkSchemes);
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
