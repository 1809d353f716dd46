import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  parseWebhook,
  readWebhookMessage,
  readWebhookParticipant,
  WebhookParseError,
  type WebhookEvent,
  type WebhookMessage,
} from '../../src/platform/index.js';
import { findFixtures } from './fixtures.js';

const toBytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const envelope = { event_type: 'message_received', timestamp: '2025-09-25T14:30:00Z', chat_id: 37 };

function codeOf(bytes: Uint8Array): string {
  try {
    parseWebhook(bytes);
    return 'an event';
  } catch (error) {
    assert.ok(error instanceof WebhookParseError, String(error));
    return error.code;
  }
}

describe('the envelope', () => {
  test('is read', () => {
    assert.deepEqual(parseWebhook(toBytes({ ...envelope, body: { a: [1] }, later: 'key' })), {
      eventType: 'message_received',
      chatId: 37,
      timestamp: '2025-09-25T14:30:00Z',
      body: { a: [1] },
    });
  });

  test('may lack everything but the event and the chat, and be of an unknown kind', () => {
    const bare = { event_type: 'something_new', chat_id: '37', timestamp: 5, body: 'text' };
    const expected = { eventType: 'something_new', chatId: 37, timestamp: null, body: {} };
    assert.deepEqual(parseWebhook(toBytes(bare)), expected);
  });

  test('must name both', () => {
    const wrong = [{}, [], null, 'text', 5, [envelope], { chat_id: 37 }, { event_type: 'x' }];
    const ids = [null, -1, 1.5, 1e300, 'x', '', '99999999999999999', {}];
    const events = ['', 7, null, 'x'.repeat(201)];
    for (const value of [
      ...wrong,
      ...ids.map((id) => ({ ...envelope, chat_id: id })),
      ...events.map((event) => ({ ...envelope, event_type: event })),
    ]) {
      assert.equal(codeOf(toBytes(JSON.stringify(value))), 'not-an-event', JSON.stringify(value));
    }
  });

  test('is strict UTF-8 and strict JSON', () => {
    const good = JSON.stringify({ ...envelope, body: { text: 'ü' } });
    const latin = Uint8Array.from(Buffer.from(good, 'latin1'));
    for (const bytes of [
      latin,
      toBytes(`\ufeff${good}`),
      toBytes(`${good}x`),
      toBytes(''),
      toBytes("{'a':1}"),
      Uint8Array.of(0),
    ]) {
      assert.equal(codeOf(bytes), 'not-json');
    }
  });

  test('may hold any depth without harm', () => {
    const depth = 100_000;
    assert.notEqual(codeOf(toBytes('['.repeat(depth))), 'an event');
    assert.notEqual(codeOf(toBytes('{"a":'.repeat(depth))), 'an event');
    const nested = `{"a":`.repeat(20_000) + '1' + '}'.repeat(20_000);
    const event = parseWebhook(toBytes(`{"event_type":"message_received","chat_id":37,"body":${nested}}`));
    assert.equal(readWebhookMessage(event), null);
    assert.equal(readWebhookParticipant(event), null);
  });

  test('cannot smuggle in what an object inherits', () => {
    const event = parseWebhook(
      toBytes(
        '{"event_type":"x","chat_id":37,"body":{"__proto__":{"sender":{"type":"agent"},"message":{"type":"text"}}}}',
      ),
    );
    assert.equal(readWebhookMessage(event), null);
    assert.equal(readWebhookParticipant(event), null);
  });
});

describe('the JSON test suite', () => {
  const { path, skip } = findFixtures('json-test-suite');
  const files = skip ? [] : readdirSync(join(path, 'test_parsing'));

  test('is there in full', { skip }, () => {
    assert.equal(files.length, 318);
  });

  test(
    'what is no JSON is told as such; what is JSON is no event; nothing else ever happens',
    { skip },
    () => {
      for (const file of files) {
        const code = codeOf(Uint8Array.from(readFileSync(join(path, 'test_parsing', file))));
        const expected = file.startsWith('n_')
          ? ['not-json']
          : file.startsWith('y_')
            ? ['not-an-event']
            : ['not-json', 'not-an-event'];
        assert.ok(expected.includes(code), `${file}: ${code}`);
      }
    },
  );
});

function toEvent(body: Record<string, unknown>): WebhookEvent {
  return parseWebhook(toBytes({ ...envelope, body }));
}

