import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { added, chatWith, jane, messageFrom, modelOf, task, textsOf, after } from './conversation.js';
import { logged, problem } from './fake-relay.js';
import { bodiesOf, count, deliveryOf, hold, running, turns, until } from './set-up.js';

const taskRef = { kind: 'task_virtual_agent', id: 71 } as const;
const janeRef = { kind: 'agent', id: 7 } as const;

/** A chat with Jane in which a task agent listens. */
async function withTask() {
  const world = await running();
  world.relay.say(logged(1, { type: 'chat-updated', chat: chatWith('assigned', jane, task) }));
  await until(() => world.client.state.phase === 'agent');
  return world;
}

type World = Awaited<ReturnType<typeof withTask>>;

/** The task agent was gone when the code arrived: so says the log. */
async function failByLog({ relay, client }: World, id: string) {
  relay.say(added(2, { ...messageFrom('end_user', '493817', id), private: true, to: taskRef, delivery: 'sending' }));
  relay.say(logged(3, { type: 'message-updated', id, delivery: 'failed', code: 'addressee-gone' }));
  relay.say(logged(4, { type: 'participant-left', participant: { ...task, active: false } }));
  await until(() => client.state.chat?.participants.some(({ kind, active }) => kind === 'task_virtual_agent' && !active) ?? false);
}

const itemOf = ({ client }: World, id: string) => client.state.items.find((item) => item.kind === 'message' && item.message.id === id);

