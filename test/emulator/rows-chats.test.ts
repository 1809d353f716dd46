import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, type Stage } from './stage.js';

/* Copied from the platform's reference (Endpoints of the chat platform API); no schema of ours checks it. */

function createSwitched(switches: Record<string, unknown>): Stage {
  return createStage({ switches });
}

describe('row 1: POST /end_users', () => {
  test('creates or updates by identifier and answers {id, identifier}', async () => {
    const { platform } = createStage();
    const request = { identifier: 'c-9f31', email: 'ann@example.com', name: 'Ann', phone: '+16175550100' };
    assert.deepEqual((await platform('POST', '/end_users', request)).body, { id: 501, identifier: 'c-9f31' });
    assert.deepEqual((await platform('POST', '/end_users', request)).body, { id: 501, identifier: 'c-9f31' });
  });
});

describe('row 2: GET /end_users', () => {
  test('finds by id and by identifier', async () => {
    const { platform } = createStage();
    await platform('POST', '/end_users', { identifier: 'c-9f31' });
    for (const query of ['id=501', 'identifier=c-9f31']) {
      const { body } = await platform('GET', `/end_users?${query}`);
      assert.deepEqual(body, { id: 501, identifier: 'c-9f31' });
    }
  });
});

describe('row 3: POST /chats', () => {
  test('takes the guide’s request, and shows the desk what came with it', async () => {
    const { platform, control } = createStage();
    await platform('POST', '/end_users', { identifier: 'c-9f31' });
    const transcript = [
      {
        sender: 'virtual_agent',
        timestamp: '2021-03-15 12:00:00Z',
        content: [
          { type: 'text', text: 'Hello! How can I help?' },
          { type: 'buttons', buttons: [{ label: 'Order status', selected: true }] },
          { type: 'media', media: { type: 'image', url: 'https://example.com/a.jpg' } },
        ],
      },
    ];
    const chat = {
      menu_id: 100,
      end_user_id: 501,
      lang: 'en',
      email: 'ann@example.com',
      context: { value: { foo: 'bar', key: 'value' } },
      transcript,
    };
    const answer = await platform('POST', '/chats', { chat, end_user: { phone: '+16175550100' } });
    assert.equal(answer.status, 200);
    const shown = (await control('GET', '/chats/1')).body as unknown as Record<string, unknown>;
    assert.deepEqual(shown.context, { foo: 'bar', key: 'value' });
    assert.deepEqual(shown.transcript, transcript);
  });

  const create = async (
    stage: Stage,
    chat: Record<string, unknown>,
  ): Promise<{ status: number; message: string; id: number }> => {
    await stage.platform('POST', '/end_users', { identifier: 'c-9f31' });
    const request = { chat: { menu_id: 100, end_user_id: 501, ...chat } };
    const { status, body } = await stage.platform('POST', '/chats', request);
    return { status, message: body.message, id: body.id };
  };

  test('refuses a transcript that is no list', async () => {
    const answer = await create(createStage(), { transcript: { a: 1 } });
    assert.deepEqual([answer.status, answer.message], [400, 'Invalid transcript']);
  });

  test('transcriptLimits (OQ-40): takes any list, or only so much and what was seen', async () => {
    const message = { sender: 'agent', timestamp: '2021-03-15 12:00:00Z', content: [{ type: 'text', text: 'a' }] };
    const cases: [string, unknown[]][] = [
      ['too many', Array.from({ length: 101 }, () => message)],
      ['too large', [{ ...message, content: [{ type: 'text', text: 'a'.repeat(65_536) }] }]],
      ['another sender', [{ ...message, sender: 'supervisor' }]],
      ['another content', [{ ...message, content: [{ type: 'form' }] }]],
      ['no message', ['a']],
    ];
    for (const [name, transcript] of cases) {
      assert.equal((await create(createStage(), { transcript })).status, 200, name);
      const answer = await create(createSwitched({ transcriptLimits: 'strict' }), { transcript });
      assert.deepEqual([answer.status, answer.message], [400, 'Invalid transcript'], name);
    }
    const contents = [{ type: 'text' }, { type: 'buttons' }, { type: 'media' }];
    const whole = Array.from({ length: 100 }, () => ({ ...message, content: contents }));
    const strict = createSwitched({ transcriptLimits: 'strict' });
    assert.equal((await create(strict, { transcript: whole })).status, 200);
  });

  test('closedChat: after hours it fails with after_hours, is refused, or goes on with virtual agents', async () => {
    const closed = 'We are closed right now. Our team is here from Monday to Friday, 9 am to 7 pm.';
    for (const [position, status, message, events, chatStatus] of [
      ['failed', 200, undefined, ['chat_created', 'chat_ended'], 'failed'],
      ['refused', 400, closed, [], undefined],
      ['accepted', 200, undefined, ['chat_created'], 'queued'],
    ] as const) {
      const stage = createSwitched({ openingHours: 'closed', closedChat: position, failReason: 'field' });
      const answer = await create(stage, {});
      assert.deepEqual([answer.status, answer.message], [status, message], position);
      await stage.pass(0);
      assert.deepEqual(stage.eventTypes(), events);
      const { body } = await stage.platform('GET', '/chats/1');
      assert.equal(body.status, chatStatus);
      if (position === 'failed') assert.equal((body as any).fail_reason, 'after_hours');
    }
  });

  test('closedChat: after hours nobody takes a chat that failed, and accepted ones get the virtual agent', async () => {
    for (const [position, status] of [
      ['failed', 'failed'],
      ['accepted', 'va_assigned'],
    ] as const) {
      const stage = createStage({ script: 'demo', switches: { openingHours: 'closed', closedChat: position } });
      await create(stage, {});
      await stage.pass(5000);
      assert.equal((await stage.platform('GET', '/chats/1')).body.status, status);
    }
  });

  test('unlistedLanguage (OQ-39): takes any language, or only those that the documents list', async () => {
    assert.equal((await create(createStage(), { lang: 'tlh' })).status, 200);
    const strict = { unlistedLanguage: 'refused' };
    const answer = await create(createSwitched(strict), { lang: 'tlh' });
    assert.deepEqual([answer.status, answer.message], [400, 'Unsupported language']);
    assert.equal((await create(createSwitched(strict), { lang: 'pt-BR' })).status, 200);
  });

  test('contextForm (OQ-53): takes any context, or only {"value": {…}}', async () => {
    assert.equal((await create(createStage(), { context: { foo: 'bar' } })).status, 200);
    const strict = { contextForm: 'strict' };
    const answer = await create(createSwitched(strict), { context: { foo: 'bar' } });
    assert.deepEqual([answer.status, answer.message], [400, 'Invalid context']);
    assert.equal((await create(createSwitched(strict), { context: { value: { foo: 'bar' } } })).status, 200);
  });

  test('secondChat (OQ-26): makes another chat, or answers the one that runs', async () => {
    for (const [position, expected] of [
      ['new', [1, 2]],
      ['ongoing', [1, 1]],
    ] as const) {
      const stage = createSwitched({ secondChat: position });
      assert.deepEqual([(await create(stage, {})).id, (await create(stage, {})).id], expected);
    }
    const stage = createSwitched({ secondChat: 'ongoing' });
    await create(stage, {});
    await stage.platform('PATCH', '/chats/1', { chat: { status: 'finished' } });
    assert.equal((await create(stage, {})).id, 2, 'an ended chat does not run');
  });
});

