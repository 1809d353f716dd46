import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { added, chatWith, messageFrom, textsOf } from './conversation.js';
import { logged, problem } from './fake-relay.js';
import { count, deliveryOf, hold, running, setUp, turns, until } from './set-up.js';

describe('trying a message again', () => {
  test('that nobody knows does nothing at all', async () => {
    const { relay, client } = setUp();
    client.retryMessage('never was');
    await turns();
    assert.deepEqual(relay.calls, []);
    assert.equal(client.state.phase, 'none');
  });

  test('that has arrived does nothing: two taps are one', async () => {
    const { relay, client } = await running();
    relay.say(added(1, { ...messageFrom('end_user', 'Hello', 'm1'), delivery: 'sent' }));
    await until(() => deliveryOf(client, 'm1') === 'sent');
    client.retryMessage('m1');
    await turns();
    assert.equal(deliveryOf(client, 'm1'), 'sent');
    assert.equal(count(relay, 'POST /chat/messages'), 0);
  });

  test('in a chat that has ended makes it the first message of the next chat', async () => {
    const { relay, client } = await running();
    relay.answer('POST /chat/messages', () => problem('chat-ended'));
    const id = client.sendMessage('One more thing');
    await until(() => deliveryOf(client, id) === 'failed');
    relay.say(logged(1, { type: 'chat-updated', chat: chatWith('finished') }));
    await until(() => client.state.phase === 'ended');
    relay.answer('POST /chat/messages', ({ body }) => Response.json({ ...(body as object), seq: 1, delivery: 'sending' }, { status: 202 }));
    client.retryMessage(id);
    await until(() => count(relay, 'POST /chat/messages') === 2);
    assert.deepEqual(textsOf(client.state as never), ['One more thing']);
    assert.equal(count(relay, 'POST /chats'), 2);
  });
});

describe('answers and the log may cross', () => {
  test('a message that the log calls sent is not called lost because its answers were', async () => {
    const { relay, client, clock } = await running();
    let tries = 0;
    relay.answer('POST /chat/messages', () => {
      tries += 1;
      throw new TypeError('network');
    });
    const id = client.sendMessage('Hello');
    await until(() => tries === 1);
    relay.say(added(1, { ...messageFrom('end_user', 'Hello', id), delivery: 'sending' }));
    relay.say(logged(2, { type: 'message-updated', id, delivery: 'sent', code: null }));
    await until(() => deliveryOf(client, id) === 'sent');
    await clock.advance(20_000);
    assert.equal(deliveryOf(client, id), 'sent');
    assert.equal(tries, 1);
    assert.equal(client.state.problem, null);
  });

  test('an answer that comes after the log has spoken does not take a message back to sending', async () => {
    const { relay, client } = await running();
    const sending = hold(() => Response.json({ id: 'x', seq: 1, delivery: 'sending' }, { status: 202 }));
    relay.answer('POST /chat/messages', sending.answer);
    const id = client.sendMessage('Hello');
    relay.say(added(1, { ...messageFrom('end_user', 'Hello', id), delivery: 'sending' }));
    relay.say(logged(2, { type: 'message-updated', id, delivery: 'sent', code: null }));
    await until(() => deliveryOf(client, id) === 'sent');
    relay.cutStream();
    await until(() => client.state.connection === 'waiting');
    sending.release();
    await turns();
    assert.equal(deliveryOf(client, id), 'sent');
  });

  test('the end of the chat while messages wait fails them, and starts no other chat behind the person\'s back', async () => {
    const { relay, client } = await running();
    const first = hold(() => problem('chat-ended'));
    relay.answer('POST /chat/messages', first.answer);
    const ids = ['one', 'two'].map((text) => client.sendMessage(text));
    relay.say(logged(1, { type: 'chat-updated', chat: chatWith('finished') }));
    await until(() => client.state.phase === 'ended');
    first.release();
    await until(() => ids.every((id) => deliveryOf(client, id) === 'failed'));
    assert.equal(count(relay, 'POST /chats'), 1);
    assert.deepEqual(textsOf(client.state as never), ['one', 'two']);
  });
});

describe('several messages before a chat', () => {
  test('that cannot be started ask for it once, and all wait for the person', async () => {
    const { relay, client } = setUp();
    relay.answer('POST /chats', () => problem('platform-unavailable'));
    const ids = ['one', 'two', 'three'].map((text) => client.sendMessage(text));
    await until(() => ids.every((id) => deliveryOf(client, id) === 'failed'));
    assert.equal(count(relay, 'POST /chats'), 1);
  });
});
