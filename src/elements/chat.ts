import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ChatClient, ChatState, PriorMessage, StartOptions } from '../client/index.js';
import { launcherEn } from '../i18n/launcher/en.js';
import { brand } from '../styles/brand.js';
import { chatStyles } from './chat.styles.js';
import { CcaiErrorEvent, CcaiHideEvent, CcaiReadyEvent, CcaiShowEvent } from './events.js';
import { whenIdle } from './idle.js';
import { renderLauncher } from './launcher.js';
import { resolveRelayUrl } from './relay-url.js';
import type { ChatSession } from './session.js';
import { keyOfRelay, withStorage, type StorageKind } from './storage.js';
import { WidgetError } from './widget-error.js';

/**
 * A chat with the people and virtual agents of a contact center.
 *
 * This class is only the shell: attributes, launcher, waiting calls. The conversation itself is loaded when the panel is
 * opened for the first time, or when a chat of this visitor can be continued. Until then nothing is requested or stored.
 *
 * @tag ccai-chat
 *
 * @attr {string} lang - Language wanted in the chat (BCP 47); default: the nearest `lang` of the page, then the browser's.
 *
 * @slot - A link that helps where the chat cannot, e.g. to a contact page. It is the launcher until the script runs, and comes
 *   back when the chat is unavailable.
 * @slot launcher-icon - Icon of the launcher, 28 px.
 * @slot header - Replaces title and participant in the header.
 * @slot empty - Replaces the greeting before a chat.
 * @slot before-composer - Above the composer.
 * @slot footer - Below the composer.
 *
 * @csspart launcher - The round button.
 * @csspart badge - Number of unread messages on the launcher.
 * @csspart panel - The window of the chat.
 * @csspart header - Top of the panel.
 * @csspart banner - Line below the header (connection, queue, problems), and the one above the composer that says who listens
 *   while only an automated assistant does.
 * @csspart list - The scrolling conversation.
 * @csspart notice - A line between messages, e.g. "You are now chatting with Jane".
 * @csspart message - One message with everything that belongs to it.
 * @csspart bubble - The box around a message's text.
 * @csspart avatar - Picture, initials or robot of a participant.
 * @csspart timestamp - Time and delivery state.
 * @csspart composer - Where the visitor writes.
 * @csspart input - The text field in the composer.
 * @csspart send - The send button.
 * @csspart jump - The button to the newest message.
 *
 * @cssproperty [--ccai-accent=#2f5bea] - The brand colour; everything else follows from it.
 * @cssproperty [--ccai-on-accent] - Text on the accent; default: black or white, whichever is legible.
 * @cssproperty [--ccai-surface] - Background of the panel.
 * @cssproperty [--ccai-text] - Text on the surface.
 * @cssproperty [--ccai-message-background] - Bubbles of others.
 * @cssproperty [--ccai-message-text] - Text in bubbles of others.
 * @cssproperty [--ccai-own-message-background] - Bubbles of the visitor; default: the accent.
 * @cssproperty [--ccai-own-message-text] - Text in the visitor's bubbles.
 * @cssproperty [--ccai-font] - Font family; default: the system's.
 * @cssproperty [--ccai-radius=20px] - Corners of the panel.
 * @cssproperty [--ccai-offset=20px] - Distance of launcher and panel to the edges of the window.
 * @cssproperty [--ccai-launcher-size=60px] - Diameter of the launcher.
 * @cssproperty [--ccai-panel-inline-size=400px] - Width of the floating panel.
 * @cssproperty [--ccai-panel-block-size=680px] - Height of the floating panel.
 * @cssproperty [--ccai-z-index=1000] - Layer of the launcher; the panel is in the browser's top layer.
 *
 * @fires {CcaiReadyEvent} ccai-ready - Took over from the slotted link.
 * @fires {CcaiShowEvent} ccai-show - The panel was opened.
 * @fires {CcaiHideEvent} ccai-hide - The panel was closed.
 * @fires {CcaiChatStartedEvent} ccai-chat-started - A chat was created.
 * @fires {CcaiChatEndedEvent} ccai-chat-ended - The chat is over.
 * @fires {CcaiMessageReceivedEvent} ccai-message-received - Somebody wrote, live; without the text where it is private.
 * @fires {CcaiMessageSentEvent} ccai-message-sent - A message of the visitor was taken by the platform; without the text where
 *   it is private.
 * @fires {CcaiStatusEvent} ccai-status - Phase or connection changed.
 * @fires {CcaiUnreadEvent} ccai-unread - The number of unread messages changed.
 * @fires {CcaiParticipantEvent} ccai-participant - Somebody joined or left; of virtual agents only where their transfers are shown.
 * @fires {CcaiEscalationEvent} ccai-escalation - The request for a person moved on; `detail.deflection` is what is
 *   offered instead.
 * @fires {CcaiErrorEvent} ccai-error - Something failed; `detail.code` is stable.
 * @fires {CcaiBeforeSendEvent} ccai-before-send - Cancelable: a text is about to be sent (empty where it is private).
 * @fires {CcaiBeforeLinkEvent} ccai-before-link - Cancelable: a link is about to be followed.
 */
