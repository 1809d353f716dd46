import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatItem } from '../client/index.js';

/** Distance in pixels that still counts as being at the end. */
const NEAR = 48;

/** Follows the end of a scroller while the reader is there, and counts what came while the reader is not. */
export class ScrollKeeper implements ReactiveController {
  #isAtEnd = true;
  #unseen = 0;
  #top = 0;
  #scroller: HTMLElement | null = null;
  readonly #host: ReactiveControllerHost;
  #observer: ResizeObserver | null = null;
  #observed: Element[] = [];

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** Messages of others since the reader left the end. */
  get unseen(): number {
    return this.#unseen;
  }

  /** Anything may change a height (a picture, markdown that arrives, a keyboard): while at the end, stay there. */
  observe(scroller: HTMLElement | null, content: Element | null): void {
    this.#scroller = scroller;
    this.#observed = [scroller, content].filter((element) => element !== null);
    this.hostConnected();
  }

  hostConnected(): void {
    this.#observer ??= new ResizeObserver(() => {
      this.#follow();
    });
    for (const element of this.#observed) this.#observer.observe(element);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }

  hostUpdated(): void {
    this.#follow();
  }

  /** Own messages bring the reader to the end; those of others are counted when the reader is elsewhere. */
  countNew(before: readonly ChatItem[], after: readonly ChatItem[]): void {
    const added = after.length > before.length ? after.slice(before.length) : [];
    const messages = added.filter((item) => item.kind === 'message');
    if (messages.some(({ message }) => message.sender.kind === 'end_user' && message.delivery === 'sending')) {
      this.#isAtEnd = true;
    }
    this.#unseen = this.#isAtEnd ? 0 : this.#unseen + messages.length;
  }

  handleScroll(): void {
    const scroller = this.#scroller;
    if (!scroller || scroller.clientHeight === 0) return;
    const isAtEnd = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop <= NEAR;
    const isUpwards = scroller.scrollTop < this.#top;
    this.#top = scroller.scrollTop;
    // Only scrolling up leaves the end: less room, as for a long draft, moves the end away from the reader.
    if (isAtEnd === this.#isAtEnd || (!isAtEnd && !isUpwards)) return;
    this.#isAtEnd = isAtEnd;
    if (isAtEnd) this.#unseen = 0;
    this.#host.requestUpdate();
  }

  jump(): void {
    this.#isAtEnd = true;
    this.#unseen = 0;
    this.#host.requestUpdate();
  }

  #follow(): void {
    if (!this.#isAtEnd || !this.#scroller) return;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#top = this.#scroller.scrollTop;
  }
}
