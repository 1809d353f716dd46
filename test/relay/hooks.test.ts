import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HookedChat, RelayHooks } from '../../src/relay/index.js';
import { ann, asked, codeOf, companySecret, fails, letPass, letPassUntil, never, signToken, signedDataOf, start, startAs, until } from './site.js';
import { call, createWorld, startChat, type World } from './world.js';

const setUp = (hooks: RelayHooks): World => createWorld({ companySecret, hooks });
const flagsRead = 'GET /chats/37/customer_flag';
const flagsWritten = 'POST /chats/37/customer_flag';

/** Both ways for a hook to fail: it throws, or it takes 5 seconds. */
const failures = [
  ['throws', fails, 'a hook failed'],
  ['takes 5 seconds', never, 'a hook took too long'],
] as const;

/** The operator learns which hook failed, and nothing else. */
function assertTold(world: World, hook: string, event: string): void {
  assert.deepEqual(world.lines, [{ level: 'warn', event, fields: { hook } }]);
}

describe('identify', () => {
  test('says who asks, by the request of the page', async () => {
    const world = setUp({ identify: (request) => (request.headers.get('cookie') === 'session=ann' ? ann : null) });
    const response = await call(world, 'POST /chats', { body: {}, headers: { cookie: 'session=ann' } });
    assert.equal(response.status, 201);
    assert.deepEqual(asked(world, 'POST /end_users'), [ann]);
  });

  test('that knows nobody leaves it to the token, and without one to an identifier nobody can guess', async () => {
    const world = setUp({ identify: () => null });
    await startAs(world, ann);
    assert.equal((await start(world)).status, 201);
    assert.equal(asked(world, 'POST /end_users')[0]?.['identifier'], ann.identifier);
    assert.match(String(asked(world, 'POST /end_users')[1]?.['identifier']), /^visitor-/);
  });

  test('comes before the token', async () => {
    const world = setUp({ identify: () => ({ identifier: 'c-session' }) });
    await startAs(world, ann);
    assert.deepEqual(asked(world, 'POST /end_users'), [{ identifier: 'c-session' }]);
  });

  test('finds the ongoing chat, too', async () => {
    const world = setUp({ identify: () => ann });
    assert.equal((await start(world)).status, 201);
    assert.equal((await start(world, { existing: true })).status, 200);
  });

  for (const [how, identify, event] of failures) {
    test(`that ${how} makes it 503 identity-unavailable: no chat as nobody`, async () => {
      const world = setUp({ identify });
      const { answer } = await letPass(world, start(world));
      assert.deepEqual([answer.status, answer.code], [503, 'identity-unavailable']);
      assert.deepEqual(world.platform.calls, []);
      assertTold(world, 'identify', event);
    });
  }

  for (const answer of [{}, { identifier: '' }, { identifier: 5 }, 'ann', true]) {
    test(`that answers ${JSON.stringify(answer)} counts as failed`, async () => {
      const world = setUp({ identify: () => answer as never });
      assert.equal((await start(world)).code, 'identity-unavailable');
    });
  }
});

describe('verifyVisitor', () => {
  test('decides by what the page proves', async () => {
    const proofs: (string | null)[] = [];
    const world = setUp({ verifyVisitor: (verification) => proofs.push(verification) > 0 && verification === 'human' });
    assert.equal((await start(world, { verification: 'human' })).status, 201);
    const refused = [await start(world, { verification: 'robot' }), await start(world)];
    assert.deepEqual(refused.map(({ status, code }) => [status, code]), [[403, 'verification-failed'], [403, 'verification-failed']]);
    assert.deepEqual(proofs, ['human', 'robot', null]);
    assert.equal(asked(world, 'POST /chats').length, 1);
  });

  test('is not asked again by whoever goes on with a chat', async () => {
    let times = 0;
    const world = setUp({ verifyVisitor: () => (times += 1) > 0 });
    await startAs(world, ann);
    assert.equal((await startAs(world, ann)).status, 200);
    assert.equal(times, 1);
  });

  test('that answers anything but true lets nobody in', async () => {
    assert.equal((await start(setUp({ verifyVisitor: () => 'yes' as never }))).code, 'verification-failed');
  });

  for (const [how, verifyVisitor, event] of failures) {
    test(`that ${how} makes it 503 verification-unavailable, and no chat`, async () => {
      const world = setUp({ verifyVisitor });
      const { answer } = await letPass(world, start(world, { verification: 'human' }));
      assert.deepEqual([answer.status, answer.code], [503, 'verification-unavailable']);
      assert.deepEqual(world.platform.calls, []);
      assertTold(world, 'verifyVisitor', event);
    });
  }
});

