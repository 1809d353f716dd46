import type { ChatSummary, DeskMessage, Participant, Staff } from './emulator-api.js';

/** Where a chat stands, from the agent's chair. */
export type Stage = 'waiting' | 'talking' | 'ended';

/** Whether somebody waits for a person, somebody talks, or it is over. */
export function toStage(status: string): Stage {
  if (['finished', 'failed', 'canceled', 'va_dismissed', 'dismissed'].includes(status)) return 'ended';
  return status === 'queued' ? 'waiting' : 'talking';
}

/** Whoever of a kind is in the chat now. */
export function findPresent(participants: readonly Participant[], type: Staff): Participant | undefined {
  return participants.find((one) => one.type === type && one.status === 'connected');
}

/** The customer's name, or a stand-in that tells visitors apart. */
export function toCustomerName({ endUser }: ChatSummary): string {
  return endUser.name ?? `Visitor ${endUser.id}`;
}

/** Up to two letters for an avatar. */
export function toInitials(name: string): string {
  const letters = name.split(/\s+/).map((word) => Array.from(word)[0] ?? '');
  return [letters[0], letters.length > 1 ? letters.at(-1) : ''].join('').toUpperCase();
}

/** One phrase on who has the chat. */
export function toStatusWords(status: string, participants: readonly Participant[]): string {
  if (toStage(status) === 'ended') return 'Ended';
  if (findPresent(participants, 'task_virtual_agent')) return 'Private: with the task agent';
  const agent = findPresent(participants, 'agent');
  if (agent) return `With ${agent.name ?? 'an agent'}`;
  if (status === 'queued') return 'Waiting for a person';
  const virtualAgent = findPresent(participants, 'virtual_agent');
  return virtualAgent ? `With ${virtualAgent.name ?? 'a virtual agent'}` : status.replaceAll('_', ' ');
}

/** What a message says, as plain text. */
export function toPlainText(message: Pick<DeskMessage, 'content'> & { readonly type?: string }): string {
  const { content } = message;
  if (typeof content === 'string') return content;
  const text = (content as { text?: unknown } | null | undefined)?.text;
  return typeof text === 'string' ? text : `(${message.type ?? 'rich'} message)`;
}

/** One line for a list, without the marks of markdown. */
export function toPreview(message: Pick<DeskMessage, 'content'>): string {
  return toPlainText(message).replaceAll(/\*\*|`/g, '').replaceAll(/\s+/g, ' ');
}

/** Markdown without a renderer: bullets are bullets, a link is its words and its address. Bold is left to the caller. */
export function toReadable(markdown: string): string {
  return markdown
    .replaceAll(/^[-*] /gm, '• ')
    .replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/g, '$1 ($2)')
    .replaceAll('`', '');
}

/** Who a message is from, for its label. */
export function toSenderName({ from, name }: DeskMessage, customer: string): string {
  if (from === 'end_user') return customer;
  return name ?? (from === 'agent' ? 'Agent' : 'Virtual agent');
}

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

/** Time of day in the reader's own habit; empty for what is no time. */
export function toClockTime(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? '' : clock.format(time);
}
