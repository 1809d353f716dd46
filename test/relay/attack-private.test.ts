import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { ChatLog } from '../../src/relay/chat-log.js';
import { digest } from '../../src/relay/handle.js';
import { createMemoryStore } from '../../src/relay/index.js';
import { createSealer } from '../../src/relay/sealing.js';
import { canary, kept, PrivateWorld } from './private-world.js';
import { call, createWorld, postRaw, readHistory, said, startChat, webhook } from './world.js';

/** A chat in which a code went to a task virtual agent; nothing repeats it. */
async function begin(options: ConstructorParameters<typeof PrivateWorld>[0] = {}) {
  const scene = new PrivateWorld({ ...options, switches: { taskEcho: 'none', ...options.switches } });
  await scene.world.relay.start();
  await scene.start();
  const to = { kind: 'task_virtual_agent', id: await scene.startTask() };
  const id = await scene.send({ to });
  assert.equal(await scene.outcome(id), 'sent');
  return { scene, to, id };
}

/** The end user's code as the platform may repeat it, without a word of who may see it. */
function plainEcho(scene: PrivateWorld, timestamp: string | null): Promise<Response> {
  const body = { sender: { id: 12345, type: 'end_user' }, message: { type: 'text', content: canary } };
  const event = JSON.stringify({ event_type: 'message_received', chat_id: scene.chatId, timestamp, body });
  const now = new Date(scene.clock.now()).toISOString();
  const signature = createHmac('sha256', scene.secret).update(now).update(event).digest('base64');
  return postRaw(scene.world, event, { signature: `primary=${signature}`, timestamp: now });
}

describe('a code that the platform repeats when it has been removed here', () => {
  for (const [told, timestampOf] of [
    ['with its time', (scene: PrivateWorld) => new Date(scene.clock.now()).toISOString()],
    ['without a time', () => null],
  ] as const) {
    test(`is not kept as an ordinary message, after the end, ${told}`, async () => {
      const { scene } = await begin();
      const timestamp = timestampOf(scene);
      await call(scene.world, 'POST /chat/end', { token: scene.token, body: {} });
      await scene.until((events) => events.some(({ type }) => type === 'message-removed'));
      assert.equal((await plainEcho(scene, timestamp)).status, 204);
      await scene.pass(1_000);
      assert.ok(!JSON.stringify(await readHistory(scene.world, scene.token)).includes(canary));
    });

    test(`is not kept as an ordinary message, after the task and its 15 minutes, ${told}`, async () => {
      const { scene } = await begin();
      const timestamp = timestampOf(scene);
      await scene.endTask();
      await scene.pass(kept);
      assert.equal((await plainEcho(scene, timestamp)).status, 204);
      await scene.pass(kept);
      assert.ok(!JSON.stringify(await readHistory(scene.world, scene.token)).includes(canary));
    });
  }
});

describe('a code that is over', () => {
  test('is not read while something else is being written', async () => {
    const store = createMemoryStore();
    const append = store.append.bind(store);
    let release: (() => void) | undefined;
    store.append = async (request) => {
      if (request.key?.startsWith('removed ')) await new Promise<void>((resolve) => (release = resolve));
      return append(request);
    };
    const log = new ChatLog({ chatId: 37, store, sealer: createSealer(), now: () => 1_000 });
    const at = '2026-01-02T10:00:00.000Z';
    const sender = { kind: 'task_virtual_agent', id: 71 } as const;
    const message = { id: 'm', type: 'text', text: canary, parts: null, sender, at, private: true, to: null, replyTo: null, delivery: null } as const;
    await log.commit(() => ({ entries: [{ type: 'message-added', at, message }] }));
    const chat = { id: 37, status: 'finished', participants: [], timeoutAt: null };
    await log.commit(() => ({ entries: [{ type: 'chat-updated', at, chat }] }));
    while (!release) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(!JSON.stringify(await log.read(0, 10)).includes(canary));
    release();
  });

  test('does not lie in wait for a reader who is behind', async () => {
    const { scene } = await begin();
    const { epoch } = await readHistory(scene.world, scene.token);
    const stream = await call(scene.world, 'GET /chat/events', { token: scene.token, headers: { 'last-event-id': `${epoch}.0` } });
    await scene.pass(kept);
    await scene.until((events) => events.some(({ type }) => type === 'message-removed'));
    void scene.world.relay.stop();
    const read = await stream.text().catch((error: unknown) => String(error));
    assert.ok(!read.includes(canary), read);
  });

  test('does not lie in wait for a reader who was there when it was written', async () => {
    const { scene, to } = await begin();
    const stream = await call(scene.world, 'GET /chat/events', { token: scene.token });
    await scene.outcome(await scene.send({ to, text: `${canary} once more` }));
    await scene.pass(kept);
    await scene.until((events) => events.filter(({ type }) => type === 'message-removed').length >= 2);
    void scene.world.relay.stop();
    const read = await stream.text().catch((error: unknown) => String(error));
    assert.ok(!read.includes(canary), read);
  });
});

