import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { added, ava, chatWith, messageFrom, textsOf } from './conversation.js';
import { logged, problem } from './fake-relay.js';
import { bodiesOf, count, deliveryOf, epoch, hold, setUp, started, turns, until } from './set-up.js';

const asAda = async () => ({ token: 'signed-for-ada' });
const ongoing = () => Response.json({ chat: chatWith('va_assigned', ava), token: 'ada', epoch }, { status: 200 });
const none = () => problem('no-ongoing-chat');

/** A visitor whom the site knows. */
const setUpAda = (authenticate: () => Promise<{ token: string }> = asAda) => setUp({ authenticate });

describe('a visitor whom the site knows', () => {
  test('starts a chat as that person', async () => {
    const { relay, client, kept } = setUpAda();
    const bodies = bodiesOf(relay, 'POST /chats', started('token'));
    await client.startChat({ menu: 'billing' });
    assert.deepEqual(bodies, [{ menu: 'billing', identityToken: 'signed-for-ada' }]);
    assert.equal(kept.handle, 'token');
  });

  const silences: [string, () => Promise<{ token: string }>][] = [
    ['rejects', () => Promise.reject(new Error('signed out'))],
    ['throws', () => { throw new Error('a fault of the page'); }],
    ['answers no token', async () => ({ token: '' })],
    ['answers nothing', async () => undefined as never],
  ];
  for (const [what, authenticate] of silences) {
    test(`gets no chat as anybody else when the site ${what}`, async () => {
      const { relay, client } = setUpAda(authenticate);
      await assert.rejects(client.startChat(), { name: 'ChatError', code: 'identity-unavailable', retryable: true });
      assert.deepEqual(relay.calls, []);
      assert.equal(client.state.phase, 'none');
      const errors: string[] = [];
      client.on('error', ({ code }) => errors.push(code));
      const id = client.sendMessage('Hello');
      await until(() => deliveryOf(client, id) === 'failed');
      assert.deepEqual(errors, ['identity-unavailable']);
      assert.deepEqual(relay.calls, []);
    });
  }

  test('gets no chat when the token is expired or forged', async () => {
    const { relay, client, kept } = setUpAda();
    relay.answer('POST /chats', () => problem('identity-invalid'));
    await assert.rejects(client.startChat(), { code: 'identity-invalid' });
    assert.deepEqual([client.state.phase, client.state.chat, kept.handle], ['none', null, null]);
  });

  test('without authenticate is anonymous, and is not looked for', async () => {
    const { relay, client } = setUp();
    const bodies = bodiesOf(relay, 'POST /chats', started('token'));
    await client.connect();
    assert.deepEqual(bodies, []);
    await client.startChat();
    assert.deepEqual(bodies, [{}]);
  });
});

describe('the ongoing chat of this visitor, from another tab', () => {
  test('is found and shown with its history when the client connects, without announcing the past', async () => {
    const { relay, client, kept } = setUpAda();
    const bodies = bodiesOf(relay, 'POST /chats', ongoing);
    const told: string[] = [];
    client.on('chat-started', () => told.push('started'));
    client.on('message-received', ({ text }) => told.push(text));
    relay.log.push(logged(1, { type: 'chat-updated', chat: chatWith('va_assigned', ava) }), added(2, messageFrom(ava, 'Hello')));
    await client.connect();
    await until(() => client.state.connection === 'open');
    assert.deepEqual(bodies, [{ identityToken: 'signed-for-ada', existing: true }]);
    assert.deepEqual(textsOf(client.state as never), ['Hello']);
    assert.equal(client.state.phase, 'virtual_agent');
    assert.equal(kept.handle, 'ada');
    assert.deepEqual(told, []);
  });

  test('that there is none is normal: nothing is said and no chat begins', async () => {
    const { relay, client, kept } = setUpAda();
    relay.answer('POST /chats', none);
    const errors: string[] = [];
    client.on('error', ({ code }) => errors.push(code));
    await client.connect();
    assert.deepEqual([client.state.phase, client.state.problem, kept.handle], ['none', null, null]);
    assert.deepEqual(errors, []);
  });

  test('is not looked for where the handle was kept', async () => {
    const { relay, client } = setUp({ handle: 'token', authenticate: asAda });
    await client.connect();
    assert.equal(count(relay, 'POST /chats'), 0);
  });

  test('is told of when the token is not taken, and can be tried again', async () => {
    const { relay, client } = setUpAda();
    relay.answer('POST /chats', () => problem('identity-invalid'));
    await client.connect();
    assert.equal(client.state.problem?.code, 'identity-invalid');
    relay.answer('POST /chats', ongoing);
    await client.connect();
    assert.equal(client.state.problem, null);
    assert.equal(client.state.chat?.id, 37);
  });

  test('is continued when the relay answers it in place of a new one, and the first message goes into it', async () => {
    const { relay, client } = setUpAda();
    relay.answer('POST /chats', ongoing);
    relay.log.push(logged(1, { type: 'chat-updated', chat: chatWith('va_assigned', ava) }), added(2, messageFrom(ava, 'Hello')));
    const told: string[] = [];
    client.on('message-received', ({ text }) => told.push(text));
    client.sendMessage('Hi');
    await until(() => count(relay, 'POST /chat/messages') === 1);
    await until(() => client.state.connection === 'open');
    assert.deepEqual(textsOf(client.state as never), ['Hello', 'Hi']);
    assert.deepEqual(told, []);
    assert.equal(count(relay, 'GET /chat/events'), 1);
  });

  test('that cannot be read yet is not lost, and no second one begins', async () => {
    const { relay, client, kept } = setUpAda();
    relay.answer('POST /chats', ongoing);
    relay.answer('GET /chat/history', () => problem('store-unavailable'));
    await assert.rejects(client.startChat(), { code: 'store-unavailable' });
    assert.equal(kept.handle, 'ada');
    relay.answer('GET /chat/history', () => Response.json({ epoch, first: 1, head: 0, events: [] }));
    await client.connect();
    await until(() => client.state.connection === 'open');
    assert.equal(count(relay, 'POST /chats'), 1);
  });
});