describe('signedData', () => {
  const fromToken = { plan: { value: 'from the token' }, since: { value: 2019 } };

  test('is signed, and has the last word over the token', async () => {
    const chats: HookedChat[] = [];
    const world = setUp({ signedData: (chat) => (chats.push(chat), { plan: { label: 'Plan', value: 'gold' } }) });
    await startAs(world, { ...ann, custom_data: fromToken });
    await until(() => asked(world, 'POST /chats/37/custom_data').length > 0);
    assert.deepEqual(await signedDataOf(world), [{ plan: { label: 'Plan', value: 'gold' }, since: { label: 'since', value: 2019 } }]);
    assert.deepEqual(chats, [{ chatId: 37, visitor: ann }]);
  });

  test('is good for an hour', async () => {
    const world = setUp({ signedData: () => ({ plan: { value: 'gold' } }) });
    await startChat(world);
    await until(() => asked(world, 'POST /chats/37/custom_data').length > 0);
    const [, payload = ''] = String(asked(world, 'POST /chats/37/custom_data')[0]?.['signed_data']).split('.');
    const { iat, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iat: number; exp: number };
    assert.deepEqual([iat, exp - iat], [world.clock.now() / 1_000, 3_600]);
  });

  for (const [how, signedData, event] of failures) {
    test(`that ${how} leaves the chat as it is, with what the token vouches for`, async () => {
      const world = setUp({ signedData });
      const { status } = await startAs(world, { ...ann, custom_data: fromToken });
      assert.equal(status, 201);
      await letPassUntil(world, () => world.lines.length > 0);
      await until(() => asked(world, 'POST /chats/37/custom_data').length > 0);
      assert.deepEqual(await signedDataOf(world), [{ plan: { label: 'plan', value: 'from the token' }, since: { label: 'since', value: 2019 } }]);
      assertTold(world, 'signedData', event);
    });
  }

  test('without a company secret is not asked for, and the operator is told at the start', async () => {
    const world = createWorld({ hooks: { signedData: fails } });
    assert.deepEqual(world.lines, [{ level: 'warn', event: 'nothing can be signed: set the company secret', fields: { hook: 'signedData' } }]);
    assert.equal((await start(world)).status, 201);
    assert.deepEqual(asked(world, 'POST /chats/37/custom_data'), []);
  });
});

describe('customerFlags', () => {
  test('is told what they are and says what they shall be', async () => {
    const told: unknown[] = [];
    const world = setUp({ customerFlags: (chat, current) => (told.push(chat, current), { verifiedCustomer: true, repeatCustomer: false }) });
    await startAs(world, ann);
    await until(() => asked(world, flagsWritten).length > 0);
    assert.deepEqual(told, [{ chatId: 37, visitor: ann }, { verified_customer: false, bad_actor: true, repeat_customer: null }]);
    assert.deepEqual(asked(world, flagsWritten), [{ verified_customer: true, repeat_customers: false }]);
  });

  test('that changes nothing writes nothing', async () => {
    let isAsked = false;
    const world = setUp({ customerFlags: () => ((isAsked = true), {}) });
    await startChat(world);
    await until(() => isAsked);
    await world.clock.advance(1_000);
    assert.deepEqual(asked(world, flagsWritten), []);
  });

  test('is the only one that reads and writes them', async () => {
    const world = setUp({ signedData: () => ({ plan: { value: 'gold' } }) });
    await startChat(world);
    await until(() => asked(world, 'POST /chats/37/custom_data').length > 0);
    assert.deepEqual([...asked(world, flagsRead), ...asked(world, flagsWritten)], []);
  });

  for (const [how, customerFlags, event] of failures) {
    test(`that ${how} leaves them and the chat as they are`, async () => {
      const world = setUp({ customerFlags });
      assert.equal((await start(world)).status, 201);
      await until(() => asked(world, flagsRead).length > 0);
      await letPassUntil(world, () => world.lines.length > 0);
      assertTold(world, 'customerFlags', event);
      assert.deepEqual(asked(world, flagsWritten), []);
    });
  }

  test('is not asked where the platform does not tell them', async () => {
    const world = setUp({ customerFlags: fails });
    world.platform.answer(flagsRead, () => new Response('', { status: 500 }));
    assert.equal((await start(world)).status, 201);
    await until(() => world.lines.length > 0);
    assert.deepEqual(world.lines.map(({ event }) => event), ['platform call failed']);
  });
});

