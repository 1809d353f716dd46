import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { createEmulator } from '../../src/emulator/index.js';
import { createFakeClock } from '../support/fake-clock.js';
import { createStage, origin } from './stage.js';

function sign(secret: string, signed: string): string {
  return createHmac('sha256', secret).update(signed).digest('base64');
}

describe('the signature', () => {
  test('is an HMAC with each secret over the timestamp header and the raw body', async () => {
    const { emulator, openChat, write, webhooks } = createStage();
    await write(await openChat(), 'Grüße, 你好, 👋');
    const { webhookPrimarySecret, webhookSecondarySecret } = emulator.credentials;
    assert.equal(webhooks.length, 2);
    for (const { headers, body } of webhooks) {
      assert.equal(headers.get('X-Signature-Timestamp'), '2026-01-02T10:00:00.000Z');
      const signed = '2026-01-02T10:00:00.000Z' + body;
      const primary = sign(webhookPrimarySecret, signed);
      const secondary = sign(webhookSecondarySecret, signed);
      assert.equal(headers.get('X-Signature'), `primary=${primary} secondary=${secondary}`);
      assert.equal(headers.get('Content-Type'), 'application/json');
    }
  });

  test('is there once when there is no secondary secret', async () => {
    const { openChat, webhooks } = createStage({
      credentials: { webhookPrimarySecret: 'first', webhookSecondarySecret: '' },
    });
    await openChat();
    assert.equal(
      webhooks[0]?.headers.get('X-Signature'),
      `primary=${sign('first', `2026-01-02T10:00:00.000Z${webhooks[0]?.body ?? ''}`)}`,
    );
  });
});

