import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, type Stage } from './stage.js';

/* Copied from the platform's reference (Escalate; Deflection; reason codes). */

function createSwitched(switches: Record<string, unknown>): Stage {
  return createStage({ switches });
}

const everything = ['email', 'human_agent', 'external_link', 'virtual_agent'];

/** A chat whose escalation is deflected; the escalation's id is 55. */
async function openDeflected(
  stage: Stage,
  { reason = 'over_capacity', channels = everything }: { reason?: string; channels?: unknown[] } = {},
): Promise<number> {
  const { chatId } = await stage.openChat();
  await stage.platform('POST', `/chats/${chatId}/escalations`, { reason: 'by_end_user_ask' });
  const answer = await stage.control('POST', `/chats/${chatId}/deflections`, { reason, channels });
  assert.equal(answer.status, 201);
  await stage.emulator.idle();
  return chatId;
}

describe('row 8: POST /chats/:chat_id/escalations', () => {
  test('answers {id, chat_id, status}', async () => {
    const { openChat, platform } = createStage();
    const { chatId } = await openChat();
    const request = { reason: 'by_end_user_ask', force_escalate: true };
    const answer = await platform('POST', `/chats/${chatId}/escalations`, request);
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { id: 55, chat_id: chatId, status: 'escalating' });
  });

  const reasons = [
    ...['unknown', 'by_end_user_ask', 'by_end_user_message', 'by_virtual_agent', 'payload_failure'],
    ...['could_not_resume', 'by_human_agent', 'invalid_queue', 'dismissed'],
  ];
  for (const reason of reasons) {
    test(`knows the reason ${reason}`, async () => {
      const { openChat, platform, control } = createStage();
      const { chatId } = await openChat();
      assert.equal((await platform('POST', `/chats/${chatId}/escalations`, { reason })).status, 200);
      const { escalation } = (await control('GET', `/chats/${chatId}`)).body;
      assert.deepEqual(escalation, { id: 55, status: 'escalating', reason });
    });
  }

  test('refuses a reason that is not documented', async () => {
    const { openChat, platform } = createStage();
    const { chatId } = await openChat();
    const answer = await platform('POST', `/chats/${chatId}/escalations`, { reason: 'bored' });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, { message: 'Unsupported escalation reason' });
  });

  test('is escalated when a human takes it, canceled when a virtual agent or the end does', async () => {
    const stage = createStage();
    const outcomes: unknown[] = [];
    for (const finish of ['agent', 'virtual_agent', 'end'] as const) {
      const { chatId } = await stage.openChat();
      await stage.platform('POST', `/chats/${chatId}/escalations`, { reason: 'by_end_user_ask' });
      if (finish === 'end') await stage.control('POST', `/chats/${chatId}/end`);
      else await stage.transfer(chatId, { to: finish });
      outcomes.push((await stage.control('GET', `/chats/${chatId}`)).body.escalation.status);
    }
    assert.deepEqual(outcomes, ['escalated', 'canceled', 'canceled']);
  });

  test('is deflected at once after hours', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    await stage.control('PUT', '/switches', { switches: { openingHours: 'closed' } });
    const request = { reason: 'by_end_user_ask' };
    const { body } = await stage.platform('POST', `/chats/${chatId}/escalations`, request);
    assert.equal(body.status, 'deflecting');
    await stage.emulator.idle();
    assert.deepEqual(stage.webhooks.at(-1)?.envelope.body, {
      escalation: { id: 55, status: 'deflecting', reason: 'by_end_user_ask' },
      deflection: { reason: 'after_hours', channels: [{ channel: 'email' }] },
    });
  });

  test('forceEscalate (OQ-37): is only noted, or decides whether a virtual agent lets go', async () => {
    for (const [position, forced, status, chatStatus] of [
      ['noted', false, 'escalating', 'queued'],
      ['decides', false, 'canceled', 'va_assigned'],
      ['decides', true, 'escalating', 'queued'],
    ] as const) {
      const stage = createSwitched({ forceEscalate: position });
      const { chatId } = await stage.openChat();
      await stage.transfer(chatId, { to: 'virtual_agent' });
      const request = { reason: 'by_end_user_ask', force_escalate: forced };
      const { body } = await stage.platform('POST', `/chats/${chatId}/escalations`, request);
      assert.equal(body.status, status);
      assert.equal((await stage.platform('GET', `/chats/${chatId}`)).body.status, chatStatus);
    }
  });
});

