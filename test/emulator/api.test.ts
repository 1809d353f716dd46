import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, origin, read } from './stage.js';

/* The documents below are copied from the platform's reference; no schema of ours checks them. */

describe('authentication', () => {
  const attempts = {
    'no credentials': undefined,
    'a wrong token': `Basic ${btoa('harbor-and-pine:wrong')}`,
    'a bearer token': 'Bearer abc',
    'something that is not Base64': 'Basic %%%',
  };
  for (const [name, authorization] of Object.entries(attempts)) {
    test(`refuses ${name} with 401 and a message`, async () => {
      const { emulator } = createStage();
      const headers = authorization === undefined ? {} : { Authorization: authorization };
      const answer = await read(
        await emulator.fetch(new Request(`${origin}/apps/api/v1/chats/1`, { headers })),
      );
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.body, { message: 'Unauthorized' });
    });
  }

  test('takes the subdomain as user name and the API token as password', async () => {
    const credentials = { subdomain: 'acme', apiToken: 'pässword:with colon' };
    const { emulator } = createStage({ credentials });
    const bytes = new TextEncoder().encode('acme:pässword:with colon');
    const headers = { Authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
    const answer = await read(
      await emulator.fetch(new Request(`${origin}/apps/api/v1/end_users?id=9`, { headers })),
    );
    assert.equal(answer.status, 404);
  });
});

describe('end users', () => {
  test('are created once per identifier, and keep their id when they change', async () => {
    const { platform } = createStage();
    const created = await platform('POST', '/end_users', { identifier: 'c-9f31', name: 'Ann' });
    assert.equal(created.status, 201);
    assert.deepEqual(created.body, { id: 501, identifier: 'c-9f31' });
    const updated = await platform('POST', '/end_users', { identifier: 'c-9f31', email: 'ann@example.com' });
    assert.equal(updated.status, 200);
    assert.deepEqual(updated.body, { id: 501, identifier: 'c-9f31' });
    const other = await platform('POST', '/end_users', { identifier: 'c-other' });
    assert.deepEqual(other.body, { id: 502, identifier: 'c-other' });
  });

  test('are found by id and by identifier', async () => {
    const { platform } = createStage();
    await platform('POST', '/end_users', { identifier: 'c-9f31' });
    assert.deepEqual((await platform('GET', '/end_users?id=501')).body, { id: 501, identifier: 'c-9f31' });
    assert.deepEqual((await platform('GET', '/end_users?identifier=c-9f31')).body, {
      id: 501,
      identifier: 'c-9f31',
    });
    const unknown = await platform('GET', '/end_users?identifier=nobody');
    assert.equal(unknown.status, 404);
    assert.deepEqual(unknown.body, { message: 'Not Found' });
  });

  for (const body of [{}, { identifier: '' }, { identifier: null }, { identifier: ' ' }, undefined, [1]]) {
    const name = body === undefined ? 'no body' : JSON.stringify(body);
    test(`need an identifier: ${name} is refused`, async () => {
      const answer = await createStage().platform('POST', '/end_users', body);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { message: 'param is missing or the value is empty: identifier' });
    });
  }

  test('are not looked up without a key', async () => {
    const answer = await createStage().platform('GET', '/end_users');
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, { message: 'param is missing or the value is empty: identifier' });
  });
});

