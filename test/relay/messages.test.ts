import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { call, createWorld, inShort, networkError, newMessage, readHistory, said, startChat, untilLogged, webhook } from './world.js';

const deliveries = (events: { type: string }[]) => inShort(events.filter(({ type }) => type.startsWith('message')) as never);

describe('a message of the visitor', () => {
  test('is safe in the log before the answer, goes to the platform as the end user of the chat, and is then sent', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const message = newMessage('Hello');
    const response = await call(world, 'POST /chat/messages', { token, body: message });
    assert.equal(response.status, 202);
    const accepted = (await response.json()) as { id: string; seq: number };
    assert.equal(accepted.id, message.id);
    await untilLogged(world, token, (events) => events.some(({ delivery }) => delivery === 'sent'));
    assert.deepEqual(deliveries((await readHistory(world, token)).events), ['end_user: Hello', 'message sent']);
    const sent = world.platform.calls.filter(({ path }) => path === '/chats/37/message');
    assert.deepEqual(sent.map(({ body }) => body), [{ from_user_id: 12345, message: { type: 'text', content: 'Hello' } }]);
  });

  test('sent twice with one id is one message, and one call of the platform', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const message = newMessage('Hello');
    const [first, second] = await Promise.all([1, 2].map(() => call(world, 'POST /chat/messages', { token, body: message })));
    await untilLogged(world, token, (events) => events.some(({ delivery }) => delivery === 'sent'));
    assert.equal(first?.status, 202);
    assert.equal(second?.status, 202);
    const third = await call(world, 'POST /chat/messages', { token, body: message });
    assert.equal(((await third.json()) as { delivery: string }).delivery, 'sent');
    assert.equal(world.platform.calls.filter(({ path }) => path === '/chats/37/message').length, 1);
  });

  test('with the id of another one is a conflict', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const { id } = newMessage('Hello');
    await call(world, 'POST /chat/messages', { token, body: { id, text: 'Hello' } });
    const response = await call(world, 'POST /chat/messages', { token, body: { id, text: 'Something else' } });
    assert.equal(response.status, 409);
    assert.equal(((await response.json()) as { code: string }).code, 'message-conflict');
  });

  test('is not shown twice when the platform repeats it, before or after its answer', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await call(world, 'POST /chat/messages', { token, body: newMessage('Hello') });
    await webhook(world, said('end_user', 12345, 'Hello'));
    await untilLogged(world, token, (events) => events.some(({ delivery }) => delivery === 'sent'));
    await webhook(world, { ...said('end_user', 12345, 'Hello'), timestamp: '2026-01-02T10:00:09Z' });
    assert.deepEqual(deliveries((await readHistory(world, token)).events), ['end_user: Hello', 'message sent']);
  });

  test('messages reach the platform in the order they were written', async () => {
    const world = createWorld();
    const token = await startChat(world);
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    world.platform.answer('POST /chats/37/message', async () => {
      await gate;
      return Response.json({});
    });
    for (const text of ['one', 'two', 'three']) await call(world, 'POST /chat/messages', { token, body: newMessage(text) });
    release();
    await untilLogged(world, token, (events) => events.filter(({ delivery }) => delivery === 'sent').length === 3);
    const sent = world.platform.calls.filter(({ path }) => path === '/chats/37/message');
    assert.deepEqual(sent.map(({ body }) => (body?.['message'] as { content: string }).content), ['one', 'two', 'three']);
  });
});

