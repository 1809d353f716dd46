import type { CcaiChat } from './chat.js';
import type { ChatPanel } from './panel.js';

/** Opens and closes the panel of a `<ccai-chat>`, with the focus going along and back. */
export class PanelWindow {
  readonly #host: CcaiChat;
  #opener: HTMLElement | null = null;

  constructor(host: CcaiChat) {
    this.#host = host;
  }

  get isShown(): boolean {
    return this.#host.open || this.#host.layout === 'inline';
  }

  /** Opens it, and leaves the focus where it is. */
  reopen(): void {
    this.#host.open = true;
    this.#opener = document.body;
  }

  /** Brings the panel to where it belongs. */
  handleUpdated(): void {
    const host = this.#host;
    const panel = host.renderRoot.querySelector('ccai-chat-panel');
    const shown = this.isShown;
    if (!panel || !host.isConnected) return;
    if (panel.hasAttribute('data-open') && !shown) this.#returnFocus(panel);
    panel.toggleAttribute('data-open', shown);
    // Browsers without popovers show the panel in place.
    if (panel.popover === 'manual' && panel.matches(':popover-open') !== shown) panel.togglePopover(shown);
    if (shown && host.open && !this.#opener) this.#takeFocus(panel);
  }

  readonly handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
    if (this.#host.layout === 'inline') return;
    event.stopPropagation();
    this.#host.hide();
  };

  #takeFocus(panel: ChatPanel): void {
    const active = document.activeElement;
    this.#opener = active instanceof HTMLElement ? active : document.body;
    void panel.updateComplete.then(() => {
      panel.focusStart();
    });
  }

  /** Back to what opened the panel, unless the visitor is elsewhere already. */
  #returnFocus(panel: ChatPanel): void {
    const opener = this.#opener;
    this.#opener = null;
    if (this.#host.shadowRoot?.activeElement !== panel) return;
    const isPage = opener?.isConnected && opener !== this.#host && opener !== document.body;
    (isPage ? opener : this.#host.renderRoot.querySelector<HTMLElement>('.launcher'))?.focus();
  }
}