export class CcaiChat extends LitElement {
  static override readonly styles = [brand, chatStyles];

  static override readonly properties = {
    relayUrl: { attribute: 'relay-url' },
    menu: {},
    heading: {},
    logo: {},
    greeting: {},
    layout: { reflect: true },
    placement: { reflect: true },
    open: { type: Boolean, reflect: true },
    colorScheme: { attribute: 'color-scheme', reflect: true },
    noLauncher: { type: Boolean, attribute: 'no-launcher', reflect: true },
    noMarkdown: { type: Boolean, attribute: 'no-markdown' },
    hideVaToVaSystemMessages: {
      attribute: 'hide-va-to-va-system-messages',
      converter: (value: string | null) => (value === null ? undefined : value !== 'false'),
    },
    linkSchemes: { attribute: 'link-schemes', converter: (value: string | null) => value?.split(/\s+/) ?? [] },
    storage: {},
    client: { attribute: false },
    authenticate: { attribute: false },
    context: { attribute: false },
    priorTranscript: { attribute: false },
  };

  /** Base URL of the relay; default: where the script came from, when a relay served it. */
  declare relayUrl: string | null;
  /** Name or id of a queue that the relay offers; default: the relay's. */
  declare menu: string | null;
  /** Title of the panel. */
  declare heading: string | null;
  /** URL of an image beside the title. */
  declare logo: string | null;
  /** First line before a chat. */
  declare greeting: string | null;
  /** `floating` over the page, `inline` in its own box (open from the start), or `fullscreen`. */
  declare layout: 'floating' | 'inline' | 'fullscreen';
  /** The side of the window, in reading direction. */
  declare placement: 'end' | 'start';
  /** Whether the panel is open. */
  declare open: boolean;
  /** `auto` follows the visitor's system. */
  declare colorScheme: 'auto' | 'light' | 'dark';
  /** No launcher: the page calls `show()`. */
  declare noLauncher: boolean;
  /** Shows markdown as the text it is. */
  declare noMarkdown: boolean;
  /** True hides notices of transfers between virtual agents, false shows them, undefined leaves it to the relay. */
  declare hideVaToVaSystemMessages: boolean | undefined;
  /** Schemes beside http and https whose links may be followed, e.g. `tel mailto`, which are all that is allowed. Default: none. */
  declare linkSchemes: readonly string[];
  /** Where the handle of the chat is kept: per tab, per browser, or not at all. */
  declare storage: StorageKind;
  /** A chat client of your own, instead of one for `relay-url`. */
  declare client: ChatClient | null;
  /**
   * Says who the visitor is: a token that the site signs with the company secret (HS256; `identifier`, `name`, `email`, `phone`,
   * `exp`). Called before a chat starts, and by {@link identify}; without it the visitor is anonymous.
   */
  declare authenticate: (() => Promise<{ token: string }>) | null;
  /** Unsigned data for the virtual agent, sent when a chat starts. */
  declare context: Record<string, string | number | boolean> | null;
  /** An earlier conversation with another bot, oldest first; handed over when a chat starts, as supplied by the visitor. */
  declare priorTranscript: readonly PriorMessage[] | null;

