import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryStore } from '../../src/relay/index.js';
import {
  call, createWorld, inShort, joined, left, people, platformChat, postRaw, readHistory, said, startChat, untilLogged, webhook,
  type WebhookInput, type World,
} from './world.js';

async function tell(world: World, ...events: WebhookInput[]): Promise<void> {
  for (const event of events) assert.equal((await webhook(world, event)).status, 204);
}

/** The log of a chat in short, without the chat's own states: those are re-read at their own pace. */
async function story(world: World, token: string): Promise<string[]> {
  return inShort((await readHistory(world, token)).events).filter((line) => !line.startsWith('chat '));
}

/** What was said, without who came and went for it. */
async function words(world: World, token: string): Promise<string[]> {
  return (await story(world, token)).filter((line) => line.includes(': '));
}

describe('a webhook becomes what the visitor sees', () => {
  test('a virtual agent opens the chat, without a notice: it greets by itself', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, { event_type: 'chat_created' }, joined('virtual_agent', 15), said('virtual_agent', 15, 'Hello!'));
    assert.deepEqual(await story(world, token), ['joined virtual_agent 15', 'virtual_agent: Hello!']);
  });

  test('a hand-over to a person is one notice that keeps both ends', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, joined('virtual_agent', 15), left('virtual_agent', 15), joined('agent', 7), said('agent', 7, 'Jane here'));
    assert.deepEqual(await story(world, token), [
      'joined virtual_agent 15',
      'left virtual_agent 15',
      'joined agent 7',
      'transfer virtual_agent -> agent 7',
      'agent: Jane here',
    ]);
  });

  test('a hand-over is told even when the chat object knew of it first', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, joined('virtual_agent', 15));
    world.platform.setChat(platformChat('assigned', { agent: people.jane }));
    await tell(world, left('virtual_agent', 15));
    await world.clock.advance(2_000);
    await untilLogged(world, token, (events) => inShort(events).includes('chat assigned'));
    await tell(world, joined('agent', 7));
    assert.equal((await story(world, token)).at(-1), 'transfer virtual_agent -> agent 7');
  });

  test('a transfer between virtual agents is kept as one, so that the page may hide it', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, joined('virtual_agent', 15), left('virtual_agent', 15), joined('virtual_agent', 16));
    assert.ok((await story(world, token)).includes('transfer virtual_agent -> virtual_agent 16'));
  });

  test('a task agent comes and goes while the person stays: both hand-overs are told', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.setChat(platformChat('assigned', { agent: people.jane }));
    await tell(world, joined('agent', 7));
    await world.clock.advance(2_000);
    await untilLogged(world, token, (events) => inShort(events).includes('chat assigned'));
    await tell(world, joined('task_virtual_agent', 71), left('task_virtual_agent', 71));
    await world.clock.advance(2_000);
    await untilLogged(world, token, (events) => inShort(events).includes('transfer task_virtual_agent -> agent 7'));
    assert.deepEqual((await story(world, token)).slice(-4), [
      'joined task_virtual_agent 71',
      'transfer agent -> task_virtual_agent 71',
      'left task_virtual_agent 71',
      'transfer task_virtual_agent -> agent 7',
    ]);
  });

  test('a task agent has the name that the chat object knows, and is no second virtual agent', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, joined('agent', 7), joined('task_virtual_agent', 71));
    const task = { id: 71, name: 'Verification', avatar_url: null, status: 'connected' };
    world.platform.setChat({ ...platformChat('assigned', { agent: people.jane, virtual_agent: task }) });
    await world.clock.advance(2_000);
    const events = await untilLogged(world, token, (logged) => inShort(logged).includes('chat assigned'));
    const { participants } = events.findLast(({ type }) => type === 'chat-updated')?.['chat'];
    assert.deepEqual(participants.map(({ kind, name, active }: any) => [kind, name, active]), [
      ['agent', 'Jane Doe', true],
      ['task_virtual_agent', 'Verification', true],
    ]);
  });

  test('a private message is marked private', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, {
      event_type: 'message_received',
      body: {
        sender: { id: 71, type: 'task_virtual_agent', status: 'connected' },
        message: { type: 'server_message', message_id: 1, visibility: 'task_virtual_agent' },
        server_message: { content: { type: 'text', content: 'Please enter the 6-digit code.' } },
      },
    });
    const { events } = await readHistory(world, token);
    const message = events.find(({ type }) => type === 'message-added')?.['message'];
    assert.equal(message.text, 'Please enter the 6-digit code.');
    assert.equal(message.private, true);
  });

  test('content as an object is the same text', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, said('virtual_agent', 15, { text: 'Hello!' }));
    assert.deepEqual(await words(world, token), ['virtual_agent: Hello!']);
  });

  const rich: [string, Record<string, unknown>, string][] = [
    ['inline_button', { title: 'Which one?', buttons: [{ title: 'Red', action: 'quick_reply' }, { title: 'Blue' }] }, 'Which one?\n• Red\n• Blue'],
    ['content_card', { cards: [{ title: 'Tent', subtitle: '1.9 kg', body: 'Light.', link: 'https://example.com/tent' }] }, 'Tent, 1.9 kg\nLight.\nhttps://example.com/tent'],
    ['image', { title: 'Look', images: [{ url: 'https://example.com/1.jpg', text: 'A tent' }] }, 'Look\nA tent: https://example.com/1.jpg'],
    ['form', { form: { name: 'newsletter', title: 'Our newsletter', preview_endpoint: 'https://example.com/f' } }, 'Our newsletter'],
  ];
  for (const [type, payload, text] of rich) {
    for (const [placement, message] of [['beside the type', { type, ...payload }], ['inside content', { type, content: payload }]] as const) {
      test(`${type} ${placement} is at least its words`, async () => {
        const world = createWorld();
        const token = await startChat(world);
        await tell(world, { event_type: 'message_received', body: { sender: { id: 15, type: 'virtual_agent' }, message } });
        assert.deepEqual(await words(world, token), [`virtual_agent: ${text}`]);
      });
    }
  }

  test('a picture without words, by its number alone, keeps its place', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, { event_type: 'message_received', body: { sender: { id: 7, type: 'agent' }, message: { type: 'video', content: { media_id: 992 } } } });
    const { events } = await readHistory(world, token);
    assert.equal(events.find(({ type }) => type === 'message-added')?.['message'].type, 'unsupported');
  });

  test('a message of an unknown type keeps its place, without its content', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, { event_type: 'message_received', body: { sender: { id: 15, type: 'virtual_agent' }, message: { type: 'hologram', content: 'SECRET' } } });
    const { events } = await readHistory(world, token);
    const message = events.find(({ type }) => type === 'message-added')?.['message'];
    assert.deepEqual([message.type, message.text], ['unsupported', '']);
  });

  test('an unknown event, unknown keys and an unknown participant are taken and break nothing', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, { event_type: 'chat_teleported', body: { to: 'Mars' } }, joined('hologram', 3), { ...said('agent', 7, 'Still here', { mood: 'fine' }), more: 1 } as never);
    assert.deepEqual(await words(world, token), ['agent: Still here']);
  });

  test('the end is told once, however often it is reported', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.setChat(platformChat('finished'));
    await tell(world, { event_type: 'chat_ended' }, { event_type: 'chat_ended', timestamp: '2026-01-02T10:00:05Z' });
    await world.clock.advance(3_000);
    assert.deepEqual((await story(world, token)).filter((line) => line === 'notice ended').length, 1);
  });

  test('names come from the chat object, which is read again after somebody joined', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await world.clock.advance(2_000);
    world.platform.setChat(platformChat('va_assigned', { virtual_agent: people.ava }));
    await tell(world, joined('virtual_agent', 15));
    const events = await untilLogged(world, token, (logged) => inShort(logged).includes('chat va_assigned'));
    const { participants } = events.findLast(({ type }) => type === 'chat-updated')?.['chat'];
    assert.deepEqual(participants, [
      { kind: 'virtual_agent', id: 15, name: 'Ava', avatarUrl: 'https://cdn.example.com/ava.png', active: true },
    ]);
  });

  test('a burst of events reads the chat object at most once a second', async () => {
    const world = createWorld();
    await startChat(world);
    const reads = () => world.platform.calls.filter(({ method, path }) => method === 'GET' && path === '/chats/37').length;
    const before = reads();
    for (let id = 1; id <= 20; id += 1) await tell(world, joined('agent', id));
    await world.clock.advance(900);
    assert.ok(reads() - before <= 1, `${reads() - before} readings`);
    await world.clock.advance(1_000);
    assert.ok(reads() - before <= 2, `${reads() - before} readings`);
  });
});