describe('row 9: PATCH /chats/:chat_id/escalations/:id', () => {
  const choose = (stage: Stage, chatId: number, body: unknown, id = 55) =>
    stage.platform('PATCH', `/chats/${chatId}/escalations/${id}`, body);

  test('keeps waiting for a human where everybody is busy, and one can come', async () => {
    const stage = createStage();
    const chatId = await openDeflected(stage);
    const answer = await choose(stage, chatId, { deflection_channel: 'human_agent' });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { id: 55, chat_id: chatId, status: 'escalating' });
    await stage.transfer(chatId, { to: 'agent' });
    assert.equal((await stage.control('GET', `/chats/${chatId}`)).body.escalation.status, 'escalated');
  });

  test('keeps waiting only where everybody is busy', async () => {
    const stage = createStage();
    const chatId = await openDeflected(stage, { reason: 'after_hours' });
    const answer = await choose(stage, chatId, { deflection_channel: 'human_agent' });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, { message: 'Deflection channel is not available' });
  });

  for (const channel of ['email', 'external_link']) {
    test(`settles it by ${channel}; the chat waits for its end`, async () => {
      const stage = createStage();
      const chatId = await openDeflected(stage);
      const answer = await choose(stage, chatId, { deflection_channel: channel });
      assert.deepEqual(answer.body, { id: 55, chat_id: chatId, status: 'deflected' });
      const chat = { status: 'finished', deflection_channel: channel, escalation_id: 55 };
      assert.equal((await stage.platform('PATCH', `/chats/${chatId}`, { chat })).status, 200);
    });
  }

  test('goes back to a virtual agent by virtual_agent', async () => {
    const stage = createStage();
    const chatId = await openDeflected(stage);
    const answer = await choose(stage, chatId, { deflection_channel: 'virtual_agent' });
    assert.equal(answer.body.status, 'deflected');
    await stage.pass(1000);
    assert.equal((await stage.platform('GET', `/chats/${chatId}`)).body.status, 'va_assigned');
  });

  const refusals: [string, unknown, number, string][] = [
    ['no channel', {}, 400, 'param is missing or the value is empty: deflection_channel'],
    ['an unknown channel', { deflection_channel: 'pigeon' }, 400, 'Unsupported deflection channel'],
    [
      'a channel that was not offered',
      { deflection_channel: 'external_link' },
      400,
      'Deflection channel is not available',
    ],
  ];
  for (const [name, body, status, message] of refusals) {
    test(`with ${name} is refused with ${status}`, async () => {
      const stage = createStage();
      const chatId = await openDeflected(stage, { channels: ['email'] });
      const answer = await choose(stage, chatId, body);
      assert.equal(answer.status, status);
      assert.deepEqual(answer.body, { message });
    });
  }

  test('is refused for an escalation that is not deflected, unknown, or of another chat', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    await stage.platform('POST', `/chats/${chatId}/escalations`, { reason: 'by_end_user_ask' });
    const request = { deflection_channel: 'email' };
    const early = await choose(stage, chatId, request);
    assert.deepEqual([early.status, early.body.message], [400, 'Escalation is not deflecting']);
    assert.equal((await choose(stage, chatId, request, 99)).status, 404);
    const { chatId: other } = await stage.openChat();
    assert.equal((await choose(stage, other, request)).status, 404);
    await stage.control('POST', `/chats/${chatId}/end`);
    const late = await choose(stage, chatId, request);
    assert.deepEqual([late.status, late.body.message], [400, 'Chat is already ended']);
  });

  test('escalationPath (OQ-51): the id is the escalation’s, or the menu’s', async () => {
    for (const [position, good, bad] of [
      ['escalation', 55, 100],
      ['menu', 100, 55],
    ] as const) {
      const stage = createSwitched({ escalationPath: position });
      const chatId = await openDeflected(stage);
      const request = { deflection_channel: 'email' };
      assert.equal((await choose(stage, chatId, request, bad)).status, 404);
      assert.deepEqual((await choose(stage, chatId, request, good)).body.id, 55);
    }
  });

  test('deflectionChannels (OQ-27): the guide’s, the literal ones, or guesses as well', async () => {
    for (const [position, channel, status] of [
      ['guide', 'virtual_agent', 200],
      ['guide', 'phone', 400],
      ['literal', 'virtual_agent', 400],
      ['literal', 'email', 200],
      ['guessed', 'phone', 200],
    ] as const) {
      const stage = createSwitched({ deflectionChannels: position });
      const chatId = await openDeflected(stage, { channels: [...everything, 'phone'] });
      const answer = await choose(stage, chatId, { deflection_channel: channel });
      assert.equal(answer.status, status, `${position}: ${channel}`);
    }
  });
});

