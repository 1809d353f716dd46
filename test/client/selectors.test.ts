import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  activeParticipant,
  addresseeOf,
  answeredMessages,
  endReasonOf,
  isPrivateNow,
  participantOf,
  type ChatItem,
} from '../../src/client/index.js';
import type { Message, Participant } from '../../src/protocol/index.js';
import { at, ava, chatWith, jane, messageFrom, task } from './conversation.js';

describe('who a sender is', () => {
  const max: Participant = { ...ava, id: 16, name: 'Max', active: false };

  test('is told by kind and id', () => {
    assert.equal(participantOf(chatWith('va_assigned', max, ava), { kind: 'virtual_agent', id: 16 })?.name, 'Max');
  });

  test('is the one who is there now when the id is of another kind of thing', () => {
    assert.equal(participantOf(chatWith('va_assigned', ava, max), { kind: 'virtual_agent', id: 4711 })?.name, 'Ava');
  });

  test('is never somebody of another kind with the same id', () => {
    assert.equal(participantOf(chatWith('assigned', { ...jane, id: 15 }), { kind: 'virtual_agent', id: 15 }), null);
  });

  test('a task agent answers before the person who started it', () => {
    assert.equal(activeParticipant(chatWith('assigned', jane, task))?.name, 'Verification');
  });
});

describe('whom the next text is for', () => {
  const gone = { ...jane, active: false };
  const cases: [string, Participant[], string | null][] = [
    ['nobody while nobody is there', [gone], null],
    ['the virtual agent', [ava], 'virtual_agent 15'],
    ['the person before a virtual agent that is still there', [ava, jane], 'agent 7'],
    ['the task agent before the person who started it', [jane, task], 'task_virtual_agent 71'],
    ['the person again after the task', [jane, { ...task, active: false }], 'agent 7'],
  ];
  for (const [expected, there, wanted] of cases) {
    test(`is ${expected}`, () => {
      const state = { chat: chatWith('assigned', ...there) };
      const addressee = addresseeOf(state);
      assert.equal(addressee && `${addressee.kind} ${addressee.id}`, wanted);
      assert.equal(isPrivateNow(state), wanted === 'task_virtual_agent 71');
    });
  }

  test('is nobody before a chat', () => {
    assert.equal(addresseeOf({ chat: null }), null);
    assert.equal(isPrivateNow({ chat: null }), false);
  });
});

describe('why a chat ended', () => {
  const notice = (kind: string, reason: string | null): ChatItem => ({ kind: 'notice', seq: 1, notice: { id: kind, kind, at, transfer: null, reason } });

  test('is what its last notice tells', () => {
    assert.equal(endReasonOf([notice('ended', 'after_hours'), notice('transfer', null)]), 'after_hours');
  });

  test('is not known where the platform does not say, nor before the end', () => {
    assert.equal(endReasonOf([notice('ended', null)]), null);
    assert.equal(endReasonOf([]), null);
  });
});

describe('quick replies', () => {
  const reply = (replyTo: string | null, delivery: Message['delivery']): ChatItem => ({
    kind: 'message',
    seq: null,
    message: { ...messageFrom('end_user', 'Yes'), replyTo, delivery },
    code: null,
  });

  test('that were tapped are answered, also while the tap is on its way', () => {
    const items = [reply('q1', 'sending'), reply('q2', 'sent'), reply('q3', 'uncertain'), reply(null, 'sent')];
    assert.deepEqual([...answeredMessages(items)], ['q1', 'q2', 'q3']);
  });

  test('whose answer failed can be tapped again', () => {
    assert.deepEqual([...answeredMessages([reply('q1', 'failed')])], []);
  });
});