describe('what is written while a task agent listens', () => {
  test('is private from the first moment, and says for whom it was typed', async () => {
    const world = await withTask();
    const bodies = bodiesOf(world.relay, 'POST /chat/messages');
    const id = world.client.sendMessage('493817');
    const item = itemOf(world, id);
    assert.ok(item?.kind === 'message' && item.message.private);
    assert.deepEqual(item.message.to, taskRef);
    await until(() => bodies.length === 1);
    assert.deepEqual(bodies, [{ id, text: '493817', to: taskRef }]);
  });

  test('is ordinary when the person chose Jane, and says so', async () => {
    const world = await withTask();
    const bodies = bodiesOf(world.relay, 'POST /chat/messages');
    const id = world.client.sendMessage('Hello Jane', { to: janeRef });
    const item = itemOf(world, id);
    assert.ok(item?.kind === 'message' && !item.message.private);
    await until(() => bodies.length === 1);
    assert.deepEqual(bodies, [{ id, text: 'Hello Jane', to: janeRef }]);
  });

  test('names nobody while no task agent listens: the relay knows first who is there', async () => {
    const { relay, client } = await running();
    const bodies = bodiesOf(relay, 'POST /chat/messages');
    const id = client.sendMessage('Yes', { replyTo: 'q1' });
    await until(() => bodies.length === 1);
    assert.deepEqual(bodies, [{ id, text: 'Yes', replyTo: 'q1' }]);
  });

  const failures: [string, () => Response][] = [
    ['when the relay does not answer', () => { throw new TypeError('network'); }],
    ['when the relay answers that it may succeed later', () => problem('store-unavailable')],
    ['when something else answers', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
  ];
  for (const [when, answer] of failures) {
    test(`is not sent again by itself ${when}`, async () => {
      const { relay, client, clock } = await withTask();
      relay.answer('POST /chat/messages', answer);
      const id = client.sendMessage('493817');
      await until(() => deliveryOf(client, id) === 'failed');
      await clock.advance(60_000);
      await client.connect();
      await turns();
      assert.equal(count(relay, 'POST /chat/messages'), 1);
      assert.equal(deliveryOf(client, id), 'failed');
    });
  }

  test('is not sent again when the client connects anew while it was on its way', async () => {
    const { relay, client } = await withTask();
    const sending = hold(() => problem('store-unavailable'));
    relay.answer('POST /chat/messages', sending.answer);
    const id = client.sendMessage('493817');
    await until(() => count(relay, 'POST /chat/messages') === 1);
    client.close();
    sending.release();
    await client.connect();
    await turns();
    assert.equal(deliveryOf(client, id), 'failed');
    assert.equal(count(relay, 'POST /chat/messages'), 1);
  });

  test('that did arrive is not called lost because the client connected anew', async () => {
    const { relay, client } = await withTask();
    const sending = hold(() => Response.json({}));
    relay.answer('POST /chat/messages', sending.answer);
    const id = client.sendMessage('493817');
    await until(() => count(relay, 'POST /chat/messages') === 1);
    client.close();
    relay.log.push(logged(1, { type: 'chat-updated', chat: chatWith('assigned', jane, task) }), added(2, { ...messageFrom('end_user', '493817', id), private: true, to: taskRef, delivery: 'sent' }));
    await client.connect();
    assert.equal(deliveryOf(client, id), 'sent');
    assert.equal(client.state.items.length, 1);
  });

  test('is left alone while it is on its way and the client connects', async () => {
    const { relay, client } = await withTask();
    const sending = hold(() => Response.json({}));
    relay.answer('POST /chat/messages', sending.answer);
    const id = client.sendMessage('493817');
    await client.connect();
    assert.equal(deliveryOf(client, id), 'sending');
    sending.release();
  });

  test('goes out once more on the person\'s word, to the same task agent', async () => {
    const { relay, client } = await withTask();
    relay.answer('POST /chat/messages', () => problem('store-unavailable'));
    const id = client.sendMessage('493817');
    await until(() => deliveryOf(client, id) === 'failed');
    const bodies = bodiesOf(relay, 'POST /chat/messages');
    client.retryMessage(id);
    await until(() => bodies.length === 1);
    assert.deepEqual(bodies, [{ id, text: '493817', to: taskRef, again: true }]);
  });

  test('never becomes the first message of another chat', async () => {
    const world = await withTask();
    const id = world.client.sendMessage('493817');
    await failByLog(world, id);
    world.relay.say(logged(5, { type: 'chat-updated', chat: chatWith('finished', jane) }));
    await until(() => world.client.state.phase === 'ended');
    const before = world.relay.calls.length;
    world.client.retryMessage(id);
    world.client.redirectMessage(id);
    await turns();
    assert.equal(world.relay.calls.length, before);
  });
});

describe('a private message whose task agent was gone', () => {
  test('says so, and waits for the person', async () => {
    const world = await withTask();
    const id = world.client.sendMessage('493817');
    await failByLog(world, id);
    const item = itemOf(world, id);
    assert.ok(item?.kind === 'message');
    assert.deepEqual([item.message.delivery, item.code], ['failed', 'addressee-gone']);
    assert.equal(count(world.relay, 'POST /chat/messages'), 1);
  });

  test('goes to Jane on the person\'s word, as a message of its own, and the old one is gone', async () => {
    const world = await withTask();
    const id = world.client.sendMessage('493817');
    await failByLog(world, id);
    const bodies = bodiesOf(world.relay, 'POST /chat/messages');
    world.client.redirectMessage(id);
    await until(() => bodies.length === 1);
    assert.deepEqual(textsOf(world.client.state as never), ['493817']);
    assert.equal(itemOf(world, id), undefined);
    assert.notEqual(bodies[0]?.['id'], id);
    assert.deepEqual(bodies[0]?.['to'], janeRef);
    const [item] = world.client.state.items;
    assert.ok(item?.kind === 'message' && !item.message.private);
  });

  test('goes out anyway on the person\'s word, private still, where nobody can tell whether its listener is there', async () => {
    const world = await withTask();
    const id = world.client.sendMessage('493817');
    world.relay.say(added(2, { ...messageFrom('end_user', '493817', id), private: true, to: taskRef, delivery: 'sending' }));
    world.relay.say(logged(3, { type: 'message-updated', id, delivery: 'failed', code: 'addressee-gone' }));
    await until(() => itemOf(world, id)?.kind === 'message' && (itemOf(world, id) as { code: unknown }).code !== null);
    const bodies = bodiesOf(world.relay, 'POST /chat/messages');
    world.client.redirectMessage(id);
    await until(() => bodies.length === 1);
    assert.deepEqual(bodies[0], { id, text: '493817', to: taskRef, again: true, anyway: true });
    const item = itemOf(world, id);
    assert.ok(item?.kind === 'message' && item.message.private);
  });

  test('stays gone when the log is read anew', async () => {
    const world = await withTask();
    const id = world.client.sendMessage('493817');
    await failByLog(world, id);
    world.client.discardMessage(id);
    world.relay.log.push(
      logged(1, { type: 'chat-updated', chat: chatWith('assigned', jane) }),
      added(2, { ...messageFrom('end_user', '493817', id), private: true, to: taskRef, delivery: 'failed' }),
    );
    world.relay.say({ type: 'reset', epoch: '00000000000000aa', head: 2 });
    await until(() => count(world.relay, 'GET /chat/history') === 1);
    await turns();
    assert.deepEqual(textsOf(world.client.state as never), []);
  });

  test('goes out once, however often the person taps', async () => {
    const world = await withTask();
    const id = world.client.sendMessage('493817');
    await failByLog(world, id);
    const bodies = bodiesOf(world.relay, 'POST /chat/messages');
    world.client.redirectMessage(id);
    world.client.redirectMessage(id);
    await turns();
    assert.equal(bodies.length, 1);
  });
});

describe('taking a message out', () => {
  test('works for one that failed, and for no other', async () => {
    const { relay, client } = await withTask();
    relay.answer('POST /chat/messages', () => problem('message-too-long'));
    const failed = client.sendMessage('one');
    await until(() => deliveryOf(client, failed) === 'failed');
    relay.answer('POST /chat/messages', () => Response.json({}));
    const sending = client.sendMessage('two');
    client.discardMessage(failed);
    client.discardMessage(sending);
    client.discardMessage('never was');
    assert.deepEqual(textsOf(client.state as never), ['two']);
  });

  test('shows it again should it have arrived after all', async () => {
    const { relay, client } = await withTask();
    relay.answer('POST /chat/messages', () => {
      throw new TypeError('network');
    });
    const id = client.sendMessage('493817');
    await until(() => deliveryOf(client, id) === 'failed');
    client.discardMessage(id);
    relay.say(added(2, { ...messageFrom('end_user', '493817', id), private: true, to: taskRef, delivery: 'sent' }));
    await until(() => deliveryOf(client, id) === 'sent');
  });

  test('is no way to send on what was not private', async () => {
    const { relay, client } = await running();
    relay.answer('POST /chat/messages', () => problem('message-too-long'));
    const id = client.sendMessage('one');
    await until(() => deliveryOf(client, id) === 'failed');
    client.redirectMessage(id);
    assert.equal(deliveryOf(client, id), 'failed');
    assert.equal(client.state.items.length, 1);
  });
});

describe('a private message whose time is over', () => {
  const secret = { ...messageFrom('end_user', '493817', 'm1'), parts: [{ type: 'text', text: '493817' }], private: true, to: taskRef, delivery: 'failed' as const };

  test('is forgotten here, too: nothing of its words is left', () => {
    const model = after(modelOf(added(1, secret)), { type: 'message-removed', id: 'm1' });
    assert.deepEqual(model.items.map((item) => item.kind === 'message' && item.message.type), ['removed']);
    assert.ok(!JSON.stringify(model).includes('493817'));
  });

  test('can neither be sent again nor be redirected', async () => {
    const { relay, client } = await withTask();
    relay.say(added(2, secret));
    relay.say(logged(3, { type: 'message-removed', id: 'm1' }));
    await until(() => client.state.items.some((item) => item.kind === 'message' && item.message.type === 'removed'));
    client.retryMessage('m1');
    client.redirectMessage('m1');
    await turns();
    assert.equal(count(relay, 'POST /chat/messages'), 0);
    assert.equal(client.state.items.length, 1);
  });

  test('that is not known here changes nothing', () => {
    const model = after(modelOf(), { type: 'message-removed', id: 'never was' });
    assert.deepEqual(model.items, []);
  });
});
