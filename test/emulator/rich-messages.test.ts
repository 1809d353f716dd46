import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createEmulator } from '../../src/emulator/index.js';
import { switchValues } from '../../src/emulator/switches.js';
import { createStage, origin, read, type Stage } from './stage.js';

/* Message types (platform: §5.1 to §5.3) and event types (§4.4); the payloads are copied from there. */

async function openWithVirtualAgent(switches: Record<string, unknown> = {}): Promise<Stage> {
  const stage = createStage({ switches });
  await stage.openChat();
  await stage.transfer(1, { to: 'virtual_agent' });
  return stage;
}

async function say(stage: Stage, message: unknown): Promise<unknown[]> {
  const from = stage.webhooks.length;
  const answer = await stage.control('POST', '/chats/1/messages', { from: 'virtual_agent', message });
  assert.equal(answer.status, 201, answer.body.message);
  await stage.emulator.idle();
  return stage.webhooks.slice(from).map(({ envelope }) => envelope.body.message);
}

const buttons = [
  { title: 'Yes', action: 'quick_reply' },
  { title: 'Human please', action: 'escalation' },
  { title: 'Open', action: 'quick_reply_link', link: 'https://example.com', event_params: { k: 'v' } },
];
const cards = [
  {
    ...{ title: 'T', subtitle: 'S', body: 'B', link: 'https://example.com', event_params: {} },
    images: ['https://example.com/1.jpg'],
  },
  { title: 'Only a title' },
];
const form = { name: 'address', title: 'Your address', preview_endpoint: 'https://example.com/form' };
const link = (kind: string) => [{ url: `https://example.com/${kind}`, text: 'caption' }];

/** One message of each type that comes in, and the same with everything inside `content`. */
const incoming: [string, Record<string, unknown>, Record<string, unknown>][] = [
  ['text', { content: 'Hello' }, { content: 'Hello' }],
  ['text_template', { content: 'Welcome' }, { content: 'Welcome' }],
  ['markdown', { content: '**Hi**' }, { content: '**Hi**' }],
  ['markdown_template', { content: '**Hi**' }, { content: '**Hi**' }],
  ['photo', { content: { media_id: 992 } }, { content: { media_id: 992 } }],
  ['video', { content: { media_id: 992 } }, { content: { media_id: 992 } }],
  ['inline_button', { title: 'Select', buttons }, { content: { title: 'Select', buttons } }],
  ['sticky_button', { title: 'Select', buttons }, { content: { title: 'Select', buttons } }],
  ['content_card', { cards }, { content: { cards } }],
  ['image', { title: 'A', images: link('image') }, { content: { title: 'A', images: link('image') } }],
  ['video', { title: 'A', videos: link('video') }, { content: { title: 'A', videos: link('video') } }],
  ['document', { title: 'A', documents: link('pdf') }, { content: { title: 'A', documents: link('pdf') } }],
  ['form', { form, signature: 's' }, { content: { form, signature: 's' } }],
  ['noti', { event: 'formRequested', content: '' }, { content: { event: 'formRequested' } }],
  ['unknown', { foo: 'bar' }, { content: { foo: 'bar' } }],
];

describe('message types (§5.1)', () => {
  for (const [type, payload, nested] of incoming) {
    test(`${type} stands in message, or with its keys inside content (OQ-9)`, async () => {
      const flat = await openWithVirtualAgent();
      assert.deepEqual(await say(flat, { type, ...payload }), [{ type, ...payload }]);
      const deep = await openWithVirtualAgent({ webhookRichPlacement: 'content' });
      assert.deepEqual(await say(deep, { type, ...payload }), [{ type, ...nested }]);
    });
  }

  test('server_message is what a task virtual agent’s words become, whatever their type', async () => {
    const stage = createStage();
    await stage.openChat();
    await stage.transfer(1, { to: 'agent' });
    await stage.transfer(1, { to: 'task_virtual_agent' });
    const message = { type: 'inline_button', title: 'Select', buttons };
    await stage.control('POST', '/chats/1/messages', { from: 'task_virtual_agent', message });
    await stage.emulator.idle();
    const { sender: _, ...body } = stage.webhooks.at(-1)?.envelope.body ?? {};
    assert.deepEqual(body, {
      message: { type: 'server_message', message_id: 1, visibility: 'task_virtual_agent' },
      server_message: { content: message },
    });
  });

  test('quick replies are no type: a tap is an ordinary text with the title', async () => {
    const stage = await openWithVirtualAgent();
    const [message] = await say(stage, { type: 'inline_button', title: 'Select', buttons });
    const [{ title, action }] = (message as { buttons: [{ title: string; action: string }] }).buttons;
    assert.equal(action, 'quick_reply');
    await stage.write({ chatId: 1, endUserId: 501 }, title);
    assert.deepEqual(stage.webhooks.at(-1)?.envelope.body.message, { type: 'text', content: 'Yes' });
  });

  test('form_complete comes from the end user and is echoed', async () => {
    const stage = createStage();
    const { endUserId: from_user_id } = await stage.openChat();
    const data = { smart_action_id: 5, status: 'success', timestamp: 1, details: { message: 'done' } };
    const message = { type: 'form_complete', signature: 's', data };
    await stage.platform('POST', '/chats/1/message', { from_user_id, message });
    await stage.emulator.idle();
    assert.deepEqual(stage.webhooks.at(-1)?.envelope.body.message, message);
  });
});

