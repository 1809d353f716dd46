import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../src/protocol/index.js';
import { added, ava, chatWith, messageFrom, textsOf } from './conversation.js';
import { logged, problem } from './fake-relay.js';
import { deliveryOf, setUp, until } from './set-up.js';

describe('a first message', () => {
  test('starts the chat, is shown at once and is sent when the chat runs', async () => {
    const { relay, client, kept } = setUp();
    const id = client.sendMessage('Hello');
    assert.deepEqual(textsOf(client.state as never), ['Hello']);
    assert.equal(deliveryOf(client, id), 'sending');
    await until(() => client.state.connection === 'open');
    assert.deepEqual(relay.calls.slice(0, 2), ['POST /chats', 'GET /chat/events']);
    assert.ok(relay.calls.includes('POST /chat/messages'));
    assert.equal(kept.handle, 'token');
  });

  test('of two, neither starts a second chat', async () => {
    const { relay, client } = setUp();
    client.sendMessage('one');
    client.sendMessage('two');
    await until(() => relay.calls.filter((call) => call === 'POST /chat/messages').length === 2);
    assert.equal(relay.calls.filter((call) => call === 'POST /chats').length, 1);
  });

  test('is kept as not delivered when no chat can be started, and the chat is not asked for twice by itself', async () => {
    const { relay, client } = setUp();
    relay.answer('POST /chats', () => problem('platform-unauthorized'));
    const id = client.sendMessage('Hello');
    await until(() => deliveryOf(client, id) === 'failed');
    assert.deepEqual(client.state.problem, { code: 'platform-unauthorized', retryable: true });
    assert.equal(relay.calls.filter((call) => call === 'POST /chats').length, 1);
    assert.equal(client.state.phase, 'none');
  });

  test('goes out by the person\'s second try, and only once', async () => {
    const { relay, client } = setUp();
    relay.answer('POST /chats', () => problem('platform-unavailable'));
    const id = client.sendMessage('Hello');
    await until(() => deliveryOf(client, id) === 'failed');
    relay.answer('POST /chats', () => Response.json({ chat: chatWith('queued'), token: 'token', epoch: '00000000000000aa' }, { status: 201 }));
    client.retryMessage(id);
    await until(() => client.state.connection === 'open');
    assert.equal(relay.calls.filter((call) => call === 'POST /chat/messages').length, 1);
    assert.deepEqual(textsOf(client.state as never), ['Hello']);
  });
});

describe('sending', () => {
  test('tries again with the same id when the relay did not answer, then gives the choice to the person', async () => {
    const { relay, client, clock } = setUp();
    const ids: unknown[] = [];
    relay.answer('POST /chat/messages', ({ body }) => {
      ids.push((body as { id: string }).id);
      throw new TypeError('network');
    });
    const id = client.sendMessage('Hello');
    await until(() => client.state.connection === 'open');
    await clock.advance(10_000);
    assert.equal(deliveryOf(client, id), 'failed');
    assert.deepEqual(ids, [id, id, id, id]);
    assert.deepEqual(client.state.problem?.code, 'relay-unreachable');
  });

  test('a refusal is final and the next message still goes', async () => {
    const { relay, client } = setUp();
    relay.answer('POST /chat/messages', ({ body }) =>
      (body as { text: string }).text === 'bad' ? problem('message-too-long') : Response.json({ id: 'x', seq: 1, delivery: 'sending' }),
    );
    const bad = client.sendMessage('bad');
    const good = client.sendMessage('good');
    await until(() => deliveryOf(client, bad) === 'failed');
    await until(() => relay.calls.filter((call) => call === 'POST /chat/messages').length === 2);
    assert.notEqual(deliveryOf(client, good), 'failed');
  });

  test('the platform\'s word arrives by the log', async () => {
    const { relay, client } = setUp();
    const sent: Message[] = [];
    client.on('message-sent', (message) => sent.push(message));
    const id = client.sendMessage('Hello');
    await until(() => client.state.connection === 'open');
    relay.say(added(1, { ...messageFrom('end_user', 'Hello', id), delivery: 'sending' }));
    relay.say(logged(2, { type: 'message-updated', id, delivery: 'sent', code: null }));
    await until(() => deliveryOf(client, id) === 'sent');
    assert.deepEqual(sent.map((message) => message.id), [id]);
    assert.equal(client.state.items.length, 1);
  });
});