describe('chat_created', () => {
  test('comes after the create request was answered', async () => {
    const { platform, pass, webhooks } = createStage();
    await platform('POST', '/end_users', { identifier: 'c-9f31' });
    await platform('POST', '/chats', { chat: { menu_id: 100, end_user_id: 501 } });
    assert.equal(webhooks.length, 0);
    await pass(0);
    assert.equal(webhooks[0]?.url, 'https://relay.example/webhooks/ccai');
    assert.equal(
      webhooks[0].body,
      '{"event_type":"chat_created","timestamp":"2026-01-02T10:00:00Z","chat_id":1,"body":{}}',
    );
  });

  test('can be made to come before', async () => {
    const { platform, control, eventTypes } = createStage();
    await control('PUT', '/switches', { switches: { chatCreatedWebhook: 'before' } });
    await platform('POST', '/end_users', { identifier: 'c-9f31' });
    await platform('POST', '/chats', { chat: { menu_id: 100, end_user_id: 501 } });
    assert.deepEqual(eventTypes(), ['chat_created']);
  });

  test('can be made to leave while the create request is being answered', async () => {
    let answerReceiver = (): void => undefined;
    const arrived: string[] = [];
    const slow: typeof fetch = (_input, init) =>
      new Promise((resolve) => {
        arrived.push(JSON.parse(init?.body as string).event_type as string);
        answerReceiver = () => {
          resolve(new Response(null, { status: 204 }));
        };
      });
    const { platform, emulator } = createStage({ fetch: slow, switches: { chatCreatedWebhook: 'during' } });
    await platform('POST', '/end_users', { identifier: 'c-9f31' });
    const answer = await platform('POST', '/chats', { chat: { menu_id: 100, end_user_id: 501 } });
    assert.equal(answer.status, 200, 'the answer does not wait for the receiver');
    while (arrived.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(arrived, ['chat_created'], 'the webhook does not wait for the clock');
    answerReceiver();
    await emulator.idle();
  });
});

describe('message_received', () => {
  test('echoes what the end user wrote', async () => {
    const { openChat, write, webhooks } = createStage();
    await write(await openChat(), 'Hello');
    assert.deepEqual(webhooks.at(-1)?.envelope, {
      event_type: 'message_received',
      timestamp: '2026-01-02T10:00:00Z',
      chat_id: 1,
      body: {
        sender: { id: 501, type: 'end_user', status: 'connected', connected_at: '2026-01-02T10:00:00Z' },
        message: { type: 'text', content: 'Hello' },
      },
    });
  });

  test('carries what an agent and a virtual agent say, with their own ids', async () => {
    const { openChat, transfer, control, emulator, webhooks } = createStage();
    const { chatId } = await openChat();
    await transfer(chatId, { to: 'virtual_agent' });
    await control('POST', `/chats/${chatId}/messages`, {
      from: 'virtual_agent',
      message: { type: 'markdown', content: '**Hi**' },
    });
    await emulator.idle();
    assert.deepEqual(webhooks.at(-1)?.envelope.body, {
      sender: { id: 15, type: 'virtual_agent', status: 'connected', connected_at: '2026-01-02T10:00:00Z' },
      message: { type: 'markdown', content: '**Hi**' },
    });
    await transfer(chatId, { to: 'agent' });
    await control('POST', `/chats/${chatId}/messages`, {
      from: 'agent',
      message: { type: 'text', content: 'Hello, how can I help?' },
    });
    await emulator.idle();
    assert.deepEqual(webhooks.at(-1)?.envelope.body, {
      sender: { id: 7, type: 'agent', status: 'connected', connected_at: '2026-01-02T10:00:01Z' },
      message: { type: 'text', content: 'Hello, how can I help?' },
    });
  });

  test('keeps what passes between end user and task virtual agent in server_message', async () => {
    const { openChat, transfer, write, control, emulator, webhooks } = createStage();
    const chat = await openChat();
    await transfer(chat.chatId, { to: 'agent' });
    await transfer(chat.chatId, { to: 'task_virtual_agent' });
    const message = { type: 'text', content: 'Please enter the 6-digit code.' };
    await control('POST', `/chats/${chat.chatId}/messages`, { from: 'task_virtual_agent', message });
    await emulator.idle();
    assert.deepEqual(webhooks.at(-1)?.envelope.body, {
      sender: {
        id: 17,
        type: 'task_virtual_agent',
        status: 'connected',
        connected_at: '2026-01-02T10:00:01Z',
      },
      message: { type: 'server_message', message_id: 1, visibility: 'task_virtual_agent' },
      server_message: { content: { type: 'text', content: 'Please enter the 6-digit code.' } },
    });
    await write(chat, '493817');
    assert.deepEqual(webhooks.at(-1)?.envelope.body, {
      sender: { id: 501, type: 'end_user', status: 'connected', connected_at: '2026-01-02T10:00:00Z' },
      message: { type: 'server_message', message_id: 2, visibility: 'task_virtual_agent' },
      server_message: { content: { type: 'text', content: '493817' } },
    });
  });
});

describe('people and the end', () => {
  test('who joins and who leaves is told', async () => {
    const { openChat, transfer, webhooks, eventTypes } = createStage();
    const { chatId } = await openChat();
    await transfer(chatId, { to: 'virtual_agent' });
    await transfer(chatId, { to: 'agent' });
    assert.deepEqual(eventTypes(), [
      'chat_created',
      'participant_joined',
      'participant_left',
      'participant_joined',
    ]);
    const participants = webhooks.slice(1).map(({ envelope }) => envelope.body);
    assert.deepEqual(participants, [
      {
        participant: {
          id: 15,
          type: 'virtual_agent',
          status: 'connected',
          connected_at: '2026-01-02T10:00:00Z',
        },
      },
      {
        participant: {
          id: 15,
          type: 'virtual_agent',
          status: 'disconnected',
          connected_at: '2026-01-02T10:00:00Z',
        },
      },
      { participant: { id: 7, type: 'agent', status: 'connected', connected_at: '2026-01-02T10:00:01Z' } },
    ]);
  });

  test('the end is told once, whoever ends the chat', async () => {
    for (const end of [
      ['platform', 'PATCH', '/chats/1', { chat: { status: 'finished' } }],
      ['control', 'POST', '/chats/1/end', undefined],
    ] as const) {
      const stage = createStage();
      await stage.openChat();
      const [side, method, path, body] = end;
      assert.equal((await stage[side](method, path, body)).status, 200);
      await stage.pass(0);
      assert.equal(
        stage.webhooks.at(-1)?.body,
        '{"event_type":"chat_ended","timestamp":"2026-01-02T10:00:00Z","chat_id":1,"body":{}}',
      );
      assert.deepEqual(stage.eventTypes(), ['chat_created', 'chat_ended']);
    }
  });
});

describe('delivery', () => {
  /** An emulator whose receiver answers only when the test says so. */
  function createSlowReceiver(): {
    emulator: ReturnType<typeof createEmulator>;
    clock: ReturnType<typeof createFakeClock>;
    arrived: string[];
    answer: (response: Response) => void;
    aborted: () => number;
  } {
    const clock = createFakeClock();
    const arrived: string[] = [];
    const waiting: ((response: Response) => void)[] = [];
    let aborted = 0;
    const receive: typeof fetch = (_input, init) =>
      new Promise((resolve, reject) => {
        arrived.push(
          String(
            (JSON.parse(init?.body as string) as { body: { message?: { content: string } } }).body.message
              ?.content,
          ),
        );
        waiting.push(resolve);
        init?.signal?.addEventListener('abort', () => {
          aborted += 1;
          reject(new Error('aborted'));
        });
      });
    const emulator = createEmulator({
      clock,
      fetch: receive,
      script: 'quiet',
      webhookUrl: 'http://127.0.0.1:5173/webhooks/ccai',
    });
    return {
      emulator,
      clock,
      arrived,
      aborted: () => aborted,
      answer: (response) => waiting.shift()?.(response),
    };
  }

  async function writeThrice(emulator: ReturnType<typeof createEmulator>): Promise<void> {
    const headers = {
      Authorization: `Basic ${btoa(`${emulator.credentials.subdomain}:${emulator.credentials.apiToken}`)}`,
    };
    const post = (path: string, body: unknown): Promise<Response> =>
      emulator.fetch(
        new Request(`${origin}/apps/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
      );
    await post('/end_users', { identifier: 'c-9f31' });
    await post('/chats', { chat: { menu_id: 100, end_user_id: 501 } });
    for (const content of ['one', 'two', 'three'])
      await post('/chats/1/message', { from_user_id: 501, message: { type: 'text', content } });
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  }

  test('waits for the answer to one webhook before the next of the same chat leaves', async () => {
    const { emulator, arrived, answer } = createSlowReceiver();
    await writeThrice(emulator);
    await until(() => arrived.length > 0);
    assert.deepEqual(arrived, ['one']);
    answer(new Response(null, { status: 204 }));
    await until(() => arrived.length > 1);
    assert.deepEqual(arrived, ['one', 'two']);
    emulator.stop();
  });

  test('drops a webhook that is refused or not answered within ten seconds, and goes on', async () => {
    const { emulator, clock, arrived, answer, aborted } = createSlowReceiver();
    await writeThrice(emulator);
    await until(() => arrived.length > 0);
    answer(new Response('no', { status: 500 }));
    await until(() => arrived.length > 1);
    await clock.advance(10_000);
    await until(() => arrived.length > 2);
    assert.equal(aborted(), 1);
    answer(new Response(null, { status: 204 }));
    assert.deepEqual(arrived.slice(0, 3), ['one', 'two', 'three']);
    const { entries } = (await (await emulator.fetch(new Request(`${origin}/emulator/journal`))).json()) as {
      entries: { direction: string; status: number }[];
    };
    const statuses = entries.filter((entry) => entry.direction === 'out').map((entry) => entry.status);
    assert.deepEqual(statuses.slice(0, 2), [500, 0]);
    emulator.stop();
  });

  test('sends nothing without a receiver, and sends to a new one at once', async () => {
    const { emulator, openChat, write, webhooks } = createStage({ webhookUrl: undefined });
    const chat = await openChat();
    assert.equal(webhooks.length, 0);
    emulator.setWebhookUrl('https://elsewhere.example/hook');
    await write(chat, 'Hello');
    assert.deepEqual(
      webhooks.map(({ url }) => url),
      ['https://elsewhere.example/hook'],
    );
  });
});
