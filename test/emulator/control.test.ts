import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createEmulator } from '../../src/emulator/index.js';
import { createStage, origin, read } from './stage.js';

describe('the control API', () => {
  const foreign: [string, string, Record<string, string>, string][] = [
    ['another host', 'http://emulator.example/emulator/chats', {}, 'host-not-loopback'],
    [
      'a name rebound to this machine',
      'http://127.0.0.1:5174/emulator/chats',
      { Host: 'evil.example:5174' },
      'host-not-loopback',
    ],
    [
      'a host that only begins like ours',
      'http://localhost.evil.example/emulator/chats',
      {},
      'host-not-loopback',
    ],
    [
      'another website',
      `${origin}/emulator/chats`,
      { Origin: 'https://evil.example' },
      'origin-not-loopback',
    ],
    [
      'a page without an origin of its own',
      `${origin}/emulator/chats`,
      { Origin: 'null' },
      'origin-not-loopback',
    ],
  ];
  for (const [name, url, headers, code] of foreign) {
    test(`refuses ${name}`, async () => {
      const { emulator } = createStage();
      for (const method of ['GET', 'OPTIONS']) {
        const response = await emulator.fetch(new Request(url, { method, headers }));
        assert.equal(response.status, 403);
        assert.equal(response.headers.get('Access-Control-Allow-Origin'), null);
        assert.equal((await read(response)).body.code, code);
      }
    });
  }

  for (const host of ['localhost:5174', '127.0.0.1', '[::1]:9000']) {
    test(`answers to ${host}, and to a page of this machine with CORS headers`, async () => {
      const { emulator } = createStage();
      const headers = { Origin: 'http://localhost:5173' };
      const answer = await emulator.fetch(new Request(`http://${host}/emulator/chats`, { headers }));
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('Access-Control-Allow-Origin'), 'http://localhost:5173');
      assert.equal(answer.headers.get('Vary'), 'Origin');
      const preflight = await emulator.fetch(
        new Request(`http://${host}/emulator/switches`, { method: 'OPTIONS', headers }),
      );
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get('Access-Control-Allow-Origin'), 'http://localhost:5173');
      assert.equal(preflight.headers.get('Access-Control-Allow-Methods'), 'GET, POST, PUT');
      assert.equal(preflight.headers.get('Access-Control-Allow-Headers'), 'Content-Type, Last-Event-ID');
    });
  }

  test('keeps its CORS headers on refusals, so that a page can read them', async () => {
    const { emulator } = createStage();
    const headers = { Origin: 'http://localhost:5173' };
    const answer = await emulator.fetch(new Request(`${origin}/emulator/chats/9`, { headers }));
    assert.equal(answer.status, 404);
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), 'http://localhost:5173');
    assert.deepEqual((await read(answer)).body, {
      code: 'chat-not-found',
      message: 'There is no such chat.',
    });
  });

  test('gives the platform no CORS headers: a browser has no business there', async () => {
    const { emulator } = createStage();
    const headers = { Origin: 'http://localhost:5173' };
    const answer = await emulator.fetch(new Request(`${origin}/apps/api/v1/chats/1`, { headers }));
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), null);
  });

  test('says what it does not have', async () => {
    const { control } = createStage();
    const unknown = await control('GET', '/nonsense');
    assert.equal(unknown.status, 404);
    assert.equal(unknown.body.code, 'not-found');
    const method = await control('DELETE', '/chats');
    assert.equal(method.status, 405);
    assert.equal(method.body.code, 'method-not-allowed');
    assert.equal(method.headers.get('Allow'), 'GET, POST');
  });

  test('tells the credentials, which the seed decides', async () => {
    const { control, emulator } = createStage({ seed: 42 });
    const { body } = await control('GET', '/credentials');
    assert.deepEqual(body, emulator.credentials);
    assert.deepEqual(Object.keys(body), [
      'subdomain',
      'apiToken',
      'companySecret',
      'webhookPrimarySecret',
      'webhookSecondarySecret',
    ]);
    assert.deepEqual(createEmulator({ seed: 42 }).credentials, body);
    assert.notEqual(createEmulator({ seed: 43 }).credentials.apiToken, emulator.credentials.apiToken);
  });
});

