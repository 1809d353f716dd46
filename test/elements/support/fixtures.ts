import type { ChatItem, ChatState } from '../../../src/client/index.js';
import type { Chat, Message, Participant, ParticipantKind } from '../../../src/protocol/index.js';

/** The people of all element tests. */
export const pine: Participant = { kind: 'virtual_agent', id: 7, name: 'Pine', avatarUrl: null, active: true };
export const jane: Participant = { kind: 'agent', id: 12, name: 'Jane Moreau', avatarUrl: null, active: true };
export const task: Participant = { kind: 'task_virtual_agent', id: 31, name: 'Card check', avatarUrl: null, active: true };
export const returns: Participant = { kind: 'virtual_agent', id: 9, name: 'Returns desk', avatarUrl: null, active: true };

export function createChat(change: Partial<Chat> = {}): Chat {
  return {
    id: 4711,
    status: 'va_assigned',
    participants: [pine],
    timeoutAt: null,
    ...change,
  };
}

let lastId = 0;

/** A message at its place in the log. */
export function say(
  from: ParticipantKind,
  text: string,
  change: Partial<Message> & { seq?: number | null; code?: string } = {},
): ChatItem {
  lastId += 1;
  const { seq = lastId, code = null, ...rest } = change;
  const person = { end_user: null, agent: jane.id, virtual_agent: pine.id, task_virtual_agent: task.id }[from];
  const message: Message = {
    id: `message-${lastId}`,
    type: 'text',
    text,
    parts: null,
    sender: { kind: from, id: person },
    at: new Date(Date.UTC(2026, 0, 5, 10, 0, lastId)).toISOString(),
    private: false,
    to: null,
    replyTo: null,
    delivery: from === 'end_user' ? 'sent' : null,
    ...rest,
  };
  return { kind: 'message', seq, message, code };
}

/** The notice of a transfer. */
export function transfer(from: Participant | null, to: Participant): ChatItem {
  lastId += 1;
  const refOf = ({ kind, id }: Participant) => ({ kind, id });
  const notice = {
    id: `notice-${lastId}`,
    kind: 'transfer',
    at: '2026-01-05T10:05:00.000Z',
    transfer: { from: from && refOf(from), to: refOf(to) },
    reason: null,
  };
  return { kind: 'notice', seq: lastId, notice };
}

/** A running chat with a task virtual agent, which alone reads, while the human agent who started it waits. */
export function runningTask(items: readonly ChatItem[], change: Partial<ChatState> = {}): Partial<ChatState> {
  return running(items, { chat: createChat({ status: 'assigned', participants: [jane, task] }), phase: 'agent', ...change });
}

/** A running chat with the human agent. */
export function runningWithJane(items: readonly ChatItem[], change: Partial<ChatState> = {}): Partial<ChatState> {
  const chat = createChat({ status: 'assigned', participants: [jane, { ...task, active: false }] });
  return running(items, { chat, phase: 'agent', ...change });
}

/** A running chat with the virtual agent. */
export function running(items: readonly ChatItem[], change: Partial<ChatState> = {}): Partial<ChatState> {
  return { chat: createChat(), phase: 'virtual_agent', connection: 'open', items, ...change };
}
