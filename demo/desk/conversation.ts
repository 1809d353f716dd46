import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { DeskActionEvent, type DeskAction } from './action.js';
import type { Composer } from './composer.js';
import { conversationStyles } from './conversation.styles.js';
import type { ChatDetail, ChatSummary, Participant } from './emulator-api.js';
import { renderMessages } from './message-list.js';
import { deskStyles } from './styles.js';
import { findPresent, toClockTime, toCustomerName, toStage } from './words.js';

const roles: Readonly<Record<string, string>> = {
  end_user: 'customer',
  agent: 'agent',
  virtual_agent: 'virtual agent',
  task_virtual_agent: 'task agent',
};

/** One chat as the human agent may see it, and what can be done with it. Asks with {@link DeskActionEvent}s. */
export class Conversation extends LitElement {
  static override properties = {
    summary: { attribute: false },
    detail: { attribute: false },
    busy: { attribute: false },
    askingToEnd: { state: true },
  };

  declare summary: ChatSummary;
  declare detail: ChatDetail;
  /** True while something asked for is on its way. Its buttons rest, but keep the focus, which disabled ones would lose. */
  declare busy: boolean;
  declare askingToEnd: boolean;

  static override styles = [deskStyles, conversationStyles];

  #focused: Element | null | undefined;

  constructor() {
    super();
    this.busy = false;
    this.askingToEnd = false;
  }

  /** Where the agent writes; absent while there is nobody to write as. */
  get composer(): Composer | null {
    return this.renderRoot.querySelector('desk-composer');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement;
    const before = changed.get('detail');
    if (!before || before.id === this.detail.id) return;
    this.askingToEnd = false;
    // 0 is the end of a reversed list.
    this.renderRoot.querySelector('.log')?.scrollTo({ top: 0 });
  }

  /** A button that goes away must not take the keyboard's place on the page with it. */
  protected override updated(): void {
    if (!this.#focused || this.#focused.isConnected) return;
    this.renderRoot.querySelector<HTMLElement>(this.askingToEnd ? '.keep' : 'desk-composer, .log')?.focus();
  }

  override render(): TemplateResult {
    const { participants, agentView } = this.detail;
    const customer = toCustomerName(this.summary);
    const task = findPresent(participants, 'task_virtual_agent');
    return html`
      <div class="top">
        <a class="back" href="#" aria-label="All chats">‹</a>
        <div class="who">
          <h1>${customer}</h1>
          <small>Chat ${this.detail.id}, since ${toClockTime(this.summary.createdAt)}</small>
        </div>
        ${toStage(this.detail.status) === 'ended' ? nothing : this.#renderActions()}
      </div>
      <div class="present ${task ? 'private' : ''}" role="status">${this.#renderPresent(participants)}</div>
      <div class="log" role="log" tabindex="0" aria-label="Conversation with ${customer}">
        <div class="turns">
          ${renderMessages(agentView, customer)}
          ${task ? html`<div class="curtain">A private part of the conversation is going on here.</div>` : nothing}
        </div>
      </div>
      <div class="foot">${this.#renderFoot()}</div>
    `;
  }

  #renderActions(): TemplateResult {
    const { participants } = this.detail;
    if (this.askingToEnd) {
      return html`
        <div class="actions" role="group" aria-label="End this chat for the customer?">
          <button class="danger" aria-disabled=${this.busy} @click=${this.#confirmEnd}>End it for the customer</button>
          <button class="keep" @click=${this.#keepChat}>Keep it</button>
        </div>
      `;
    }
    const taskButton = findPresent(participants, 'task_virtual_agent')
      ? html`<button class="primary" aria-disabled=${this.busy} @click=${this.#act({ type: 'take' })}>End task</button>`
      : html`<button aria-disabled=${this.busy} @click=${this.#act({ type: 'start-task' })}>Verify customer</button>`;
    return html`
      <div class="actions">
        ${findPresent(participants, 'agent') || findPresent(participants, 'task_virtual_agent') ? taskButton : nothing}
        <desk-transfer-menu></desk-transfer-menu>
        <button class="danger" @click=${this.#askToEnd}>End chat</button>
      </div>
    `;
  }

  #renderPresent(participants: readonly Participant[]): TemplateResult {
    if (toStage(this.detail.status) === 'ended') return html`Everybody has left.`;
    const present = participants.filter(({ status }) => status === 'connected');
    const task = findPresent(participants, 'task_virtual_agent');
    return html`
      ${task
        ? html`<strong>The customer is with the verification assistant. You do not see this part.</strong>`
        : nothing}
      In this chat:
      ${present.map(({ type, name }) => {
        const role = roles[type] ?? type.replaceAll('_', ' ');
        const shown = type === 'end_user' ? toCustomerName(this.summary) : (name ?? role);
        return html`<span class="chip ${type}">${shown}${shown === role ? '' : ` (${role})`}</span>`;
      })}
    `;
  }

  #renderFoot(): TemplateResult {
    const { status, participants, id } = this.detail;
    if (toStage(status) === 'ended') return html`<p class="over">This chat has ended.</p>`;
    if (findPresent(participants, 'task_virtual_agent')) {
      return html`<p class="over">You can write again when the verification is over.</p>`;
    }
    if (findPresent(participants, 'agent')) return html`<desk-composer .chatId=${id}></desk-composer>`;
    const waits = toStage(status) === 'waiting';
    return html`
      <div class="take">
        <p>${waits ? 'The customer waits for a person.' : 'A virtual agent has this chat. You can step in.'}</p>
        <button class="primary" aria-disabled=${this.busy} @click=${this.#act({ type: 'take' })}>Take this chat</button>
      </div>
    `;
  }

  #act(action: DeskAction): () => void {
    return () => {
      if (!this.busy) this.dispatchEvent(new DeskActionEvent(action));
    };
  }

  #askToEnd(): void {
    this.askingToEnd = true;
  }

  #keepChat(): void {
    this.askingToEnd = false;
  }

  #confirmEnd(): void {
    if (this.busy) return;
    this.askingToEnd = false;
    this.dispatchEvent(new DeskActionEvent({ type: 'end' }));
  }
}