describe('a reload', () => {
  test('goes on with the chat and its whole history, without announcing the past', async () => {
    const { relay, client } = setUp({ handle: 'token' });
    const received: string[] = [];
    client.on('message-received', (message) => received.push(message.text));
    relay.log.push(logged(1, { type: 'chat-updated', chat: chatWith('va_assigned', ava) }), added(2, messageFrom(ava, 'Hello')));
    await client.connect();
    await until(() => client.state.connection === 'open');
    assert.deepEqual(textsOf(client.state as never), ['Hello']);
    assert.equal(client.state.phase, 'virtual_agent');
    assert.deepEqual(received, []);
  });

  test('with a handle that is no longer good begins anew, in silence', async () => {
    const { relay, client, kept } = setUp({ handle: 'old' });
    relay.answer('GET /chat/history', () => problem('unauthorized'));
    await client.connect();
    assert.equal(client.state.phase, 'none');
    assert.equal(client.state.problem, null);
    assert.equal(kept.handle, null);
  });

  test('while the relay is down says so and can be tried again', async () => {
    const { relay, client, kept } = setUp({ handle: 'token' });
    relay.answer('GET /config', () => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await client.connect();
    assert.deepEqual(client.state.problem, { code: 'relay-unreadable', retryable: true });
    assert.equal(kept.handle, 'token');
    relay.answer('GET /config', () => Response.json({ languages: [], menus: [], hideVaToVaSystemMessages: true, features: [] }));
    await client.connect();
    await until(() => client.state.connection === 'open');
    assert.equal(client.state.problem, null);
  });
});

describe('the stream', () => {
  async function running() {
    const world = setUp();
    await world.client.startChat();
    await until(() => world.client.state.connection === 'open');
    return world;
  }

  test('a gap is filled from the history before anything later is shown', async () => {
    const { relay, client } = await running();
    relay.log.push(added(1, messageFrom(ava, 'one')), added(2, messageFrom(ava, 'two')), added(3, messageFrom(ava, 'three')));
    relay.say(added(3, messageFrom(ava, 'three')));
    await until(() => client.state.items.length === 3);
    assert.deepEqual(textsOf(client.state as never), ['one', 'two', 'three']);
  });

  test('a heartbeat that knows more than we do makes us look', async () => {
    const { relay, client } = await running();
    relay.log.push(added(1, messageFrom(ava, 'missed')));
    relay.say({ type: 'heartbeat', head: 1 });
    await until(() => client.state.items.length === 1);
    assert.deepEqual(textsOf(client.state as never), ['missed']);
  });

  test('a place that the relay no longer knows makes us read the history, once', async () => {
    const { relay, client, clock } = await running();
    relay.log.push(added(1, messageFrom(ava, 'one')), added(2, messageFrom(ava, 'two')));
    const before = relay.calls.length;
    relay.answer('GET /chat/events', () => {
      const signals = [{ type: 'hello', epoch: '00000000000000aa', first: 1, head: 2, resumed: 'gap', heartbeat: 15 }, { type: 'reset', epoch: '00000000000000aa', head: 2 }];
      return new Response(signals.map((signal) => `data: ${JSON.stringify(signal)}\n\n`).join(''), { headers: { 'content-type': 'text/event-stream' } });
    });
    relay.cutStream();
    await until(() => client.state.connection === 'waiting');
    await clock.advance(500);
    await until(() => client.state.items.length === 2);
    client.close();
    assert.equal(relay.calls.slice(before).filter((call) => call === 'GET /chat/history').length, 1);
  });

  test('a lost line is opened again after a while', async () => {
    const { relay, client, clock } = await running();
    relay.cutStream();
    await until(() => client.state.connection === 'waiting');
    await clock.advance(30_000);
    await until(() => client.state.connection === 'open');
    assert.equal(relay.calls.filter((call) => call === 'GET /chat/events').length, 2);
  });

  test('a silent line counts as dead after 40 seconds', async () => {
    const { relay, client, clock } = await running();
    await clock.advance(41_000);
    await clock.advance(30_000);
    await until(() => relay.calls.filter((call) => call === 'GET /chat/events').length === 2);
    await until(() => client.state.connection === 'open');
  });

  test('503 from a proxy during a restart is not the end', async () => {
    const { relay, client, clock } = await running();
    let tries = 0;
    relay.answer('GET /chat/events', () => {
      tries += 1;
      return new Response('upstream down', { status: 503 });
    });
    relay.cutStream();
    await until(() => client.state.connection === 'waiting');
    for (let round = 0; round < 5; round += 1) await clock.advance(30_000);
    assert.ok(tries >= 3, `${tries} tries`);
    assert.equal(client.state.connection, 'waiting');
  });

  test('after close() nothing is asked any more', async () => {
    const { relay, client, clock } = await running();
    client.close();
    const before = relay.calls.length;
    await clock.advance(120_000);
    assert.equal(relay.calls.length, before);
    assert.equal(client.state.connection, 'idle');
  });
});

describe('after the end', () => {
  test('the next message begins a new conversation', async () => {
    const { relay, client } = setUp();
    await client.startChat();
    await until(() => client.state.connection === 'open');
    relay.say(added(1, messageFrom(ava, 'Goodbye')));
    relay.say(logged(2, { type: 'chat-updated', chat: chatWith('finished') }));
    await until(() => client.state.phase === 'ended');
    client.sendMessage('One more thing');
    await until(() => relay.calls.filter((call) => call === 'POST /chats').length === 2);
    assert.deepEqual(textsOf(client.state as never), ['One more thing']);
  });
});
