import { LitElement, html, nothing, type TemplateResult } from 'lit';
import type { DeskAction, DeskActionEvent } from './action.js';
import { agentDeskStyles } from './agent-desk.styles.js';
import type { Conversation } from './conversation.js';
import { createEmulatorApi, type ChatDetail, type ChatSummary } from './emulator-api.js';
import { deskStyles } from './styles.js';
import { createUnreadChats } from './unread.js';
import { findPresent, toStage } from './words.js';

/** The page on which a person plays the human agent, over the emulator's control API alone. */
export class AgentDesk extends LitElement {
  static override properties = {
    chats: { state: true },
    detail: { state: true },
    problem: { state: true },
    connected: { state: true },
    busy: { state: true },
  };

  declare chats: readonly ChatSummary[] | undefined;
  declare detail: ChatDetail | undefined;
  /** What went wrong last, in words. */
  declare problem: string;
  declare connected: boolean;
  declare busy: boolean;

  readonly #emulator = document.querySelector<HTMLMetaElement>('meta[name=emulator]')?.content ?? '';
  readonly #api = createEmulatorApi(this.#emulator);
  readonly #unread = createUnreadChats();
  #watching: AbortController | undefined;
  #reading: Promise<void> | undefined;
  #readAgain = false;

  static override styles = [deskStyles, agentDeskStyles];

  constructor() {
    super();
    this.problem = '';
    this.connected = false;
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#refresh);
    this.#watching = new AbortController();
    void this.#api.watch(
      { onOpen: this.#handleOpen, onChange: this.#refresh, onLost: this.#handleLost },
      this.#watching.signal,
    );
    this.#refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#refresh);
    this.#watching?.abort();
  }

  protected override updated(): void {
    const waiting = this.chats?.filter(({ status }) => toStage(status) === 'waiting').length ?? 0;
    document.title = waiting > 0 ? `(${waiting}) Agent desk` : 'Agent desk';
    const conversing = this.detail !== undefined;
    if (conversing === this.hasAttribute('conversing')) return;
    this.toggleAttribute('conversing', conversing);
    void this.#followOnNarrowScreen(conversing);
  }

  /** Where list and conversation take turns, the focus goes with the one that is shown. */
  async #followOnNarrowScreen(conversing: boolean): Promise<void> {
    if (!matchMedia('(max-width: 45rem)').matches) return;
    const shown = this.renderRoot.querySelector<LitElement>(conversing ? 'desk-conversation' : 'desk-chat-list');
    await shown?.updateComplete;
    shown?.renderRoot.querySelector('a')?.focus();
  }

  override render(): TemplateResult {
    return html`
      <header>
        Agent desk
        <span class="state ${this.connected ? '' : 'lost'}" role="status">
          ${this.connected ? 'Live' : 'Connecting…'}
        </span>
      </header>
      ${this.chats &&
      html`<desk-chat-list
        .chats=${this.chats}
        .unread=${this.#unread.ids}
        .selectedId=${this.detail?.id}
      ></desk-chat-list>`}
      <main class=${this.problem ? 'alarmed' : nothing} @desk-action=${this.#handleAction}>
        ${this.problem ? this.#renderProblem() : nothing} ${this.#renderConversation()}
      </main>
    `;
  }

  #renderProblem(): TemplateResult {
    return html`<div class="problem" role="alert">
      ${this.problem}
      <button @click=${this.#dismissProblem}>Close</button>
    </div>`;
  }

  #renderConversation(): TemplateResult {
    const { detail } = this;
    const summary = this.chats?.find(({ id }) => id === detail?.id);
    if (!detail || !summary) return html`<p class="nothing">Choose a chat to see what has been said so far.</p>`;
    return html`<desk-conversation .summary=${summary} .detail=${detail} .busy=${this.busy}></desk-conversation>`;
  }

  /** Reads what is on screen again. While it is reading, any number of calls mean one more reading afterwards. */
  readonly #refresh = (): void => {
    this.#readAgain = true;
    this.#reading ??= this.#readUntilQuiet().finally(() => (this.#reading = undefined));
  };

  async #readUntilQuiet(): Promise<void> {
    while (this.#readAgain) {
      this.#readAgain = false;
      try {
        const chats = await this.#api.listChats();
        const openId = Number(/^#chat-(\d+)$/.exec(location.hash)?.[1]);
        const known = chats.some(({ id }) => id === openId);
        const detail = known ? await this.#api.readChat(openId) : undefined;
        this.#unread.update(chats, detail?.id);
        this.chats = chats;
        this.detail = detail;
      } catch (error) {
        this.#tell(error);
      }
    }
  }

  readonly #handleOpen = (): void => {
    this.connected = true;
    this.problem = '';
    this.#refresh();
  };

  readonly #handleLost = (): void => {
    this.connected = false;
    this.problem = `The emulator at ${this.#emulator} does not answer. Trying again.`;
  };

  async #handleAction({ action }: DeskActionEvent): Promise<void> {
    const { detail } = this;
    if (!detail) return;
    this.busy = true;
    this.problem = '';
    try {
      await this.#perform(action, detail);
    } catch (error) {
      this.#tell(error);
      if (action.type === 'say') this.#findConversation()?.composer?.giveBack(detail.id, action.text);
    }
    this.busy = false;
    this.#refresh();
    if (action.type === 'take') await this.#focusComposer();
  }

  #perform(action: DeskAction, { id, participants }: ChatDetail): Promise<void> {
    switch (action.type) {
      case 'say':
        return this.#api.say(id, action.text);
      case 'take': {
        // Coming back from a task agent it is the same person; otherwise the emulator chooses one.
        const before = participants.filter(({ type }) => type === 'agent').at(-1);
        return this.#api.transfer(id, 'agent', before?.name ?? undefined);
      }
      case 'transfer':
        return this.#api.transfer(id, 'virtual_agent', action.name);
      case 'start-task':
        return this.#api.transfer(id, 'task_virtual_agent', 'Verification assistant');
      case 'end':
        return this.#api.end(id);
    }
  }

  async #focusComposer(): Promise<void> {
    await this.#reading;
    await this.updateComplete;
    const conversation = this.#findConversation();
    await conversation?.updateComplete;
    if (this.detail && findPresent(this.detail.participants, 'agent')) conversation?.composer?.focus();
  }

  #findConversation(): Conversation | null {
    return this.renderRoot.querySelector('desk-conversation');
  }

  #dismissProblem(): void {
    this.problem = '';
  }

  #tell(error: unknown): void {
    this.problem = error instanceof Error ? error.message : String(error);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-desk': AgentDesk;
    'desk-conversation': Conversation;
  }
}
