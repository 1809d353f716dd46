import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asked, codeOf, start } from './site.js';
import { call, createWorld, inShort, networkError, platformChat, readHistory, startChat, untilLogged, webhook, type World } from './world.js';

const resumes = 'PATCH /chats/37/resume';
const resume = (world: World, token: string) => call(world, 'POST /chat/resume', { token, body: {} });

async function dismissed(): Promise<{ world: World; token: string }> {
  const world = createWorld();
  const token = await startChat(world);
  world.platform.setChat(platformChat('dismissed'));
  await webhook(world, { event_type: 'chat_dismissed' });
  await untilLogged(world, token, (events) => inShort(events).includes('chat dismissed'));
  return { world, token };
}

describe('going on with a dismissed chat', () => {
  test('wakes it, and the answer is the chat as it goes on', async () => {
    const { world, token } = await dismissed();
    const response = await resume(world, token);
    assert.equal(response.status, 200);
    assert.equal(((await response.json()) as { chat: { status: string } }).chat.status, 'queued');
    assert.equal(asked(world, resumes).length, 1);
    assert.equal(inShort((await readHistory(world, token)).events).at(-1), 'chat queued');
  });

  test('is done though the platform does not say right then how', async () => {
    const { world, token } = await dismissed();
    world.platform.answer('GET /chats/37', () => networkError('ECONNREFUSED'));
    assert.equal((await resume(world, token)).status, 200);
  });

  test('twice at once wakes it once', async () => {
    const { world, token } = await dismissed();
    const answers = await Promise.all([resume(world, token), resume(world, token)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    assert.equal(asked(world, resumes).length, 1);
  });

  test('is 409 chat-not-dismissed where it is not asleep', async () => {
    const world = createWorld();
    const response = await resume(world, await startChat(world));
    assert.deepEqual([response.status, await codeOf(response), asked(world, resumes)], [409, 'chat-not-dismissed', []]);
  });

  const refusals: [string, () => Response | Error, number, string][] = [
    ['This chat is not in dismissed state', () => Response.json({ message: 'This chat is not in dismissed state' }, { status: 400 }), 409, 'chat-not-dismissed'],
    ['the tenant\'s words for a closed house', () => Response.json({ message: 'Ring us tomorrow, CANARY' }, { status: 422 }), 409, 'after-hours'],
    ['Chat is already ended', () => Response.json({ message: 'Chat is already ended' }, { status: 400 }), 409, 'chat-ended'],
    ['Not Found', () => Response.json({ message: 'Not Found' }, { status: 404 }), 502, 'platform-rejected'],
    ['a refusal without a word', () => new Response('', { status: 400 }), 502, 'platform-rejected'],
    ['nothing', () => networkError('ECONNREFUSED'), 503, 'platform-unavailable'],
  ];
  for (const [name, answer, status, code] of refusals) {
    test(`the platform says ${name}: ${status} ${code}`, async () => {
      const { world, token } = await dismissed();
      world.platform.answer(resumes, answer);
      const response = await resume(world, token);
      const text = await response.text();
      assert.deepEqual([response.status, (JSON.parse(text) as { code: string }).code], [status, code]);
      assert.doesNotMatch(text, /CANARY/);
    });
  }

  test('is too late after the end', async () => {
    const { world, token } = await dismissed();
    await call(world, 'POST /chat/end', { token, body: {} });
    assert.equal(await codeOf(await resume(world, token)), 'chat-ended');
  });
});

describe('why a chat ended', () => {
  const reasonOf = async (world: World, token: string) => {
    const { events } = await readHistory(world, token);
    return events.flatMap(({ notice }) => (notice?.kind === 'ended' ? [notice.reason] : []));
  };

  test('is known of one that the visitor ended', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await call(world, 'POST /chat/end', { token, body: {} });
    assert.deepEqual(await reasonOf(world, token), ['by_end_user']);
  });

  test('is known where the webhook of the end is much faster than the answer', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.answer('PATCH /chats/37', async () => {
      world.platform.setChat(platformChat('finished'));
      await webhook(world, { event_type: 'chat_ended' });
      await world.clock.advance(8_000);
      return Response.json(platformChat('finished'));
    });
    await call(world, 'POST /chat/end', { token, body: {} });
    assert.deepEqual(await reasonOf(world, token), ['by_end_user']);
  });

  test('is not made up where somebody else was faster', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.answer('PATCH /chats/37', () => Response.json({ message: 'Chat is already ended' }, { status: 400 }));
    world.platform.setChat(platformChat('finished'));
    await call(world, 'POST /chat/end', { token, body: {} });
    assert.deepEqual(await reasonOf(world, token), [null]);
  });
});

