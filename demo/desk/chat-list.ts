import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatSummary } from './emulator-api.js';
import { deskStyles } from './styles.js';
import { toClockTime, toCustomerName, toInitials, toPreview, toStage, toStatusWords, type Stage } from './words.js';

const sections: readonly { readonly stage: Stage; readonly title: string }[] = [
  { stage: 'waiting', title: 'Waiting for a person' },
  { stage: 'talking', title: 'In conversation' },
  { stage: 'ended', title: 'Ended' },
];

/** The list of chats: who waits, who talks, what is over. Each line is a link to `#chat-<id>`. */
export class ChatList extends LitElement {
  static override properties = {
    chats: { attribute: false },
    unread: { attribute: false },
    selectedId: { attribute: false },
  };

  declare chats: readonly ChatSummary[];
  declare unread: ReadonlySet<number>;
  declare selectedId: number | undefined;

  static override styles = [
    deskStyles,
    css`
      :host {
        display: block;
        overflow-y: auto;
        padding: 0 0.5rem 1rem;
      }
      h2 {
        margin: 1rem 0.75rem 0.35rem;
        color: var(--muted);
        font-size: 0.75rem;
        font-weight: 650;
        letter-spacing: 0.03em;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      a {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 0 0.7rem;
        align-items: center;
        padding: 0.6rem 0.75rem;
        border-radius: 0.75rem;
        color: inherit;
        text-decoration: none;
      }
      a:hover {
        background: var(--raised);
      }
      a[aria-current] {
        background: var(--accent-soft);
      }
      .waiting .avatar {
        background: var(--warm-soft);
        color: var(--warm);
      }
      .talking .avatar {
        background: var(--accent-soft);
        color: var(--accent);
      }
      a[aria-current] .avatar {
        background: var(--surface);
      }
      .name,
      .last,
      .status {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name {
        font-weight: 600;
      }
      .last,
      .status,
      time {
        color: var(--muted);
        font-size: 0.8125rem;
      }
      .unread .last {
        color: var(--text);
        font-weight: 600;
      }
      .waiting .status {
        color: var(--warm);
      }
      .side {
        display: grid;
        justify-items: end;
        gap: 0.4rem;
        align-self: start;
        padding-block-start: 0.1rem;
      }
      .dot {
        inline-size: 0.6rem;
        block-size: 0.6rem;
        border-radius: 50%;
        background: var(--accent);
      }
      .empty {
        margin: 2.5rem 1rem;
        color: var(--muted);
        text-align: center;
        text-wrap: balance;
      }
      .empty a {
        display: inline;
        padding: 0;
        color: var(--accent);
        text-decoration: underline;
      }
    `,
  ];

  constructor() {
    super();
    this.chats = [];
    this.unread = new Set();
    this.selectedId = undefined;
  }

  override render(): TemplateResult {
    return html`<nav aria-label="Chats">
      ${this.chats.length > 0
        ? sections.map(({ stage, title }) => this.#renderSection(stage, title))
        : html`<p class="empty">
            No chats yet. Write something on <a href="/" target="_blank">the demo site</a>: the chat appears here at once.
          </p>`}
    </nav>`;
  }

  #renderSection(stage: Stage, title: string): TemplateResult | typeof nothing {
    const chats = this.chats.filter(({ status }) => toStage(status) === stage).sort((one, other) => other.id - one.id);
    if (chats.length === 0) return nothing;
    return html`
      <h2 id=${stage}>${title}</h2>
      <ul class=${stage} aria-labelledby=${stage}>
        ${repeat(chats, ({ id }) => id, (chat) => html`<li>${this.#renderChat(chat)}</li>`)}
      </ul>
    `;
  }

  #renderChat(chat: ChatSummary): TemplateResult {
    const { id, status, participants, lastMessage, createdAt } = chat;
    const unread = this.unread.has(id);
    const name = toCustomerName(chat);
    return html`
      <a
        href="#chat-${id}"
        class=${unread ? 'unread' : nothing}
        aria-current=${id === this.selectedId ? 'true' : nothing}
      >
        <span class="avatar" aria-hidden="true">${toInitials(name)}</span>
        <span>
          <span class="name">${name}</span>
          <span class="status">${toStatusWords(status, participants)}</span>
          <span class="last">${lastMessage ? toPreview(lastMessage) : 'Nothing said yet'}</span>
        </span>
        <span class="side">
          <time datetime=${createdAt}>${toClockTime(createdAt)}</time>
          ${unread ? html`<span class="dot"></span><span class="hidden-label">unread</span>` : nothing}
        </span>
      </a>
    `;
  }
}