describe('the platform may repeat, overtake and forge', () => {
  test('the same webhook twice is one event', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, said('agent', 7, 'Hello'), said('agent', 7, 'Hello'));
    assert.deepEqual(await words(world, token), ['agent: Hello']);
  });

  test('a retry that is signed anew and carries a message id is one event', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const event = said('agent', 7, 'Hello', { message_id: 9 });
    await tell(world, event, { ...event, timestamp: '2026-01-02T10:00:30Z' });
    assert.deepEqual(await words(world, token), ['agent: Hello']);
  });

  test('two messages of one id that say different things are both kept', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await tell(world, said('agent', 7, 'one', { message_id: 9 }), said('agent', 7, 'two', { message_id: 9 }));
    assert.deepEqual(await words(world, token), ['agent: one', 'agent: two']);
  });

  test('what arrives before the chat is known is there when it is', async () => {
    const world = createWorld();
    await tell(world, { event_type: 'chat_created' }, joined('virtual_agent', 15), said('virtual_agent', 15, 'I was faster'));
    const token = await startChat(world);
    assert.deepEqual(await story(world, token), ['joined virtual_agent 15', 'virtual_agent: I was faster']);
  });

  test('what belongs to nobody is forgotten after a minute', async () => {
    const store = createMemoryStore();
    const world = createWorld({ store });
    await world.relay.start();
    await tell(world, said('agent', 7, 'For another application'));
    await world.clock.advance(200_000);
    assert.equal(await store.head(37), 0);
    await world.relay.stop();
  });

  for (const [name, signature] of [
    ['no signature fits', 'primary=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='],
    ['the signature is no signature', 'hello'],
  ] as const) {
    test(`when ${name}, the answer is 401 and nothing is kept`, async () => {
      const world = createWorld();
      const token = await startChat(world);
      const response = await webhook(world, said('agent', 7, 'Forged'), { signature });
      assert.equal(response.status, 401);
      assert.deepEqual(await story(world, token), []);
    });
  }

  test('yesterday\'s webhook is refused', async () => {
    const world = createWorld();
    assert.equal((await postRaw(world, '{}', { timestamp: '2026-01-01T10:00:00Z' })).status, 401);
  });

  const bodies: [string, string | Uint8Array<ArrayBuffer>, number][] = [
    ['no JSON', 'hello', 400],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 400],
    ['an array', '[]', 400],
    ['no chat', '{"event_type":"message_received"}', 400],
    ['100,000 brackets', '['.repeat(100_000), 400],
    ['more than 256 KiB', `{"event_type":"x","chat_id":37,"body":{"x":"${'x'.repeat(262_144)}"}}`, 413],
  ];
  for (const [name, body, status] of bodies) {
    test(`a signed webhook that is ${name} is answered ${status}, and the next one is taken`, async () => {
      const world = createWorld();
      const token = await startChat(world);
      assert.equal((await postRaw(world, body)).status, status);
      await tell(world, said('agent', 7, 'Hello'));
      assert.deepEqual(await words(world, token), ['agent: Hello']);
    });
  }

  test('a store that cannot keep it makes the platform try again: 503, and nobody is told', async () => {
    const store = createMemoryStore();
    const world = createWorld({ store });
    const token = await startChat(world);
    const append = store.append.bind(store);
    store.append = () => Promise.reject(new Error('disk full'));
    assert.equal((await webhook(world, said('agent', 7, 'Hello'))).status, 503);
    store.append = append;
    assert.deepEqual(await story(world, token), []);
    await tell(world, said('agent', 7, 'Hello'));
    assert.deepEqual(await words(world, token), ['agent: Hello']);
  });

  test('never calls the platform before it has answered', async () => {
    const world = createWorld();
    await startChat(world);
    world.platform.answer('GET /chats/37', () => new Promise<Response>(() => undefined));
    assert.equal((await webhook(world, joined('agent', 7))).status, 204);
    assert.equal((await call(world, 'GET /healthz')).status, 200);
  });
});