describe('what a virtual agent can emit (§5.2)', () => {
  test('a text with messages is one message for each', async () => {
    const stage = await openWithVirtualAgent();
    assert.deepEqual(await say(stage, { type: 'text', messages: ['one', 'two'] }), [
      { type: 'text', content: 'one' },
      { type: 'text', content: 'two' },
    ]);
  });

  test('a complex one is delivered component by component, and the desk hears of all of them', async () => {
    const stage = await openWithVirtualAgent();
    const message = {
      type: 'complex',
      title: 'Select',
      components: [
        { type: 'content_card', cards },
        { type: 'text', messages: ['one', 'two'] },
        { type: 'inline_button', title: 'Sure?', buttons },
      ],
    };
    const answer = await stage.control('POST', '/chats/1/messages', { from: 'virtual_agent', message });
    assert.equal(answer.status, 201);
    const { messages } = answer.body as unknown as { messages: { id: number; type: string }[] };
    assert.deepEqual(
      messages.map(({ id, type }) => [id, type]),
      [
        [1, 'text'],
        [2, 'content_card'],
        [3, 'text'],
        [4, 'text'],
        [5, 'inline_button'],
      ],
    );
    await stage.emulator.idle();
    assert.deepEqual(stage.webhooks.at(-1)?.envelope.body.message, {
      type: 'inline_button',
      title: 'Sure?',
      buttons,
    });
  });

  const refusals: [string, unknown, RegExp][] = [
    ['buttons without any', { type: 'inline_button', title: 'Select', buttons: [] }, /^message\.buttons: /],
    [
      'a button without a title',
      { type: 'sticky_button', buttons: [{ action: 'x' }] },
      /^message\.buttons\.0\.title: /,
    ],
    ['a card without a title', { type: 'content_card', cards: [{}] }, /^message\.cards\.0\.title: /],
    ['an image without images', { type: 'image', title: 'A' }, /^message\.images: /],
    [
      'a form without its address',
      { type: 'form', form: { name: 'a', title: 'b' }, signature: 's' },
      /preview_endpoint/,
    ],
    ['a notification without its event', { type: 'noti', content: '' }, /^message\.event: /],
    ['a complex one without components', { type: 'complex', title: 'A' }, /^message\.components: /],
    [
      'a complex one with a wrong component',
      { type: 'complex', components: [{ type: 'text', content: 'a' }, { type: 'content_card' }] },
      /^message\.components\.1\.cards: /,
    ],
  ];
  for (const [name, message, expected] of refusals) {
    test(`refuses ${name}, and says where`, async () => {
      const stage = await openWithVirtualAgent();
      const answer = await stage.control('POST', '/chats/1/messages', { from: 'virtual_agent', message });
      assert.equal(answer.status, 400);
      assert.match(answer.body.message, expected);
    });
  }
});

