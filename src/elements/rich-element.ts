import { LitElement, type PropertyValues } from 'lit';
import type { Message, Part } from '../protocol/index.js';
import { ask } from './panel-request.js';
import type { RichContext } from './rich-context.js';
import { readParts } from './rich-parts.js';

/**
 * What the elements for rich messages share: the parts of a message, its links, and answers that are given once.
 *
 * @internal
 */
export abstract class RichElement extends LitElement {
  static override readonly properties = {
    message: { attribute: false },
    answered: { attribute: false },
    disabled: { attribute: false },
    linkSchemes: { attribute: false },
    renderMarkdown: { attribute: false },
    tapped: { state: true },
    broken: { state: true },
  };

  declare message: Message;
  /** True once one of the message's quick replies was sent, in this tab or before. */
  declare answered: boolean;
  /** True: nobody can be answered any more; links still work. */
  declare disabled: boolean;
  /** Schemes beside http and https whose links are followed, without the colon: `['tel', 'mailto']`. */
  declare linkSchemes: readonly string[];
  /** Null: markdown is shown as the text it is. */
  declare renderMarkdown: ((text: string) => unknown) | null;
  /** @internal */
  declare tapped: boolean;
  /** @internal Addresses of pictures and videos that could not be loaded. */
  declare broken: readonly string[];

  protected parts: readonly (Part | null)[] = [];

  constructor() {
    super();
    this.answered = this.disabled = this.tapped = false;
    this.renderMarkdown = null;
    this.linkSchemes = this.broken = [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('message');
    if (changed.has('message')) this.parts = readParts(this.message);
    // Another message, or an answer that never arrived and was given up: it may be answered again.
    if ((before && before.id !== this.message.id) || changed.get('answered') === true) this.tapped = false;
  }

  protected override firstUpdated(): void {
    // Listens for links, which bring their own keyboard.
    this.renderRoot.addEventListener('click', this.#handleClick);
  }

  protected get context(): RichContext {
    const closed = this.disabled || (this.answered && !this.tapped);
    return {
      linkSchemes: this.linkSchemes,
      renderMarkdown: this.renderMarkdown,
      replies: closed ? 'closed' : this.tapped ? 'tapped' : 'open',
      onReply: this.#handleReply,
      onRequestAgent: this.#handleRequestAgent,
      isBroken: (url) => this.broken.includes(url),
      onBroken: (url) => { this.broken = [...this.broken, url]; },
    };
  }

  get #isOpen(): boolean {
    return !this.tapped && !this.answered && !this.disabled;
  }

  readonly #handleReply = (text: string): void => {
    if (!this.#isOpen) return;
    const { id, sender } = this.message;
    const to = sender.kind === 'task_virtual_agent' ? { to: sender } : {};
    // Before asking: whoever takes it may tap again while it does.
    this.tapped = true;
    this.tapped = ask(this, { type: 'send', text, replyTo: id, ...to });
  };

  readonly #handleRequestAgent = (): void => {
    if (this.#isOpen) ask(this, { type: 'request-agent' });
  };

  readonly #handleClick = (event: Event): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link && !ask(this, { type: 'link', url: link.href })) event.preventDefault();
  };
}
