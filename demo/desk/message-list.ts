import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskMessage } from './emulator-api.js';
import { toClockTime, toInitials, toPlainText, toReadable, toSenderName } from './words.js';

/** What one person said in a row. */
interface Turn {
  readonly first: DeskMessage;
  readonly messages: readonly DeskMessage[];
}

/** Draws messages as turns: one name and time for whatever the same person said in a row. */
export function renderMessages(messages: readonly DeskMessage[], customer: string): TemplateResult {
  return html`${repeat(toTurns(messages), ({ first }) => first.id, (turn) => renderTurn(turn, customer))}`;
}

function toTurns(messages: readonly DeskMessage[]): Turn[] {
  const turns: { first: DeskMessage; messages: DeskMessage[] }[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last?.first.from === message.from && last.first.name === message.name) last.messages.push(message);
    else turns.push({ first: message, messages: [message] });
  }
  return turns;
}

function renderTurn({ first, messages }: Turn, customer: string): TemplateResult {
  const name = toSenderName(first, customer);
  const automated = first.from.endsWith('virtual_agent');
  return html`
    <article class="turn ${first.from}">
      <span class="avatar" aria-hidden="true">${toInitials(name)}</span>
      <div>
        <header>
          <span class="name">${name}</span>
          ${automated ? html`<span class="tag">virtual agent</span>` : nothing}
          <time datetime=${first.at}>${toClockTime(first.at)}</time>
        </header>
        ${messages.map((message) => html`<p class="bubble">${renderText(message)}</p>`)}
      </div>
    </article>
  `;
}

/** A text stands as it was written, line breaks included. Of markdown, a desk needs no more than what is bold. */
function renderText(message: DeskMessage): string | readonly (string | TemplateResult)[] {
  const text = toPlainText(message);
  if (message.type !== 'markdown') return text;
  const parts = toReadable(text).split('**');
  return parts.map((part, index) => (index % 2 === 1 && index < parts.length - 1 ? html`<b>${part}</b>` : part));
}
