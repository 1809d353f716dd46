import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPinoLog } from '../../src/adapters/pino/index.js';
import type { LogFields } from '../../src/relay/ports.js';

function record(level: string) {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => {
    lines.push(JSON.parse(line) as Record<string, unknown>);
  };
  return { lines, log: createPinoLog(level, { write }) };
}

test('a line tells level, time, event and the fields', () => {
  const { lines, log } = record('info');
  log.warn('webhook refused', { verdict: 'wrong-signature', status: 401 });
  const [line] = lines;
  assert.match(String(line?.['time']), /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
  assert.deepEqual(line, {
    level: 'warn',
    time: line?.['time'],
    event: 'webhook refused',
    verdict: 'wrong-signature',
    status: 401,
  });
});

test('no other field gets in, whoever hands it over, and no value of another kind', () => {
  const { lines, log } = record('info');
  const fields = {
    text: 'canary',
    chatId: { text: 'canary' },
    error: new Error('canary'),
    verdict: ['canary'],
    location: 'x'.repeat(10_000),
    event: 'canary',
    requestId: 'r1',
  };
  log.error('unexpected error', fields as unknown as LogFields);
  assert.doesNotMatch(JSON.stringify(lines), /canary/);
  assert.equal(lines[0]?.['event'], 'unexpected error');
  assert.equal(lines[0]['requestId'], 'r1');
  assert.equal(String(lines[0]['location']).length, 500);
});

test('only what is as grave as the level, or graver, is written', () => {
  const { lines, log } = record('warn');
  log.info('a');
  log.warn('b');
  log.error('c');
  assert.deepEqual(
    lines.map(({ event }) => event),
    ['b', 'c'],
  );
  const silent = record('silent');
  silent.log.error('d');
  assert.deepEqual(silent.lines, []);
});

test('a level that there is not is refused', () => {
  assert.throws(() => createPinoLog('loud'));
});