describe('event types (§4.4)', () => {
  const at = '2026-01-02T10:00:00Z';
  const ava = { id: 15, type: 'virtual_agent', connected_at: at };
  const rows: [string, number, unknown][] = [
    ['chat_created', 0, {}],
    ['participant_joined', 1, { participant: { ...ava, status: 'connected' } }],
    [
      'message_received',
      2,
      { sender: { ...ava, status: 'connected' }, message: { type: 'text', content: 'Hello' } },
    ],
    ['participant_left', 3, { participant: { ...ava, status: 'disconnected' } }],
    ['chat_ended', 4, {}],
  ];
  for (const [type, place, body] of rows) {
    test(`${type}, in its envelope`, async () => {
      const stage = await openWithVirtualAgent();
      await say(stage, { type: 'text', content: 'Hello' });
      await stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
      await stage.control('POST', '/chats/1/end');
      await stage.emulator.idle();
      const { timestamp, ...envelope } = stage.webhooks[place]?.envelope ?? {};
      assert.deepEqual(envelope, { event_type: type, chat_id: 1, body });
      assert.match(timestamp ?? '', /^2026-01-02T10:00:0\dZ$/);
      assert.deepEqual(Object.keys(stage.webhooks[place]?.envelope ?? {}), [
        ...['event_type', 'timestamp', 'chat_id', 'body'],
      ]);
    });
  }

  test('something for escalation, deflection and transfer: templates, and who comes and goes (OQ-10)', async () => {
    const stage = await openWithVirtualAgent({ escalationWebhook: 'sent' });
    const from = stage.webhooks.length;
    await stage.transfer(1, { to: 'virtual_agent' });
    await stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
    await stage.control('POST', '/chats/1/deflections', { reason: 'over_capacity', channels: ['email'] });
    await stage.emulator.idle();
    assert.deepEqual(stage.eventTypes().slice(from), [
      ...['participant_left', 'participant_joined', 'participant_left'],
      ...['escalation_started', 'escalation_deflected'],
    ]);
  });

  test('chat_dismissed', async () => {
    const stage = await openWithVirtualAgent();
    await say(stage, { type: 'text', content: 'Hello' });
    await stage.write({ chatId: 1, endUserId: 501 }, 'Hi');
    await stage.control('POST', '/chats/1/dismiss');
    await stage.emulator.idle();
    assert.equal(stage.eventTypes().at(-1), 'chat_dismissed');
    assert.deepEqual(stage.webhooks.at(-1)?.envelope.body, {});
  });

  test('webhookMessageId (OQ-13): only a task virtual agent’s messages have an id, or all', async () => {
    for (const [position, expected] of [
      ['task', { type: 'text', content: 'Hello' }],
      ['every', { type: 'text', content: 'Hello', message_id: 1 }],
    ] as const) {
      const stage = await openWithVirtualAgent({ webhookMessageId: position });
      assert.deepEqual(await say(stage, { type: 'text', content: 'Hello' }), [expected]);
    }
  });

  test('senderName (OQ-15): a sender has no name, or has one', async () => {
    for (const [position, name] of [
      ['absent', undefined],
      ['present', 'Ava'],
    ] as const) {
      const stage = await openWithVirtualAgent({ senderName: position });
      await say(stage, { type: 'text', content: 'Hello' });
      const sender = stage.webhooks.at(-1)?.envelope.body.sender as { name?: string };
      assert.equal(sender.name, name);
    }
  });
});

describe('noti events (§5.3)', () => {
  const play = async (switches: Record<string, unknown>): Promise<unknown[]> => {
    const stage = await openWithVirtualAgent(switches);
    await stage.transfer(1, { to: 'virtual_agent' });
    await say(stage, { type: 'form', form, signature: 's' });
    await stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
    const deflection = { reason: 'over_capacity', channels: ['human_agent'] };
    await stage.control('POST', '/chats/1/deflections', deflection);
    await stage.transfer(1, { to: 'agent' });
    await stage.control('POST', '/chats/1/end');
    await stage.emulator.idle();
    const messages = stage.webhooks.map(({ envelope }) => envelope.body.message);
    return messages.filter((message) => (message as { type?: string } | undefined)?.type === 'noti');
  };
  const evidenced = [
    ...['memberJoined', 'memberLeft', 'memberJoined', 'formRequested', 'escalationStarted', 'memberLeft'],
    ...['memberJoined', 'escalationAccepted', 'chatEnded'],
  ];
  const guessed = [
    ...['memberJoined', 'transferStarted', 'memberLeft', 'memberJoined', 'transferAccepted', 'formRequested'],
    ...['escalationStarted', 'memberLeft', 'escalationDeflected', 'memberJoined', 'escalationAccepted'],
    'chatEnded',
  ];

  test('notiWebhooks (OQ-9, OQ-16): none, those that were seen, or guesses as well', async () => {
    assert.deepEqual(await play({ notiWebhooks: 'none' }), []);
    const toNoti = (event: string) => ({ type: 'noti', event, content: '' });
    assert.deepEqual(await play({ notiWebhooks: 'evidenced' }), evidenced.map(toNoti));
    assert.deepEqual(await play({ notiWebhooks: 'guessed' }), guessed.map(toNoti));
  });

  test('stand inside content where rich messages do', async () => {
    const nested = await play({ notiWebhooks: 'evidenced', webhookRichPlacement: 'content' });
    assert.deepEqual(nested[0], { type: 'noti', content: { event: 'memberJoined' } });
  });

  test('are said by the system', async () => {
    const stage = await openWithVirtualAgent({ notiWebhooks: 'evidenced' });
    const { sender } = stage.webhooks[1]?.envelope.body ?? {};
    assert.deepEqual(sender, { id: 0, type: 'system', status: 'connected' });
  });
});

describe('the switches of the surface', () => {
  test('stand at their first position, the limit included', async () => {
    const emulator = createEmulator({ script: 'quiet' });
    const { body } = await read(await emulator.fetch(new Request(`${origin}/emulator/switches`)));
    for (const [name, [first]] of Object.entries(switchValues))
      assert.equal(body.switches[name], first, name);
    assert.equal(body.switches.rateLimit, 'on');
    assert.equal(body.switches.vaToVaHiddenBy, 'client');
    assert.equal(body.switches.taskEcho, 'server_message');
    assert.equal(body.switches.notiWebhooks, 'none');
    emulator.stop();
  });
});
