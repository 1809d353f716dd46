import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { call, createWorld, inShort, networkError, platformChat, readHistory, startChat, untilLogged } from './world.js';

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

describe('starting a chat', () => {
  test('makes an end user nobody can guess and a chat in the relay\'s queue', async () => {
    const world = createWorld();
    const response = await call(world, 'POST /chats', { body: { lang: 'de', context: { plan: 'gold' } } });
    assert.equal(response.status, 201);
    const started = (await response.json()) as { chat: { id: number; status: string }; token: string };
    assert.deepEqual([started.chat.id, started.chat.status], [37, 'queued']);
    assert.match(started.token, /^[A-Za-z0-9_-]{43}$/);
    const [endUser, chat] = world.platform.calls;
    assert.match(String(endUser?.body?.['identifier']), /^visitor-[0-9a-f-]{36}$/);
    assert.deepEqual(chat?.body, { chat: { menu_id: 100, end_user_id: 12345, lang: 'de', context: { value: { plan: 'gold' } } } });
  });

  test('two visitors get different handles and different end users', async () => {
    const world = createWorld();
    const [first, second] = [await startChat(world), await startChat(world)];
    assert.notEqual(first, second);
    const identifiers = world.platform.calls.filter(({ path }) => path === '/end_users').map(({ body }) => body?.['identifier']);
    assert.equal(new Set(identifiers).size, 2);
  });

  for (const menu of ['orders', 101, '101']) {
    test(`takes the menu ${JSON.stringify(menu)}`, async () => {
      const world = createWorld();
      await call(world, 'POST /chats', { body: { menu } });
      assert.equal((world.platform.calls.at(1)?.body?.['chat'] as { menu_id: number }).menu_id, 101);
    });
  }

  test('a menu that is not offered is refused before the platform hears of it', async () => {
    const world = createWorld();
    const response = await call(world, 'POST /chats', { body: { menu: 'vip' } });
    assert.equal(response.status, 400);
    assert.equal(await codeOf(response), 'menu-not-offered');
    assert.deepEqual(world.platform.calls, []);
  });

  for (const key of ['end_user_id', 'identifier', 'email', 'customer_flag', 'signed_data']) {
    test(`"${key}" from the page is refused: identity never comes from there`, async () => {
      const world = createWorld();
      const response = await call(world, 'POST /chats', { body: { [key]: 1 } });
      assert.equal(response.status, 400);
      assert.deepEqual(world.platform.calls, []);
    });
  }

  const troubles: [string, () => Response | Error, number, string][] = [
    ['wrong credentials', () => Response.json({ message: 'HTTP Basic: Access denied.' }, { status: 401 }), 503, 'platform-unauthorized'],
    ['a redirect elsewhere', () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }), 503, 'platform-unauthorized'],
    ['a 500', () => new Response('<h1>Oops</h1>', { status: 500 }), 503, 'platform-unavailable'],
    ['HTML instead of JSON', () => new Response('<h1>Login</h1>', { status: 200 }), 503, 'platform-unavailable'],
    ['no connection', () => networkError('ECONNREFUSED'), 503, 'platform-unavailable'],
    ['a refusal', () => Response.json({ message: 'SECRET' }, { status: 422 }), 502, 'platform-rejected'],
  ];
  for (const [name, answer, status, code] of troubles) {
    test(`${name} of the platform is ${status} ${code}, and says nothing of the platform`, async () => {
      const world = createWorld();
      world.platform.answer('POST /end_users', answer);
      const response = await call(world, 'POST /chats', { body: {} });
      assert.equal(response.status, status);
      const text = await response.text();
      assert.equal((JSON.parse(text) as { code: string }).code, code);
      assert.doesNotMatch(text, /SECRET|acme|api-token|example|Oops|Basic/);
    });
  }

  test('a platform that has no room for a moment only makes the visitor wait', async () => {
    const world = createWorld();
    let asked = 0;
    world.platform.answer('POST /end_users', () => {
      asked += 1;
      return asked < 3 ? new Response('', { status: 429, headers: { 'retry-after': '1' } }) : Response.json({ id: 12345, identifier: 'visitor' });
    });
    const answer = call(world, 'POST /chats', { body: {} });
    for (let step = 0; step < 12; step += 1) await world.clock.advance(250);
    assert.equal((await answer).status, 201);
    assert.equal(asked, 3);
  });

  test('a platform that never has room is 503 platform-unavailable in the end', async () => {
    const world = createWorld();
    world.platform.answer('POST /end_users', () => new Response('', { status: 429 }));
    const answer = call(world, 'POST /chats', { body: {} });
    for (let step = 0; step < 80; step += 1) await world.clock.advance(250);
    assert.equal(await codeOf(await answer), 'platform-unavailable');
  });

  test('only what a page may know is passed on', async () => {
    const world = createWorld();
    world.platform.setChat({ ...platformChat('queued'), canary: 'SECRET', agent: { id: 7, name: 'Jane', canary: 'SECRET', avatar_url: 'javascript:alert(1)' } });
    const response = await call(world, 'POST /chats', { body: {} });
    const text = await response.text();
    assert.doesNotMatch(text, /SECRET|javascript|visitor-|12345/);
  });
});

