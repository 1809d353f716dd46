import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  EndChat,
  RequestEscalation,
  SendMessage,
  StartChat,
  chatPhase,
  formatCursor,
  isAutomated,
  parseCursor,
  parseLogEntry,
  parseStreamSignal,
  problems,
} from '../../src/protocol/index.js';

const at = '2026-01-02T10:00:00.000Z';

describe('the status of a chat', () => {
  for (const [status, phase] of [
    ['queued', 'waiting'],
    ['va_assigned', 'virtual_agent'],
    ['assigned', 'agent'],
    ['dismissed', 'dismissed'],
    ['va_dismissed', 'dismissed'],
    ['finished', 'ended'],
    ['failed', 'ended'],
  ] as const) {
    test(`"${status}" means ${phase}`, () => {
      assert.equal(chatPhase(status), phase);
    });
  }

  for (const status of ['', 'levitating', 'FINISHED', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    test(`"${status}" is from the future, not an end`, () => {
      assert.equal(chatPhase(status), 'unknown');
    });
  }
});

describe('a cursor', () => {
  test('is read as it was written', () => {
    const epochs = fc.stringMatching(/^[0-9a-f]{16}$/);
    const seqs = fc.nat({ max: 999_999_999_999_999 });
    fc.assert(
      fc.property(epochs, seqs, (epoch, seq) => {
        assert.deepEqual(parseCursor(formatCursor(epoch, seq)), { epoch, seq });
      }),
    );
  });

  const epoch = '00000000000000aa';
  for (const text of ['', '1', epoch, `${epoch}.`, `.1`, `${epoch}.-1`, `${epoch}.1e3`, `${epoch}.1.2`, `${epoch}.1\n`, ` ${epoch}.1`,
    `${epoch.toUpperCase()}.1`, `${epoch}0.1`, `${epoch}.${'9'.repeat(16)}`, `${epoch}.\u0661`, `${epoch}.1\r\nset-cookie: a=b`]) {
    test(`${JSON.stringify(text)} is none`, () => {
      assert.equal(parseCursor(text), undefined);
    });
  }
});

describe('an entry of the log', () => {
  const entry = { type: 'escalation-updated', at, escalation: { id: 55, status: 'escalating' } };

  test('is read without what is not documented', () => {
    assert.deepEqual(parseLogEntry({ ...entry, seq: 3, canary: 'x', escalation: { ...entry.escalation, canary: 'x' } }), entry);
  });

  for (const value of [
    null,
    undefined,
    'escalation-updated',
    [],
    [entry],
    {},
    { ...entry, type: 'moon-risen' },
    { ...entry, type: '__proto__' },
    { ...entry, type: 'toString' },
    { ...entry, type: 'constructor' },
    { ...entry, type: ['escalation-updated'] },
    { ...entry, type: null },
    { ...entry, escalation: null },
    { ...entry, escalation: { id: '55', status: 'escalating' } },
    { ...entry, at: 5 },
  ]) {
    test(`${JSON.stringify(value)} is none`, () => {
      assert.equal(parseLogEntry(value), undefined);
    });
  }

  test('and a signal of the stream are never taken for one another', () => {
    assert.equal(parseStreamSignal(entry), undefined);
    assert.equal(parseLogEntry({ type: 'heartbeat', head: 1 }), undefined);
    assert.deepEqual(parseStreamSignal({ type: 'expired' }), { type: 'expired' });
  });

  test('may be any JSON whatever: reading it never throws and changes nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('message-added', 'chat-updated', 'hello', '__proto__', 'x'), (value, type) => {
        const hostile: unknown = JSON.parse(`{"__proto__":{"polluted":true},"type":${JSON.stringify(type)},"message":${JSON.stringify(value)}}`);
        parseLogEntry(hostile);
        parseStreamSignal(hostile);
        parseLogEntry(value);
        assert.equal(({} as { polluted?: boolean }).polluted, undefined);
      }),
    );
  });
});

describe('a problem', () => {
  for (const [code, { status, title, retryable }] of Object.entries(problems)) {
    test(`"${code}" has a status that fits and a sentence without details`, () => {
      assert.match(code, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(status >= 400 && status <= 599);
      assert.match(title, /^[A-Z].*\.$/);
      // A page that asks again must have a chance: 4xx stays what it is, but for 429; 429 and 503 pass.
      if (retryable) assert.ok(status >= 500 || status === 429);
      if (status === 503 || status === 429) assert.ok(retryable);
    });
  }

  test('has a title of its own', () => {
    const titles = Object.values(problems).map(({ title }) => title);
    assert.equal(new Set(titles).size, titles.length);
  });
});

describe('what a page sends', () => {
  const id = 'b3f0a7a2-6f1e-4c8e-9a53-0d6b5e2f7c11';
  const good: [string, { safeParse(value: unknown): { success: boolean } }, object][] = [
    ['the start of a chat', StartChat, { menu: 'billing', lang: 'de-CH', context: { plan: 'gold', seats: 3, trial: false } }],
    ['a message', SendMessage, { id, text: 'Hello', again: true }],
    ['the wish for a person', RequestEscalation, {}],
    ['the end', EndChat, {}],
  ];
  for (const [name, schema, value] of good) {
    test(`${name} is taken as documented, and refused with one key more`, () => {
      assert.equal(schema.safeParse(value).success, true);
      assert.equal(schema.safeParse({ ...value, end_user_id: 1 }).success, false);
      assert.equal(schema.safeParse(JSON.parse(`{"__proto__":{"x":1},${JSON.stringify(value).slice(1)}`.replace(',}', '}'))).success, false);
      assert.equal(schema.safeParse([value]).success, false);
      assert.equal(schema.safeParse(null).success, false);
    });
  }

  for (const [name, value] of [
    ['a menu without a name', { menu: '' }],
    ['a language that is none', { lang: 'de_CH; DROP' }],
    ['nested context', { context: { plan: { gold: true } } }],
    ['a context of null', { context: null }],
    ['51 keys of context', { context: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, index])) }],
    ['a value of 2,001 characters', { context: { long: 'x'.repeat(2_001) } }],
  ] as const) {
    test(`${name} does not start a chat`, () => {
      assert.equal(StartChat.safeParse(value).success, false);
    });
  }

  test('a context cannot reach the prototype of anything', () => {
    const parsed = StartChat.safeParse(JSON.parse('{"context":{"__proto__":"x","constructor":"y","plan":"gold"}}'));
    if (parsed.success) assert.equal(Object.getPrototypeOf(parsed.data.context), Object.prototype);
    assert.equal(({} as { plan?: string }).plan, undefined);
  });
});

test('both kinds of virtual agent are automated, people are not', () => {
  assert.deepEqual(
    (['virtual_agent', 'task_virtual_agent', 'agent', 'end_user'] as const).map(isAutomated),
    [true, true, false, false],
  );
});
