import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMediaStage, photo } from './media-stage.js';

/* Attachments (platform: §7), a test for each of its steps and rules; the numbers are copied from there. */

const megabyte = 1024 * 1024;

function readPolicy(fields: Readonly<Record<string, string>>): { expiration: string; conditions: unknown[] } {
  return JSON.parse(atob(fields.policy ?? '')) as { expiration: string; conditions: unknown[] };
}

describe('from the end user (§7.1)', () => {
  test('steps 1 to 4: a form, the upload, the file of the chat, and a message that shows it', async () => {
    const stage = await createMediaStage();
    const form = await stage.platform('POST', '/chats/1/photos/upload');
    assert.deepEqual(Object.keys(form.body), ['url', 'fields']);
    const { fields } = form.body as any;
    assert.equal((await stage.upload(form.body as any)).status, Number(fields.success_action_status));
    const photos = [{ s3_path: fields.key, photo_type: 'photo' }];
    const medium = (await stage.platform('POST', '/chats/1/photos', { photo: photos })).body as any;
    assert.deepEqual(Object.keys(medium), ['url', 'media_id']);
    assert.deepEqual(await stage.conversation(1), [], 'nothing appears before the message');
    const answer = await stage.send({ type: 'photo', content: { media_id: medium.media_id } });
    assert.deepEqual([answer.status, answer.body], [200, {}]);
    assert.equal((await stage.conversation(1)).length, 1);
  });

  test('types: a photo is image/jpeg, a video video/mp4, and the policy takes nothing else', async () => {
    const stage = await createMediaStage();
    for (const [kind, type] of [
      ['photos', 'image/jpeg'],
      ['videos', 'video/mp4'],
    ] as const) {
      const form = await stage.offer(kind);
      assert.equal(form.fields['Content-Type'], type);
      const other = { ...form, fields: { ...form.fields, 'Content-Type': 'image/png' } };
      assert.equal((await stage.upload(other)).status, 403);
      assert.equal(await stage.stored(form.fields.key), null);
    }
  });

  test('size: a photo has at most 2 MB, a video 20 MB', async () => {
    const stage = await createMediaStage();
    for (const [kind, megabytes] of [
      ['photos', 2],
      ['videos', 20],
    ] as const) {
      const { conditions } = readPolicy((await stage.offer(kind)).fields);
      assert.deepEqual(conditions.at(-1), ['content-length-range', 1, megabytes * megabyte]);
    }
    const form = await stage.offer('photos');
    const large = await stage.upload(form, new Blob([new Uint8Array(2 * megabyte + 1)]));
    assert.deepEqual([large.status, await stage.stored(form.fields.key)], [400, null]);
  });

  test('expiry: a form is valid for 5 minutes', async () => {
    const stage = await createMediaStage();
    const form = await stage.offer('photos');
    assert.equal(Date.parse(readPolicy(form.fields).expiration) - stage.clock.now(), 5 * 60 * 1000);
    await stage.pass(5 * 60 * 1000 + 1000);
    assert.deepEqual([(await stage.upload(form)).status, await stage.stored(form.fields.key)], [403, null]);
  });

  test('count: a form is for one file, and a video comes alone', async () => {
    const stage = await createMediaStage();
    const keys = [(await stage.offer('photos')).fields.key, (await stage.offer('photos')).fields.key];
    assert.notEqual(keys[0], keys[1]);
    const videos = await stage.platform('POST', '/chats/1/videos', { video: [{ s3_path: keys[0] }] });
    assert.equal(videos.status, 400);
  });

  test('client duty: nothing is resized or turned here, the bytes stay as they came', async () => {
    const stage = await createMediaStage();
    const form = await stage.offer('photos');
    await stage.upload(form, new Blob(['not even a picture'], { type: 'image/jpeg' }));
    assert.equal(await stage.stored(form.fields.key), 'not even a picture');
  });

  test('photo_type: any text, or none', async () => {
    for (const type of ['screenshot', undefined]) {
      const stage = await createMediaStage();
      const form = await stage.offer('photos');
      await stage.upload(form);
      const one = { s3_path: form.fields.key, photo_type: type };
      assert.equal((await stage.platform('POST', '/chats/1/photos', { photo: [one] })).status, 200);
    }
  });

  test('url: reads the file and writes none', async () => {
    const stage = await createMediaStage();
    const { url } = await stage.attach('photos');
    const send = (method: string) =>
      stage.emulator.fetch(new Request(url, { method, ...(method === 'GET' ? {} : { body: photo }) }));
    assert.equal(await (await send('GET')).text(), 'jpeg');
    for (const method of ['PUT', 'POST']) assert.equal((await send(method)).status, 405, method);
    assert.equal(await (await send('GET')).text(), 'jpeg');
  });
});

describe('from the agent (§7.2)', () => {
  test('the event has a media_id, by which the consumer gets the file itself', async () => {
    const stage = await createMediaStage();
    await stage.transfer(1, { to: 'agent' });
    await stage.sendFile(new Blob(['%PDF']), 'plan.pdf');
    const message = stage.webhooks.at(-1)?.envelope.body.message as any;
    const file = await stage.download(`/chats/1/media/${message.content.media_id}`);
    assert.equal(await file.text(), '%PDF');
  });
});
