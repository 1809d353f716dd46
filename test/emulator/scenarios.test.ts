import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { builtInScriptNames } from '../../src/emulator/index.js';
import { createStage, type Stage } from './stage.js';

interface Opened {
  readonly stage: Stage;
  readonly chat: { readonly chatId: number; readonly endUserId: number };
  readonly status: () => Promise<string>;
  /** Writes, lets time pass, and gives what was said since. */
  readonly ask: (text: string, milliseconds?: number) => Promise<string[]>;
}

async function open(script: string): Promise<Opened> {
  const stage = createStage({ script });
  const chat = await stage.openChat({ name: 'Ann' });
  await stage.pass(5000);
  return {
    stage,
    chat,
    status: async () => (await stage.platform('GET', `/chats/${chat.chatId}`)).body.status,
    ask: async (text, milliseconds = 5000) => {
      const before = (await stage.conversation(chat.chatId)).length + 1;
      await stage.write(chat, text);
      await stage.pass(milliseconds);
      return (await stage.conversation(chat.chatId)).slice(before);
    },
  };
}

async function readEscalation({ stage }: Opened): Promise<unknown> {
  const { id, status, reason } = (await stage.control('GET', '/chats/1')).body.escalation as any;
  return { id, status, reason };
}

test('there are scenarios for each thing that can become of a chat', () => {
  assert.deepEqual(builtInScriptNames, [
    ...['demo', 'quiet', 'orders', 'over-capacity', 'after-hours', 'dismissal', 'forced-end'],
  ]);
});

for (const name of builtInScriptNames) {
  test(`${name} has menu 100`, async () => {
    const stage = createStage({ script: name });
    assert.equal((await stage.openChat({ menuId: 100 })).chatId, 1);
  });
}

describe('over-capacity', () => {
  test('offers to wait, an e-mail, a page, or the virtual agent (platform: Deflection)', async () => {
    const opened = await open('over-capacity');
    await opened.ask('a person please');
    assert.deepEqual(await readEscalation(opened), { id: 55, status: 'deflecting', reason: 'by_virtual_agent' });
    const { entries } = (await opened.stage.control('GET', '/journal')).body as any;
    assert.deepEqual(entries.at(-1).cause, { kind: 'script', script: 'over-capacity' });
    const { envelope } = opened.stage.webhooks.at(-1) ?? {};
    assert.equal(envelope?.event_type, 'escalation_deflected');
    assert.deepEqual((envelope.body.deflection as any).channels, [
      { channel: 'human_agent' },
      { channel: 'email' },
      { channel: 'external_link', label: 'Help center', url: 'https://example.com/help' },
      { channel: 'virtual_agent' },
    ]);
  });

  test('a person comes to those who keep waiting', async () => {
    const opened = await open('over-capacity');
    await opened.ask('a person please');
    const path = '/chats/1/escalations/55';
    const answer = await opened.stage.platform('PATCH', path, { deflection_channel: 'human_agent' });
    assert.equal(answer.status, 200);
    assert.equal(await opened.status(), 'queued');
    await opened.stage.pass(10_000);
    assert.equal(await opened.status(), 'assigned');
    assert.match((await opened.stage.conversation(1)).at(-1) ?? '', /this is Jane/);
  });

  test('an e-mail ends the chat, and nobody comes', async () => {
    const opened = await open('over-capacity');
    await opened.ask('a person please');
    const chat = { status: 'finished', deflection_channel: 'email', escalation_id: 55 };
    const answer = await opened.stage.platform('PATCH', '/chats/1', { finished_by_user_id: 501, chat });
    assert.equal(answer.status, 200);
    await opened.stage.pass(60_000);
    assert.equal(await opened.status(), 'finished');
  });

  test('the virtual agent can go on', async () => {
    const opened = await open('over-capacity');
    await opened.ask('a person please');
    await opened.stage.platform('PATCH', '/chats/1/escalations/55', { deflection_channel: 'virtual_agent' });
    await opened.stage.pass(5000);
    assert.equal(await opened.status(), 'va_assigned');
  });
});

describe('after-hours', () => {
  test('no person comes: an e-mail and a page are offered', async () => {
    const opened = await open('after-hours');
    await opened.ask('a person please', 60_000);
    assert.deepEqual(await readEscalation(opened), { id: 55, status: 'deflecting', reason: 'by_virtual_agent' });
    const { deflection } = opened.stage.webhooks.at(-1)?.envelope.body as any;
    assert.equal(deflection.reason, 'after_hours');
    assert.deepEqual(
      deflection.channels.map((offer: any) => offer.channel),
      ['email', 'external_link', 'virtual_agent'],
    );
    const waiting = await opened.stage.platform('PATCH', '/chats/1/escalations/55', {
      deflection_channel: 'human_agent',
    });
    assert.equal(waiting.status, 400, 'waiting was not offered');
  });
});

