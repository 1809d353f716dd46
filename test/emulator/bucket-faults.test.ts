import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMediaStage } from './media-stage.js';

describe('the faults of the bucket', () => {
  const createFaulty = async (bucket: unknown) => {
    const stage = await createMediaStage();
    assert.equal((await stage.control('PUT', '/faults', { bucket })).status, 200);
    return { ...stage, form: await stage.offer('photos') };
  };

  test('status: 500 or 503, and nothing is stored', async () => {
    const { upload, form, stored } = await createFaulty({ status: 1 });
    const response = await upload(form);
    assert.ok([500, 503].includes(response.status));
    assert.match(await response.text(), /<Code>(InternalError|SlowDown)<\/Code>/);
    assert.equal(await stored(form.fields.key), null);
  });

  test('expired: the form is refused before its time', async () => {
    const { upload, form, stored } = await createFaulty({ expired: 1 });
    const response = await upload(form);
    assert.equal(response.status, 403);
    assert.match(await response.text(), /Policy expired/);
    assert.equal(await stored(form.fields.key), null);
  });

  test('timeout: the file is stored, and the answer late', async () => {
    const { upload, form, stored, clock } = await createFaulty({ timeout: 1 });
    let isAnswered = false;
    const answer = upload(form).then((response) => {
      isAnswered = true;
      return response;
    });
    while ((await stored(form.fields.key)) === null) await clock.advance(0);
    await clock.advance(29_999);
    assert.equal(isAnswered, false);
    await clock.advance(1);
    assert.equal((await answer).status, 201);
  });

  test('slow: the form is looked at late, so that its time may be over', async () => {
    const { upload, form, clock } = await createFaulty({ slow: [300_000, 300_000] });
    const answer = upload(form);
    await clock.advance(300_000);
    assert.equal((await answer).status, 403);
  });

  test('reset: the connection is lost when a share of the file has arrived', async () => {
    const { emulator, form, stored } = await createFaulty({ reset: 1, resetAt: 0.5 });
    let chunks = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          chunks += 1;
          controller.enqueue(new Uint8Array(100));
        },
      },
      { highWaterMark: 0 },
    );
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '1000' };
    const request = new Request(form.url, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
    await assert.rejects(emulator.fetch(request), { name: 'ConnectionLostError' });
    assert.equal(chunks, 5);
    assert.equal(await stored(form.fields.key), null);
  });

  test('are off at first', async () => {
    const { control } = await createMediaStage();
    const { bucket } = (await control('GET', '/faults')).body as unknown as { bucket: unknown };
    assert.deepEqual(bucket, { status: 0, timeout: 0, expired: 0, reset: 0, resetAt: 0.5, slow: [0, 0] });
  });
});