describe('chats in the control API', () => {
  test('are listed newest first, with what the agent may see', async () => {
    const { openChat, write, transfer, control } = createStage();
    const first = await openChat({ name: 'Ann' });
    await openChat({ name: 'Ann' });
    await transfer(first.chatId, { to: 'agent' });
    await write(first, 'Hello');
    await transfer(first.chatId, { to: 'task_virtual_agent' });
    await write(first, '493817');
    assert.deepEqual((await control('GET', '/chats')).body, {
      chats: [
        {
          id: 2,
          status: 'queued',
          endUser: { id: 501, identifier: 'c-9f31', name: 'Ann' },
          participants: [{ id: 501, type: 'end_user', name: 'Ann', status: 'connected' }],
          createdAt: '2026-01-02T10:00:00.000Z',
        },
        {
          id: 1,
          status: 'assigned',
          endUser: { id: 501, identifier: 'c-9f31', name: 'Ann' },
          participants: [
            { id: 501, type: 'end_user', name: 'Ann', status: 'connected' },
            { id: 7, type: 'agent', name: 'Jane Doe', status: 'connected' },
            { id: 17, type: 'task_virtual_agent', name: 'Verification assistant', status: 'connected' },
          ],
          createdAt: '2026-01-02T10:00:00.000Z',
          lastMessage: { from: 'end_user', content: 'Hello' },
        },
      ],
    });
  });

  test('show one chat as the agent sees it, and as it is', async () => {
    const { openChat, write, transfer, control } = createStage();
    const chat = await openChat();
    await transfer(chat.chatId, { to: 'agent' });
    await write(chat, 'Hello');
    await transfer(chat.chatId, { to: 'task_virtual_agent' });
    await write(chat, '493817');
    await transfer(chat.chatId, { to: 'agent' });
    await write(chat, 'Back again');
    const { body } = await control('GET', `/chats/${chat.chatId}`);
    assert.deepEqual(body.menu, { id: 100, name: 'Support' });
    assert.deepEqual(body.endUser, { id: 501, identifier: 'c-9f31', name: null });
    const hello = {
      id: 1,
      from: 'end_user',
      name: 'Visitor',
      type: 'text',
      content: 'Hello',
      at: '2026-01-02T10:00:01.000Z',
      private: false,
    };
    const secret = { ...hello, id: 2, content: '493817', at: '2026-01-02T10:00:02.000Z', private: true };
    const back = { ...hello, id: 3, content: 'Back again', at: '2026-01-02T10:00:03.000Z' };
    assert.deepEqual(body.agentView, [hello, back]);
    assert.deepEqual(body.all, [hello, secret, back]);
    assert.doesNotMatch(JSON.stringify(body.agentView), /493817/);
  });
});

describe('speaking through the control API', () => {
  test('answers the message as it stands in the chat', async () => {
    const { openChat, transfer, control } = createStage();
    const { chatId } = await openChat();
    await transfer(chatId, { to: 'agent', name: 'Sam Lee' });
    const answer = await control('POST', `/chats/${chatId}/messages`, {
      from: 'agent',
      message: { type: 'text', content: 'Hi' },
    });
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.body, {
      id: 1,
      from: 'agent',
      name: 'Sam Lee',
      type: 'text',
      content: 'Hi',
      at: '2026-01-02T10:00:01.000Z',
      private: false,
    });
  });

  test('is refused for a kind that is not in the chat', async () => {
    const { openChat, control } = createStage();
    const { chatId } = await openChat();
    const answer = await control('POST', `/chats/${chatId}/messages`, {
      from: 'agent',
      message: { type: 'text', content: 'Hi' },
    });
    assert.equal(answer.status, 409);
    assert.deepEqual(answer.body, {
      code: 'participant-not-in-chat',
      message: 'No agent is connected to this chat.',
    });
  });

  const refusals: [string, unknown, string, RegExp][] = [
    [
      'the end user',
      { from: 'end_user', message: { type: 'text', content: 'Hi' } },
      'invalid-request',
      /^from: /,
    ],
    ['nobody', { message: { type: 'text', content: 'Hi' } }, 'invalid-request', /^from: /],
    [
      'no words',
      { from: 'agent', message: { type: 'text', content: '' } },
      'invalid-request',
      /^message\.content: /,
    ],
    [
      'a text without content',
      { from: 'agent', message: { type: 'text' } },
      'invalid-request',
      /^message\.content: /,
    ],
    ['no type', { from: 'agent', message: { content: 'Hi' } }, 'invalid-request', /^message\.type: /],
    ['a list', [], 'invalid-request', /^the body: /],
    ['something that is not JSON', '{', 'invalid-json', /not JSON/],
  ];
  for (const [name, body, code, message] of refusals) {
    test(`is refused for ${name}, and says why`, async () => {
      const { openChat, control } = createStage();
      const { chatId } = await openChat();
      const answer = await control('POST', `/chats/${chatId}/messages`, body);
      assert.equal(answer.status, 400);
      assert.equal(answer.body.code, code);
      assert.match(answer.body.message, message);
    });
  }

  test('is refused in an ended chat, like a transfer and a second end', async () => {
    const { openChat, transfer, control } = createStage();
    const { chatId } = await openChat();
    await transfer(chatId, { to: 'agent' });
    assert.equal((await control('POST', `/chats/${chatId}/end`)).body.status, 'finished');
    for (const answer of [
      await control('POST', `/chats/${chatId}/messages`, {
        from: 'agent',
        message: { type: 'text', content: 'Hi' },
      }),
      await control('POST', `/chats/${chatId}/end`),
      await transfer(chatId, { to: 'virtual_agent' }),
    ]) {
      assert.equal(answer.status, 409);
      assert.deepEqual(answer.body, { code: 'chat-ended', message: 'The chat has ended.' });
    }
  });
});

describe('the events of the control API', () => {
  test('tell which chat changed, and go on over a reset', async () => {
    const { emulator, openChat, control, clock } = createStage();
    const response = await emulator.fetch(new Request(`${origin}/emulator/events`));
    assert.equal(response.headers.get('Content-Type'), 'text/event-stream');
    await openChat();
    await clock.advance(15_000);
    await control('POST', '/reset');
    emulator.stop();
    assert.equal(
      await response.text(),
      [
        ': heartbeat',
        'event: changed\ndata: {"chatId":1}',
        ': heartbeat',
        'event: changed\ndata: {"chatId":null}',
        '',
      ].join('\n\n'),
    );
  });
});
