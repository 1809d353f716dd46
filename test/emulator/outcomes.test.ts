import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createEmulator } from '../../src/emulator/index.js';
import { createStage, type Stage } from './stage.js';

/* Statuses and transitions, participants (platform: §2.3, §2.4). */

type Opened = Awaited<ReturnType<Stage['openChat']>>;

/** A chat with somebody of that kind in which both sides have spoken. */
async function openTalk(stage: Stage, kind: 'agent' | 'virtual_agent'): Promise<Opened> {
  const chat = await stage.openChat();
  await stage.transfer(chat.chatId, { to: kind });
  await stage.write(chat, 'Hello');
  await say(stage, kind);
  return chat;
}

async function say(stage: Stage, from: string, chatId = 1): Promise<void> {
  const message = { type: 'text', content: 'Hi' };
  assert.equal((await stage.control('POST', `/chats/${chatId}/messages`, { from, message })).status, 201);
}

async function readStatus(stage: Stage): Promise<string> {
  return (await stage.platform('GET', '/chats/1')).body.status;
}

async function readEnd(stage: Stage): Promise<unknown> {
  return ((await stage.control('GET', '/chats/1')).body as unknown as Record<string, unknown>).endReason;
}

const minute = 60_000;

interface Timed {
  readonly timeout_at: string;
}

describe('statuses of a chat (§2.3)', () => {
  test('queued → va_assigned → queued → assigned → finished', async () => {
    const stage = createStage();
    const seen = [];
    const { chatId } = await stage.openChat();
    seen.push(await readStatus(stage));
    await stage.transfer(chatId, { to: 'virtual_agent' });
    seen.push(await readStatus(stage));
    await stage.platform('POST', `/chats/${chatId}/escalations`, { reason: 'by_end_user_ask' });
    seen.push(await readStatus(stage));
    await stage.transfer(chatId, { to: 'agent' });
    seen.push(await readStatus(stage));
    await stage.control('POST', `/chats/${chatId}/end`);
    seen.push(await readStatus(stage));
    assert.deepEqual(seen, ['queued', 'va_assigned', 'queued', 'assigned', 'finished']);
    assert.equal(await readEnd(stage), 'disconnected_by_agent');
  });

  for (const [kind, dismissed, resumed] of [
    ['virtual_agent', 'va_dismissed', 'va_assigned'],
    ['agent', 'dismissed', 'assigned'],
  ] as const) {
    test(`${resumed} → ${dismissed} → ${resumed}`, async () => {
      const stage = createStage();
      await openTalk(stage, kind);
      const answer = await stage.control('POST', '/chats/1/dismiss');
      assert.deepEqual([answer.status, answer.body.status], [200, dismissed]);
      assert.equal((await stage.platform('PATCH', '/chats/1/resume')).body.status, resumed);
    });
  }

  test('a dismissed chat can be finished by the end user', async () => {
    const stage = createStage();
    await openTalk(stage, 'agent');
    await stage.control('POST', '/chats/1/dismiss');
    const answer = await stage.platform('PATCH', '/chats/1', { chat: { status: 'finished' } });
    assert.deepEqual([answer.status, answer.body.status], [200, 'finished']);
    assert.equal(await readEnd(stage), 'disconnected_by_end_user');
  });
});

