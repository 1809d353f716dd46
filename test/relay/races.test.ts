import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createChatLogs } from '../../src/relay/chat-logs.js';
import { createMemoryStore } from '../../src/relay/index.js';
import { createSealer } from '../../src/relay/sealing.js';
import { createFakeClock } from '../support/fake-clock.js';
import { call, createWorld, inShort, joined, left, newMessage, people, platformChat, readHistory, said, startChat, untilLogged, webhook, type World } from './world.js';

/** Makes one answer of the platform wait until it is let go. */
function hold(world: World, route: string, answer: () => Response | Error) {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const isAsked = new Promise<void>((asked) => {
    world.platform.answer(route, async () => {
      asked();
      await gate;
      const result = answer();
      if (result instanceof Error) throw result;
      return result;
    });
  });
  return { isAsked, release };
}

const turns = async (count = 20) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const lines = async (world: World, token: string) => inShort((await readHistory(world, token)).events);
const lastChat = async (world: World, token: string) =>
  (await readHistory(world, token)).events.findLast(({ type }) => type === 'chat-updated')?.['chat'];

describe('an answer about the chat that is older than what webhooks told meanwhile', () => {
  test('does not bring an ended chat back to life', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const reading = hold(world, 'GET /chats/37', () => Response.json(platformChat('assigned', { agent: people.jane })));
    await webhook(world, joined('agent', 7));
    await reading.isAsked;
    await webhook(world, { event_type: 'chat_ended' });
    reading.release();
    await turns();
    world.platform.answer('GET /chats/37', () => Response.json(platformChat('finished', { agent: people.jane })));
    await world.clock.advance(5_000);
    await turns();
    const story = await lines(world, token);
    assert.ok(!story.includes('chat assigned'), story.join('\n'));
    assert.equal(story.filter((line) => line === 'notice ended').length, 1);
  });

  test('does not send away who has just come', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const reading = hold(world, 'GET /chats/37', () => Response.json(platformChat('queued')));
    await webhook(world, left('virtual_agent', 15));
    await reading.isAsked;
    await webhook(world, joined('agent', 7));
    world.platform.answer('GET /chats/37', () => Response.json(platformChat('assigned', { agent: people.jane })));
    reading.release();
    await world.clock.advance(5_000);
    await untilLogged(world, token, (events) => inShort(events).includes('chat assigned'));
    const { events } = await readHistory(world, token);
    const isThere = events.filter(({ type }) => type === 'chat-updated').map(({ chat }) => chat.participants.find(({ kind }: { kind: string }) => kind === 'agent')?.active);
    assert.ok(!isThere.includes(false));
  });

  test('a copy of the platform that lags behind cannot undo an end either', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.setChat(platformChat('assigned', { agent: people.jane }));
    await webhook(world, { event_type: 'chat_ended' });
    await world.clock.advance(5_000);
    await webhook(world, { event_type: 'chat_dismissed' });
    await world.clock.advance(5_000);
    assert.equal((await lastChat(world, token)).status, 'finished');
    assert.equal((await call(world, 'POST /chat/messages', { token, body: newMessage('Hello?') })).status, 409);
  });
});

describe('reading the chat again', () => {
  test('is repeated when the platform fails, so that whoever came gets a name', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.answer('GET /chats/37', () => new Response('', { status: 500 }));
    await webhook(world, joined('agent', 7));
    await turns();
    world.platform.answer('GET /chats/37', () => Response.json(platformChat('assigned', { agent: people.jane })));
    await world.clock.advance(5_000);
    await untilLogged(world, token, (events) => inShort(events).includes('chat assigned'));
  });

  test('is given up after some failures: a dead platform is not asked for ever', async () => {
    const world = createWorld();
    await startChat(world);
    world.platform.answer('GET /chats/37', () => new Response('', { status: 500 }));
    await webhook(world, joined('agent', 7));
    await world.clock.advance(3_600_000);
    const reads = world.platform.calls.filter(({ method, path }) => method === 'GET' && path === '/chats/37').length;
    assert.ok(reads > 1 && reads <= 10, `${reads} readings`);
  });

  test('a webhook that tells less of somebody than was known takes no name away', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.setChat(platformChat('assigned', { agent: people.jane }));
    await webhook(world, joined('agent', 7));
    await untilLogged(world, token, (events) => inShort(events).includes('chat assigned'));
    world.platform.answer('GET /chats/37', () => new Response('', { status: 500 }));
    await webhook(world, left('agent', 7));
    await webhook(world, { event_type: 'chat_ended' });
    assert.deepEqual((await lastChat(world, token)).participants.map(({ name }: { name: string }) => name), ['Jane Doe']);
  });

  test('is not needed to know that a chat is over: it is forgotten in time also when the platform never answers again', async () => {
    const world = createWorld({ retentionMs: 600_000 });
    await world.relay.start();
    const token = await startChat(world);
    world.platform.answer('GET /chats/37', () => Response.json({ message: 'Chat not found' }, { status: 404 }));
    await webhook(world, { event_type: 'chat_ended' });
    await turns();
    await world.clock.advance(800_000);
    assert.equal((await call(world, 'GET /chat', { token })).status, 401);
    await world.relay.stop();
  });
});

