import { html, nothing, type TemplateResult } from 'lit';
import { activeParticipant, participantOf } from '../client/selectors.js';
import type { Message } from '../protocol/index.js';
import type { Dictionary } from '../i18n/index.js';
import { nameOf } from './header.js';
import { alertIcon, checkIcon, clockIcon, retryIcon } from './icons.js';
import type { MessageItem, RowContext } from './message-row.js';
import type { PanelRequest } from './panel-request.js';

/** Time at the end of a group; what became of an own message wherever it is not simply sent. */
export function renderMeta(item: MessageItem, last: boolean, context: RowContext): TemplateResult | typeof nothing {
  const { delivery, at } = item.message;
  if (delivery === 'failed' || delivery === 'uncertain') return renderUndelivered(item, context);
  if (!last && delivery !== 'sending') return nothing;
  return html`<p class="meta" part="timestamp">${renderTime(at, context.locale)} ${renderDelivery(delivery, context.dictionary)}</p>`;
}

/** What can be done now: for something private, never a word to somebody else without being asked for by name. */
function renderUndelivered({ message, code }: MessageItem, context: RowContext): TemplateResult {
  const { dictionary: texts, closed, chat, onAsk } = context;
  const { id, to } = message;
  const failed = message.delivery === 'failed';
  const gone = code === 'addressee-gone';
  const next = closed ? null : activeParticipant(chat);
  const same = next !== null && next.kind === to?.kind && next.id === to.id;
  const lost = message.private && closed;
  const button = (request: PanelRequest, label: unknown) =>
    html`<button type="button" @click=${() => { onAsk(request); }}>${label}</button>`;
  return html`<div class="meta undelivered">
    <span>${alertIcon}${gone ? nameReason(same, context) : failed ? texts.notDelivered : texts.uncertain}</span>
    ${lost || (gone && !same)
      ? nothing
      : button({ type: 'retry', id }, html`${retryIcon}${failed ? texts.tryAgain : texts.sendAgain}`)}
    ${next && (lost || gone)
      ? button({ type: 'redirect', id }, same ? texts.sendAnyway : texts.sendTo(nameOf(next, next.kind, texts)))
      : nothing}
    ${message.private && failed ? button({ type: 'discard', id }, texts.discard) : nothing}
  </div>`;
}

/** Gone for all that is known, or only not certain to be there; then whoever would read it instead is named. */
function nameReason(same: boolean, { chat, dictionary: texts }: RowContext): string {
  const agent = participantOf(chat, { kind: 'agent', id: null });
  return same ? texts.addresseeUnsure(nameOf(agent, 'agent', texts)) : texts.addresseeGone;
}

function renderDelivery(delivery: Message['delivery'], texts: Dictionary) {
  if (delivery === 'sending') return html`<span class="delivery">${clockIcon}${texts.sending}</span>`;
  return delivery === 'sent' ? html`<span class="delivery">${checkIcon}${texts.sent}</span>` : nothing;
}

function renderTime(at: string, locale: string): TemplateResult | typeof nothing {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return nothing;
  const isToday = date.toDateString() === new Date().toDateString();
  const format = timeFormat(locale, isToday);
  return html`<time datetime=${date.toISOString()}>${format.format(date)}</time>`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs far more than using it. */
function timeFormat(locale: string, isToday: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${String(isToday)}`;
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...day, hour: 'numeric', minute: '2-digit' });
  formats.set(key, format);
  return format;
}
