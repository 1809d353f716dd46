import { html, nothing, type TemplateResult } from 'lit';
import type { ChatItem } from '../client/index.js';
import { participantOf } from '../client/selectors.js';
import { isAutomated, type Chat, type Message, type Notice } from '../protocol/index.js';
import type { Dictionary } from '../i18n/index.js';
import { renderAvatar } from './avatar.js';
import { nameOf } from './header.js';
import { lockIcon, robotIcon } from './icons.js';
import { renderContent } from './message-content.js';
import { renderMeta } from './message-meta.js';
import type { PanelRequest } from './panel-request.js';

/** What all rows share. */
export interface RowContext {
  readonly chat: Chat | null;
  readonly dictionary: Dictionary;
  /** BCP 47, for times. */
  readonly locale: string;
  /** Null until the renderer is loaded, and where markdown is not wanted. */
  readonly renderMarkdown: ((text: string) => unknown) | null;
  /** True once `<ccai-rich-message>` is defined. */
  readonly isRichReady: boolean;
  /** Schemes beside http(s) whose links are followed. */
  readonly linkSchemes: readonly string[];
  /** Rows before this index do not move when they appear. */
  readonly historyEnd: number;
  /** True: nobody answers any more. */
  readonly closed: boolean;
  /** Ids of the messages whose quick replies were tapped. */
  readonly answered: ReadonlySet<string>;
  /** Ids of the visitor's private messages that are shown. */
  readonly revealed: ReadonlySet<string>;
  readonly onReveal: (id: string) => void;
  readonly onAsk: (request: PanelRequest) => void;
}

export type MessageItem = Extract<ChatItem, { kind: 'message' }>;

/** A row and its neighbours. */
export interface RowPlace {
  readonly items: readonly ChatItem[];
  readonly index: number;
}

/** Messages of one sender within this time are one group. */
const GROUP_MILLISECONDS = 5 * 60_000;

export function renderItem(place: RowPlace, context: RowContext): TemplateResult | typeof nothing {
  const item = place.items[place.index];
  if (!item) return nothing;
  return item.kind === 'message' ? renderMessage(item, place, context) : renderNotice(item.notice, place, context);
}

/**
 * A line between messages; the end is only said here, the foot of the panel shows it. Kinds newer than this code are not shown.
 * Whoever comes has a name a moment later, and to say it twice, once without and once with it, is once too often: without one
 * they are told of when more has happened than that they came and spoke, and a virtual agent not before somebody else comes.
 */
function renderNotice(notice: Notice, { items, index }: RowPlace, context: RowContext): TemplateResult | typeof nothing {
  const { chat, dictionary: texts } = context;
  if (notice.kind === 'ended') return html`<p class="hidden-text">${texts.ended}</p>`;
  if (notice.kind !== 'transfer' || !notice.transfer) return nothing;
  const { to } = notice.transfer;
  const participant = participantOf(chat, to);
  const isOfNewcomer = ({ sender: { kind } }: Message): boolean =>
    kind === to.kind || (kind === 'end_user' && to.kind === 'virtual_agent');
  const isNew = (): boolean => items.slice(index + 1).every((item) => item.kind === 'message' && isOfNewcomer(item.message));
  if (!participant?.name && isNew()) return nothing;
  return html`<p class="notice" part="notice">
    ${renderAvatar(participant, to.kind)}
    <span>
      <bdi>${texts.nowChattingWith(nameOf(participant, to.kind, texts))}</bdi>
      ${isAutomated(to.kind) ? html`<span class="automated">${texts.automated}</span>` : nothing}
    </span>
  </p>`;
}

function renderMessage(item: MessageItem, place: RowPlace, context: RowContext): TemplateResult {
  const { message } = item;
  const own = message.sender.kind === 'end_user';
  const first = !isSameGroup(place.items[place.index - 1], message);
  const last = !isSameGroup(place.items[place.index + 1], message);
  const fresh = place.index >= context.historyEnd;
  const isPrivate = message.private && message.type !== 'removed';
  const classes = [own ? 'own' : 'other', first && 'first', last && 'last', fresh && 'fresh', isPrivate && 'private'];
  return html`<div class="row ${classes.filter(Boolean).join(' ')}" part="message">
    ${renderSender(message, first, context)}
    ${own || !last ? nothing : renderAvatar(participantOf(context.chat, message.sender), message.sender.kind)}
    ${renderContent(message, context)}
    ${isPrivate && last ? html`<p class="meta only-you">${lockIcon}${context.dictionary.privateMessage}</p>` : nothing}
    ${renderMeta(item, last, context)}
  </div>`;
}

/** The sender is shown at the start of a group, and said with every message: that it is private first, then who, and what. */
function renderSender(message: Message, first: boolean, context: RowContext): TemplateResult {
  const { kind } = message.sender;
  const { dictionary: texts, chat } = context;
  const name = nameOf(participantOf(chat, message.sender), kind, texts);
  const marker = message.private ? `${texts.private}, ` : '';
  if (kind === 'end_user' || !first) {
    return html`<span class="hidden-text">${marker}${name}${isAutomated(kind) ? `, ${texts.automated}` : ''}:</span>`;
  }
  return html`<p class="sender">
    <span class="hidden-text">${marker}</span>
    <bdi class="name">${name}</bdi>
    ${isAutomated(kind) ? html`<span class="automated">${robotIcon}${texts.automated}</span>` : nothing}
  </p>`;
}

function isSameGroup(neighbour: ChatItem | undefined, message: Message): boolean {
  if (neighbour?.kind !== 'message') return false;
  const other = neighbour.message;
  if (other.sender.kind !== message.sender.kind || other.sender.id !== message.sender.id) return false;
  if (other.private !== message.private) return false;
  return !(Math.abs(Date.parse(other.at) - Date.parse(message.at)) > GROUP_MILLISECONDS);
}