describe('a chat whose webhooks overtake the answer to its creation', () => {
  test('is told as ended when it had ended by then', async () => {
    const world = createWorld();
    world.platform.setChat(platformChat('queued'));
    await webhook(world, { event_type: 'chat_ended' });
    world.platform.answer('GET /chats/37', () => Response.json(platformChat('failed')));
    const response = await call(world, 'POST /chats', { body: {} });
    const { chat, token } = (await response.json()) as { chat: { status: string }; token: string };
    assert.equal(chat.status, 'finished');
    await world.clock.advance(2_000);
    const events = await untilLogged(world, token, (all) => inShort(all).includes('notice ended'));
    assert.deepEqual(inShort(events), ['chat finished', 'chat failed', 'notice ended']);
  });

  test('gets the names of those who were faster', async () => {
    const world = createWorld();
    world.platform.setChat(platformChat('queued'));
    await webhook(world, joined('virtual_agent', 15));
    await webhook(world, said('virtual_agent', 15, 'Hello'));
    world.platform.answer('GET /chats/37', () => Response.json(platformChat('va_assigned', { virtual_agent: people.ava })));
    const token = await startChat(world);
    await world.clock.advance(2_000);
    await untilLogged(world, token, (events) => inShort(events).includes('chat va_assigned'));
    assert.equal((await lastChat(world, token)).participants[0].name, 'Ava');
  });
});

describe('the log of a chat', () => {
  const createLogs = () => createChatLogs({ store: createMemoryStore(), sealer: createSealer(), clock: createFakeClock(), onOpened: () => undefined });

  test('stays one log while somebody holds it, however many other chats are used meanwhile', () => {
    const logs = createLogs();
    const held = logs.get(1);
    for (let chatId = 2; chatId < 3_000; chatId += 1) logs.get(chatId);
    assert.equal(logs.get(1), held);
  });

  test('counts on from where the store really is, after an answer of the store was lost', async () => {
    const store = createMemoryStore();
    const world = createWorld({ store });
    const token = await startChat(world);
    const append = store.append.bind(store);
    store.append = async (request) => {
      await append(request);
      throw new Error('connection lost after the write');
    };
    const message = newMessage('Hello');
    assert.equal((await call(world, 'POST /chat/messages', { token, body: message })).status, 503);
    store.append = append;
    const again = await call(world, 'POST /chat/messages', { token, body: message });
    assert.equal(again.status, 202);
    const { events } = await readHistory(world, token);
    assert.equal(inShort(events).filter((line) => line === 'end_user: Hello').length, 1);
  });
});

describe('the platform\'s echo', () => {
  for (const [name, sent, echoed] of [
    ['trimmed', ' Hello \n', 'Hello'],
    ['with other line ends', 'one\ntwo', 'one\r\ntwo'],
    ['with composed letters', 'cafe\u0301', 'caf\u00e9'],
  ] as const) {
    test(`${name} is still the visitor's own message, shown once`, async () => {
      const world = createWorld();
      const token = await startChat(world);
      await call(world, 'POST /chat/messages', { token, body: newMessage(sent) });
      await webhook(world, said('end_user', 12345, echoed));
      const { events } = await readHistory(world, token);
      assert.equal(events.filter(({ type }) => type === 'message-added').length, 1);
    });
  }
});
