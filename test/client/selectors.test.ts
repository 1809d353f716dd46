import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { activeParticipant, participantOf } from '../../src/client/index.js';
import type { Participant } from '../../src/protocol/index.js';
import { ava, chatWith, jane, task } from './conversation.js';

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