describe('data from the page', () => {
  const add = (world: World, token: string, data: unknown) => call(world, 'POST /chat/custom-data', { token, body: { data } });

  test('reaches the platform as anybody\'s word, with a label each', async () => {
    const world = createWorld();
    const response = await add(world, await startChat(world), { plan: { label: 'Plan', value: 'gold' }, age: { value: 7 } });
    assert.deepEqual([response.status, await response.json()], [200, {}]);
    assert.deepEqual(asked(world, 'POST /chats/37/custom_data'), [
      { signed: false, data: { plan: { label: 'Plan', value: 'gold' }, age: { label: 'age', value: 7 } } },
    ]);
  });

  for (const key of ['reserved_verified_customer', 'reserved_anything', 'RESERVED_bad_actor', ' reserved_x']) {
    test(`"${key}" is 400 reserved-key, here and when a chat starts`, async () => {
      const world = createWorld();
      const answer = await start(world, { context: { [key]: true } });
      assert.deepEqual([answer.status, answer.code, world.platform.calls], [400, 'reserved-key', []]);
      const response = await add(world, await startChat(world), { fine: { value: 1 }, [key]: { value: true } });
      assert.deepEqual([response.status, await codeOf(response)], [400, 'reserved-key']);
      assert.deepEqual(asked(world, 'POST /chats/37/custom_data'), []);
    });
  }

  const bad = [undefined, [], { plan: 'gold' }, { plan: { value: null } }, { plan: { value: 'x', signed: true } }, { '': { value: 1 } }];
  for (const data of bad) {
    test(`${JSON.stringify(data)} is 400 invalid-request`, async () => {
      const world = createWorld();
      assert.equal(await codeOf(await add(world, await startChat(world), data)), 'invalid-request');
    });
  }

  test('more than 50 keys are too many', async () => {
    const world = createWorld();
    const data = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, { value: index }]));
    assert.equal(await codeOf(await add(world, await startChat(world), data)), 'invalid-request');
  });

  test('is too late after the end', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await call(world, 'POST /chat/end', { token, body: {} });
    assert.equal(await codeOf(await add(world, token, { plan: { value: 'gold' } })), 'chat-ended');
  });
});

describe('an earlier conversation from the page', () => {
  const transcriptOf = (world: World) => asked(world, 'POST /chats')[0]?.['chat'].transcript as { sender: string; timestamp: string; content: object[] }[] | undefined;
  const told = [
    { sender: 'end_user', text: 'Is anybody there?', at: '2026-01-02T09:00:00.500Z' },
    { sender: 'virtual_agent', text: 'I am.' },
    { sender: 'agent', text: 'You get it all for free.', at: '2026-01-02T11:30:00+02:00' },
  ];

  test('is handed over in order, marked as the visitor\'s word, and without anybody speaking as an agent', async () => {
    const world = createWorld();
    assert.equal((await start(world, { priorTranscript: told })).status, 201);
    const [mark, ...rest] = transcriptOf(world) ?? [];
    assert.deepEqual([mark?.sender, mark?.timestamp], ['end_user', '2026-01-02 09:00:00Z']);
    assert.match(JSON.stringify(mark?.content), /supplied by the visitor.*not verified/i);
    assert.deepEqual(rest, [
      { sender: 'end_user', timestamp: '2026-01-02 09:00:00Z', content: [{ type: 'text', text: 'Is anybody there?' }] },
      { sender: 'virtual_agent', timestamp: '2026-01-02 09:00:00Z', content: [{ type: 'text', text: 'I am.' }] },
      { sender: 'virtual_agent', timestamp: '2026-01-02 09:30:00Z', content: [{ type: 'text', text: 'You get it all for free.' }] },
    ]);
  });

  test('without times is of now', async () => {
    const world = createWorld();
    await start(world, { priorTranscript: [{ sender: 'end_user', text: 'Hello' }] });
    assert.deepEqual(transcriptOf(world)?.map(({ timestamp }) => timestamp), ['2026-01-02 10:00:00Z', '2026-01-02 10:00:00Z']);
  });

  test('that is empty is none', async () => {
    const world = createWorld();
    await start(world, { priorTranscript: [] });
    assert.equal(transcriptOf(world), undefined);
  });

  const bad: unknown[] = [
    'Hello',
    [{ sender: 'system', text: 'Hello' }],
    [{ sender: 'agent', text: '' }],
    [{ sender: 'agent', text: 'Hello', verified: true }],
    [{ sender: 'agent', text: 'Hello', at: 'yesterday' }],
    [{ sender: 'agent', text: 'Hello', at: '2026-99-99T09:00:00Z' }],
    Array.from({ length: 201 }, () => ({ sender: 'agent', text: 'Hello' })),
  ];
  for (const priorTranscript of bad) {
    test(`${JSON.stringify(priorTranscript).slice(0, 60)} is 400 invalid-request`, async () => {
      const world = createWorld();
      const answer = await start(world, { priorTranscript });
      assert.deepEqual([answer.status, answer.code, world.platform.calls], [400, 'invalid-request', []]);
    });
  }
});
