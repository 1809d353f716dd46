import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readEventStream } from '../../src/client/event-stream.js';
import { createMemoryStore } from '../../src/relay/index.js';
import { canary, kept, PrivateWorld } from './private-world.js';
import { call, readHistory } from './world.js';

const asked = 'What is the code?';

/** A chat in which a task virtual agent has asked for a code and heard it. */
async function begin({ isStarted = true, ...options }: ConstructorParameters<typeof PrivateWorld>[0] & { isStarted?: boolean } = {}) {
  const scene = new PrivateWorld(options);
  if (isStarted) await scene.world.relay.start();
  await scene.start();
  await scene.send({ text: 'Hello Jane', to: null });
  const to = { kind: 'task_virtual_agent', id: await scene.startTask() };
  const id = await scene.send({ to });
  assert.equal(await scene.outcome(id), 'sent');
  return { scene, to, id };
}

type Events = Awaited<ReturnType<typeof readHistory>>['events'];

const privateOnes = (events: Events) => events.flatMap(({ seq, message }) => (message?.private ? [{ seq, ...message }] : []));
const removals = (events: Events) => events.flatMap(({ type, id }) => (type === 'message-removed' ? [id as string] : []));
const areRemoved = (events: Events) => removals(events).length === privateOnes(events).length;

/** What a reader ends up with who applies the events in order. */
function toMessages(events: Events): Map<string, { seq: number; type: string; text: string; parts: unknown }> {
  const messages = new Map<string, { seq: number; type: string; text: string; parts: unknown }>();
  for (const { seq, type, message, id } of events) {
    if (type === 'message-added') messages.set(message.id, { seq, type: message.type, text: message.text, parts: message.parts });
    const removed = type === 'message-removed' ? messages.get(id as string) : undefined;
    if (removed) messages.set(id as string, { ...removed, type: 'removed', text: '', parts: null });
  }
  return messages;
}

function assertTombstones(before: Events, after: Events): void {
  const old = privateOnes(before);
  assert.deepEqual(old.map(({ text }) => text), [asked, canary]);
  const tombstones = old.map((message) => ({ ...message, type: 'removed', text: '', parts: null }));
  assert.deepEqual(privateOnes(after), tombstones);
  assert.deepEqual(removals(after), old.map(({ id }) => id));
  const others = (events: Events) => events.filter(({ seq, message }) => seq <= before.length && !message?.private);
  assert.deepEqual(others(after), others(before));
}

describe('private messages of both directions', () => {
  test('are tombstones at the same place after 15 minutes, one removal each, and all else stays', async () => {
    const { scene } = await begin();
    const before = await scene.until(() => true);
    await scene.pass(kept);
    assertTombstones(before, await scene.until(areRemoved));
    await scene.pass(kept);
    assertTombstones(before, (await readHistory(scene.world, scene.token)).events);
  });

  test('are tombstones at the end of the chat, without waiting', async () => {
    const { scene } = await begin();
    const before = await scene.until(() => true);
    await call(scene.world, 'POST /chat/end', { token: scene.token, body: {} });
    assertTombstones(before, await scene.until(areRemoved));
    assert.deepEqual(await scene.store.listSecrets({ chatId: scene.chatId }), []);
  });

  test('are not readable from the 15th minute on, whether or not they have been removed yet', async () => {
    const { scene } = await begin({ isStarted: false });
    const before = await scene.until(() => true);
    await scene.pass(15 * 60_000 - 1);
    assert.deepEqual(privateOnes((await readHistory(scene.world, scene.token)).events).map(({ text }) => text), ['', canary]);
    await scene.pass(1);
    const { events } = await readHistory(scene.world, scene.token);
    assert.deepEqual(privateOnes(events).map(({ seq, type, text }) => [seq, type, text]), privateOnes(before).map(({ seq }) => [seq, 'removed', '']));
    assert.deepEqual(removals(events), []);
  });

  test('read the same for who was there all along, who comes back by a cursor, and who takes the history', async () => {
    const { scene } = await begin();
    const cursor = (seq: number) => ({ 'last-event-id': `${scene.store.epoch}.${seq}` });
    const open = (seq: number) => call(scene.world, 'GET /chat/events', { token: scene.token, headers: cursor(seq) });
    const live = readStream(await open(0));
    const { events: before, head } = await readHistory(scene.world, scene.token);
    await scene.pass(kept);
    await scene.until(areRemoved);
    const [late, resumed] = [await open(0), await open(head)];
    const { events: after } = await readHistory(scene.world, scene.token);
    await scene.world.relay.stop();

    const [fromLive, fromLate, fromResumed] = await Promise.all([live, readStream(late), readStream(resumed)]);
    const wanted = toMessages(after);
    assert.deepEqual(toMessages(fromLive), wanted);
    assert.deepEqual(toMessages(fromLate), wanted);
    assert.deepEqual(toMessages([...before, ...fromResumed]), wanted);
    assert.ok(JSON.stringify(fromLive).includes(canary), 'the live reader had it');
    assert.ok(!JSON.stringify(fromLate).includes(canary));
  });

  test('that come in one append with other entries take none of them along', async () => {
    const { scene } = await begin({ switches: { taskMembershipWebhooks: 'none' } });
    const before = await scene.until(() => true);
    const first = before.find(({ message }) => message?.sender.kind === 'task_virtual_agent');
    assert.equal(before.find(({ seq }) => seq === (first?.seq ?? 0) - 1)?.['at'], first?.['at'], 'something came with it');
    await scene.pass(kept);
    assertTombstones(before, await scene.until(areRemoved));
    assert.deepEqual(await scene.store.listSecrets({ chatId: scene.chatId }), []);
  });
});