describe('dismissal', () => {
  test('needs that both sides have sent a message', async () => {
    for (const [speaks, writes, code] of [
      [false, false, 'not-both-spoke'],
      [true, false, 'not-both-spoke'],
      [false, true, 'not-both-spoke'],
      [true, true, undefined],
    ] as const) {
      const stage = createStage();
      const chat = await stage.openChat();
      await stage.transfer(1, { to: 'agent' });
      if (speaks) await say(stage, 'agent');
      if (writes) await stage.write(chat, 'Hello');
      const answer = await stage.control('POST', '/chats/1/dismiss');
      const status = code === undefined ? 200 : 409;
      assert.deepEqual([answer.status, answer.body.code], [status, code]);
    }
  });

  test('needs somebody who has the chat, and happens once', async () => {
    const stage = createStage();
    await stage.openChat();
    const early = await stage.control('POST', '/chats/1/dismiss');
    assert.deepEqual([early.status, early.body.code], [409, 'nobody-assigned']);
    await openTalk(createStage(), 'agent');
    const other = createStage();
    await openTalk(other, 'agent');
    await other.control('POST', '/chats/1/dismiss');
    const again = await other.control('POST', '/chats/1/dismiss');
    assert.deepEqual([again.status, again.body.code], [409, 'chat-dismissed']);
  });

  test('keeps everybody silent until the chat is resumed', async () => {
    const stage = createStage();
    await openTalk(stage, 'agent');
    await stage.control('POST', '/chats/1/dismiss');
    const message = { type: 'text', content: 'Anybody?' };
    const speech = await stage.control('POST', '/chats/1/messages', { from: 'agent', message });
    assert.deepEqual([speech.status, speech.body.code], [409, 'chat-dismissed']);
    const transfer = await stage.transfer(1, { to: 'virtual_agent' });
    assert.deepEqual([transfer.status, transfer.body.code], [409, 'chat-dismissed']);
    const request = { reason: 'by_end_user_ask' };
    const escalation = await stage.platform('POST', '/chats/1/escalations', request);
    assert.deepEqual([escalation.status, escalation.body.message], [400, 'Chat is dismissed']);
  });

  test('sends a task virtual agent away, whose task is escalated for the reason dismissed', async () => {
    const stage = createStage();
    await openTalk(stage, 'agent');
    await stage.transfer(1, { to: 'task_virtual_agent' });
    const { body } = await stage.control('POST', '/chats/1/dismiss');
    assert.deepEqual(body.escalation, { id: 55, status: 'canceled', reason: 'dismissed' });
    assert.ok(body.participants.every(({ type }) => type !== 'task_virtual_agent'));
  });

  test('comes by itself after silence, where that is set', async () => {
    const stage = createStage({ inactivity: { dismissAfter: 5 * minute } });
    const chat = await openTalk(stage, 'agent');
    await stage.pass(4 * minute);
    await stage.write(chat, 'Still here');
    await stage.pass(5 * minute - 1);
    assert.equal(await readStatus(stage), 'assigned');
    await stage.pass(1);
    assert.equal(await readStatus(stage), 'dismissed');
    assert.equal(stage.eventTypes().at(-1), 'chat_dismissed');
    await stage.platform('PATCH', '/chats/1/resume');
    await stage.pass(5 * minute);
    assert.equal(await readStatus(stage), 'dismissed', 'and again after a resume');
  });

  test('does not come by itself where one side never spoke', async () => {
    const stage = createStage({ inactivity: { dismissAfter: 5 * minute } });
    await stage.write(await stage.openChat(), 'Hello');
    await stage.transfer(1, { to: 'agent' });
    await stage.pass(30 * minute);
    assert.equal(await readStatus(stage), 'assigned');
  });

  test('cannot be later than the timeout', () => {
    assert.throws(() => createEmulator({ inactivity: { dismissAfter: 2, timeOutAfter: 1 } }), RangeError);
  });
});

describe('the timeout', () => {
  test('ends the chat at timeout_at, which moves with every message', async () => {
    const stage = createStage();
    const chat = await openTalk(stage, 'agent');
    await stage.pass(30 * minute);
    await stage.write(chat, 'Hello?');
    const { timeout_at: at } = (await stage.platform('GET', '/chats/1')).body as unknown as Timed;
    assert.equal(Date.parse(at), stage.clock.now() + 60 * minute);
    await stage.pass(60 * minute - 1);
    assert.equal(await readStatus(stage), 'assigned');
    await stage.pass(1);
    assert.equal(await readStatus(stage), 'finished');
    assert.equal(stage.eventTypes().at(-1), 'chat_ended');
  });

  test('begins anew when a chat is resumed', async () => {
    const stage = createStage();
    await openTalk(stage, 'agent');
    await stage.control('POST', '/chats/1/dismiss');
    await stage.pass(30 * minute);
    const { timeout_at: at } = (await stage.platform('PATCH', '/chats/1/resume')).body as unknown as Timed;
    assert.equal(Date.parse(at), stage.clock.now() + 60 * minute);
    await stage.pass(60 * minute - 1);
    assert.equal(await readStatus(stage), 'assigned');
  });

  test('says who fell silent', async () => {
    const reasons: unknown[] = [];
    for (const order of [['end_user'], ['agent'], ['agent', 'end_user'], ['end_user', 'agent']]) {
      const stage = createStage();
      const chat = await stage.openChat();
      await stage.transfer(1, { to: 'agent' });
      for (const who of order) await (who === 'agent' ? say(stage, 'agent') : stage.write(chat, 'Hello'));
      await stage.pass(60 * minute);
      reasons.push(await readEnd(stage));
    }
    assert.deepEqual(reasons, [
      'timeout_agent_never_wrote',
      'timeout_end_user_never_wrote',
      'timeout_agent_stopped',
      'timeout_end_user_stopped',
    ]);
  });

  test('makes a chat that nobody took fail as expired', async () => {
    const stage = createStage();
    await stage.openChat();
    await stage.pass(60 * minute);
    assert.deepEqual([await readStatus(stage), await readEnd(stage)], ['failed', 'expired']);
  });

  test('ends a dismissed chat too, and can be set', async () => {
    const stage = createStage({ inactivity: { timeOutAfter: 10 * minute } });
    await openTalk(stage, 'agent');
    await stage.control('POST', '/chats/1/dismiss');
    await stage.pass(10 * minute);
    assert.equal(await readStatus(stage), 'finished');
  });
});

