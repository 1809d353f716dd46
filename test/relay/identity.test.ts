import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HookedChat } from '../../src/relay/index.js';
import { ann, asked, ben, codeOf, companySecret, signToken, signedDataOf, start, startAs, until } from './site.js';
import { call, createWorld, platformChat, readHistory, startChat } from './world.js';

const options = { companySecret };
const upserts = 'POST /end_users';

describe('a visitor with a token of the site', () => {
  test('is the end user it names, and the chat knows e-mail and phone', async () => {
    const world = createWorld(options);
    const { status } = await startAs(world, ann);
    assert.equal(status, 201);
    assert.deepEqual(asked(world, upserts), [ann]);
    const [created] = asked(world, 'POST /chats');
    assert.equal(created?.['chat'].email, ann.email);
    assert.deepEqual(created['end_user'], { phone: ann.phone });
  });

  test('needs no more than an identifier', async () => {
    const world = createWorld(options);
    assert.equal((await startAs(world, { identifier: 'c-9', name: null, email: ' ' })).status, 201);
    assert.deepEqual(asked(world, upserts), [{ identifier: 'c-9' }]);
    assert.equal(asked(world, 'POST /chats')[0]?.['end_user'], undefined);
  });

  test('is kept in the store by a hash and sealed, never in clear', async () => {
    const world = createWorld({ ...options, encryptionKeys: [new Uint8Array(32).fill(7)] });
    await startAs(world, ann);
    const stored = await world.store.findChat(37);
    assert.match(stored?.identityHash ?? '', /^[0-9a-f]{64}$/);
    assert.doesNotMatch(JSON.stringify(stored), /c-ann|ann@example|6175550100/);
  });

  test('is nowhere in the operator\'s log', async () => {
    const world = createWorld(options);
    world.platform.answer('POST /chats', () => Response.json({ message: 'no' }, { status: 422 }));
    await startAs(world, ann);
    await start(world, { identityToken: await signToken(world, ann, { secret: 'another' }) });
    assert.doesNotMatch(JSON.stringify(world.lines), /c-ann|ann@example|6175550100|eyJ/);
  });

  describe('within the minute that clocks may differ', () => {
    for (const [name, skew] of [
      ['expired', { expiresIn: -50 }],
      ['not valid yet', { validIn: 50 }],
      ['issued in the future', { issuedIn: 50 }],
    ] as const) {
      test(`${name} is still good`, async () => {
        const world = createWorld(options);
        const { status } = await start(world, { identityToken: await signToken(world, ann, skew) });
        assert.equal(status, 201);
      });
    }
  });
});

describe('a token that is not good starts no chat as anybody', () => {
  type World = ReturnType<typeof createWorld>;
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const tokens: Record<string, (world: World) => Promise<string> | string> = {
    expired: (world) => signToken(world, ann, { expiresIn: -70 }),
    'without an end': (world) => signToken(world, ann, { expiresIn: null }),
    'not valid yet': (world) => signToken(world, ann, { validIn: 70 }),
    'from the future': (world) => signToken(world, ann, { issuedIn: 70 }),
    'signed by somebody else': (world) => signToken(world, ann, { secret: 'another-secret-of-that-length' }),
    'signed by another algorithm': (world) => signToken(world, ann, { algorithm: 'HS384' }),
    'not signed': () => `${encode({ alg: 'none' })}.${encode({ ...ann, exp: 9_999_999_999 })}.`,
    'changed after it was signed': async (world) => {
      const [head, , signature] = (await signToken(world, ben)).split('.');
      return `${String(head)}.${encode({ ...ann, exp: 9_999_999_999 })}.${String(signature)}`;
    },
    'without an identifier': (world) => signToken(world, { name: 'Ann' }),
    'with an empty identifier': (world) => signToken(world, { ...ann, identifier: '  ' }),
    'with a number for an identifier': (world) => signToken(world, { ...ann, identifier: 5 }),
    'with an e-mail that is no text': (world) => signToken(world, { ...ann, email: ['ann@example.com'] }),
    rubbish: () => 'rubbish',
  };
  for (const [name, make] of Object.entries(tokens)) {
    test(name, async () => {
      const world = createWorld(options);
      const answer = await start(world, { identityToken: await make(world) });
      assert.deepEqual([answer.status, answer.code], [401, 'identity-invalid']);
      assert.deepEqual(world.platform.calls, []);
    });
  }

  test('any, where the relay has no company secret, or an empty one', async () => {
    for (const secret of [undefined, '']) {
      const world = createWorld({ companySecret: secret });
      const answer = await start(world, { identityToken: await signToken(world, ann) });
      assert.deepEqual([answer.status, answer.code], [401, 'identity-invalid']);
    }
  });
});

