import { adoptStyles, html, nothing, type TemplateResult } from 'lit';
import {
  ChatError,
  createChatClient,
  type ChatClient,
  type ChatState,
  type SendOptions,
  type StartOptions,
} from '../client/index.js';
import { en } from '../i18n/en.js';
import { MESSAGE_MAX_LENGTH } from '../protocol/index.js';
import { tokens } from '../styles/tokens.js';
import { createBrowserMemory, type BrowserMemory } from './browser-memory.js';
import type { CcaiChat } from './chat.js';
import { CcaiStatusEvent, CcaiUnreadEvent } from './events.js';
import { forwardClientEvents } from './forward-events.js';
import { chooseLanguage } from './language.js';
import { launcherLabel, renderLauncherExtras } from './launcher-extras.js';
import { panelFrameStyles } from './panel-frame.styles.js';
import { PanelRequests } from './panel-requests.js';
import { PanelWindow } from './panel-window.js';
import { Presenter } from './presenter.js';
import { WaitEstimate } from './wait-estimate.js';

/**
 * The half of `<ccai-chat>` that is loaded late: it owns the client, answers what the panel asks for and tells the page.
 *
 * @internal
 */
export class ChatSession {
  readonly client: ChatClient;
  readonly #host: CcaiChat;
  readonly #memory: BrowserMemory;
  readonly #window: PanelWindow;
  readonly #requests: PanelRequests;
  readonly #presenter = new Presenter(() => { this.#handleChange(); });
  readonly #wait: WaitEstimate;
  #isOpen = false;
  #unsubscribe: (() => void) | null = null;
  #unread = 0;
  /** What the page was last told of the chat. */
  #told: Pick<ChatState, 'phase' | 'connection'>;

  constructor(host: CcaiChat, relayUrl: string) {
    const { elementStyles } = host.constructor as typeof CcaiChat;
    if (host.shadowRoot) adoptStyles(host.shadowRoot, [...elementStyles, tokens, panelFrameStyles]);
    this.#host = host;
    this.#window = new PanelWindow(host);
    this.#memory = createBrowserMemory(host.storage, relayUrl);
    const storage = this.#memory.handle;
    this.client =
      host.client ??
      createChatClient({
        relayUrl,
        storage,
        get authenticate() {
          return host.authenticate ?? undefined;
        },
      });
    const update = () => { host.requestUpdate(); };
    this.#wait = new WaitEstimate(this.client, update);
    this.#requests = new PanelRequests(host, {
      client: this.client,
      start: () => this.start(),
      send: (text, options) => this.send(text, options),
      hide: () => { host.hide(); },
      update,
    });
    this.#told = this.#shown;
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
    this.#presenter.stop();
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
  send(text: string, options?: SendOptions): string {
    if (text.trim() === '') throw new ChatError('message-empty', { retryable: false });
    if (text.length > MESSAGE_MAX_LENGTH) throw new ChatError('message-too-long', { retryable: false });
    const { chat, phase } = this.state;
    if (chat === null || phase === 'ended') {
      // The message waits for this chat and reports its failure, so that a second report would only be noise.
      this.start().catch(() => undefined);
    }
    return this.client.sendMessage(text, options);
  }

  reset(): void {
    this.#requests.forget();
    this.#setUnread(0);
    this.client.reset();
  }

  /** Opens the panel again where it was open before a reload, and leaves the focus alone. */
  reopen(): void {
    if (this.#memory.wasOpen.read() !== null) this.#window.reopen();
  }

  handleUpdated(): void {
    if (this.#host.open !== this.#isOpen) this.#handleToggled();
    this.#window.handleUpdated();
    this.#tellStatus();
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
      .state=${this.#shown}
      .problem=${this.#requests.problem}
      .pending=${this.#requests.isPending}
      .waitMinutes=${this.#wait.minutes}
      .dictionary=${en}
      .heading=${host.heading}
      .logo=${host.logo}
      .greeting=${host.greeting}
      .closable=${known !== 'inline'}
      .noMarkdown=${host.noMarkdown}
      .linkSchemes=${host.linkSchemes}
      @keydown=${this.#window.handleKeydown}
      @ccai-panel-request=${this.#requests.handle}
    >
      <slot slot="fallback"></slot>
      ${this.#renderUsedSlots()}
    </ccai-chat-panel>`;
  }

  /** What the page's visitor may see: with or without the transfers between virtual agents. */
  get #shown(): ChatState {
    return this.#presenter.present(this.state, this.#hidesTransfers);
  }

  get #hidesTransfers(): boolean {
    return this.#host.hideVaToVaSystemMessages ?? this.state.config?.hideVaToVaSystemMessages ?? false;
  }

  #listen(): void {
    this.#unsubscribe = forwardClientEvents(this.client, this.#host, {
      onChange: () => { this.#handleChange(); },
      onReceived: () => { this.#countUnread(); },
      isShown: ({ kind }) => kind !== 'virtual_agent' || !this.#hidesTransfers,
    });
  }

  #handleChange(): void {
    this.#host.requestUpdate();
    this.#wait.watch(this.#shown);
    this.#tellStatus();
  }

  #tellStatus(): void {
    const { phase, connection } = this.#shown;
    if (phase === this.#told.phase && connection === this.#told.connection) return;
    this.#told = { phase, connection };
    this.#host.dispatchEvent(new CcaiStatusEvent(this.#told));
  }

  /** A forwarded slot would hide the panel's own content even when the page gives nothing for it. */
  #renderUsedSlots(): TemplateResult[] {
    const used = slotNames.filter((name) => [...this.#host.children].some((child) => child.slot === name));
    return used.map((name) => html`<slot name=${name} slot=${name}></slot>`);
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

  #startOptions(): StartOptions {
    const { menu, context, priorTranscript } = this.#host;
    const lang = chooseLanguage(this.#host, this.state.config?.languages ?? []);
    return {
      ...(menu && { menu: /^\d+$/.test(menu) ? Number(menu) : menu }),
      ...(lang && { lang }),
      ...(context && { context }),
      ...(priorTranscript && { priorTranscript }),
    };
  }

  #countUnread(): void {
    if (!this.#window.isShown) this.#setUnread(this.#unread + 1);
  }

  #setUnread(count: number): void {
    if (count === this.#unread) return;
    this.#unread = count;
    this.#host.requestUpdate();
    this.#host.dispatchEvent(new CcaiUnreadEvent(count));
  }
}

const slotNames = ['header', 'empty', 'before-composer', 'footer'] as const;