describe('after a restart', () => {
  test('what is overdue is removed at the start', async () => {
    const { scene } = await begin({ isStarted: false });
    const before = await scene.until(() => true);
    await scene.pass(kept);
    scene.restart();
    await scene.world.relay.start();
    assert.deepEqual(await scene.store.listSecrets({ chatId: scene.chatId }), []);
    assertTombstones(before, await scene.until(areRemoved));
  });

  test('a removal that was told but not done is done, and told once', async () => {
    let isBroken = true;
    const store = createMemoryStore();
    const replace = store.replace.bind(store);
    store.replace = (entry) => (isBroken ? Promise.reject(new Error('The disk is full.')) : replace(entry));
    const { scene } = await begin({ store });
    const before = await scene.until(() => true);
    await scene.pass(kept);
    await scene.until(areRemoved);
    assert.equal((await store.listSecrets({ chatId: scene.chatId })).length, 2);
    assert.ok(scene.logged.includes('retention failed'));
    isBroken = false;
    scene.restart();
    await scene.world.relay.start();
    assert.deepEqual(await store.listSecrets({ chatId: scene.chatId }), []);
    assertTombstones(before, await scene.until(areRemoved));
    assert.ok(!scene.logged.includes(canary));
  });
});

describe('a private message that has been removed', () => {
  test('is still the same message: its id answers its state whatever the text, and nothing is sent', async () => {
    const { scene, id, to } = await begin();
    await scene.pass(kept);
    await scene.until(areRemoved);
    const calls = scene.platformCalls.length;
    for (const text of [canary, 'something else']) {
      for (const again of [false, true]) {
        const { status, answer } = await scene.post({ id, to, text, again });
        assert.deepEqual([status, answer.id, answer.delivery], [202, id, 'sent']);
      }
    }
    const other = await scene.post({ id, to: { ...to, id: 1 } });
    assert.equal(other.answer.code, 'message-conflict');
    assert.ok(!scene.platformCalls.slice(calls).some((name) => name.endsWith('/message')));
  });

  test('is not sent again either when it had failed', async () => {
    const { scene, to } = await begin();
    await scene.endTask();
    const id = await scene.send({ to });
    assert.equal(await scene.outcome(id), 'failed (addressee-gone)');
    await scene.pass(kept);
    await scene.until(areRemoved);
    const { answer } = await scene.post({ id, to, again: true });
    assert.equal(answer.delivery, 'failed');
    assert.equal((await readHistory(scene.world, scene.token)).events.at(-1)?.type, 'message-removed');
  });

  test('that comes after the end of the chat is removed at once', async () => {
    const { scene } = await begin();
    await scene.control('PUT', '/faults', { webhook: { taskDelay: [5_000, 5_000] } });
    await scene.control('POST', `/chats/${scene.chatId}/messages`, { from: 'task_virtual_agent', message: { type: 'text', content: 'Thank you' } });
    await call(scene.world, 'POST /chat/end', { token: scene.token, body: {} });
    await scene.pass(6_000);
    const events = await scene.until((all) => privateOnes(all).length === 3 && areRemoved(all));
    assert.deepEqual(privateOnes(events).map(({ text }) => text), ['', '', '']);
  });
});

async function readStream(response: Response): Promise<Events> {
  const events: Events = [];
  assert.ok(response.body);
  for await (const { data } of readEventStream(response.body)) {
    const told = JSON.parse(data) as Events[number];
    if ((told.seq as number | undefined) !== undefined) events.push(told);
  }
  return events;
}