describe('a deflection (control)', () => {
  test('is announced by an event of our own invention (OQ-10), links and all', async () => {
    const stage = createStage();
    const link = { channel: 'external_link', label: 'Our forum', url: 'https://example.com/forum' };
    await openDeflected(stage, { channels: ['human_agent', link] });
    const envelope = stage.webhooks.at(-1)?.envelope;
    assert.equal(envelope?.event_type, 'escalation_deflected');
    assert.deepEqual(envelope.body, {
      escalation: { id: 55, status: 'deflecting', reason: 'by_end_user_ask' },
      deflection: { reason: 'over_capacity', channels: [{ channel: 'human_agent' }, link] },
    });
  });

  test('deflectionWebhook: none (OQ-10): is not announced at all', async () => {
    const stage = createSwitched({ deflectionWebhook: 'none' });
    await openDeflected(stage);
    assert.deepEqual(stage.eventTypes(), ['chat_created']);
  });

  test('without an escalation is one of the virtual agent, who leaves', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    await stage.transfer(chatId, { to: 'virtual_agent' });
    const request = { reason: 'over_capacity', channels: ['email'] };
    const { body } = await stage.control('POST', `/chats/${chatId}/deflections`, request);
    assert.deepEqual(body.escalation, {
      id: 55,
      status: 'deflecting',
      reason: 'by_virtual_agent',
      deflection: { reason: 'over_capacity', channels: [{ channel: 'email' }] },
    });
    assert.equal(body.status, 'queued');
  });

  test('keeps virtual agents out until the end user has chosen', async () => {
    const stage = createStage();
    const chatId = await openDeflected(stage);
    const answer = await stage.transfer(chatId, { to: 'virtual_agent' });
    assert.deepEqual([answer.status, answer.body.code], [409, 'chat-deflecting']);
  });

  test('is refused while a human has the chat, in an ended chat, and without channels', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    const path = `/chats/${chatId}/deflections`;
    const wrong = await stage.control('POST', path, { reason: 'over_capacity', channels: [] });
    assert.deepEqual([wrong.status, wrong.body.code], [400, 'invalid-request']);
    await stage.transfer(chatId, { to: 'agent' });
    const request = { reason: 'over_capacity', channels: ['email'] };
    const held = await stage.control('POST', path, request);
    assert.deepEqual([held.status, held.body.code], [409, 'agent-in-chat']);
    await stage.control('POST', `/chats/${chatId}/end`);
    const ended = await stage.control('POST', path, request);
    assert.deepEqual([ended.status, ended.body.code], [409, 'chat-ended']);
  });
});