describe('row 4: GET /chats/:id', () => {
  test('answers the chat object with every documented key', async () => {
    const { openChat, platform } = createStage();
    const { chatId } = await openChat();
    const { body } = await platform('GET', `/chats/${chatId}`);
    assert.deepEqual(Object.keys(body), [
      ...['id', 'status', 'status_text', 'features', 'created_at', 'ends_at', 'timeout_at'],
      ...['agent', 'virtual_agent', 'all_agents', 'all_virtual_agents', 'lang', 'menus', 'end_user'],
    ]);
  });

  test('taskAgentInChatObject: shows an active task virtual agent, or does not', async () => {
    for (const [position, name, names] of [
      ['virtual_agent', 'Verification assistant', ['Verification assistant']],
      ['absent', undefined, []],
    ] as const) {
      const stage = createSwitched({ taskAgentInChatObject: position });
      const { chatId } = await stage.openChat();
      await stage.transfer(chatId, { to: 'agent' });
      await stage.transfer(chatId, { to: 'task_virtual_agent' });
      const body = (await stage.platform('GET', `/chats/${chatId}`)).body;
      const all = (body as unknown as { all_virtual_agents: { name: string }[] }).all_virtual_agents;
      assert.equal(body.virtual_agent?.name, name);
      assert.deepEqual(
        all.map((each) => each.name),
        names,
      );
    }
  });
});

