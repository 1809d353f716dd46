import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, type Stage } from './stage.js';

/* Task virtual agents (platform: §6.2) and transfers between virtual agents (§6.3). */

async function openWithVirtualAgent(switches: Record<string, unknown> = {}): Promise<Stage> {
  const stage = createStage({ switches });
  await stage.openChat();
  await stage.transfer(1, { to: 'virtual_agent' });
  return stage;
}

async function openWithTask(
  switches: Record<string, unknown> = {},
): Promise<{ stage: Stage; chat: { chatId: number; endUserId: number } }> {
  const stage = createStage({ switches });
  const chat = await stage.openChat();
  await stage.transfer(1, { to: 'agent' });
  await stage.transfer(1, { to: 'task_virtual_agent' });
  return { stage, chat };
}

async function hide(stage: Stage): Promise<void> {
  await stage.platform('PATCH', '/settings/chat', { hide_va_to_va_system_messages: true });
}

/** Events since `from`, those of type `noti` by their own name. */
function listEvents(stage: Stage, from: number): string[] {
  return stage.webhooks.slice(from).map(({ envelope }) => {
    const message = envelope.body.message as { type?: string; event?: string } | undefined;
    return message?.type === 'noti' ? `noti ${String(message.event)}` : envelope.event_type;
  });
}

describe('a transfer between virtual agents', () => {
  test('by queue hands the data parameters over to whoever works there', async () => {
    const stage = await openWithVirtualAgent();
    const dataParameters = { order: '48213', vip: true };
    const answer = await stage.transfer(1, { to: 'virtual_agent', menuId: 101, dataParameters });
    assert.deepEqual(answer.body.participant, {
      id: 16,
      type: 'virtual_agent',
      name: 'Finn',
      status: 'connected',
      dataParameters,
    });
    const { participants } = (await stage.control('GET', '/chats/1')).body;
    assert.deepEqual(participants.at(-1), answer.body.participant);
    assert.ok(stage.webhooks.every(({ body }) => !body.includes('48213')), 'no consumer sees them');
  });

  test('directly goes to the named one, and stays in the queue', async () => {
    const stage = await openWithVirtualAgent();
    await stage.transfer(1, { to: 'virtual_agent', name: 'Finn' });
    const { body } = await stage.platform('GET', '/chats/1');
    assert.equal(body.virtual_agent?.name, 'Finn');
    assert.deepEqual(body.menus, [{ id: 100, name: 'Support' }]);
  });

  test('is started by the action of the virtual agent itself', async () => {
    const stage = await openWithVirtualAgent();
    const message = {
      type: 'action',
      action: 'escalation',
      escalation_reason: 'by_virtual_agent',
      allow_virtual_agent: true,
      menu_id: 101,
      language: 'en',
      session_variable: {
        capture_target: 'payload',
        capture_type: ['comment', 'data_parameters'],
        payload: { value_one: '1' },
      },
    };
    const request = { from: 'virtual_agent', message };
    assert.equal((await stage.control('POST', '/chats/1/messages', request)).status, 201);
    await stage.pass(1000);
    const { body } = await stage.control('GET', '/chats/1');
    assert.deepEqual(body.participants.at(-1), {
      id: 16,
      type: 'virtual_agent',
      name: 'Finn',
      status: 'connected',
      dataParameters: { value_one: '1' },
    });
    assert.deepEqual(body.all, [], 'an action is no message');
  });

  const byConsumer = { action: 'escalation', escalation_reason: 'by_consumer' };
  const toNobody = { action: 'direct', agent_id: 99, fallback_menu: 101 };
  const actions: [string, object, string, string | undefined][] = [
    ['escalation to a human', { action: 'escalation', menu_id: 101 }, 'queued', 'by_virtual_agent'],
    ['escalation by_consumer', byConsumer, 'queued', 'by_end_user_ask'],
    ['escalation to no queue', { action: 'escalation', menu_id: 9 }, 'queued', 'invalid_queue'],
    ['end', { action: 'end' }, 'finished', undefined],
    ['direct', { action: 'direct', agent_id: 7, fallback_menu: 100 }, 'assigned', undefined],
    ['direct to nobody', toNobody, 'queued', 'by_virtual_agent'],
  ];
  for (const [name, action, status, reason] of actions) {
    test(`action: ${name}`, async () => {
      const stage = await openWithVirtualAgent();
      const request = { from: 'virtual_agent', message: { type: 'action', ...action } };
      assert.equal((await stage.control('POST', '/chats/1/messages', request)).status, 201);
      await stage.pass(1000);
      const { body } = await stage.control('GET', '/chats/1');
      assert.equal(body.status, status);
      assert.equal((body.escalation as { reason?: string } | null)?.reason, reason);
    });
  }

  test('action: refuses what is not documented', async () => {
    const stage = await openWithVirtualAgent();
    const request = { from: 'virtual_agent', message: { type: 'action', action: 'dance' } };
    const answer = await stage.control('POST', '/chats/1/messages', request);
    assert.deepEqual([answer.status, answer.body.code], [400, 'invalid-request']);
  });
});