describe('dismissal', () => {
  test('the chat falls asleep after half a minute, is resumed, and is welcomed back', async () => {
    const opened = await open('dismissal');
    await opened.ask('Hello?');
    await opened.stage.pass(30_000);
    assert.equal(await opened.status(), 'dismissed');
    assert.equal(opened.stage.eventTypes().at(-1), 'chat_dismissed');
    assert.equal((await opened.stage.platform('PATCH', '/chats/1/resume')).status, 200);
    await opened.stage.pass(3000);
    assert.equal(await opened.status(), 'assigned');
    assert.equal((await opened.stage.conversation(1)).at(-1), 'agent: Welcome back, Ann! Where were we?');
  });

  test('the chat stays awake while the visitor has not written anything', async () => {
    const opened = await open('dismissal');
    await opened.stage.pass(60_000);
    assert.equal(await opened.status(), 'assigned');
  });

  test('a chat that nobody resumes ends', async () => {
    const opened = await open('dismissal');
    await opened.ask('Hello?');
    await opened.stage.pass(600_000);
    assert.equal(await opened.status(), 'finished');
  });
});

describe('forced-end', () => {
  test('the agent ends the task after a quarter of a minute, and goes on', async () => {
    const opened = await open('forced-end');
    await opened.ask('I have a new address');
    assert.match((await opened.stage.conversation(1)).at(-1) ?? '', /^task_virtual_agent: Please enter/);
    await opened.stage.pass(20_000);
    assert.match((await opened.stage.conversation(1)).at(-1) ?? '', /^agent: We’ll do without the code/);
    assert.deepEqual(await readEscalation(opened), { id: 55, status: 'escalated', reason: 'by_human_agent' });
    const { participants } = (await opened.stage.control('GET', '/chats/1')).body;
    assert.deepEqual(
      participants.map(({ type }) => type),
      ['end_user', 'agent'],
    );
    assert.match((await opened.ask('Thanks'))[0] ?? '', /^agent: /, 'what is written now is for the agent');
  });

  test('a code in time hands the chat back before that', async () => {
    const opened = await open('forced-end');
    await opened.ask('I have a new address');
    await opened.ask('123456');
    await opened.stage.pass(30_000);
    assert.equal((await opened.stage.control('GET', '/chats/1')).body.escalation, null);
  });
});

describe('a scenario of one’s own', () => {
  const people = '{ Ava: { role: virtual_agent, answers: [{ when: go, then: THEN }] }, Bo: { role: virtual_agent, queues: [101] } }';
  const write = async (then: string): Promise<Opened['stage']> => {
    const text = `queues: { 100: A, 101: B }\nnew_chat: virtual_agent\npeople: ${people.replace('THEN', then)}`;
    const stage = createStage({ scripts: { mine: text }, script: 'mine' });
    const chat = await stage.openChat();
    await stage.pass(1000);
    await stage.write(chat, 'go');
    await stage.pass(1000);
    return stage;
  };

  test('can let a chat fail, with its reason', async () => {
    const stage = await write('{ fail: after_hours }');
    assert.equal((await stage.platform('GET', '/chats/1')).body.status, 'failed');
  });

  test('can end a chat', async () => {
    const stage = await write('end');
    assert.equal((await stage.platform('GET', '/chats/1')).body.status, 'finished');
  });

  test('can hand over by queue, and by name', async () => {
    for (const then of ['{ transfer: 101 }', '{ transfer: Bo }', '{ transfer: { to: Bo, data: { a: 1 } } }']) {
      const stage = await write(then);
      assert.equal((await stage.platform('GET', '/chats/1')).body.virtual_agent?.name, 'Bo', then);
    }
  });

  test('can deflect on the spot', async () => {
    const stage = await write('{ deflect: { reason: over_capacity, offers: [email] } }');
    assert.equal((await stage.control('GET', '/chats/1')).body.escalation.status, 'deflecting');
  });

  test('can put a chat to sleep only when both sides have spoken, as the platform does', async () => {
    const stage = await write('dismiss');
    assert.equal((await stage.platform('GET', '/chats/1')).body.status, 'va_assigned');
  });
});