describe('row 5: PATCH /chats/:id', () => {
  test('finishes in the end user’s name', async () => {
    const { openChat, platform, control } = createStage();
    const { chatId, endUserId } = await openChat();
    const request = { finished_by_user_id: endUserId, chat: { status: 'finished' } };
    const answer = await platform('PATCH', `/chats/${chatId}`, request);
    assert.deepEqual([answer.status, answer.body.status], [200, 'finished']);
    const shown = (await control('GET', `/chats/${chatId}`)).body as unknown as Record<string, unknown>;
    assert.equal(shown.endReason, 'abandoned', 'nobody had the chat yet');
  });

  const refusals: [string, unknown, number, string][] = [
    ['no chat', {}, 400, 'param is missing or the value is empty: chat'],
    ['no status', { chat: { foo: 1 } }, 400, 'param is missing or the value is empty: status'],
    ['another status', { chat: { status: 'assigned' } }, 400, 'Unsupported chat status'],
    [
      'somebody else’s id',
      { finished_by_user_id: 777, chat: { status: 'finished' } },
      404,
      'Not Found',
    ],
    [
      'a deflection channel without its escalation',
      { chat: { status: 'finished', deflection_channel: 'email' } },
      400,
      'param is missing or the value is empty: escalation_id',
    ],
    [
      'an escalation without its channel',
      { chat: { status: 'finished', escalation_id: 55 } },
      400,
      'param is missing or the value is empty: deflection_channel',
    ],
    [
      'an escalation that there is not',
      { chat: { status: 'finished', deflection_channel: 'email', escalation_id: 99 } },
      404,
      'Not Found',
    ],
  ];
  for (const [name, body, status, message] of refusals) {
    test(`with ${name} is refused with ${status}, and the chat goes on`, async () => {
      const { openChat, platform } = createStage();
      const { chatId } = await openChat();
      const answer = await platform('PATCH', `/chats/${chatId}`, body);
      assert.equal(answer.status, status);
      assert.deepEqual(answer.body, { message });
      assert.equal((await platform('GET', `/chats/${chatId}`)).body.status, 'queued');
    });
  }

  for (const channel of ['email', 'external_link']) {
    test(`settles a deflected escalation by ${channel} and ends the chat`, async () => {
      const { openChat, platform, control } = createStage();
      const { chatId, endUserId } = await openChat();
      await control('POST', `/chats/${chatId}/deflections`, {
        reason: 'over_capacity',
        channels: ['email', 'external_link', 'human_agent'],
      });
      const answer = await platform('PATCH', `/chats/${chatId}`, {
        finished_by_user_id: endUserId,
        chat: { status: 'finished', deflection_channel: channel, escalation_id: 55 },
      });
      assert.deepEqual([answer.status, answer.body.status], [200, 'finished']);
      const shown = (await control('GET', `/chats/${chatId}`)).body as unknown as Record<string, unknown>;
      assert.equal(shown.endReason, 'deflected');
      const escalation = shown.escalation as Record<string, unknown>;
      assert.deepEqual([escalation.status, escalation.deflectionChannel], ['deflected', channel]);
    });
  }

  const channelRefusals: [string, string][] = [
    ['human_agent', 'Unsupported deflection channel'],
    ['pigeon', 'Unsupported deflection channel'],
    ['external_link', 'Deflection channel is not available'],
  ];
  for (const [channel, message] of channelRefusals) {
    test(`does not end by ${channel} where only email was offered`, async () => {
      const { openChat, platform, control } = createStage();
      const { chatId } = await openChat();
      await control('POST', `/chats/${chatId}/deflections`, { reason: 'over_capacity', channels: ['email'] });
      const chat = { status: 'finished', deflection_channel: channel, escalation_id: 55 };
      const answer = await platform('PATCH', `/chats/${chatId}`, { chat });
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { message });
    });
  }

  test('userIds (OQ-25): checks whose ids they are, or takes any and none', async () => {
    const stage = createSwitched({ userIds: 'ignored' });
    const { chatId } = await stage.openChat();
    const message = { type: 'text', content: 'Hello' };
    const send = (body: object) => stage.platform('POST', `/chats/${chatId}/message`, { message, ...body });
    assert.equal((await send({})).status, 200);
    assert.equal((await send({ from_user_id: 777 })).status, 200);
    const request = { finished_by_user_id: 777, chat: { status: 'finished' } };
    assert.equal((await stage.platform('PATCH', `/chats/${chatId}`, request)).status, 200);
  });
});

describe('row 7: POST /chats/:id/message', () => {
  test('answers {} and echoes what was said', async () => {
    const { openChat, platform, emulator, webhooks } = createStage();
    const { chatId, endUserId } = await openChat();
    const request = { from_user_id: endUserId, message: { type: 'text', content: 'Hello' } };
    assert.deepEqual((await platform('POST', `/chats/${chatId}/message`, request)).body, {});
    await emulator.idle();
    assert.deepEqual(webhooks.at(-1)?.envelope.body.message, { type: 'text', content: 'Hello' });
  });

  test('takes what the official clients send for a form, and no other type', async () => {
    const { openChat, platform } = createStage();
    const { chatId, endUserId: from_user_id } = await openChat();
    const send = (message: object) => platform('POST', `/chats/${chatId}/message`, { from_user_id, message });
    const details = { smart_action_id: 5, status: 'success', timestamp: 1, details: { message: 'done' } };
    assert.equal((await send({ type: 'form_complete', signature: 's', data: details })).status, 200);
    const noti = { type: 'noti', content: '', event: 'formCompleted', form_name: 'f', signature: 's' };
    assert.equal((await send(noti)).status, 200);
    const answer = await send({ type: 'hologram', content: 'x' });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, { message: 'Unsupported message type' });
  });

  test('endUserMarkdown (OQ-41): is accepted, or refused', async () => {
    for (const [position, status] of [
      ['accepted', 200],
      ['refused', 400],
    ] as const) {
      const stage = createSwitched({ endUserMarkdown: position });
      const { chatId, endUserId: from_user_id } = await stage.openChat();
      const message = { type: 'markdown', content: '**Hi**' };
      const answer = await stage.platform('POST', `/chats/${chatId}/message`, { from_user_id, message });
      assert.equal(answer.status, status);
    }
  });
});
