import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { added, ava, chatWith, messageFrom, textsOf } from './conversation.js';
import { problem } from './fake-relay.js';
import { count, deliveryOf, epoch, hold, running, setUp, started, turns, until } from './set-up.js';

describe('forgetting the visitor', () => {
  test('while the chat is being started leaves no chat behind: it is ended, and nothing of it is kept', async () => {
    const { relay, client, kept } = setUp();
    const start = hold(started('unwanted'));
    relay.answer('POST /chats', start.answer);
    const ends: unknown[] = [];
    relay.answer('POST /chat/end', ({ body }) => Response.json({ chat: chatWith('finished'), ends: ends.push(body) }));
    client.sendMessage('Hello');
    client.reset();
    start.release();
    await until(() => ends.length === 1);
    await turns();
    assert.equal(kept.handle, null);
    assert.deepEqual([client.state.phase, client.state.chat, client.state.connection], ['none', null, 'idle']);
    assert.equal(count(relay, 'GET /chat/events'), 0);
  });

  test('while the chat is being started does not stand in the way of the next one', async () => {
    const { relay, client, kept } = setUp();
    const start = hold(started('unwanted'));
    relay.answer('POST /chats', start.answer);
    relay.answer('POST /chat/end', () => Response.json({}));
    client.sendMessage('Hello');
    client.reset();
    relay.answer('POST /chats', started('wanted'));
    const id = client.sendMessage('Hello again');
    await until(() => client.state.connection === 'open');
    start.release();
    await turns();
    assert.equal(kept.handle, 'wanted');
    assert.equal(deliveryOf(client, id), 'sending');
    assert.equal(count(relay, 'POST /chat/messages'), 1);
    assert.deepEqual(textsOf(client.state as never), ['Hello again']);
  });

  test('while the history is on its way shows nothing of it afterwards', async () => {
    const { relay, client } = setUp({ handle: 'token' });
    const history = hold(() => Response.json({ epoch, first: 1, head: 1, events: [added(1, messageFrom(ava, 'A secret'))] }));
    relay.answer('GET /chat/history', history.answer);
    const connecting = client.connect();
    await until(() => client.state.phase === 'resuming');
    client.reset();
    history.release();
    await connecting;
    await turns();
    assert.deepEqual(client.state.items, []);
    assert.equal(client.state.connection, 'idle');
  });

  test('while a gap is being filled mixes nothing into the next chat', async () => {
    const { relay, client } = await running();
    const history = hold(() => Response.json({ epoch, first: 1, head: 2, events: [added(1, messageFrom(ava, 'of the')), added(2, messageFrom(ava, 'old chat'))] }));
    relay.answer('GET /chat/history', history.answer);
    relay.say({ type: 'heartbeat', head: 2 });
    await until(() => count(relay, 'GET /chat/history') === 1);
    client.reset();
    await client.startChat();
    history.release();
    await turns();
    assert.deepEqual(client.state.items, []);
    assert.equal(count(relay, 'GET /chat/history'), 1);
  });

  test('an old handle that turns out bad does not cost the new one', async () => {
    const { relay, client, kept } = setUp({ handle: 'old' });
    const history = hold(() => problem('unauthorized'));
    relay.answer('GET /chat/history', history.answer);
    void client.connect();
    await until(() => client.state.phase === 'resuming');
    client.reset();
    await client.startChat();
    history.release();
    await turns();
    assert.equal(kept.handle, 'token');
    assert.equal(client.state.phase, 'waiting');
  });
});

