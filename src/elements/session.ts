import { adoptStyles, html, nothing, type TemplateResult } from 'lit';
import {
  ChatError,
  createChatClient,
  visibleItems,
  type ChatClient,
  type ChatItem,
  type ChatProblem,
  type ChatState,
  type StartOptions,
} from '../client/index.js';
import { en } from '../i18n/en.js';
import { MESSAGE_MAX_LENGTH } from '../protocol/index.js';
import { tokens } from '../styles/tokens.js';
import { createBrowserMemory, type BrowserMemory } from './browser-memory.js';
import type { CcaiChat } from './chat.js';
import { CcaiBeforeLinkEvent, CcaiBeforeSendEvent, CcaiErrorEvent, CcaiUnreadEvent } from './events.js';
import { forwardClientEvents } from './forward-events.js';
import { chooseLanguage } from './language.js';
import { launcherLabel, renderLauncherExtras } from './launcher-extras.js';
import { panelFrameStyles } from './panel-frame.styles.js';
import type { ChatPanel } from './panel.js';
import type { PanelRequest, PanelRequestEvent } from './panel-request.js';

/**
 * The half of `<ccai-chat>` that is loaded late: it owns the client, answers what the panel asks for and tells the page.
 *
 * @internal
 */
export class ChatSession {
  readonly client: ChatClient;
  readonly #host: CcaiChat;
  readonly #memory: BrowserMemory;
  #isOpen = false;
  #opener: HTMLElement | null = null;
  #unsubscribe: (() => void) | null = null;
  #unread = 0;
  /** What the visitor asked for in vain; "Try again" asks for it once more. */
  #refused: { readonly problem: ChatProblem; readonly request: PanelRequest } | null = null;
  #visible: { items: readonly ChatItem[]; hide: boolean; result: readonly ChatItem[] } | null = null;