describe('what nobody can read', () => {
  const note = { ...said('agent', 7, canary), timestamp: '2026-01-02T10:00:01Z' };
  const internal = { ...note, body: { ...note.body, message: { type: 'text', content: canary, visibility: 'internal' } } };

  test('is nothing that was ever there to be removed: it stays as it was', async () => {
    const world = createWorld();
    await world.relay.start();
    const token = await startChat(world);
    await webhook(world, internal);
    const before = (await readHistory(world, token)).events.find(({ message }) => message?.type === 'unsupported');
    assert.ok(before);
    await world.clock.advance(kept);
    const { events } = await readHistory(world, token);
    assert.deepEqual(events.find(({ seq }) => seq === before.seq), before);
    assert.ok(!events.some(({ type }) => type === 'message-removed'));
    await world.relay.stop();
  });

  const secrets: Record<string, object> = {
    'of a visibility nobody knows': internal,
    'of a sender nobody knows': said('task_assistant', 9, canary),
    'of an event nobody knows': { event_type: 'server_message_received', body: { code: canary } },
    'of a virtual agent to the end user alone': said('virtual_agent', 9, canary, { visibility: 'task_virtual_agent' }),
    'without a message id': { ...said('end_user', 12345, canary) },
    'with a message id': { event_type: 'message_received', body: { sender: { id: 9, type: 'task_assistant' }, message: { type: 'text', content: canary, message_id: 5 } } },
  };
  for (const [name, event] of Object.entries(secrets)) {
    test(`${name} leaves no digest behind that could be tried`, async () => {
      const keys: (string | null)[] = [];
      const inner = createMemoryStore();
      const append = inner.append.bind(inner);
      inner.append = (request) => (keys.push(request.key), append(request));
      const world = createWorld({ store: inner });
      await startChat(world);
      keys.length = 0;
      await webhook(world, event as Parameters<typeof webhook>[1]);
      const body = JSON.stringify({ timestamp: '2026-01-02T10:00:00Z', chat_id: 37, body: {}, ...event });
      const parsed = JSON.parse(body) as { event_type: string; body: { sender?: { id: number }; message?: { message_id?: number } } };
      const guesses = await Promise.all([
        digest(body),
        digest(JSON.stringify([37, parsed.event_type, parsed.body.sender?.id, String(parsed.body.message?.message_id), 'text', canary])),
      ]);
      assert.ok(keys.length > 0);
      for (const key of keys) assert.ok(!guesses.includes(String(key)), 'a plain digest');
    });
  }
});

describe('a message without a listener of its own', () => {
  test('named as for the end user, is the same one when it is sent again', async () => {
    const scene = new PrivateWorld();
    await scene.start();
    await scene.startTask();
    const body = { text: canary, to: { kind: 'end_user', id: null } };
    const first = await scene.post(body);
    assert.equal(first.status, 202);
    assert.equal((await scene.post({ ...body, id: first.answer.id })).status, 202);
  });
});