describe('when the platform does not simply say yes', () => {
  async function sendTo(answer: () => Response | Error) {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.answer('POST /chats/37/message', answer);
    const message = newMessage('Hello');
    await call(world, 'POST /chat/messages', { token, body: message });
    const settled = (state: string) => untilLogged(world, token, (events) => events.some(({ type, delivery }) => type === 'message-updated' && delivery === state));
    const tries = () => world.platform.calls.filter(({ path }) => path === '/chats/37/message').length;
    return { world, token, message, settled, tries };
  }

  /** Lets time pass in small steps, so that what waits on real promises keeps up. */
  async function pass(world: ReturnType<typeof createWorld>, seconds: number) {
    for (let step = 0; step < seconds * 4; step += 1) await world.clock.advance(250);
  }

  test('a refusal is a failed message with a reason, and what comes next still goes', async () => {
    const { world, token, settled } = await sendTo(() => Response.json({ message: 'nope' }, { status: 400 }));
    await settled('failed');
    world.platform.heal('POST /chats/37/message');
    await call(world, 'POST /chat/messages', { token, body: newMessage('next') });
    await settled('sent');
    assert.deepEqual(deliveries((await readHistory(world, token)).events), [
      'end_user: Hello',
      'message failed (platform-rejected)',
      'end_user: next',
      'message sent',
    ]);
  });

  test('an ended chat is told as that', async () => {
    const { settled, world, token } = await sendTo(() => Response.json({ message: 'Chat is already ended' }, { status: 400 }));
    await settled('failed');
    assert.ok(deliveries((await readHistory(world, token)).events).includes('message failed (chat-ended)'));
  });

  test('429 waits as long as it is told, and sends again by itself', async () => {
    let asked = 0;
    const { world, settled, tries } = await sendTo(() => {
      asked += 1;
      return asked === 1 ? new Response('', { status: 429, headers: { 'retry-after': '7' } }) : Response.json({});
    });
    await pass(world, 6);
    assert.equal(tries(), 1);
    await pass(world, 2);
    await settled('sent');
    assert.equal(tries(), 2);
  });

  for (const [name, answer] of [
    ['a 500', () => new Response('<h1>Oops</h1>', { status: 500 })],
    ['a connection cut after the request was written', () => networkError('ECONNRESET')],
  ] as const) {
    test(`${name} is never sent again by itself: the person is asked after five seconds`, async () => {
      const { world, settled, tries } = await sendTo(answer);
      await pass(world, 60);
      await settled('uncertain');
      assert.equal(tries(), 1);
    });

    test(`${name}, and then the echo: it had arrived`, async () => {
      const { world, token, settled } = await sendTo(answer);
      await pass(world, 2);
      await webhook(world, said('end_user', 12345, 'Hello'));
      await pass(world, 10);
      await settled('sent');
      assert.deepEqual(deliveries((await readHistory(world, token)).events), ['end_user: Hello', 'message sent']);
    });
  }

  test('a platform that cannot be reached is tried again, since nothing can have arrived', async () => {
    let asked = 0;
    const { world, settled, tries } = await sendTo(() => {
      asked += 1;
      return asked < 3 ? networkError('ECONNREFUSED') : Response.json({});
    });
    await pass(world, 5);
    await settled('sent');
    assert.equal(tries(), 3);
  });

  test('the person\'s word sends it once more under the same id', async () => {
    const { world, token, message, settled, tries } = await sendTo(() => Response.json({ message: 'nope' }, { status: 400 }));
    await settled('failed');
    world.platform.heal('POST /chats/37/message');
    const silent = await call(world, 'POST /chat/messages', { token, body: message });
    assert.equal(((await silent.json()) as { delivery: string }).delivery, 'failed');
    assert.equal(tries(), 1);
    await call(world, 'POST /chat/messages', { token, body: { ...message, again: true } });
    await settled('sent');
    assert.equal(tries(), 2);
    const { events } = await readHistory(world, token);
    assert.equal(events.filter(({ type }) => type === 'message-added').length, 1);
  });

  test('wrong credentials are told to the operator once, without the credential', async () => {
    const { world, token, settled } = await sendTo(() => new Response('', { status: 401 }));
    await settled('failed');
    await call(world, 'POST /chat/messages', { token, body: newMessage('again') });
    await untilLogged(world, token, (events) => events.filter(({ delivery, type }) => type === 'message-updated' && delivery === 'failed').length === 2);
    const alarms = world.lines.filter(({ level }) => level === 'error');
    assert.equal(alarms.length, 1);
    assert.match(alarms[0]?.event ?? '', /^platform-unauthorized/);
    assert.ok(!JSON.stringify(world.lines).includes('api-token'));
  });
});

describe('what is not a message', () => {
  const cases: [string, unknown, number, string][] = [
    ['empty text', { id: crypto.randomUUID(), text: '' }, 400, 'message-empty'],
    ['white space only', { id: crypto.randomUUID(), text: ' \n\t\u00a0 ' }, 400, 'message-empty'],
    ['10,001 characters', { id: crypto.randomUUID(), text: 'x'.repeat(10_001) }, 400, 'message-too-long'],
    ['an id that is no UUID', { id: '1', text: 'Hello' }, 400, 'invalid-request'],
    ['a sender of the page\'s choice', { id: crypto.randomUUID(), text: 'Hello', from_user_id: 1 }, 400, 'invalid-request'],
    ['no text', { id: crypto.randomUUID() }, 400, 'invalid-request'],
    ['an array', [], 400, 'invalid-request'],
    ['broken JSON', '{"id":', 400, 'invalid-json'],
    ['bytes that are no UTF-8', '{"id":"\ud800"', 400, 'invalid-json'],
    ['a body of 70,000 characters', { id: crypto.randomUUID(), text: 'x'.repeat(70_000) }, 413, 'body-too-large'],
  ];
  for (const [name, body, status, code] of cases) {
    test(`${name} is answered ${status} ${code}, and nothing reaches the log or the platform`, async () => {
      const world = createWorld();
      const token = await startChat(world);
      const response = await call(world, 'POST /chat/messages', { token, body });
      assert.equal(response.status, status);
      assert.equal(response.headers.get('content-type'), 'application/problem+json');
      assert.equal(((await response.json()) as { code: string }).code, code);
      assert.deepEqual(deliveries((await readHistory(world, token)).events), []);
      assert.ok(!world.platform.calls.some(({ path }) => path.endsWith('/message')));
    });
  }

  test('10,000 characters are a message', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const response = await call(world, 'POST /chat/messages', { token, body: newMessage('x'.repeat(10_000)) });
    assert.equal(response.status, 202);
  });

  test('a form post of another kind is refused before it is read', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const response = await call(world, 'POST /chat/messages', { token, body: '{}', headers: { 'content-type': 'text/plain' } });
    assert.equal(response.status, 415);
  });
});
