import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage } from './stage.js';

describe('what no document knows', () => {
  test('unknownEvents: sprinkled puts events of an unknown type among the webhooks', async () => {
    const stage = createStage({ switches: { unknownEvents: 'sprinkled' } });
    const chat = await stage.openChat();
    for (const text of ['one', 'two', 'three']) await stage.write(chat, text);
    assert.deepEqual(stage.eventTypes(), [
      ...['chat_created', 'weather_changed', 'message_received', 'message_received', 'message_received'],
      'weather_changed',
    ]);
    assert.equal(
      stage.webhooks[1]?.body,
      '{"event_type":"weather_changed","timestamp":"2026-01-02T10:00:00Z","chat_id":1,"body":{"outlook":"sunny"}}',
    );
  });

  test('unknownEvents: none leaves them out', async () => {
    const stage = createStage();
    await stage.write(await stage.openChat(), 'Hello');
    assert.deepEqual(stage.eventTypes(), ['chat_created', 'message_received']);
  });

  test('unknownKeys: sprinkled adds keys to each level of a webhook and to answers', async () => {
    const stage = createStage({ switches: { unknownKeys: 'sprinkled' } });
    const x_unknown = { since: 'tomorrow', values: [1, null] };
    await stage.write(await stage.openChat(), 'Hello');
    assert.deepEqual(stage.webhooks.at(-1)?.envelope, {
      event_type: 'message_received',
      timestamp: '2026-01-02T10:00:00Z',
      chat_id: 1,
      body: {
        sender: {
          id: 501,
          type: 'end_user',
          status: 'connected',
          connected_at: '2026-01-02T10:00:00Z',
          x_unknown,
        },
        message: { type: 'text', content: 'Hello', x_unknown },
        x_unknown,
      },
      x_unknown,
    });
    const { body } = await stage.platform('GET', '/end_users?identifier=c-9f31');
    assert.deepEqual(body, { id: 501, identifier: 'c-9f31', x_unknown });
  });

  test('unknownKeys: none leaves answers as they are documented', async () => {
    const stage = createStage();
    await stage.openChat();
    const { body } = await stage.platform('GET', '/end_users?identifier=c-9f31');
    assert.deepEqual(body, { id: 501, identifier: 'c-9f31' });
  });
});
