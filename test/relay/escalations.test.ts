import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryStore, type RelayHooks } from '../../src/relay/index.js';
import { ann, asked, codeOf, companySecret, fails, letPass, never, startAs } from './site.js';
import { call, createWorld, inShort, people, platformChat, readHistory, startChat, untilLogged, webhook, type World } from './world.js';

const escalations = 'POST /chats/37/escalations';
const choices = 'PATCH /chats/37/escalations/55';
const ends = 'PATCH /chats/37';

const ask = (world: World, token: string) => call(world, 'POST /chat/escalations', { token, body: {} });

describe('asking for a person', () => {
  test('is passed on as the end user\'s wish, which no virtual agent may refuse, and told in the log', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const response = await ask(world, token);
    assert.deepEqual([response.status, await response.json()], [201, { escalation: { id: 55, status: 'escalating' } }]);
    assert.deepEqual(asked(world, escalations), [{ reason: 'by_end_user_ask', force_escalate: true }]);
    assert.ok(inShort((await readHistory(world, token)).events).includes('escalation escalating'));
  });

  test('twice at once, or again while one is sought, is one request and one answer', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.setChat(platformChat('va_assigned', { virtual_agent: people.ava }));
    const answers = [...(await Promise.all([ask(world, token), ask(world, token)])), await ask(world, token)];
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    assert.deepEqual(bodies, Array.from({ length: 3 }, () => ({ escalation: { id: 55, status: 'escalating' } })));
    assert.equal(asked(world, escalations).length, 1);
    const { events } = await readHistory(world, token);
    assert.equal(inShort(events).filter((line) => line.startsWith('escalation')).length, 1);
  });

  test('while the chat waits for one is the same request', async () => {
    const world = createWorld();
    world.platform.setChat(platformChat('va_assigned', { virtual_agent: people.ava }));
    const token = await startChat(world);
    await ask(world, token);
    await becomes(world, token, platformChat('queued'));
    assert.equal((await ask(world, token)).status, 201);
    assert.equal(asked(world, escalations).length, 1);
  });

  test('is possible again once a virtual agent has taken over instead, though nobody told how the first request ended', async () => {
    const world = createWorld();
    world.platform.setChat(platformChat('va_assigned', { virtual_agent: people.ava }));
    const token = await startChat(world);
    await ask(world, token);
    await becomes(world, token, platformChat('queued'));
    await becomes(world, token, platformChat('va_assigned', { virtual_agent: people.max }));
    await ask(world, token);
    assert.equal(asked(world, escalations).length, 2);
  });

  test('is possible again after a person has been there', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await ask(world, token);
    await becomes(world, token, platformChat('assigned', { agent: people.jane }));
    await ask(world, token);
    assert.equal(asked(world, escalations).length, 2);
  });

  test('may be tried again where the platform did not take it', async () => {
    const world = createWorld();
    const token = await startChat(world);
    world.platform.answer(escalations, () => Response.json({ message: 'no' }, { status: 422 }));
    assert.equal(await codeOf(await ask(world, token)), 'platform-rejected');
    world.platform.heal(escalations);
    assert.equal((await ask(world, token)).status, 201);
  });

  test('is too late after the end', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await call(world, 'POST /chat/end', { token, body: {} });
    assert.equal(await codeOf(await ask(world, token)), 'chat-ended');
    assert.deepEqual(asked(world, escalations), []);
  });
});

/** The platform's chat changes, and the relay gets to know. */
async function becomes(world: World, token: string, chat: ReturnType<typeof platformChat>): Promise<void> {
  world.platform.setChat(chat);
  await world.clock.advance(2_000);
  await webhook(world, { event_type: 'something_changed', timestamp: new Date(world.clock.now()).toISOString() });
  await world.clock.advance(2_000);
  await untilLogged(world, token, (events) => inShort(events).includes(`chat ${chat.status}`) && events.findLast(({ type }) => type === 'chat-updated')?.['chat'].status === chat.status);
}

const everyWay = [
  { channel: 'email' },
  { channel: 'human_agent' },
  { channel: 'external_link', url: 'https://help.example.com', label: 'Help' },
  { channel: 'virtual_agent' },
  { channel: 'smoke_signal' },
];

const deflected = (escalation: object, timestamp = '2026-01-02T10:00:00Z') => ({
  event_type: 'escalation_deflected',
  timestamp,
  body: { escalation: { id: 55, ...escalation }, deflection: { reason: 'over_capacity', channels: everyWay } },
});