  constructor(host: CcaiChat, relayUrl: string) {
    const { elementStyles } = host.constructor as typeof CcaiChat;
    if (host.shadowRoot) adoptStyles(host.shadowRoot, [...elementStyles, tokens, panelFrameStyles]);
    this.#host = host;
    this.#memory = createBrowserMemory(host.storage, relayUrl);
    this.client = host.client ?? createChatClient({ relayUrl, storage: this.#memory.handle });
    this.#listen();
  }

  get state(): ChatState {
    return this.client.state;
  }

  get launcherLabel(): string {
    return launcherLabel(en, { open: this.#host.open, unread: this.#unread });
  }

  renderLauncherExtras(): TemplateResult {
    return renderLauncherExtras(this.#unread);
  }

  /** Reads config and history where that has not succeeded yet. */
  async connect(): Promise<void> {
    if (this.state.config === null && this.state.problem === null) await this.client.connect();
  }

  /** Stops listening and lets go of the connection, when the element left the page. */
  pause(): void {
    if (!this.#unsubscribe) return;
    this.#unsubscribe();
    this.#unsubscribe = null;
    this.client.close();
  }

  /** Undoes {@link pause}. */
  resume(): void {
    if (this.#unsubscribe) return;
    this.#listen();
    if (this.state.config !== null) void this.client.connect();
  }

  start(options: StartOptions = {}): Promise<void> {
    return this.client.startChat({ ...this.#startOptions(), ...options });
  }

  /** Refuses what the relay would refuse: nothing, and more than 10,000 characters. */
  send(text: string): string {
    if (text.trim() === '') throw new ChatError('message-empty', { retryable: false });
    if (text.length > MESSAGE_MAX_LENGTH) throw new ChatError('message-too-long', { retryable: false });
    const { chat, phase } = this.state;
    if (chat === null || phase === 'ended') {
      // The message waits for this chat and reports its failure, so that a second report would only be noise.
      this.start().catch(() => undefined);
    }
    return this.client.sendMessage(text);
  }

  reset(): void {
    this.#refused = null;
    this.#setUnread(0);
    this.client.reset();
  }

  /** Opens the panel again where it was open before a reload, and leaves the focus alone. */
  reopen(): void {
    if (this.#memory.wasOpen.read() === null) return;
    this.#host.open = true;
    this.#opener = document.body;
  }

  /** Brings the panel to where it belongs. */
  handleUpdated(): void {
    if (this.#host.open !== this.#isOpen) this.#handleToggled();
    const panel = this.#panel;
    const shown = this.#isShown;
    if (!panel || !this.#host.isConnected) return;
    if (panel.hasAttribute('data-open') && !shown) this.#returnFocus(panel);
    panel.toggleAttribute('data-open', shown);
    // Browsers without popovers show the panel in place.
    if (panel.popover === 'manual' && panel.matches(':popover-open') !== shown) panel.togglePopover(shown);
    if (shown && this.#host.open && !this.#opener) this.#takeFocus(panel);
  }

  renderPanel(): TemplateResult {
    const host = this.#host;
    const { layout } = host;
    const known = layout === 'inline' || layout === 'fullscreen' ? layout : 'floating';
    return html`<ccai-chat-panel
      class="panel ${known}"
      part="panel"
      exportparts="header, banner, list, notice, message, bubble, avatar, timestamp, composer, input, send, jump"
      role=${known === 'inline' ? 'region' : 'dialog'}
      tabindex="-1"
      lang=${en.lang}
      aria-label=${host.heading ?? en.heading}
      popover=${known === 'inline' ? nothing : 'manual'}
      .state=${this.state}
      .items=${this.#visibleItems()}
      .problem=${this.#refused?.problem ?? null}
      .dictionary=${en}
      .heading=${host.heading}
      .logo=${host.logo}
      .greeting=${host.greeting}
      .closable=${known !== 'inline'}
      .noMarkdown=${host.noMarkdown}
      @keydown=${this.#handleKeydown}
      @ccai-panel-request=${this.#handleRequest}
    >
      <slot slot="fallback"></slot>
      ${this.#renderUsedSlots()}
    </ccai-chat-panel>`;
  }

  #listen(): void {
    this.#unsubscribe = forwardClientEvents(this.client, this.#host, {
      onChange: () => {
        this.#host.requestUpdate();
      },
      onReceived: () => {
        this.#countUnread();
      },
    });
  }

  /** A forwarded slot would hide the panel's own content even when the page gives nothing for it. */
  #renderUsedSlots(): TemplateResult[] {
    const used = slotNames.filter((name) => [...this.#host.children].some((child) => child.slot === name));
    return used.map((name) => html`<slot name=${name} slot=${name}></slot>`);
  }

  get #panel(): ChatPanel | null {
    return this.#host.renderRoot.querySelector('ccai-chat-panel');
  }

  get #isShown(): boolean {
    return this.#host.open || this.#host.layout === 'inline';
  }

  /** Opened: everything counts as read, and what could not be reached is tried again. */
  #handleToggled(): void {
    const { open } = this.#host;
    this.#isOpen = open;
    this.#memory.wasOpen.write(open ? 'true' : null);
    if (!open) return;
    this.#setUnread(0);
    if (this.state.config === null) void this.client.connect();
  }

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

  #visibleItems(): readonly ChatItem[] {
    const { items, config } = this.state;
    const hide = this.#host.hideVaToVaSystemMessages ?? config?.hideVaToVaSystemMessages ?? false;
    if (this.#visible?.items !== items || this.#visible.hide !== hide) {
      this.#visible = { items, hide, result: visibleItems(items, { hideVaToVaSystemMessages: hide }) };
    }
    return this.#visible.result;
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
    if (this.#host.layout === 'inline') return;
    event.stopPropagation();
    this.#host.hide();
  };

  readonly #handleRequest = (event: PanelRequestEvent): void => {
    event.stopPropagation();
    if (!this.#isAllowed(event.request)) event.preventDefault();
    else void this.#carryOut(event.request);
  };

  /** Lets the page veto what it may veto. */
  #isAllowed(request: PanelRequest): boolean {
    if (request.type === 'send') return this.#host.dispatchEvent(new CcaiBeforeSendEvent(request.text));
    if (request.type === 'link') return this.#host.dispatchEvent(new CcaiBeforeLinkEvent(request.url));
    return true;
  }

  async #carryOut(request: PanelRequest): Promise<void> {
    const refused = this.#refused;
    this.#refused = null;
    try {
      if (request.type === 'reconnect' && refused) await this.#perform(refused.request);
      else await this.#perform(request);
    } catch (thrown) {
      this.#handleRefusal(thrown, request.type === 'reconnect' && refused ? refused.request : request);
    }
    this.#host.requestUpdate();
  }

  #perform(request: PanelRequest): Promise<void> | undefined {
    switch (request.type) {
      case 'send':
        this.send(request.text);
        return undefined;
      case 'retry':
        this.client.retryMessage(request.id);
        return undefined;
      case 'request-agent':
        return this.client.requestAgent();
      case 'end-chat':
        return this.client.endChat();
      case 'start-chat':
        return this.start();
      case 'reconnect':
        return this.client.connect();
      case 'close':
        this.#host.hide();
        return undefined;
      case 'link':
        return undefined;
    }
  }

  #handleRefusal(thrown: unknown, request: PanelRequest): void {
    const { code, retryable } = thrown instanceof ChatError ? thrown : { code: 'internal', retryable: true };
    this.#refused = { problem: { code, retryable }, request };
    this.#host.dispatchEvent(new CcaiErrorEvent({ code, retryable }));
  }

  #startOptions(): StartOptions {
    const { menu, context } = this.#host;
    const lang = chooseLanguage(this.#host, this.state.config?.languages ?? []);
    return {
      ...(menu ? { menu: /^\d+$/.test(menu) ? Number(menu) : menu } : {}),
      ...(lang ? { lang } : {}),
      ...(context ? { context } : {}),
    };
  }

  #countUnread(): void {
    if (!this.#isShown) this.#setUnread(this.#unread + 1);
  }

  #setUnread(count: number): void {
    if (count === this.#unread) return;
    this.#unread = count;
    this.#host.requestUpdate();
    this.#host.dispatchEvent(new CcaiUnreadEvent(count));
  }
}

const slotNames = ['header', 'empty', 'before-composer', 'footer'] as const;