describe('a message', () => {
  const agent = { id: 7, type: 'agent', status: 'connected', connected_at: '2026-01-02T09:59:00Z' };
  const taskAgent = { id: 71, type: 'task_virtual_agent', status: 'connected' };
  const person = { name: null, avatarUrl: null, status: null, connectedAt: null };
  const plain: WebhookMessage = {
    sender: { ...person, kind: 'agent', id: 7, status: 'connected', connectedAt: '2026-01-02T09:59:00Z' },
    type: 'text',
    text: 'Hello',
    isMarkdown: false,
    parts: null,
    messageId: null,
    visibility: null,
    isServerMessage: false,
  };

  const cases: Readonly<Record<string, [Record<string, unknown>, WebhookMessage | null]>> = {
    'with its text as a string': [{ sender: agent, message: { type: 'text', content: 'Hello' } }, plain],
    'with its text in an object': [
      { sender: agent, message: { type: 'text', content: { text: 'Hello' } } },
      plain,
    ],
    'of an agent that is virtual, in markdown': [
      { sender: { id: '15', type: 'virtual_agent' }, message: { type: 'markdown', content: '**Hi**' } },
      { ...plain, sender: { ...person, kind: 'virtual_agent', id: 15 }, type: 'markdown', text: '**Hi**', isMarkdown: true },
    ],
    'that is a file has no text': [
      { sender: agent, message: { type: 'photo', content: { media_id: 992 } } },
      { ...plain, type: 'photo', text: null },
    ],
    'of an unknown type': [
      { sender: agent, message: { type: 'hologram', content: ['x'], id: 'abc' } },
      { ...plain, type: 'hologram', text: null, messageId: 'abc' },
    ],
    'with an id of the provider': [
      { sender: agent, message: { type: 'text', content: 'Hello', sid: 'IM1' } },
      { ...plain, messageId: 'IM1' },
    ],
    'of a task virtual agent, word for word as documented': [
      {
        sender: taskAgent,
        message: { type: 'server_message', message_id: 1, visibility: 'task_virtual_agent' },
        server_message: { content: { type: 'text', content: 'Please enter the 6-digit code.' } },
      },
      {
        sender: { ...person, kind: 'task_virtual_agent', id: 71, status: 'connected' },
        type: 'text',
        text: 'Please enter the 6-digit code.',
        isMarkdown: false,
        parts: null,
        messageId: '1',
        visibility: 'task_virtual_agent',
        isServerMessage: true,
      },
    ],
    'of a task virtual agent, with its text in an object': [
      {
        sender: taskAgent,
        message: { type: 'server_message', message_id: 1, visibility: 'task_virtual_agent' },
        server_message: { content: { type: 'markdown', content: { text: 'Your *code*?' } } },
      },
      {
        sender: { ...person, kind: 'task_virtual_agent', id: 71, status: 'connected' },
        type: 'markdown',
        text: 'Your *code*?',
        isMarkdown: true,
        parts: null,
        messageId: '1',
        visibility: 'task_virtual_agent',
        isServerMessage: true,
      },
    ],
    'hidden from the agent, with nothing inside': [
      { sender: taskAgent, message: { type: 'server_message', message_id: 2, content: 'not this' } },
      {
        sender: { ...person, kind: 'task_virtual_agent', id: 71, status: 'connected' },
        type: 'server_message',
        text: null,
        isMarkdown: false,
        parts: null,
        messageId: '2',
        visibility: null,
        isServerMessage: true,
      },
    ],
    'with an empty place for a server message is an ordinary one': [
      { sender: agent, message: { type: 'text', content: 'Hello' }, server_message: null },
      plain,
    ],
    'whose visibility cannot be read is not taken for public': [
      { sender: agent, message: { type: 'text', content: 'Hello', visibility: ['agent'] } },
      { ...plain, visibility: 'unreadable' },
    ],
    'whose visibility stands beside it': [
      {
        sender: agent,
        message: { type: 'text', content: 'Hello', visibility: null },
        visibility: 'internal',
      },
      { ...plain, visibility: 'internal' },
    ],
    'of nobody': [{ message: { type: 'text', content: 'Hello' } }, null],
    'of somebody without a kind': [{ sender: { id: 7 }, message: { type: 'text', content: 'Hello' } }, null],
    'that is not there': [{ sender: agent }, null],
    'that is a string': [{ sender: agent, message: 'Hello' }, null],
  };
  for (const [what, [body, expected]] of Object.entries(cases)) {
    test(what, () => {
      assert.deepEqual(readWebhookMessage(toEvent(body)), expected);
    });
  }
});

describe('somebody who comes or goes', () => {
  const jane = { kind: 'agent', id: 7, name: 'Jane', avatarUrl: 'https://x/y.png', status: 'connected', connectedAt: null };
  const wire = { type: 'agent', id: 7, name: 'Jane', avatar_url: 'https://x/y.png', status: 'connected' };

  test('is found as the participant, as the sender, or in the body itself', () => {
    assert.deepEqual(
      readWebhookParticipant(toEvent({ participant: wire, sender: { type: 'end_user' } })),
      jane,
    );
    assert.deepEqual(readWebhookParticipant(toEvent({ participant: {}, sender: wire })), jane);
    assert.deepEqual(readWebhookParticipant(toEvent(wire)), jane);
  });

  test('may be known by kind alone', () => {
    const nobody = { kind: 'task_virtual_agent', id: null, name: null, avatarUrl: null, status: null, connectedAt: null };
    assert.deepEqual(
      readWebhookParticipant(toEvent({ participant: { type: 'task_virtual_agent', id: 'x', name: 7 } })),
      nobody,
    );
    assert.equal(readWebhookParticipant(toEvent({})), null);
  });

  test('may have only a first name', () => {
    assert.equal(
      readWebhookParticipant(toEvent({ participant: { type: 'agent', first_name: 'Jane' } }))?.name,
      'Jane',
    );
  });
});
