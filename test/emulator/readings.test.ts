import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMediaStage } from './media-stage.js';
import { createStage, type Stage } from './stage.js';

/* Both positions of switches that belong to no single row of the reference. */

const chatOf = { chatId: 1, endUserId: 501 };

async function openWith(kind: string, switches: Record<string, unknown> = {}): Promise<Stage> {
  const stage = createStage({ switches });
  await stage.openChat();
  await stage.transfer(1, { to: kind });
  return stage;
}

async function speak(stage: Stage, from: string, message: unknown): Promise<any> {
  assert.equal((await stage.control('POST', '/chats/1/messages', { from, message })).status, 201);
  await stage.emulator.idle();
  return stage.webhooks.at(-1)?.envelope.body;
}

describe('ordinaryVisibility (OQ-19)', () => {
  for (const [position, visibility] of [
    ['absent', {}],
    ['all', { visibility: 'all' }],
    ['end_user', { visibility: 'end_user' }],
  ] as const) {
    test(`${position}: on what everybody may see`, async () => {
      const stage = await openWith('agent', { ordinaryVisibility: position });
      const { message } = await speak(stage, 'agent', { type: 'text', content: 'Hi' });
      assert.deepEqual(message, { type: 'text', content: 'Hi', ...visibility });
      await stage.write(chatOf, 'Hello');
      const echo = stage.webhooks.at(-1)?.envelope.body.message;
      assert.deepEqual(echo, { type: 'text', content: 'Hello', ...visibility });
    });

    test(`${position}: not on what a task virtual agent says, nor over a value of its own`, async () => {
      const stage = await openWith('agent', { ordinaryVisibility: position });
      await stage.transfer(1, { to: 'task_virtual_agent' });
      const task = await speak(stage, 'task_virtual_agent', { type: 'text', content: 'Code?' });
      assert.equal(task.message.visibility, 'task_virtual_agent');
      assert.deepEqual(task.server_message, { content: { type: 'text', content: 'Code?' } });
      const note = { type: 'text', content: 'Between us', visibility: 'internal' };
      assert.equal((await speak(stage, 'agent', note)).message.visibility, 'internal');
    });
  }
});

describe('mediaIdPlacement: the media_id of an agent’s file', () => {
  for (const [position, expected] of [
    ['content', { message: { type: 'photo', content: { media_id: 991 } } }],
    ['message', { message: { type: 'photo', media_id: 991 } }],
    ['body', { message: { type: 'photo' }, media_id: 991 }],
  ] as const) {
    test(position, async () => {
      const stage = await createMediaStage({ mediaIdPlacement: position });
      await stage.transfer(1, { to: 'agent' });
      await stage.sendFile(new Blob(['png']), 'map.png');
      const { sender: _, ...body } = stage.webhooks.at(-1)?.envelope.body ?? {};
      assert.deepEqual(body, expected);
    });

    test(`${position}: the end user’s own stands in content, as it was sent`, async () => {
      const stage = await createMediaStage({ mediaIdPlacement: position });
      const { media_id } = await stage.attach('photos');
      await stage.send({ type: 'photo', content: { media_id } });
      await stage.emulator.idle();
      const { message } = stage.webhooks.at(-1)?.envelope.body ?? {};
      assert.deepEqual(message, { type: 'photo', content: { media_id } });
    });
  }
});

describe('hostedForms (OQ-59)', () => {
  const form = { name: 'address', title: 'Your address', preview_endpoint: 'https://example.com/form' };
  const answers = [
    { type: 'form_complete', signature: 's', data: { smart_action_id: 5, status: 'success' } },
    { type: 'noti', content: '', event: 'formCompleted', form_name: 'address' },
  ];
  for (const [position, events, status] of [
    ['supported', ['noti', 'form'], 200],
    ['widget-only', [], 400],
  ] as const) {
    test(`${position}: a form reaches the consumer, and its answer is taken, or neither`, async () => {
      const stage = await openWith('virtual_agent', { hostedForms: position, notiWebhooks: 'evidenced' });
      const from = stage.webhooks.length;
      await speak(stage, 'virtual_agent', { type: 'form', form, signature: 's' });
      const told = stage.webhooks.slice(from).map(({ envelope }) => (envelope.body.message as any).type);
      assert.deepEqual(told, events);
      for (const message of answers) {
        const answer = await stage.platform('POST', '/chats/1/message', { from_user_id: 501, message });
        assert.equal(answer.status, status, message.type);
      }
    });
  }
});

