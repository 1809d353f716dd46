import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { reduce, type Model } from '../../src/client/reduce.js';
import { added, at, ava, chatWith, jane, messageFrom, modelOf, textsOf } from './conversation.js';

describe('the log becomes the conversation', () => {
  test('an event that comes twice is shown once', () => {
    const event = added(1, messageFrom(ava, 'Hello'));
    const model = reduce(modelOf(event), { type: 'event-received', event, at: 0 });
    assert.deepEqual(textsOf(model), ['Hello']);
  });

  test('however events are repeated, each is shown once and in order', () => {
    const events = [1, 2, 3, 4, 5].map((seq) => added(seq, messageFrom(ava, `message ${seq}`)));
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 20 }), (noise) => {
        let model = modelOf();
        const play = (index: number) => {
          const event = events[index];
          if (event) model = reduce(model, { type: 'event-received', event, at: 0 });
        };
        events.forEach((_event, index) => {
          play(index);
          for (const old of noise) if (old <= index) play(old);
        });
        assert.deepEqual(textsOf(model), events.map((event) => `message ${event.seq}`));
      }),
    );
  });

  test('an event of a type from the future is skipped, and those after it are not', () => {
    const model = modelOf({ seq: 1, type: 'hologram-added' }, added(2, messageFrom(ava, 'Hello')));
    assert.deepEqual(textsOf(model), ['Hello']);
    assert.equal(model.cursor?.seq, 2);
  });

  test('a message of a participant kind from the future does not stop the ones after it', () => {
    const alien = { ...messageFrom(ava, 'beep'), sender: { kind: 'hologram', id: 1 } };
    const model = modelOf(added(1, alien as never), added(2, messageFrom(ava, 'Hello')));
    assert.deepEqual(textsOf(model), ['Hello']);
  });
});

describe('what the visitor writes', () => {
  const compose = (model: Model, text: string) =>
    reduce(model, { type: 'message-composed', message: { ...messageFrom('end_user', text), delivery: 'sending' } });

  test('is shown at once, after everything else', () => {
    assert.deepEqual(textsOf(compose(modelOf(added(1, messageFrom(ava, 'Hello'))), 'Hi')), ['Hello', 'Hi']);
  });

  test('takes its place in the log when the relay has it, and is not shown twice', () => {
    const written = compose(compose(modelOf(), 'one'), 'two');
    const answered = reduce(written, { type: 'event-received', event: added(1, messageFrom('end_user', 'one')), at: 0 });
    assert.deepEqual(textsOf(answered), ['one', 'two']);
    assert.deepEqual(answered.items.map((item) => item.seq), [1, null]);
  });

  test('stays when the history is read anew', () => {
    const written = compose(modelOf(), 'not sent yet');
    const events = [added(1, messageFrom(ava, 'Hello'))];
    const model = reduce(written, { type: 'history-loaded', epoch: '00000000000000bb', events, at: 0 });
    assert.deepEqual(textsOf(model), ['Hello', 'not sent yet']);
  });

  test('stays, as not delivered, when the chat is gone', () => {
    const model = reduce(compose(modelOf(added(1, messageFrom(ava, 'Hello'))), 'Hi'), { type: 'handle-lost' });
    assert.deepEqual(textsOf(model), ['Hi']);
    assert.equal(model.items[0]?.kind === 'message' && model.items[0].message.delivery, 'failed');
    assert.equal(model.phase, 'none');
  });
});

describe('who takes part', () => {
  test('a join that knows only an id keeps the name told before', () => {
    const start = modelOf({ seq: 1, type: 'chat-updated', at, chat: chatWith('queued', { ...jane, active: false }) } as never);
    const joined = { seq: 2, type: 'participant-joined', at, participant: { ...jane, name: null } };
    const model = reduce(start, { type: 'event-received', event: joined, at: 0 });
    assert.deepEqual(model.chat?.participants, [jane]);
  });

  test('a status from the future is no end of the chat', () => {
    const model = modelOf({ seq: 1, type: 'chat-updated', at, chat: chatWith('levitating', ava) } as never);
    assert.equal(model.phase, 'unknown');
  });
});
