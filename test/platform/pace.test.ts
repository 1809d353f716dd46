import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PlatformError, createPlatformClient } from '../../src/platform/index.js';
import { createRecorder, createRecordedClient, credentials, origin } from './recorder.js';

describe('calls that wait for their turn', () => {
  test('leave when it comes, and not before; the caller hears of it, and gets the answer', async () => {
    let begin = (): void => undefined;
    const { requests, client } = createRecordedClient([Response.json({})], {
      pace: (call, run) =>
        new Promise((resolve, reject) => {
          assert.deepEqual([call.method, call.path, call.patienceMs], ['POST', '/chats/37/message', 500]);
          begin = () => void run().then(resolve, reject);
        }),
    });
    let begun = 0;
    const turn = { patienceMs: 500, onBegin: () => void (begun += 1) };
    const sent = client.sendMessage(37, { fromUserId: 1, type: 'text', text: 'hello' }, turn);
    await Promise.resolve();
    assert.deepEqual([requests.length, begun], [0, 0]);
    begin();
    await sent;
    assert.deepEqual([requests.length, begun], [1, 1]);
  });

  test('have all their time for the answer from then on', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { fetch } = createRecorder(Response.json({}));
    let begin = (): void => undefined;
    const client = createPlatformClient({
      origin,
      ...credentials,
      timeoutMs: 50,
      fetch: async (input, init) => {
        init?.signal?.throwIfAborted();
        return fetch(input, init);
      },
      pace: (_call, run) => new Promise((resolve, reject) => (begin = () => void run().then(resolve, reject))),
    });
    const sent = client.sendMessage(37, { fromUserId: 1, type: 'text', text: 'hello' });
    t.mock.timers.tick(60_000);
    begin();
    await sent;
  });

  test('are never made where it does not come', async () => {
    const refusal = new PlatformError({ kind: 'unsent', method: 'POST', path: '/chats/37/message', status: null });
    const { requests, client } = createRecordedClient([Response.json({})], { pace: () => Promise.reject(refusal) });
    await assert.rejects(client.sendMessage(37, { fromUserId: 1, type: 'text', text: 'hello' }), refusal);
    assert.equal(requests.length, 0);
  });
});