test('messageCharacters (OQ-32): a message is as long as it likes, or has 916 characters', async () => {
  const bear = '🐻';
  for (const [position, length, status] of [
    ['unlimited', 10_000, 200],
    [916, 916, 200],
    [916, 917, 400],
  ] as const) {
    const stage = await openWith('agent', { messageCharacters: position });
    for (const content of [bear.repeat(length), { text: bear.repeat(length) }]) {
      const request = { from_user_id: 501, message: { type: 'text', content } };
      const answer = await stage.platform('POST', '/chats/1/message', request);
      assert.deepEqual([answer.status, answer.body.message], [status, status === 400 ? 'Message is too long' : undefined]);
    }
  }
});

test('a message that is sent twice is there twice: no document knows a key against it (OQ-31)', async () => {
  const stage = await openWith('agent');
  const { subdomain, apiToken } = stage.emulator.credentials;
  for (let time = 0; time < 2; time += 1) {
    const request = new Request('http://127.0.0.1/apps/api/v1/chats/1/message', {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${subdomain}:${apiToken}`)}`, 'Idempotency-Key': 'same' },
      body: JSON.stringify({ from_user_id: 501, message: { type: 'text', content: 'Once' } }),
    });
    assert.equal((await stage.emulator.fetch(request)).status, 200);
  }
  assert.deepEqual(await stage.conversation(1), ['end_user: Once', 'end_user: Once']);
});

describe('the chat object', () => {
  const read = async (switches: Record<string, unknown>): Promise<any> =>
    (await (await openWith('agent', switches)).platform('GET', '/chats/1')).body;

  test('statusText (OQ-24): is HTML, or words alone', async () => {
    assert.equal((await read({})).status_text, '<p>You are chatting with <b>our team</b>.</p>');
    assert.equal((await read({ statusText: 'plain' })).status_text, 'You are chatting with our team.');
  });

  test('chatFeatures (OQ-24): names none, or some that are invented', async () => {
    assert.deepEqual((await read({})).features, []);
    assert.deepEqual((await read({ chatFeatures: 'some' })).features, ['attachments', 'typing_preview']);
  });

  test('postSessionFields (OQ-44): has none, or those of the SDKs’ object', async () => {
    const names = ['post_session_required', 'post_session_transfer_status', 'post_session_opt_in_required'];
    const listNames = (chat: object): string[] => Object.keys(chat).filter((key) => key.startsWith('post_'));
    assert.deepEqual(listNames(await read({})), []);
    assert.deepEqual(listNames(await read({ postSessionFields: 'present' })), names);
  });
});

describe('sdkChatWebhooks (OQ-21)', () => {
  for (const [position, types] of [
    ['none', []],
    ['sent', ['chat_created', 'participant_joined', 'message_received']],
  ] as const) {
    test(`${position}: a chat that began in the web SDK tells the consumer of this API ${position === 'none' ? 'nothing' : 'as much'}`, async () => {
      const stage = createStage({ switches: { sdkChatWebhooks: position } });
      const answer = await stage.control('POST', '/chats', { identifier: 'c-1', name: 'Bo', menuId: 101 });
      assert.deepEqual([answer.status, answer.body.id, answer.body.status], [201, 1, 'queued']);
      await stage.transfer(1, { to: 'agent' });
      await stage.control('POST', '/chats/1/messages', { from: 'agent', message: { type: 'text', content: 'Hi' } });
      await stage.emulator.idle();
      assert.deepEqual(stage.eventTypes(), types);
    });
  }

  test('a chat of the SDK needs an identifier, and a queue that there is', async () => {
    const { control } = createStage();
    assert.equal((await control('POST', '/chats', {})).body.code, 'invalid-request');
    assert.equal((await control('POST', '/chats', { identifier: 'a', menuId: 9 })).body.code, 'menu-not-found');
  });
});