describe('the ongoing chat of an identity', () => {
  test('is found again on another device: the same chat by a new handle, and the old one still works', async () => {
    const world = createWorld(options);
    const first = await startAs(world, ann);
    const second = await startAs(world, ann);
    assert.deepEqual([first.status, second.status], [201, 200]);
    assert.deepEqual([second.chat.id, first.token === second.token], [37, false]);
    assert.equal(asked(world, 'POST /chats').length, 1);
    for (const { token } of [first, second]) assert.equal((await call(world, 'GET /chat', { token })).status, 200);
  });

  test('two tabs that start at once share one chat', async () => {
    const world = createWorld(options);
    const answers = await Promise.all([startAs(world, ann), startAs(world, ann)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 201]);
    assert.equal(asked(world, 'POST /chats').length, 1);
  });

  test('is nobody else\'s', async () => {
    const world = createWorld(options);
    await startAs(world, ann);
    world.platform.setChat({ ...platformChat('queued'), id: 38 });
    const other = await startAs(world, ben);
    assert.deepEqual([other.status, other.chat.id], [201, 38]);
    assert.equal((await start(world)).status, 201);
  });

  test('is over once it ended, even where only the platform knows', async () => {
    const world = createWorld(options);
    await startAs(world, ann);
    world.platform.setChat(platformChat('finished'));
    world.platform.answer('POST /chats', () => Response.json({ ...platformChat('queued'), id: 38 }));
    const again = await startAs(world, ann);
    assert.deepEqual([again.status, again.chat.id], [201, 38]);
  });

  test('is answered though the platform cannot be read right now', async () => {
    const world = createWorld(options);
    await startAs(world, ann);
    world.platform.answer('GET /chats/37', () => new Response('', { status: 500 }));
    assert.equal((await startAs(world, ann)).status, 200);
  });

  test('a page that only wants to go on starts none', async () => {
    const world = createWorld(options);
    for (const answer of [await startAs(world, ann, { existing: true }), await start(world, { existing: true })]) {
      assert.deepEqual([answer.status, answer.code], [404, 'no-ongoing-chat']);
    }
    assert.deepEqual(world.platform.calls, []);
    await startAs(world, ann);
    assert.equal((await startAs(world, ann, { existing: true })).status, 200);
  });
});

describe('what a token vouches for', () => {
  const data = { plan: { label: 'Plan', value: 'gold' }, reserved_verified_customer: { value: true } };

  test('reaches the platform signed, with a label each', async () => {
    const world = createWorld(options);
    await startAs(world, { ...ann, custom_data: data });
    await until(() => asked(world, 'POST /chats/37/custom_data').length > 0);
    assert.deepEqual(await signedDataOf(world), [
      { plan: { label: 'Plan', value: 'gold' }, reserved_verified_customer: { label: 'reserved_verified_customer', value: true } },
    ]);
  });

  test('is left out where it is no map, and the chat starts all the same', async () => {
    const world = createWorld(options);
    assert.equal((await startAs(world, { ...ann, custom_data: { plan: 'gold' } })).status, 201);
    assert.deepEqual(asked(world, 'POST /chats/37/custom_data'), []);
  });

  test('lost on the way to the platform, it costs no chat', async () => {
    const world = createWorld(options);
    world.platform.answer('POST /chats/37/custom_data', () => Response.json({ message: 'Invalid' }, { status: 400 }));
    const { status, token } = await startAs(world, { ...ann, custom_data: data });
    await until(() => asked(world, 'POST /chats/37/custom_data').length > 0);
    assert.equal(status, 201);
    assert.ok((await readHistory(world, token)).events.length > 0);
  });
});