  #session: ChatSession | null = null;
  #loading: Promise<ChatSession> | null = null;
  #failed = false;
  /** Base URL of the relay; undefined before the element took over from the slotted link. */
  #relay: string | undefined;
  #missing: WidgetError | null = null;
  #takeOver?: () => void;
  readonly #ready = new Promise<void>((resolve) => {
    this.#takeOver = resolve;
  });

  constructor() {
    super();
    this.relayUrl = this.menu = this.heading = this.logo = this.greeting = null;
    this.layout = 'floating';
    this.placement = 'end';
    this.colorScheme = 'auto';
    this.open = this.noLauncher = this.noMarkdown = false;
    this.hideVaToVaSystemMessages = undefined;
    this.linkSchemes = [];
    this.storage = 'session';
    this.client = this.authenticate = this.context = this.priorTranscript = null;
  }

  /** Resolves when the element has taken over from the slotted link; stays open where no relay is known. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** The state of the chat; null until the conversation was loaded. Frozen, replaced on every change. */
  get snapshot(): ChatState | null {
    return this.#session?.state ?? null;
  }

  /** Opens the panel and moves the focus into it. */
  show(): void {
    this.open = true;
  }

  /** Closes the panel; the chat goes on. */
  hide(): void {
    this.open = false;
  }

  /** Opens or closes the panel. */
  toggle(): void {
    this.open = !this.open;
  }

  /** Starts a chat; while one runs, nothing happens. Rejects with an error that has a stable `code`. */
  async startChat(options: StartOptions = {}): Promise<void> {
    await (await this.#connect()).start(options);
  }

  /** Sends a text of 1 to 10,000 characters, starting a chat where none runs; answers the message's id. */
  async sendMessage(text: string): Promise<string> {
    return (await this.#connect()).send(text);
  }

  /** Asks for a person. */
  async requestAgent(): Promise<void> {
    await (await this.#connect()).client.requestAgent();
  }

  /** Ends the chat. */
  async endChat(): Promise<void> {
    await (await this.#connect()).client.endChat();
  }

  /** Says in the middle of a chat who the visitor is, by a new token of {@link authenticate}; before one, looks for theirs. */
  async identify(): Promise<void> {
    await (await this.#connect()).client.identify();
  }

  /** Forgets chat and visitor in this browser: for shared computers, and when somebody signs out. */
  async reset(): Promise<void> {
    this.hide();
    (await this.#load()).reset();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#session?.resume();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Frameworks move elements by removing and inserting them: only one that stays away lets go of its connections.
    queueMicrotask(() => {
      if (!this.isConnected) this.#session?.pause();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.#relay === undefined) this.#findRelay();
    else if (changed.has('client') && this.#session) this.#dropSession();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#relay === undefined) return;
    if (changed.has('open') && (this.open || changed.get('open') === true)) {
      this.dispatchEvent(this.open ? new CcaiShowEvent() : new CcaiHideEvent());
    }
    if ((this.open || this.layout === 'inline') && !this.#loading && !this.#failed) void this.#connect().catch(() => undefined);
    this.#session?.handleUpdated();
  }

  protected override render(): TemplateResult {
    const inline = this.layout === 'inline';
    const stranded = this.#relay === undefined || this.#failed || (inline && !this.#session);
    const replaced = stranded && this.childElementCount > 0;
    return html`${this.noLauncher || inline || this.#relay === undefined || replaced ? nothing : this.#renderLauncher()}
    ${stranded ? html`<slot></slot>` : nothing}${this.#session?.renderPanel()}`;
  }

  #renderLauncher(): TemplateResult {
    return renderLauncher({
      label: this.#session?.launcherLabel ?? launcherEn.openChat,
      open: this.open,
      loading: this.open && !this.#session,
      extras: this.#session?.renderLauncherExtras(),
      onToggle: () => {
        this.#failed = false;
        this.toggle();
      },
    });
  }

  #findRelay(): void {
    const found = resolveRelayUrl(this.relayUrl, { script: import.meta.url, page: this.baseURI });
    this.#relay = found ?? (this.client ? '' : undefined);
    if (this.#relay === undefined) {
      this.#reportMissingRelay();
      return;
    }
    this.#missing = null;
    const hadFocus = this.querySelector(':focus');
    this.#takeOver?.();
    void this.updateComplete.then(() => {
      if (hadFocus) this.renderRoot.querySelector<HTMLElement>('.launcher')?.focus();
      this.dispatchEvent(new CcaiReadyEvent());
    });
    const key = keyOfRelay(this.#relay);
    const isKept = withStorage(this.storage, (storage) => storage.getItem(key));
    if (isKept || this.client?.state.chat) whenIdle(() => void this.#resume().catch(() => undefined));
  }

  #dropSession(): void {
    this.#session?.pause();
    this.#session = this.#loading = null;
  }

  async #resume(): Promise<void> {
    if (this.isConnected) (await this.#connect()).reopen();
  }

  #reportMissingRelay(): void {
    if (this.#missing) return;
    const message = 'ccai-chat: load the script from your relay, or set relay-url. [relay-not-found]';
    this.#missing = new WidgetError('relay-not-found', message, false);
    console.error(message);
    this.dispatchEvent(new CcaiErrorEvent(this.#missing));
  }

  async #connect(): Promise<ChatSession> {
    const session = await this.#load();
    await session.connect();
    return session;
  }

  #load(): Promise<ChatSession> {
    if (this.#missing) return Promise.reject(this.#missing);
    this.#loading ??= this.#loadSession();
    return this.#loading;
  }

  async #loadSession(): Promise<ChatSession> {
    await this.#ready;
    try {
      const { createSession } = await import('./panel-module.js');
      this.#failed = false;
      this.#session = createSession(this, this.#relay ?? '');
      return this.#session;
    } catch {
      this.#loading = null;
      this.#failed = true;
      this.open = false;
      const error = new WidgetError('widget-unavailable', 'The chat could not be loaded.', true);
      this.dispatchEvent(new CcaiErrorEvent(error));
      throw error;
    } finally {
      this.requestUpdate();
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-chat': CcaiChat;
  }
}
