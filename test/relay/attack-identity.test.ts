import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryStore, type RelayHooks } from '../../src/relay/index.js';
import { ann, asked, ben, companySecret, signToken, startAs, until } from './site.js';
import { call, createWorld, platformChat, readHistory, startChat, webhook } from './world.js';

const options = { companySecret };

/** For what must not follow: it had its chance. */
async function settle(isSo: () => boolean): Promise<void> {
  await until(isSo);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('the chat of an identity', () => {
  test('that the platform does not know any more is over: the visitor gets another one', async () => {
    const world = createWorld(options);
    await startAs(world, ann);
    world.platform.answer('GET /chats/37', () => Response.json({ message: 'Not Found' }, { status: 404 }));
    world.platform.answer('POST /chats', () => Response.json({ ...platformChat('queued'), id: 38 }));
    const again = await startAs(world, ann);
    assert.deepEqual([again.status, again.chat.id], [201, 38]);
  });

  test('that ends while the identity is told stays theirs', async () => {
    const world = createWorld(options);
    const token = await startChat(world);
    let answer: (response: Response) => void = () => undefined;
    world.platform.answer('GET /chats/37', () => new Promise((resolve) => (answer = resolve)));
    await webhook(world, { event_type: 'something_new' });
    await until(() => asked(world, 'GET /chats/37').length > 0);
    const identityToken = await signToken(world, ann);
    assert.equal((await call(world, 'PATCH /chat/end-user', { token, body: { identityToken } })).status, 200);
    answer(Response.json(platformChat('finished')));
    let stored = await world.store.findChat(37);
    for (let turn = 0; turn < 1_000 && stored?.endedAt === null; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      stored = await world.store.findChat(37);
    }
    assert.notEqual(stored?.endedAt, null);
    assert.notEqual(stored?.identityHash, null);
  });

  test('is not told to somebody else who holds a token of their own and the handle', async () => {
    const world = createWorld(options);
    const { token } = await startAs(world, ann);
    const response = await call(world, 'PATCH /chat/end-user', { token, body: { identityToken: await signToken(world, ben) } });
    assert.equal(response.status, 401);
    assert.equal(asked(world, 'POST /chats/37/end-user').length, 0);
  });

  test('by a forged token is nobody\'s, whatever else the request says', async () => {
    const world = createWorld(options);
    const parts = (await signToken(world, ann)).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const identityToken of [`${none}.${parts[1]}.`, `${none}.${parts[1]}.${parts[2]}`, await signToken(world, ann, { algorithm: 'HS512' }), parts.slice(0, 2).join('.'), 'x']) {
      for (const existing of [true, false]) {
        const response = await call(world, 'POST /chats', { body: { identityToken, existing } });
        assert.deepEqual([response.status, (await response.json() as { code: string }).code], [401, 'identity-invalid']);
      }
    }
    assert.deepEqual(world.platform.calls, []);
  });

  test('is not begun by a page of another site, nor by a form', async () => {
    const world = createWorld({ hooks: { identify: () => ann } });
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
    ]) {
      const { status } = await call(world, 'POST /chats', { body: {}, headers });
      assert.ok([403, 415].includes(status), String(status));
    }
    assert.deepEqual(world.platform.calls, []);
  });
});

describe('a hook that answers rubbish', () => {
  const rubbish: unknown[] = ['text', ['a'], 7, true, { plan: null }, { plan: 'gold' }, { plan: { value: { deep: 1 } } }, { plan: {} }, new Map([['a', 1]])];

  for (const answer of rubbish) {
    test(`signedData: ${JSON.stringify(answer)} counts as failed, and what the token vouches for arrives`, async () => {
      const hooks = { signedData: () => answer } as unknown as RelayHooks;
      const world = createWorld({ ...options, hooks });
      const { status } = await startAs(world, { ...ann, custom_data: { plan: { value: 'from the token' } } });
      assert.equal(status, 201);
      await until(() => asked(world, 'POST /chats/37/custom_data').length > 0);
      assert.deepEqual(world.lines.filter(({ fields }) => fields?.hook === 'signedData').length, 1);
      const [sent] = asked(world, 'POST /chats/37/custom_data');
      const payload = String(sent?.['signed_data']).split('.')[1] ?? '';
      assert.deepEqual((JSON.parse(Buffer.from(payload, 'base64url').toString()) as { custom_data: unknown }).custom_data, {
        plan: { label: 'plan', value: 'from the token' },
      });
    });

    test(`customerFlags: ${JSON.stringify(answer)} sets nothing`, async () => {
      const world = createWorld({ hooks: { customerFlags: () => answer } as unknown as RelayHooks });
      await startChat(world);
      await settle(() => asked(world, 'GET /chats/37/customer_flag').length > 0);
      assert.deepEqual(asked(world, 'POST /chats/37/customer_flag'), []);
    });
  }

  test('customerFlags: flags that are no booleans set nothing, and the operator is told', async () => {
    const world = createWorld({ hooks: { customerFlags: () => ({ badActor: 'yes' }) } as unknown as RelayHooks });
    await startChat(world);
    await until(() => world.lines.some(({ fields }) => fields?.hook === 'customerFlags'));
    assert.deepEqual(asked(world, 'POST /chats/37/customer_flag'), []);
  });
});