describe('a message that is written while the ongoing chat is looked for', () => {
  test('waits for the answer, goes into what was found, and nothing is asked twice', async () => {
    const { relay, client } = setUpAda();
    const search = hold(ongoing);
    relay.answer('POST /chats', search.answer);
    const connecting = client.connect();
    await until(() => count(relay, 'POST /chats') === 1);
    const id = client.sendMessage('Hi');
    await turns();
    assert.equal(count(relay, 'POST /chats'), 1);
    search.release();
    await connecting;
    await until(() => count(relay, 'POST /chat/messages') === 1);
    await until(() => client.state.connection === 'open');
    assert.equal(count(relay, 'POST /chats'), 1);
    assert.equal(count(relay, 'GET /chat/events'), 1);
    assert.equal(deliveryOf(client, id), 'sending');
  });

  for (const [what, answer] of [['found nothing', none], ['failed', () => problem('identity-unavailable')]] as const) {
    test(`starts a chat when the search ${what}`, async () => {
      const { relay, client } = setUpAda();
      const search = hold(answer);
      relay.answer('POST /chats', search.answer);
      void client.connect();
      await until(() => count(relay, 'POST /chats') === 1);
      client.sendMessage('Hi');
      relay.answer('POST /chats', started('new'));
      search.release();
      await until(() => count(relay, 'POST /chat/messages') === 1);
      assert.equal(count(relay, 'POST /chats'), 2);
    });
  }
});

describe('signing out on a shared computer', () => {
  test('while the ongoing chat is looked for leaves nothing of it, and does not end it', async () => {
    const { relay, client, kept } = setUpAda();
    const search = hold(ongoing);
    relay.answer('POST /chats', search.answer);
    const connecting = client.connect();
    await until(() => count(relay, 'POST /chats') === 1);
    client.reset();
    search.release();
    await connecting;
    await turns();
    assert.deepEqual([client.state.phase, client.state.chat, kept.handle], ['none', null, null]);
    assert.deepEqual([count(relay, 'POST /chat/end'), count(relay, 'GET /chat/history')], [0, 0]);
  });

  test('while a chat is being started does not end the one that was going on elsewhere', async () => {
    const { relay, client, kept } = setUpAda();
    const start = hold(ongoing);
    relay.answer('POST /chats', start.answer);
    const starting = client.startChat();
    await until(() => count(relay, 'POST /chats') === 1);
    client.reset();
    start.release();
    await starting;
    await turns();
    assert.equal(count(relay, 'POST /chat/end'), 0);
    assert.equal(kept.handle, null);
  });

  test('forgets what the last visitor brought along', async () => {
    const { relay, client } = setUp();
    const bodies = bodiesOf(relay, 'POST /chats', started('token'));
    await client.startChat({ context: { order: 'A-17' }, priorTranscript: [{ sender: 'end_user', text: 'My order' }] });
    client.reset();
    client.sendMessage('Hello');
    await until(() => bodies.length === 2);
    assert.deepEqual(bodies[1], {});
  });

  test('while the site says who the visitor is gives nobody else\'s chat that name', async () => {
    let authenticate = asAda;
    const { relay, client } = setUpAda(() => authenticate());
    await client.startChat();
    let answer: (() => void) | undefined;
    authenticate = () => new Promise((resolve) => (answer = () => { resolve({ token: 'signed-for-ada' }); }));
    const bodies = bodiesOf(relay, 'PATCH /chat/end-user');
    const identifying = client.identify();
    client.reset();
    authenticate = async () => ({ token: 'signed-for-bob' });
    relay.answer('POST /chats', started('of somebody else'));
    await client.startChat();
    answer?.();
    await identifying;
    assert.deepEqual(bodies, []);
  });
});

describe('saying who one is in the middle of a chat', () => {
  test('asks the site and tells the relay', async () => {
    let token = 'signed-for-ada';
    const { relay, client } = setUpAda(async () => ({ token }));
    await client.startChat();
    token = 'newer';
    const bodies = bodiesOf(relay, 'PATCH /chat/end-user');
    await client.identify();
    assert.deepEqual(bodies, [{ identityToken: 'newer' }]);
  });

  test('fails where the site cannot say', async () => {
    const { client } = setUp();
    await client.startChat();
    await assert.rejects(client.identify(), { code: 'identity-unavailable' });
  });

  test('before a chat looks for the ongoing one', async () => {
    const { relay, client } = setUpAda();
    const bodies = bodiesOf(relay, 'POST /chats', ongoing);
    await client.identify();
    assert.deepEqual(bodies, [{ identityToken: 'signed-for-ada', existing: true }]);
    assert.equal(client.state.chat?.id, 37);
  });
});