describe('closing, as when an element is moved', () => {
  test('while the chat is being started opens nothing, keeps the handle, and connecting goes on with the chat', async () => {
    const { relay, client, kept } = setUp();
    const start = hold(started('token'));
    relay.answer('POST /chats', start.answer);
    const starting = client.startChat();
    client.close();
    start.release();
    await starting;
    await turns();
    assert.equal(kept.handle, 'token');
    assert.equal(count(relay, 'GET /chat/events'), 0);
    await client.connect();
    await until(() => client.state.connection === 'open');
  });

  test('while the history is on its way opens nothing', async () => {
    const { relay, client } = setUp({ handle: 'token' });
    const history = hold(() => Response.json({ epoch, first: 1, head: 0, events: [] }));
    relay.answer('GET /chat/history', history.answer);
    void client.connect();
    await until(() => client.state.phase === 'resuming');
    client.close();
    history.release();
    await turns();
    assert.equal(count(relay, 'GET /chat/events'), 0);
    await client.connect();
    await until(() => client.state.connection === 'open');
  });

  test('and opening again at once follows the chat once', async () => {
    const { relay, client } = setUp({ handle: 'token' });
    void client.connect();
    client.close();
    await client.connect();
    await until(() => client.state.connection === 'open');
    await turns();
    assert.equal(count(relay, 'GET /chat/events'), 1);
  });

  test('while a message is on its way delivers it when the client connects again', async () => {
    const { relay, client } = await running();
    const sending = hold(() => problem('store-unavailable'));
    relay.answer('POST /chat/messages', sending.answer);
    const id = client.sendMessage('Hello');
    client.close();
    sending.release();
    await turns();
    const texts: unknown[] = [];
    relay.answer('POST /chat/messages', ({ body }) => Response.json({ id, seq: 1, delivery: 'sending', at: texts.push(body) }, { status: 202 }));
    await client.connect();
    await until(() => texts.length === 1);
    assert.deepEqual(texts, [{ id, text: 'Hello' }]);
  });

  test('before the first message got anywhere loses neither message nor chat', async () => {
    const { relay, client } = setUp();
    const start = hold(started('token'));
    relay.answer('POST /chats', start.answer);
    client.sendMessage('Hello');
    client.close();
    void client.connect();
    await turns();
    start.release();
    await until(() => count(relay, 'POST /chat/messages') === 1);
    await until(() => client.state.connection === 'open');
    assert.equal(count(relay, 'POST /chats'), 1);
  });
});

describe('a stream that was refused for good', () => {
  test('is opened again when the person tries again', async () => {
    const { relay, client } = setUp({ handle: 'token' });
    relay.answer('GET /chat/events', () => new Response('blocked', { status: 403 }));
    await client.connect();
    await until(() => client.state.connection === 'stopped');
    relay.answer('GET /chat/events', () => {
      throw new TypeError('network');
    });
    await client.connect();
    await until(() => client.state.connection === 'waiting');
    await client.connect();
    assert.equal(count(relay, 'GET /chat/events'), 2);
  });

  test('because the chat was forgotten ends there, and the next message starts a new chat', async () => {
    const { relay, client, clock, kept } = await running();
    relay.say({ type: 'expired' });
    await until(() => client.state.phase === 'none');
    assert.equal(kept.handle, null);
    await clock.advance(120_000);
    assert.equal(count(relay, 'GET /chat/events'), 1);
    client.sendMessage('Hello');
    await until(() => client.state.connection === 'open');
    assert.equal(count(relay, 'POST /chats'), 2);
  });
});

describe('a log that changes under the reader', () => {
  test('between two pages of the history is read from its new start', async () => {
    const { relay, client } = setUp({ handle: 'token' });
    const pages = [
      { epoch, first: 1, head: 2, events: [added(1, messageFrom(ava, 'old'))] },
      { epoch: '00000000000000bb', first: 1, head: 2, events: [added(2, messageFrom(ava, 'new two'))] },
    ];
    relay.answer('GET /chat/history', ({ url }) => {
      const whole = { epoch: '00000000000000bb', first: 1, head: 2, events: [added(1, messageFrom(ava, 'new one')), added(2, messageFrom(ava, 'new two'))] };
      return Response.json(pages.shift() ?? { ...whole, events: whole.events.filter(({ seq }) => seq > Number(url.searchParams.get('after'))) });
    });
    await client.connect();
    assert.deepEqual(textsOf(client.state as never), ['new one', 'new two']);
  });
});

describe('a listener that throws', () => {
  test('is reported, and costs neither message nor stream', async (t) => {
    const reported: unknown[] = [];
    t.mock.method(globalThis, 'queueMicrotask', (task: () => void) => {
      try {
        task();
      } catch (error) {
        reported.push(error);
      }
    });
    const { relay, client } = setUp();
    const fault = new Error('of the page');
    client.on('change', () => {
      throw fault;
    });
    client.sendMessage('Hello');
    await until(() => client.state.connection === 'open');
    relay.say(added(1, messageFrom(ava, 'Hi')));
    await until(() => client.state.items.length === 2);
    assert.equal(count(relay, 'POST /chat/messages'), 1);
    assert.equal(count(relay, 'GET /chat/events'), 1);
    assert.ok(reported.length > 0 && reported.every((error) => error === fault));
  });
});