describe('onFeedback', () => {
  const feedback = (world: World, token: string, body: object) => call(world, 'POST /chat/feedback', { token, body });

  test('is handed stars and words, also after the end', async () => {
    const taken: unknown[] = [];
    const world = setUp({ onFeedback: (told) => void taken.push(told) });
    const { token } = await startAs(world, ann);
    await feedback(world, token, { rating: 4, comment: 'Kind.' });
    await call(world, 'POST /chat/end', { token, body: {} });
    const response = await feedback(world, token, { rating: 5 });
    assert.deepEqual([response.status, await response.json()], [200, {}]);
    assert.deepEqual(taken, [
      { chatId: 37, visitor: ann, rating: 4, comment: 'Kind.' },
      { chatId: 37, visitor: ann, rating: 5, comment: null },
    ]);
  });

  test('is told of an anonymous visitor as nobody', async () => {
    const taken: HookedChat[] = [];
    const world = setUp({ onFeedback: (told) => void taken.push(told) });
    await feedback(world, await startChat(world), { rating: 1 });
    assert.equal(taken[0]?.visitor, null);
  });

  test('without it there is nothing at this address', async () => {
    const world = setUp({});
    const response = await feedback(world, await startChat(world), { rating: 4 });
    assert.deepEqual([response.status, await codeOf(response)], [404, 'not-found']);
  });

  for (const body of [{}, { rating: 0 }, { rating: 6 }, { rating: 2.5 }, { rating: '5' }, { rating: 5, comment: 'x'.repeat(2_001) }, { rating: 5, chatId: 38 }]) {
    test(`never hears of ${JSON.stringify(body).slice(0, 40)}`, async () => {
      const world = setUp({ onFeedback: fails });
      const response = await feedback(world, await startChat(world), body);
      assert.deepEqual([response.status, await codeOf(response), world.lines], [400, 'invalid-request', []]);
    });
  }

  for (const [how, onFeedback, event] of failures) {
    test(`that ${how} makes it 503 feedback-unavailable, to be tried again`, async () => {
      const world = setUp({ onFeedback });
      const token = await startChat(world);
      const { answer } = await letPass(world, feedback(world, token, { rating: 4, comment: 'CANARY' }));
      const problem = (await answer.json()) as { code: string; retryable: boolean };
      assert.deepEqual([answer.status, problem.code, problem.retryable], [503, 'feedback-unavailable', true]);
      assertTold(world, 'onFeedback', event);
    });
  }
});

describe('a hook', () => {
  test('has 5 seconds and not one more', async () => {
    const world = setUp({ onFeedback: never });
    const token = await startChat(world);
    const { took } = await letPass(world, call(world, 'POST /chat/feedback', { token, body: { rating: 4 } }));
    assert.ok(took >= 5_000 && took <= 6_000, String(took));
  });

  test('that fails after its time fails for nobody', async () => {
    let fail: (error: Error) => void = () => undefined;
    const world = setUp({ onFeedback: () => new Promise((_resolve, reject) => (fail = reject)) });
    const token = await startChat(world);
    await letPass(world, call(world, 'POST /chat/feedback', { token, body: { rating: 4 } }));
    fail(new Error('CANARY'));
    await world.clock.advance(1_000);
    assert.equal(world.lines.length, 1);
  });

  test('that is done in time leaves no timer behind, which would keep a process alive', async () => {
    const running = new Set<() => void>();
    const setTimeout = (callback: () => void) => {
      running.add(callback);
      return () => void running.delete(callback);
    };
    const world = createWorld({ hooks: { onFeedback: () => undefined }, clock: { now: () => 0, setTimeout } });
    const token = await startChat(world);
    const before = running.size;
    await call(world, 'POST /chat/feedback', { token, body: { rating: 4 } });
    assert.equal(running.size, before);
  });

  test('that is there is told to pages by what it makes possible', async () => {
    const featuresOf = async (world: World) => ((await (await call(world, 'GET /config')).json()) as { features: string[] }).features;
    const none = () => undefined;
    assert.deepEqual(await featuresOf(createWorld()), []);
    assert.deepEqual(await featuresOf(createWorld({ companySecret })), ['identity']);
    assert.deepEqual(await featuresOf(createWorld({ hooks: { identify: () => null } })), ['identity']);
    assert.deepEqual(await featuresOf(createWorld({ hooks: { onEmailDeflection: none, onFeedback: none } })), ['email-deflection', 'feedback']);
  });

  test('an identity token is not asked of a page that the session already knows', async () => {
    const world = setUp({ identify: () => ann });
    const forged = await signToken(world, ann, { secret: 'another' });
    assert.equal((await start(world, { identityToken: forged })).status, 201);
  });
});