describe('keys that mean something to JavaScript', () => {
  const raw = (text: string) => text;

  test('in context and custom data change nothing', async () => {
    const world = createWorld(options);
    const response = await call(world, 'POST /chats', { body: raw('{"context":{"__proto__":"x","constructor":"y","toString":"z","hasOwnProperty":"w"}}') });
    assert.equal(response.status, 201, await response.clone().text());
    const { token } = (await response.json()) as { token: string };
    const sent = asked(world, 'POST /chats')[0];
    assert.ok(sent);
    const added = await call(world, 'POST /chat/custom-data', {
      token,
      body: raw('{"data":{"__proto__":{"value":"x"},"constructor":{"value":"y"},"a":{"value":1,"label":"l"}}}'),
    });
    assert.ok([200, 400].includes(added.status));
    assert.equal(({} as Record<string, unknown>)['value'], undefined);
    for (const bad of ['{"__proto__":{"menu":"x"}}', '{"constructor":1}', '{"context":{"a":{"__proto__":1}}}', '[]', 'null', '"x"', '{"context":[]}']) {
      const { status } = await call(world, 'POST /chats', { body: raw(bad) });
      assert.ok([201, 400].includes(status), `${bad} ${status}`);
    }
    const reserved = await call(world, 'POST /chats', { body: raw('{"context":{"\\u0072eserved_verified_customer":true}}') });
    assert.equal(reserved.status, 400);
  });

  test('in the token\'s data change nothing', async () => {
    const world = createWorld(options);
    const claims = JSON.parse('{"custom_data":{"__proto__":{"value":"x"},"constructor":{"value":"y"}}}') as object;
    assert.equal((await startAs(world, { ...ann, ...claims })).status, 201);
    await until(() => asked(world, 'POST /chats/37/custom_data').length > 0);
  });
});

describe('bodies that are wrong', () => {
  const routes = ['POST /chat/resume', 'POST /chat/feedback', 'POST /chat/custom-data', 'PATCH /chat/end-user', 'POST /chat/messages', 'POST /chat/escalations', 'PATCH /chat/escalations/55', 'POST /chat/end'];
  const bodies: [string, string, Record<string, string>, number][] = [
    ['no JSON', '{', {}, 400],
    ['nothing', '', {}, 400],
    ['another type', '{}', { 'content-type': 'text/plain' }, 415],
    ['compressed', '{}', { 'content-encoding': 'gzip' }, 415],
    ['huge', `{"a":"${'x'.repeat(70_000)}"}`, {}, 413],
    ['a list', '[]', {}, 400],
    ['deep', '['.repeat(30_000), {}, 400],
    ['a key too many', '{"id":1,"chatId":38,"endUserId":1}', {}, 400],
  ];
  for (const route of routes) {
    test(`are refused by ${route}, and repeated nowhere`, async () => {
      const hooks: RelayHooks = { onFeedback: () => undefined };
      const world = createWorld({ ...options, hooks });
      const token = await startChat(world);
      world.platform.calls.length = 0;
      for (const [name, body, headers, status] of bodies) {
        const response = await call(world, route, { token, body, headers });
        assert.equal(response.status, status, name);
        assert.ok((await response.text()).length < 1_000, name);
      }
      assert.deepEqual(world.platform.calls, []);
      assert.deepEqual((await readHistory(world, token)).events.length, 1);
    });
  }
});

test('a store in memory that is shared gives a person one chat', async () => {
  const store = createMemoryStore();
  const world = createWorld({ ...options, store });
  const answers = await Promise.all(Array.from({ length: 8 }, () => startAs(world, ann)));
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
  assert.equal(new Set(answers.map(({ token }) => token)).size, 8);
});
