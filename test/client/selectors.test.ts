import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { activeParticipant, participantOf, visibleItems, type ChatItem } from '../../src/client/index.js';
import type { Participant, ParticipantKind } from '../../src/protocol/index.js';
import { at, ava, chatWith, jane } from './conversation.js';

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
    const task: Participant = { kind: 'task_virtual_agent', id: 71, name: 'Verification', avatarUrl: null, active: true };
    assert.equal(activeParticipant(chatWith('assigned', jane, task))?.name, 'Verification');
  });
});

describe('hiding transfers between virtual agents', () => {
  const transfer = (from: ParticipantKind | null, to: ParticipantKind): ChatItem => ({
    kind: 'notice',
    seq: 1,
    notice: { id: 'n', kind: 'transfer', at, transfer: { from: from && { kind: from, id: 1 }, to: { kind: to, id: 2 } } },
  });
  const cases: [ParticipantKind | null, ParticipantKind, 'shown' | 'hidden'][] = [
    ['virtual_agent', 'virtual_agent', 'hidden'],
    ['virtual_agent', 'agent', 'shown'],
    ['agent', 'virtual_agent', 'shown'],
    ['agent', 'agent', 'shown'],
    ['agent', 'task_virtual_agent', 'shown'],
    ['task_virtual_agent', 'agent', 'shown'],
    [null, 'agent', 'shown'],
  ];
  for (const [from, to, expected] of cases) {
    test(`a transfer from ${from ?? 'nobody'} to ${to} is ${expected}`, () => {
      const visible = visibleItems([transfer(from, to)], { hideVaToVaSystemMessages: true });
      assert.equal(visible.length === 1 ? 'shown' : 'hidden', expected);
    });
  }

  test('everything is shown when nothing is to be hidden', () => {
    const items = [transfer('virtual_agent', 'virtual_agent')];
    assert.equal(visibleItems(items, { hideVaToVaSystemMessages: false }), items);
  });
});
