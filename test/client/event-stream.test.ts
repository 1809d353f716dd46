import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEventStream } from '../../src/client/event-stream.js';

// How streams are read is proved by wpt-eventsource.test.ts.
test('leaving an event stream closes the connection', async () => {
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