describe('a failure', () => {
  const reasons = [
    ...['unknown', 'no_response', 'expired', 'after_hours', 'escalation_failed', 'expired_menu_selection'],
    ...['end_user_opt_out', 'over_cap_email', 'group_deleted_no_substitute'],
  ];
  for (const reason of reasons) {
    test(`has the reason ${reason} in its status_text`, async () => {
      const { openChat, control, platform } = createStage();
      await openChat();
      assert.equal((await control('POST', '/chats/1/fail', { reason })).status, 200);
      const body = (await platform('GET', '/chats/1')).body as unknown as Record<string, unknown>;
      assert.equal(body.status, 'failed');
      assert.equal(body.status_text, `<p>This chat could not go on: <b>${reason}</b>.</p>`);
      assert.equal('fail_reason' in body, false);
    });
  }

  test('failReason: has it in a key of its own as well', async () => {
    const { openChat, control, platform } = createStage({ switches: { failReason: 'field' } });
    await openChat();
    await control('POST', '/chats/1/fail', { reason: 'expired' });
    const body = (await platform('GET', '/chats/1')).body as unknown as Record<string, unknown>;
    assert.equal(body.fail_reason, 'expired');
  });

  test('ends the chat for good, and cancels an escalation', async () => {
    const { openChat, control, platform } = createStage();
    const { endUserId: from_user_id } = await openChat();
    await platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
    const { body } = await control('POST', '/chats/1/fail', { reason: 'escalation_failed' });
    assert.equal(body.escalation.status, 'canceled');
    const message = { type: 'text', content: 'Hello' };
    const answer = await platform('POST', '/chats/1/message', { from_user_id, message });
    assert.deepEqual([answer.status, answer.body.message], [400, 'Chat is already ended']);
    const again = await control('POST', '/chats/1/fail', { reason: 'expired' });
    assert.deepEqual([again.status, again.body.code], [409, 'chat-ended']);
  });

  for (const reason of ['nothing', 'bored', undefined]) {
    test(`is refused for the reason ${String(reason)}`, async () => {
      const { openChat, control } = createStage();
      await openChat();
      const answer = await control('POST', '/chats/1/fail', { reason });
      assert.deepEqual([answer.status, answer.body.code], [400, 'invalid-request']);
      assert.match(answer.body.message, /^reason: /);
    });
  }
});

describe('participants (§2.4)', () => {
  test('are waiting, then connected, then disconnected', async () => {
    const stage = createStage();
    await stage.openChat();
    const readVirtualAgent = async (): Promise<string | undefined> => {
      const { participants } = (await stage.control('GET', '/chats/1')).body;
      const found = participants.find(({ type }) => type === 'virtual_agent');
      return (found as { status?: string } | undefined)?.status;
    };
    const transfer = stage.control('POST', '/chats/1/transfers', { to: 'virtual_agent' });
    await stage.clock.advance(100);
    assert.equal(await readVirtualAgent(), 'waiting');
    await stage.clock.advance(100);
    await transfer;
    assert.equal(await readVirtualAgent(), 'connected');
    await stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
    assert.equal(await readVirtualAgent(), undefined);
    const { body } = await stage.platform('GET', '/chats/1');
    const all = (body as unknown as { all_virtual_agents: { status: string }[] }).all_virtual_agents;
    assert.equal(all[0]?.status, 'disconnected');
  });
});
