import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryStore } from '../../src/relay/index.js';
import { call, createWorld, inShort, joined, newMessage, readHistory, said, site, startChat, untilLogged, webhook } from './world.js';

type Problem = { code: string; requestId: string };

const turns = async (count = 20) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('an error', () => {
  for (const [route, status] of [
    ['GET /nothing', 404],
    ['DELETE /chat', 405],
    ['GET /chat', 401],
    ['OPTIONS /nothing', 404],
  ] as const) {
    test(`${route} can be read by a listed page: ${status}`, async () => {
      const response = await call(createWorld(), route);
      assert.equal(response.status, status);
      assert.equal(response.headers.get('access-control-allow-origin'), site);
      assert.equal(response.headers.get('vary'), 'Origin');
      assert.equal(response.headers.get('content-type'), 'application/problem+json');
    });
  }

  test('405 tells what the address does take', async () => {
    const response = await call(createWorld(), 'GET /chats');
    assert.equal(response.headers.get('allow'), 'POST');
  });

  test('of the relay itself can be read by a listed page, and found in the log by its request id', async () => {
    const store = createMemoryStore();
    const world = createWorld({ store });
    const token = await startChat(world);
    await webhook(world, said('agent', 7, 'Hello'));
    store.read = () => Promise.resolve([{ seq: 1, body: 'not JSON: SECRET' }]);
    const response = await call(world, 'GET /chat/history', { token });
    assert.equal(response.status, 500);
    assert.equal(response.headers.get('access-control-allow-origin'), site);
    const text = await response.text();
    assert.doesNotMatch(text + JSON.stringify(world.lines), /SECRET/);
    const { requestId } = JSON.parse(text) as Problem;
    assert.ok(world.lines.some(({ level, fields }) => level === 'error' && fields?.requestId === requestId));
  });

  for (const [method, route, body] of [
    ['findChatByHandle', 'GET /chat', undefined],
    ['read', 'GET /chat/history', undefined],
    ['append', 'POST /chat/messages', newMessage('Hello')],
    ['saveChat', 'POST /chats', {}],
  ] as const) {
    test(`a store whose ${method} throws at once is told as a store that is not available`, async () => {
      const store = createMemoryStore();
      const world = createWorld({ store });
      const token = await startChat(world);
      store[method] = () => {
        throw new Error('the disk is gone');
      };
      const response = await call(world, route, { token, body });
      assert.equal(response.status, 503);
      assert.equal(((await response.json()) as Problem).code, 'store-unavailable');
    });
  }
});

describe('a body', () => {
  test('that breaks off is no alarm for the operator', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.error(new Error('aborted'));
      },
    });
    const request = new Request('https://relay.example.com/chat/messages', {
      method: 'POST', headers: { origin: site, authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body, duplex: 'half',
    } as RequestInit);
    assert.equal((await world.relay.fetch(request)).status, 400);
    assert.deepEqual(world.lines, []);
  });

  test('that ends in half a character keeps its id: sending it again is no conflict', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const { id } = newMessage('');
    const body = `{"id":"${id}","text":"Hello \\ud83d"}`;
    const first = await call(world, 'POST /chat/messages', { token, body });
    assert.equal(first.status, 202);
    assert.equal((await call(world, 'POST /chat/messages', { token, body })).status, 202);
    const { events } = await readHistory(world, token);
    assert.equal(events.find(({ type }) => type === 'message-added')?.['message'].text, 'Hello \ufffd');
  });
});

describe('a start that fails half way', () => {
  test('leaves no chat waiting on the platform for somebody who can never answer', async () => {
    const store = createMemoryStore();
    const world = createWorld({ store });
    store.saveChat = () => Promise.reject(new Error('disk full'));
    assert.equal((await call(world, 'POST /chats', { body: {} })).status, 503);
    await turns();
    const patch = world.platform.calls.find(({ method, path }) => method === 'PATCH' && path === '/chats/37');
    assert.deepEqual(patch?.body, { finished_by_user_id: 12345, chat: { status: 'finished' } });
  });
});

describe('ending a chat that the platform calls ended', () => {
  test('ends it here too, even where the chat object does not say so yet', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.answer('PATCH /chats/37', () => Response.json({ message: 'Chat is already ended' }, { status: 400 }));
    const response = await call(world, 'POST /chat/end', { token, body: {} });
    assert.equal(((await response.json()) as { chat: { status: string } }).chat.status, 'finished');
    assert.ok(inShort((await readHistory(world, token)).events).includes('notice ended'));
  });

  test('while the platform cannot be read, is told as that', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.answer('PATCH /chats/37', () => Response.json({ message: 'Chat is already ended' }, { status: 400 }));
    world.platform.answer('GET /chats/37', () => new Response('', { status: 500 }));
    const response = await call(world, 'POST /chat/end', { token, body: {} });
    assert.equal(response.status, 503);
    assert.equal(((await response.json()) as Problem).code, 'platform-unavailable');
  });
});

describe('a relay that stops while messages are on their way', () => {
  test('waits for the answer and keeps it, and sends nothing more', async () => {
    const store = createMemoryStore();
    const world = createWorld({ store });
    const token = await startChat(world);
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    world.platform.answer('POST /chats/37/message', async () => {
      await gate;
      return Response.json({});
    });
    for (const text of ['one', 'two']) await call(world, 'POST /chat/messages', { token, body: newMessage(text) });
    const close = store.close.bind(store);
    let kept: string[] = [];
    store.close = async () => {
      kept = inShort((await readHistory(world, token)).events).filter((line) => line.startsWith('message'));
      await close();
    };
    const stopped = world.relay.stop();
    await turns();
    release();
    await stopped;
    assert.deepEqual(kept, ['message sent', 'message failed (platform-unavailable)']);
    assert.equal(world.platform.calls.filter(({ path }) => path.endsWith('/message')).length, 1);
  });

  test('waits for five seconds at most', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.answer('POST /chats/37/message', () => new Promise<Response>(() => undefined));
    await call(world, 'POST /chat/messages', { token, body: newMessage('Hello') });
    await turns();
    let isStopped = false;
    const stopped = world.relay.stop().then(() => (isStopped = true));
    await world.clock.advance(4_900);
    assert.equal(isStopped, false);
    await world.clock.advance(200);
    await stopped;
  });
});

describe('what became of a message', () => {
  test('is kept as soon as the store is well again', async () => {
    const store = createMemoryStore();
    const world = createWorld({ store });
    const token = await startChat(world);
    const append = store.append.bind(store);
    world.platform.answer('POST /chats/37/message', () => {
      store.append = () => Promise.reject(new Error('disk full'));
      return Response.json({});
    });
    await call(world, 'POST /chat/messages', { token, body: newMessage('Hello') });
    await turns();
    store.append = append;
    await world.clock.advance(5_000);
    await untilLogged(world, token, (events) => inShort(events).includes('message sent'));
    await webhook(world, joined('agent', 7));
  });
});
