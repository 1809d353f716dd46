import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { DeskActionEvent } from './action.js';
import { deskStyles } from './styles.js';

/** Two who are in the demo's script, and one who is not: nobody but the desk speaks for that one. */
const virtualAgents = ['Ava', 'Finn', 'Billing assistant'];

/** The choice of a virtual agent to hand the chat to. Asks with a {@link DeskActionEvent}. */
export class TransferMenu extends LitElement {
  static override properties = { open: { state: true } };

  declare open: boolean;

  static override styles = [
    deskStyles,
    css`
      :host {
        position: relative;
      }
      .menu {
        position: absolute;
        z-index: 1;
        inset-block-start: calc(100% + 0.4rem);
        inset-inline-end: 0;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.15rem;
        inline-size: min(17rem, 90vi);
        padding: 0.4rem;
        border: 1px solid var(--line);
        border-radius: 0.9rem;
        background: var(--surface);
        box-shadow: 0 12px 32px rgb(0 0 0 / 0.18);
      }
      .menu button {
        justify-content: start;
        border-color: transparent;
        font-weight: 450;
      }
      .menu form {
        display: flex;
        gap: 0.4rem;
        margin-block-start: 0.25rem;
        padding: 0.5rem 0.35rem 0.25rem;
        border-block-start: 1px solid var(--line);
      }
      .menu form button {
        border-color: var(--line);
      }
      input {
        flex: 1;
        min-inline-size: 0;
        padding: 0.35rem 0.6rem;
        border: 1px solid var(--line);
        border-radius: 0.6rem;
        background: var(--ground);
      }
      @media (max-width: 45rem) {
        :host {
          position: static;
        }
        .menu {
          inset-inline: 0 auto;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.open = false;
  }

  override render(): TemplateResult {
    return html`
      <div @keydown=${this.#handleKey} @focusout=${this.#handleFocusOut}>
        <button aria-expanded=${this.open} @click=${this.#toggle}>Transfer…</button>
        ${this.open ? this.#renderMenu() : nothing}
      </div>
    `;
  }

  #renderMenu(): TemplateResult {
    return html`
      <div class="menu" role="group" aria-label="Hand over to a virtual agent">
        ${virtualAgents.map((name) => html`<button @click=${() => { this.#choose(name); }}>${name}</button>`)}
        <form @submit=${this.#handleSubmit}>
          <input name="name" required maxlength="60" aria-label="Name of another virtual agent" placeholder="Another…" />
          <button>Go</button>
        </form>
      </div>
    `;
  }

  #toggle(): void {
    this.open = !this.open;
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.open) this.#close();
  }

  #close(): void {
    this.open = false;
    this.renderRoot.querySelector('button')?.focus();
  }

  #handleFocusOut(event: FocusEvent): void {
    // Safari does not focus a button that is clicked; only a move to something outside closes the menu.
    const next = event.relatedTarget;
    if (next instanceof Node && !this.renderRoot.contains(next)) this.open = false;
  }

  #handleSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get('name');
    if (typeof name === 'string' && name.trim() !== '') this.#choose(name.trim());
  }

  #choose(name: string): void {
    this.#close();
    this.dispatchEvent(new DeskActionEvent({ type: 'transfer', name }));
  }
}