describe('saying in the middle of a chat who one is', () => {
  const tell = async (world: ReturnType<typeof createWorld>, token: string, claims: object) =>
    call(world, 'PATCH /chat/end-user', { token, body: { identityToken: await signToken(world, { ...claims }) } });

  test('makes an anonymous chat that person\'s, also on another device', async () => {
    const world = createWorld(options);
    const token = await startChat(world);
    const response = await tell(world, token, { ...ann, custom_data: { plan: { value: 'gold' } } });
    assert.deepEqual([response.status, await response.json()], [200, {}]);
    assert.deepEqual(asked(world, 'POST /chats/37/end-user'), [ann]);
    assert.equal((await startAs(world, ann)).status, 200);
    await until(() => asked(world, 'POST /chats/37/custom_data').length > 0);
    assert.deepEqual(await signedDataOf(world), [{ plan: { label: 'plan', value: 'gold' } }]);
  });

  test('may tell more of the same person, and what is not told again stays', async () => {
    const feedback: HookedChat[] = [];
    const world = createWorld({ ...options, hooks: { onFeedback: (told) => void feedback.push(told) } });
    const { token } = await startAs(world, { identifier: ann.identifier, email: ann.email });
    assert.equal((await tell(world, token, { identifier: ann.identifier, name: 'Ann Harper' })).status, 200);
    await call(world, 'POST /chat/feedback', { token, body: { rating: 5 } });
    assert.deepEqual(feedback[0]?.visitor, { identifier: ann.identifier, name: 'Ann Harper', email: ann.email });
  });

  test('never makes it somebody else\'s', async () => {
    const world = createWorld(options);
    const { token } = await startAs(world, ann);
    const response = await tell(world, token, ben);
    assert.deepEqual([response.status, await codeOf(response)], [401, 'identity-invalid']);
    assert.deepEqual(asked(world, 'POST /chats/37/end-user'), []);
  });

  test('twice in a row is done, though the platform calls it a duplicate', async () => {
    const world = createWorld(options);
    const token = await startChat(world);
    const refusal = { message: 'Duplicate request: Please wait for the interval to expire' };
    world.platform.answer('POST /chats/37/end-user', () => Response.json(refusal, { status: 400 }));
    assert.equal((await tell(world, token, ann)).status, 200);
  });

  const troubles: [string, (world: ReturnType<typeof createWorld>, token: string) => Promise<Response>, number, string][] = [
    ['without a handle', (world) => tell(world, 'A'.repeat(43), ann), 401, 'unauthorized'],
    ['with a forged token', async (world, token) => call(world, 'PATCH /chat/end-user', { token, body: { identityToken: await signToken(world, ann, { secret: 'x' }) } }), 401, 'identity-invalid'],
    ['with a name and no token', (world, token) => call(world, 'PATCH /chat/end-user', { token, body: { identifier: 'c-ann' } }), 400, 'invalid-request'],
    ['of a platform that refuses', (world, token) => {
      world.platform.answer('POST /chats/37/end-user', () => Response.json({ message: 'Unsupported CRM request' }, { status: 400 }));
      return tell(world, token, ann);
    }, 502, 'platform-rejected'],
    ['after the end', async (world, token) => {
      await call(world, 'POST /chat/end', { token, body: {} });
      return tell(world, token, ann);
    }, 409, 'chat-ended'],
  ];
  for (const [name, attempt, status, code] of troubles) {
    test(`${name} it is ${status} ${code}, and the chat stays anonymous`, async () => {
      const world = createWorld(options);
      const response = await attempt(world, await startChat(world));
      assert.deepEqual([response.status, await codeOf(response)], [status, code]);
      assert.equal((await world.store.findChat(37))?.identityHash, null);
    });
  }
});