/** A chat whose request for a person is answered by other ways. */
async function offer(hooks: RelayHooks = {}, start: (world: World) => Promise<string> = startChat) {
  const world = createWorld({ companySecret, hooks });
  const token = await start(world);
  await ask(world, token);
  const response = await webhook(world, deflected({ status: 'deflecting', reason: 'by_end_user_ask' }));
  assert.equal(response.status, 204);
  const choose = (body: object, id: number | string = 55) => call(world, `PATCH /chat/escalations/${id}`, { token, body });
  return { world, token, choose };
}

const startAsAnn = async (world: World) => (await startAs(world, ann)).token;
const sends = (): { hooks: RelayHooks; mails: unknown[] } => {
  const mails: unknown[] = [];
  return { hooks: { onEmailDeflection: (mail) => void mails.push(mail) }, mails };
};

describe('choosing another way', () => {
  for (const [channel, status] of [['human_agent', 'escalating'], ['virtual_agent', 'deflected']] as const) {
    test(`${channel} is told to the platform as the choice, and the chat goes on`, async () => {
      const { world, token, choose } = await offer();
      const response = await choose({ channel });
      assert.deepEqual([response.status, await response.json()], [200, { escalation: { id: 55, status } }]);
      assert.deepEqual(asked(world, choices), [{ deflection_channel: channel }]);
      assert.deepEqual(asked(world, ends), []);
      assert.equal(inShort((await readHistory(world, token)).events).filter((line) => line.startsWith('escalation')).at(-1), `escalation ${status}`);
    });
  }

  test('external_link ends the chat, because of the deflection', async () => {
    const { world, token, choose } = await offer();
    const response = await choose({ channel: 'external_link' });
    assert.deepEqual([response.status, await response.json()], [200, { escalation: { id: 55, status: 'deflected' } }]);
    assert.deepEqual(asked(world, ends), [
      { finished_by_user_id: 12345, chat: { status: 'finished', deflection_channel: 'external_link', escalation_id: 55 } },
    ]);
    const { events } = await readHistory(world, token);
    assert.ok(inShort(events).includes('escalation deflected'));
    assert.equal(events.find(({ type, notice }) => type === 'notice-added' && notice.kind === 'ended')?.['notice'].reason, 'deflected');
  });

  test('email is sent by the site, and then the chat ends', async () => {
    const { hooks, mails } = sends();
    const { world, choose } = await offer(hooks);
    const response = await choose({ channel: 'email', email: 'visitor@example.com' });
    assert.equal(response.status, 200);
    assert.deepEqual(mails, [{ chatId: 37, visitor: null, email: 'visitor@example.com', reason: 'over_capacity' }]);
    assert.equal(asked(world, ends)[0]?.['chat'].deflection_channel, 'email');
  });

  test('email needs no address of a visitor whose identity has one, and takes another if told', async () => {
    for (const [body, email] of [[{}, ann.email], [{ email: 'home@example.com' }, 'home@example.com']] as const) {
      const { hooks, mails } = sends();
      const { choose } = await offer(hooks, startAsAnn);
      assert.equal((await choose({ channel: 'email', ...body })).status, 200);
      assert.deepEqual(mails, [{ chatId: 37, visitor: ann, email, reason: 'over_capacity' }]);
    }
  });

  test('email without any address is 400 email-missing, and nothing happened', async () => {
    const { hooks, mails } = sends();
    const { world, choose } = await offer(hooks);
    const response = await choose({ channel: 'email' });
    assert.deepEqual([response.status, await codeOf(response), mails, asked(world, ends)], [400, 'email-missing', [], []]);
  });

  test('the same twice at once, or again, is done once', async () => {
    const { hooks, mails } = sends();
    const { world, choose } = await offer(hooks);
    const choice = { channel: 'email', email: 'visitor@example.com' };
    const answers = [...(await Promise.all([choose(choice), choose(choice)])), await choose(choice)];
    assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200]);
    assert.deepEqual([mails.length, asked(world, ends).length], [1, 1]);
  });

  test('a mail that went out is not sent again where only the end failed', async () => {
    const { hooks, mails } = sends();
    const { world, choose } = await offer(hooks);
    const choice = { channel: 'email', email: 'visitor@example.com' };
    world.platform.answer(ends, () => new Response('', { status: 500 }));
    assert.equal(await codeOf(await choose(choice)), 'platform-unavailable');
    world.platform.heal(ends);
    assert.equal((await choose(choice)).status, 200);
    assert.equal(mails.length, 1);
  });

  for (const [how, onEmailDeflection] of [['throws', fails], ['takes 5 seconds', never]] as const) {
    test(`where the mail's hook ${how} it is 502 email-not-sent, and the chat stays open`, async () => {
      const { world, token, choose } = await offer({ onEmailDeflection });
      const { answer } = await letPass(world, choose({ channel: 'email', email: 'canary@example.com' }));
      assert.deepEqual([answer.status, await codeOf(answer), asked(world, ends)], [502, 'email-not-sent', []]);
      assert.ok(world.lines.some(({ fields }) => fields?.hook === 'onEmailDeflection'));
      assert.doesNotMatch(JSON.stringify(world.lines), /canary|CANARY/);
      assert.equal((await call(world, 'POST /chat/messages', { token, body: { id: crypto.randomUUID(), text: 'Still here' } })).status, 202);
    });
  }

  test('email offered by a relay that could, and chosen from one that no longer can, is 409 deflection-not-offered', async () => {
    const shared = { store: createMemoryStore(), encryptionKeys: [new Uint8Array(32).fill(7)] };
    const before = createWorld({ ...shared, hooks: sends().hooks });
    const token = await startChat(before);
    await ask(before, token);
    await webhook(before, deflected({ status: 'deflecting' }));
    const after = createWorld(shared);
    const body = { channel: 'email', email: 'visitor@example.com' };
    const response = await call(after, 'PATCH /chat/escalations/55', { token, body });
    assert.deepEqual([await codeOf(response), asked(after, ends)], ['deflection-not-offered', []]);
  });

  const notOffered: [string, object, (number | string)?][] = [
    ['a channel that was not offered', { channel: 'phone' }],
    ['a channel that nobody here knows', { channel: 'smoke_signal' }],
    ['email, where nobody would send it', { channel: 'email', email: 'visitor@example.com' }],
    ['the way of another escalation', { channel: 'human_agent' }, 56],
    ['something that is no number', { channel: 'human_agent' }, 'constructor'],
    ['a path in disguise', { channel: 'human_agent' }, '55%2F..%2F56'],
  ];
  for (const [name, body, id] of notOffered) {
    test(`${name} is 409 deflection-not-offered`, async () => {
      const { world, choose } = await offer();
      const response = await choose(body, id);
      assert.deepEqual([response.status, await codeOf(response)], [409, 'deflection-not-offered']);
      assert.deepEqual([asked(world, choices), asked(world, ends)], [[], []]);
    });
  }

  test('another way after one was taken is 409 deflection-not-offered', async () => {
    const { world, choose } = await offer();
    await choose({ channel: 'human_agent' });
    assert.equal(await codeOf(await choose({ channel: 'virtual_agent' })), 'deflection-not-offered');
    assert.equal(asked(world, choices).length, 1);
  });

  test('once more on a second offer is told to the platform once more', async () => {
    const { world, choose } = await offer();
    assert.equal((await choose({ channel: 'human_agent' })).status, 200);
    await webhook(world, deflected({ status: 'deflecting' }, '2026-01-02T10:05:00Z'));
    const taps = [await choose({ channel: 'human_agent' }), await choose({ channel: 'human_agent' })];
    assert.deepEqual(taps.map(({ status }) => status), [200, 200]);
    assert.equal(asked(world, choices).length, 2);
  });

  test('without an offer is 409 deflection-not-offered', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await ask(world, token);
    const response = await call(world, 'PATCH /chat/escalations/55', { token, body: { channel: 'human_agent' } });
    assert.equal(await codeOf(response), 'deflection-not-offered');
  });

  for (const body of [{}, { channel: 5 }, { channel: 'email', email: 'no address' }, { channel: 'email', url: 'https://evil.example' }]) {
    test(`${JSON.stringify(body)} is 400 invalid-request`, async () => {
      const { choose } = await offer(sends().hooks);
      assert.equal(await codeOf(await choose(body)), 'invalid-request');
    });
  }

  test('while it is open, asking for a person answers the same escalation', async () => {
    const { world, token } = await offer();
    const { escalation } = (await (await ask(world, token)).json()) as { escalation: { id: number; status: string } };
    assert.deepEqual([escalation, asked(world, escalations).length], [{ id: 55, status: 'deflecting' }, 1]);
  });
});