describe('the handle', () => {
  const routes = [
    'GET /chat', 'GET /chat/history', 'GET /chat/events', 'POST /chat/messages', 'POST /chat/escalations', 'PATCH /chat/escalations/55',
    'PATCH /chat/end-user', 'POST /chat/custom-data', 'POST /chat/resume', 'POST /chat/feedback', 'POST /chat/end',
  ];
  const handles: [string, Record<string, string>][] = [
    ['no handle', {}],
    ['a handle that never was', { authorization: `Bearer ${'A'.repeat(43)}` }],
    ['a chat id for a handle', { authorization: 'Bearer 37' }],
    ['another scheme', { authorization: `Basic ${btoa('acme:api-token')}` }],
    ['rubbish', { authorization: 'Bearer ../37' }],
  ];
  for (const route of routes) {
    test(`${route} answers everybody without a good handle the same 401`, async () => {
      const world = createWorld();
      await startChat(world);
      const before = world.platform.calls.length;
      const answers = new Set<string>();
      for (const [, headers] of handles) {
        const response = await call(world, route, { headers, ...(route.startsWith('GET') ? {} : { body: { anything: 1 } }) });
        const problem = (await response.json()) as { requestId?: string };
        delete problem.requestId;
        answers.add(JSON.stringify([response.status, problem, response.headers.get('www-authenticate')]));
      }
      assert.equal(answers.size, 1);
      assert.match([...answers][0] ?? '', /^\[401,.*"unauthorized"/);
      assert.equal(world.platform.calls.length, before);
    });
  }

  test('opens its own chat and no other', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.setChat({ ...platformChat('queued'), id: 38 });
    const other = await startChat(world);
    const chatOf = async (handle: string) => ((await (await call(world, 'GET /chat', { token: handle })).json()) as { chat: { id: number } }).chat.id;
    assert.deepEqual([await chatOf(token), await chatOf(other)], [37, 38]);
  });

  test('is nowhere in the store', async () => {
    const world = createWorld();
    const token = await startChat(world);
    assert.ok(!JSON.stringify(await world.store.findChat(37)).includes(token));
  });
});

describe('ending', () => {
  test('is told to the platform as the end user\'s doing, once', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const first = await call(world, 'POST /chat/end', { token, body: {} });
    assert.equal(((await first.json()) as { chat: { status: string } }).chat.status, 'finished');
    const second = await call(world, 'POST /chat/end', { token, body: {} });
    assert.equal(second.status, 200);
    const patches = world.platform.calls.filter(({ method }) => method === 'PATCH');
    assert.deepEqual(patches.map(({ body }) => body), [{ finished_by_user_id: 12345, chat: { status: 'finished' } }]);
    const lines = inShort((await readHistory(world, token)).events);
    assert.equal(lines.filter((line) => line === 'notice ended').length, 1);
  });

  test('by somebody else a moment earlier is an end all the same', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.answer('PATCH /chats/37', () => Response.json({ message: 'Chat is already ended' }, { status: 400 }));
    world.platform.setChat(platformChat('finished'));
    assert.equal((await call(world, 'POST /chat/end', { token, body: {} })).status, 200);
  });

  test('leaves the history readable, and takes no more messages', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await call(world, 'POST /chat/end', { token, body: {} });
    await untilLogged(world, token, (events) => inShort(events).includes('chat finished'));
    const response = await call(world, 'POST /chat/messages', { token, body: { id: crypto.randomUUID(), text: 'Hello?' } });
    assert.equal(response.status, 409);
    assert.equal(await codeOf(response), 'chat-ended');
  });

  test('and after the retention the chat is forgotten', async () => {
    const world = createWorld({ retentionMs: 600_000 });
    await world.relay.start();
    const token = await startChat(world);
    await call(world, 'POST /chat/end', { token, body: {} });
    await world.clock.advance(500_000);
    assert.equal((await call(world, 'GET /chat', { token })).status, 200);
    await world.clock.advance(200_000);
    assert.equal((await call(world, 'GET /chat', { token })).status, 401);
    await world.relay.stop();
  });
});
