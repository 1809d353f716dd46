import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readEventStream } from '../../src/client/event-stream.js';

const file = join(process.env['FIXTURES_DIR'] ?? '../shared/fixtures', 'wpt-eventsource', 'cases.json');

interface StreamCase {
  readonly name: string;
  readonly stream_base64: string;
  readonly events: readonly { readonly data: string }[];
}

/** What is read from a body that arrives in these pieces. */
async function read(...pieces: Uint8Array[]): Promise<string[]> {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const texts: string[] = [];
  for await (const { data } of readEventStream(body)) texts.push(data);
  return texts;
}

describe('reading an event stream', () => {
  if (!existsSync(file)) {
    test('the cases of web-platform-tests', { skip: `${file} is absent; FIXTURES_DIR names another place` }, () => undefined);
    return;
  }
  const { stream_cases: cases } = JSON.parse(readFileSync(file, 'utf8')) as { stream_cases: StreamCase[] };
  for (const { name, stream_base64: base64, events } of cases) {
    test(`${name} is read alike in one piece and cut anywhere in two`, async () => {
      const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
      const expected = events.map(({ data }) => data);
      assert.deepEqual(await read(bytes), expected);
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        assert.deepEqual(await read(bytes.subarray(0, cut), bytes.subarray(cut)), expected, `cut at ${cut}`);
      }
    });
  }

  test('leaving it closes the connection', async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: x\n\n')),
      cancel: () => void (isCancelled = true),
    });
    for await (const { data } of readEventStream(body)) {
      assert.equal(data, 'x');
      break;
    }
    assert.equal(isCancelled, true);
  });
});
