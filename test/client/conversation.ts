import type { Chat, Message, Participant } from '../../src/protocol/index.js';
import { emptyModel, reduce, type LogInput, type Model } from '../../src/client/reduce.js';

/** Literal pieces of conversations, for tests that are about what becomes of them. */
export const at = '2026-01-02T10:00:00.000Z';

export const ava: Participant = { kind: 'virtual_agent', id: 15, name: 'Ava', avatarUrl: null, active: true };
export const max: Participant = { kind: 'virtual_agent', id: 16, name: 'Max', avatarUrl: null, active: true };
export const task: Participant = { kind: 'task_virtual_agent', id: 71, name: 'Verification', avatarUrl: null, active: true };
export const jane: Participant = { kind: 'agent', id: 7, name: 'Jane Doe', avatarUrl: null, active: true };

export function chatWith(status: string, ...participants: Participant[]): Chat {
  return { id: 37, status, participants, timeoutAt: null };
}

export function messageFrom(person: Participant | 'end_user', text: string, id = text): Message {
  const sender = person === 'end_user' ? { kind: person, id: null } : { kind: person.kind, id: person.id };
  return { id, type: 'text', text, parts: null, sender, at, private: false, to: null, replyTo: null, delivery: null };
}

export function added(seq: number, message: Message): LogInput {
  return { seq, type: 'message-added', at, message } as LogInput;
}

/** A model that read `events` of a chat in one go. */
export function modelOf(...events: LogInput[]): Model {
  return reduce(emptyModel, { type: 'history-loaded', epoch: '00000000000000aa', events, at: Date.parse(at) });
}

/** A model one event later. */
export function after(model: Model, event: object, now = Date.parse(at)): Model {
  const seq = (model.cursor?.seq ?? 0) + 1;
  return reduce(model, { type: 'event-received', event: { at, ...event, seq } as unknown as LogInput, at: now });
}

export function textsOf(model: Model): string[] {
  return model.items.map((item) => (item.kind === 'message' ? item.message.text : `(${item.notice.kind})`));
}
