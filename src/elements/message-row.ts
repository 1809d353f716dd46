import { html, nothing, type TemplateResult } from 'lit';
import type { ChatItem } from '../client/index.js';
import { participantOf } from '../client/selectors.js';
import { isAutomated, type Chat, type Message, type Notice } from '../protocol/index.js';
import type { Dictionary } from '../i18n/index.js';
import { renderAvatar } from './avatar.js';
import { nameOf } from './header.js';
import { alertIcon, checkIcon, clockIcon, lockIcon, retryIcon, robotIcon } from './icons.js';
import { linkify } from './links.js';

/** What all rows share. */
export interface RowContext {
  readonly chat: Chat | null;
  readonly dictionary: Dictionary;
  /** BCP 47, for times. */
  readonly locale: string;
  /** Null until the renderer is loaded, and where markdown is not wanted. */
  readonly renderMarkdown: ((text: string) => unknown) | null;
  /** Rows before this index do not move when they appear. */
  readonly historyEnd: number;
  readonly onRetry: (id: string) => void;
}

/** A row and its neighbours. */
export interface RowPlace {
  readonly items: readonly ChatItem[];
  readonly index: number;
}

/** Messages of one sender within this time are one group. */
const GROUP_MILLISECONDS = 5 * 60_000;

/** Stays the same while a message travels from `sending` to its place in the log. */
export function keyOf(item: ChatItem): string {
  return item.kind === 'message' ? `message ${item.message.id}` : `notice ${item.notice.id}`;
}

export function renderItem(place: RowPlace, context: RowContext): TemplateResult | typeof nothing {
  const item = place.items[place.index];
  if (!item) return nothing;
  return item.kind === 'message' ? renderMessage(item.message, place, context) : renderNotice(item.notice, context);
}

/** A line between messages; the end is only said here, the foot of the panel shows it. Kinds newer than this code are not shown. */
function renderNotice(notice: Notice, context: RowContext): TemplateResult | typeof nothing {
  const { chat, dictionary: texts } = context;
  if (notice.kind === 'ended') return html`<p class="hidden-text">${texts.ended}</p>`;
  if (notice.kind !== 'transfer' || !notice.transfer) return nothing;
  const { to } = notice.transfer;
  const participant = participantOf(chat, to);
  return html`<p class="notice" part="notice">
    ${renderAvatar(participant, to.kind)}
    <span>
      <bdi>${texts.nowChattingWith(nameOf(participant, to.kind, texts))}</bdi>
      ${isAutomated(to.kind) ? html`<span class="automated">${texts.automated}</span>` : nothing}
    </span>
  </p>`;
}

function renderMessage(message: Message, place: RowPlace, context: RowContext): TemplateResult {
  const own = message.sender.kind === 'end_user';
  const first = !isSameGroup(place.items[place.index - 1], message);
  const last = !isSameGroup(place.items[place.index + 1], message);
  const fresh = place.index >= context.historyEnd;
  const classes = [own ? 'own' : 'other', first && 'first', last && 'last', fresh && 'fresh', message.private && 'private'];
  return html`<div class="row ${classes.filter(Boolean).join(' ')}" part="message">
    ${renderSender(message, first, context)}
    ${own || !last ? nothing : renderAvatar(participantOf(context.chat, message.sender), message.sender.kind)}
    <div class="bubble ${message.type} ${message.delivery ?? ''}" part="bubble" dir="auto">${renderText(message, context)}</div>
    ${message.private ? html`<p class="meta only-you">${lockIcon}${context.dictionary.privateMessage}</p>` : nothing}
    ${renderMeta(message, last, context)}
  </div>`;
}

/** The sender is shown at the start of a group, and said with every message. */
function renderSender(message: Message, first: boolean, context: RowContext): TemplateResult {
  const { kind } = message.sender;
  const { dictionary: texts, chat } = context;
  const name = nameOf(participantOf(chat, message.sender), kind, texts);
  if (kind === 'end_user' || !first) return html`<span class="hidden-text">${name}:</span>`;
  return html`<p class="sender">
    <bdi class="name">${name}</bdi>
    ${isAutomated(kind) ? html`<span class="automated">${robotIcon}${texts.automated}</span>` : nothing}
  </p>`;
}

function renderText(message: Message, context: RowContext): unknown {
  if (message.type === 'unsupported') return context.dictionary.unsupported;
  if (message.type === 'markdown' && context.renderMarkdown) return context.renderMarkdown(message.text);
  return html`<span class="plain">${linkify(message.text)}</span>`;
}

/** Time at the end of a group; what became of an own message wherever it is not simply sent. */
function renderMeta(message: Message, last: boolean, context: RowContext): TemplateResult | typeof nothing {
  const texts = context.dictionary;
  const { delivery } = message;
  if (delivery === 'failed' || delivery === 'uncertain') {
    const failed = delivery === 'failed';
    return html`<div class="meta undelivered">
      ${alertIcon}<span>${failed ? texts.notDelivered : texts.uncertain}</span>
      <button type="button" @click=${() => { context.onRetry(message.id); }}>
        ${retryIcon}${failed ? texts.tryAgain : texts.sendAgain}
      </button>
    </div>`;
  }
  if (!last && delivery !== 'sending') return nothing;
  return html`<p class="meta" part="timestamp">${renderTime(message.at, context.locale)} ${renderDelivery(delivery, texts)}</p>`;
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

function isSameGroup(neighbour: ChatItem | undefined, message: Message): boolean {
  if (neighbour?.kind !== 'message') return false;
  const other = neighbour.message;
  if (other.sender.kind !== message.sender.kind || other.sender.id !== message.sender.id) return false;
  if (other.private !== message.private) return false;
  return !(Math.abs(Date.parse(other.at) - Date.parse(message.at)) > GROUP_MILLISECONDS);
}