describe('creating a chat', () => {
  test('answers the whole chat object, queued', async () => {
    const { platform } = createStage();
    await platform('POST', '/end_users', { identifier: 'c-9f31' });
    const answer = await platform('POST', '/chats', {
      chat: {
        menu_id: 100,
        end_user_id: 501,
        lang: 'fr',
        email: 'ann@example.com',
        context: { value: { foo: 'bar' } },
        transcript: [],
      },
      end_user: { phone: '+16175550100' },
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, {
      id: 1,
      status: 'queued',
      status_text: '<p>You are in the queue. <b>Somebody will be with you shortly.</b></p>',
      features: [],
      created_at: '2026-01-02T10:00:00Z',
      ends_at: null,
      timeout_at: '2026-01-02T11:00:00Z',
      agent: null,
      virtual_agent: null,
      all_agents: [],
      all_virtual_agents: [],
      lang: 'fr',
      menus: [{ id: 100, name: 'Support' }],
      end_user: { id: 501, identifier: 'c-9f31' },
    });
    assert.deepEqual((await platform('GET', '/chats/1')).body, answer.body);
  });

  const refusals: [string, unknown, number, string][] = [
    ['no chat', {}, 400, 'param is missing or the value is empty: chat'],
    ['an empty chat', { chat: {} }, 400, 'param is missing or the value is empty: chat'],
    ['no menu', { chat: { end_user_id: 501 } }, 400, 'param is missing or the value is empty: menu_id'],
    ['no end user', { chat: { menu_id: 100 } }, 400, 'param is missing or the value is empty: end_user_id'],
    ['an unknown menu', { chat: { menu_id: 999, end_user_id: 501 } }, 404, 'Not Found'],
    ['an unknown end user', { chat: { menu_id: 100, end_user_id: 999 } }, 404, 'Not Found'],
    ['a body that is not JSON', '{"chat":', 400, 'Error occurred while parsing request parameters'],
  ];
  for (const [name, body, status, message] of refusals) {
    test(`with ${name} is refused with ${status}`, async () => {
      const { platform } = createStage();
      await platform('POST', '/end_users', { identifier: 'c-9f31' });
      const answer = await platform('POST', '/chats', body);
      assert.equal(answer.status, status);
      assert.deepEqual(answer.body, { message });
    });
  }
});

describe('a chat', () => {
  test('shows the human agent with a first name and a picture, and everybody who was there', async () => {
    const { platform, openChat, transfer } = createStage();
    const { chatId } = await openChat();
    await transfer(chatId, { to: 'virtual_agent' });
    await transfer(chatId, { to: 'agent' });
    const { body } = await platform('GET', `/chats/${chatId}`);
    assert.equal(body.status, 'assigned');
    const jane = {
      id: 7,
      name: 'Jane Doe',
      first_name: 'Jane',
      avatar_url: 'http://127.0.0.1:5174/avatars/agent-7.svg',
      status: 'connected',
    };
    assert.deepEqual(body.agent, jane);
    assert.deepEqual(body.all_agents, [jane]);
    assert.equal(body.virtual_agent, null);
    assert.deepEqual(body.all_virtual_agents, [
      {
        id: 15,
        name: 'Ava',
        avatar_url: 'http://127.0.0.1:5174/avatars/virtual-agent-15.svg',
        status: 'disconnected',
      },
    ]);
  });

  test('names pictures at the public address where there is one', async () => {
    const { platform, openChat, transfer } = createStage({ publicUrl: 'https://emulator.example' });
    const { chatId } = await openChat();
    await transfer(chatId, { to: 'virtual_agent' });
    const { body } = await platform('GET', `/chats/${chatId}`);
    assert.equal(body.virtual_agent?.avatar_url, 'https://emulator.example/avatars/virtual-agent-15.svg');
  });

  test('is finished by the end user, once', async () => {
    const { platform, openChat, clock } = createStage();
    const { chatId, endUserId } = await openChat();
    await clock.advance(60_000);
    const request = { finished_by_user_id: endUserId, chat: { status: 'finished' } };
    const answer = await platform('PATCH', `/chats/${chatId}`, request);
    assert.equal(answer.status, 200);
    assert.equal(answer.body.status, 'finished');
    assert.equal(answer.body.ends_at, '2026-01-02T10:01:00Z');
    const again = await platform('PATCH', `/chats/${chatId}`, request);
    assert.equal(again.status, 400);
    assert.deepEqual(again.body, { message: 'Chat is already ended' });
  });

  test('takes no message and no escalation after its end', async () => {
    const { platform, openChat } = createStage();
    const { chatId, endUserId } = await openChat();
    await platform('PATCH', `/chats/${chatId}`, { chat: { status: 'finished' } });
    const message = { from_user_id: endUserId, message: { type: 'text', content: 'Hello' } };
    for (const answer of [
      await platform('POST', `/chats/${chatId}/message`, message),
      await platform('POST', `/chats/${chatId}/escalations`, {
        reason: 'by_end_user_ask',
        force_escalate: true,
      }),
    ]) {
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { message: 'Chat is already ended' });
    }
  });

  test('that does not exist is 404 on every route', async () => {
    const { platform } = createStage();
    for (const [method, path] of [
      ['GET', '/chats/99'],
      ['PATCH', '/chats/99'],
      ['POST', '/chats/99/message'],
      ['POST', '/chats/99/escalations'],
      ['GET', '/chats/x'],
    ] as const) {
      const answer = await platform(
        method,
        path,
        method === 'GET' ? undefined : { chat: { status: 'finished' } },
      );
      assert.equal(answer.status, 404, `${method} ${path}`);
      assert.deepEqual(answer.body, { message: 'Not Found' });
    }
  });

  test('offers nothing that is not documented', async () => {
    const { platform } = createStage();
    for (const [method, path] of [
      ['GET', '/menus'],
      ['GET', '/chats'],
      ['DELETE', '/chats/1'],
      ['GET', '/chats/1/message'],
    ] as const) {
      const answer = await platform(method, path);
      assert.equal(answer.status, 404, `${method} ${path}`);
      assert.deepEqual(answer.body, { message: 'Not Found' });
    }
  });
});
