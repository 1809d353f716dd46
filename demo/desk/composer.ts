import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { DeskActionEvent } from './action.js';
import { deskStyles } from './styles.js';

/** What was begun in which chat; it outlives the composer, which is away while somebody else has the chat. */
const drafts = new Map<number, string>();

/**
 * Where the agent writes. Enter sends, Shift+Enter breaks the line. Asks with a {@link DeskActionEvent};
 * whoever hears it calls {@link Composer.giveBack} where the text could not be sent.
 */
export class Composer extends LitElement {
  static override properties = { chatId: { attribute: false }, draft: { state: true } };

  declare chatId: number;
  declare draft: string;

  static override styles = [
    deskStyles,
    css`
      :host {
        display: block;
      }
      form {
        display: flex;
        align-items: end;
        gap: 0.5rem;
      }
      textarea {
        flex: 1;
        min-inline-size: 0;
        min-block-size: 2.75rem;
        max-block-size: 9rem;
        padding: 0.6rem 0.85rem;
        border: 1px solid var(--line);
        border-radius: 0.9rem;
        background: var(--ground);
        font-size: 1rem;
        line-height: 1.4;
        resize: none;
        field-sizing: content;
      }
      textarea::placeholder {
        color: var(--muted);
        opacity: 1;
      }
      button {
        min-block-size: 2.75rem;
        border-radius: 0.9rem;
      }
    `,
  ];

  constructor() {
    super();
    this.chatId = 0;
    this.draft = '';
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('textarea')?.focus(options);
  }

  /** Puts a text that did not go through back under the pen, before whatever was written since. */
  giveBack(chatId: number, text: string): void {
    const since = drafts.get(chatId) ?? '';
    drafts.set(chatId, [text, since].filter(Boolean).join('\n'));
    if (chatId === this.chatId) this.draft = drafts.get(chatId) ?? '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('chatId')) this.draft = drafts.get(this.chatId) ?? '';
  }

  override render(): TemplateResult {
    return html`
      <form @submit=${this.#handleSubmit}>
        <textarea
          rows="1"
          aria-label="Your answer"
          placeholder="Write to the customer"
          .value=${this.draft}
          @input=${this.#handleInput}
          @keydown=${this.#handleKey}
        ></textarea>
        <button class="primary" ?disabled=${this.draft.trim() === ''}>Send</button>
      </form>
    `;
  }

  #handleInput(event: InputEvent): void {
    this.#keep((event.target as HTMLTextAreaElement).value);
  }

  #handleKey(event: KeyboardEvent): void {
    // Enter also accepts a suggestion of an input method; that is not an Enter to send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #handleSubmit(event: SubmitEvent): void {
    event.preventDefault();
    this.#send();
  }

  #keep(draft: string): void {
    this.draft = draft;
    drafts.set(this.chatId, draft);
  }

  #send(): void {
    const text = this.draft.trim();
    if (text === '') return;
    this.#keep('');
    this.dispatchEvent(new DeskActionEvent({ type: 'say', text }));
  }
}