describe('hide_va_to_va_system_messages', () => {
  const membership = ['participant_left', 'participant_joined'];
  const cases: [string, boolean, string[]][] = [
    ['client', false, ['noti memberLeft', 'participant_left', 'noti memberJoined', 'participant_joined']],
    ['client', true, ['noti memberLeft', 'participant_left', 'noti memberJoined', 'participant_joined']],
    ['server', false, ['noti memberLeft', 'participant_left', 'noti memberJoined', 'participant_joined']],
    ['server', true, membership],
    ['webhooks', true, []],
  ];
  for (const [position, isHidden, expected] of cases) {
    test(`vaToVaHiddenBy: ${position} (OQ-17), setting ${isHidden ? 'on' : 'off'}`, async () => {
      const stage = await openWithVirtualAgent({ vaToVaHiddenBy: position, notiWebhooks: 'evidenced' });
      if (isHidden) await hide(stage);
      const from = stage.webhooks.length;
      await stage.transfer(1, { to: 'virtual_agent' });
      assert.deepEqual(listEvents(stage, from), expected);
    });
  }

  test('hides the transfer only, not what is said after it', async () => {
    const stage = await openWithVirtualAgent({ vaToVaHiddenBy: 'server', notiWebhooks: 'evidenced' });
    await hide(stage);
    await stage.transfer(1, { to: 'virtual_agent' });
    const from = stage.webhooks.length;
    const form = { name: 'a', title: 'b', preview_endpoint: 'https://example.com/form' };
    const message = { type: 'form', form, signature: 's' };
    await stage.control('POST', '/chats/1/messages', { from: 'virtual_agent', message });
    await stage.emulator.idle();
    assert.deepEqual(listEvents(stage, from), ['noti formRequested', 'message_received']);
  });

  test('never hides the way to a human', async () => {
    const stage = await openWithVirtualAgent({ vaToVaHiddenBy: 'webhooks', notiWebhooks: 'evidenced' });
    await hide(stage);
    const from = stage.webhooks.length;
    await stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
    await stage.transfer(1, { to: 'agent' });
    assert.deepEqual(listEvents(stage, from), [
      'noti escalationStarted',
      'noti memberLeft',
      'participant_left',
      'noti memberJoined',
      'noti escalationAccepted',
      'participant_joined',
    ]);
  });

  test('hides nothing of an escalation that comes in between', async () => {
    const stage = await openWithVirtualAgent({ vaToVaHiddenBy: 'webhooks', notiWebhooks: 'evidenced' });
    await hide(stage);
    const transfer = stage.control('POST', '/chats/1/transfers', { to: 'virtual_agent' });
    await stage.clock.advance(100);
    const from = stage.webhooks.length;
    await stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
    await stage.pass(1000);
    await transfer;
    await stage.transfer(1, { to: 'agent' });
    assert.deepEqual(listEvents(stage, from), [
      'noti escalationStarted',
      'noti memberLeft',
      'participant_left',
      'noti memberJoined',
      'noti escalationAccepted',
      'participant_joined',
    ]);
  });
});

describe('a task virtual agent in webhooks (§6.2)', () => {
  test('says it inline, in server_message', async () => {
    const { stage } = await openWithTask();
    const message = { type: 'text', content: 'Please enter the 6-digit code.' };
    await stage.control('POST', '/chats/1/messages', { from: 'task_virtual_agent', message });
    await stage.emulator.idle();
    const { sender, ...body } = stage.webhooks.at(-1)?.envelope.body ?? {};
    assert.equal((sender as { type: string }).type, 'task_virtual_agent');
    assert.deepEqual(body, {
      message: { type: 'server_message', message_id: 1, visibility: 'task_virtual_agent' },
      server_message: { content: { type: 'text', content: 'Please enter the 6-digit code.' } },
    });
  });

  test('taskEcho (OQ-18): echoes the end user as server_message, not at all, or as plain text', async () => {
    for (const [position, expected] of [
      [
        'server_message',
        {
          message: { type: 'server_message', message_id: 1, visibility: 'task_virtual_agent' },
          server_message: { content: { type: 'text', content: '493817' } },
        },
      ],
      ['none', undefined],
      ['text', { message: { type: 'text', content: '493817' } }],
    ] as const) {
      const { stage, chat } = await openWithTask({ taskEcho: position });
      const from = stage.webhooks.length;
      await stage.write(chat, '493817');
      const [echo, ...rest] = stage.webhooks.slice(from);
      const { sender, ...body } = echo?.envelope.body ?? {};
      assert.equal(rest.length, 0);
      assert.deepEqual(expected === undefined ? [sender, body] : body, expected ?? [undefined, {}]);
      const { agentView } = (await stage.control('GET', '/chats/1')).body;
      assert.deepEqual(agentView, [], 'whatever is echoed, the agent sees nothing');
    }
  });

  test('taskMembershipWebhooks (OQ-20): coming and going is announced, or not', async () => {
    for (const [position, expected] of [
      ['sent', ['participant_joined', 'participant_left']],
      ['none', []],
    ] as const) {
      const stage = createStage({ switches: { taskMembershipWebhooks: position } });
      await stage.openChat();
      await stage.transfer(1, { to: 'agent' });
      const from = stage.webhooks.length;
      await stage.transfer(1, { to: 'task_virtual_agent' });
      await stage.transfer(1, { to: 'agent' });
      assert.deepEqual(listEvents(stage, from), expected);
    }
  });

  test('is ended by the human agent, which leaves an escalation by_human_agent', async () => {
    const { stage, chat } = await openWithTask();
    const answer = await stage.transfer(1, { to: 'agent', force: true });
    assert.equal(answer.status, 200);
    const { escalation } = (await stage.control('GET', '/chats/1')).body;
    assert.deepEqual(escalation, { id: 55, status: 'escalated', reason: 'by_human_agent' });
    await stage.write(chat, 'Hello Jane');
    const { agentView } = (await stage.control('GET', '/chats/1')).body;
    assert.equal(agentView.length, 1, 'from here on the agent reads along');
  });

  test('taskToVirtualAgent (OQ-56): may hand over to a support virtual agent, or not', async () => {
    for (const [position, status] of [
      ['allowed', 201],
      ['refused', 409],
    ] as const) {
      const { stage } = await openWithTask({ taskToVirtualAgent: position });
      assert.equal((await stage.transfer(1, { to: 'virtual_agent', menuId: 101 })).status, status);
    }
  });
});
