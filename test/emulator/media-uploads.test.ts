import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMediaStage, photo } from './media-stage.js';

/* Documents, sizes and times: platform, "Chat platform API endpoints" and "Chat platform API guide". */

const megabyte = 1024 * 1024;
const decode = (policy = '') => JSON.parse(atob(policy)) as Record<string, unknown>;

describe('row 10: POST /chats/:chat_id/photos/upload', () => {
  test('answers a form for one JPEG of at most 2 MB, valid for 5 minutes, in the fields of S3', async () => {
    const { offer } = await createMediaStage();
    const { url, fields } = await offer('photos');
    assert.equal(url, 'http://127.0.0.1:5174/bucket/chat-media');
    assert.deepEqual(Object.keys(fields), [
      'key',
      'success_action_status',
      'Content-Type',
      'Cache-Control',
      'acl',
      'x-amz-credential',
      'x-amz-algorithm',
      'x-amz-date',
      'x-amz-security-token',
      'policy',
      'x-amz-signature',
    ]);
    assert.match(fields.key ?? '', /^chats\/1\/photos\/[0-9a-f]{32}\.jpg$/);
    assert.equal(fields.success_action_status, '201');
    assert.equal(fields['Content-Type'], 'image/jpeg');
    assert.equal(fields['x-amz-algorithm'], 'AWS4-HMAC-SHA256');
    assert.match(
      fields['x-amz-credential'] ?? '',
      /^ASIA[0-9A-F]{16}\/20260102\/us-east-1\/s3\/aws4_request$/,
    );
    assert.equal(fields['x-amz-date'], '20260102T100000Z');
    assert.deepEqual(decode(fields.policy), {
      expiration: '2026-01-02T10:05:00.000Z',
      conditions: [
        { bucket: 'chat-media' },
        { key: fields.key },
        { success_action_status: '201' },
        { 'Content-Type': 'image/jpeg' },
        { 'Cache-Control': 'private, max-age=31536000' },
        { acl: 'private' },
        { 'x-amz-credential': fields['x-amz-credential'] },
        { 'x-amz-algorithm': 'AWS4-HMAC-SHA256' },
        { 'x-amz-date': '20260102T100000Z' },
        { 'x-amz-security-token': fields['x-amz-security-token'] },
        ['content-length-range', 1, 2 * megabyte],
      ],
    });
  });

  test('has the fields of Cloud Storage with bucketFamily: gcs, and they are accepted as well', async () => {
    const { offer, upload, stored } = await createMediaStage({ bucketFamily: 'gcs' });
    const form = await offer('photos');
    assert.deepEqual(
      Object.keys(form.fields).filter((name) => name.startsWith('x-')),
      ['x-goog-credential', 'x-goog-algorithm', 'x-goog-date', 'x-goog-signature'],
    );
    assert.equal(form.fields['x-goog-algorithm'], 'GOOG4-HMAC-SHA256');
    assert.match(form.fields['x-goog-credential'] ?? '', /\/20260102\/auto\/storage\/goog4_request$/);
    assert.equal((await upload(form)).status, 201);
    assert.equal(await stored(form.fields.key), 'jpeg');
  });

  test('gives every file a key of its own', async () => {
    const { offer } = await createMediaStage();
    assert.notEqual((await offer('photos')).fields.key, (await offer('photos')).fields.key);
  });
});

describe('row 13: POST /chats/:chat_id/videos/upload', () => {
  test('answers a form for one MP4 of at most 20 MB', async () => {
    const { offer } = await createMediaStage();
    const { fields } = await offer('videos');
    assert.match(fields.key ?? '', /^chats\/1\/videos\/[0-9a-f]{32}\.mp4$/);
    assert.equal(fields['Content-Type'], 'video/mp4');
    const { conditions } = decode(fields.policy) as { conditions: unknown[] };
    assert.deepEqual(conditions.at(-1), ['content-length-range', 1, 20 * megabyte]);
  });
});

describe('no form is given out', () => {
  for (const kind of ['photos', 'videos'] as const) {
    test(`for ${kind} of a chat that there is not, or that has ended`, async () => {
      const { platform, chatId } = await createMediaStage();
      const unknown = await platform('POST', `/chats/99/${kind}/upload`);
      assert.equal(unknown.status, 404);
      assert.deepEqual(unknown.body, { message: 'Not Found' });
      await platform('PATCH', `/chats/${chatId}`, { chat: { status: 'finished' } });
      const ended = await platform('POST', `/chats/${chatId}/${kind}/upload`);
      assert.equal(ended.status, 400);
      assert.deepEqual(ended.body, { message: 'Chat is already ended' });
    });
  }
});

describe('an upload (platform: Attachments, from the end user)', () => {
  test('is answered 201 with the XML of the object store', async () => {
    const { offer, upload } = await createMediaStage();
    const form = await offer('photos');
    const response = await upload(form);
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('Content-Type'), 'application/xml');
    const location = `http://127.0.0.1:5174/bucket/chat-media/${form.fields.key}`;
    assert.equal(
      await response.text(),
      '<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>' +
        `<Location>${location}</Location><Bucket>chat-media</Bucket><Key>${form.fields.key}</Key>` +
        `<ETag>${response.headers.get('ETag')?.replaceAll('"', '&quot;')}</ETag></PostResponse>`,
    );
  });

  for (const status of [204, 200] as const) {
    test(`is answered ${status} with uploadSuccess: ${status}`, async () => {
      const { offer, upload } = await createMediaStage({ uploadSuccess: status });
      const form = await offer('photos');
      assert.equal(form.fields.success_action_status, String(status));
      const response = await upload(form);
      assert.equal(response.status, status);
      assert.equal(await response.text(), '');
    });
  }

  for (const [kind, limit] of [
    ['photos', 2],
    ['videos', 20],
  ] as const) {
    test(`of ${kind} may have ${limit} MB and not a byte more`, async () => {
      const { offer, upload, stored } = await createMediaStage();
      const form = await offer(kind);
      const tooLarge = await upload(form, new Blob([new Uint8Array(limit * megabyte + 1)]));
      assert.equal(tooLarge.status, 400);
      assert.match(
        await tooLarge.text(),
        new RegExp(
          `<Code>EntityTooLarge</Code>.*<ProposedSize>${limit * megabyte + 1}</ProposedSize>` +
            `<MaxSizeAllowed>${limit * megabyte}</MaxSizeAllowed>`,
        ),
      );
      assert.equal(await stored(form.fields.key), null);
      assert.equal((await upload(form, new Blob([new Uint8Array(limit * megabyte)]))).status, 201);
      assert.equal((await stored(form.fields.key))?.length, limit * megabyte);
    });
  }

  test('of a photo may have 20 MB with photoMegabytes: 20', async () => {
    const { offer, upload } = await createMediaStage({ photoMegabytes: 20 });
    assert.equal((await upload(await offer('photos'), new Blob([new Uint8Array(3 * megabyte)]))).status, 201);
  });

  test('of nothing is refused', async () => {
    const { offer, upload } = await createMediaStage();
    const response = await upload(await offer('photos'), new Blob([]));
    assert.equal(response.status, 400);
    assert.match(await response.text(), /<Code>EntityTooSmall<\/Code>/);
  });

  test('may be repeated for 5 minutes, and is refused from then on', async () => {
    const { offer, upload, stored, clock } = await createMediaStage();
    const form = await offer('photos');
    await clock.advance(4 * 60_000 + 59_999);
    assert.equal((await upload(form)).status, 201);
    assert.equal((await upload(form, new Blob(['again']))).status, 201);
    assert.equal(await stored(form.fields.key), 'again');
    await clock.advance(1);
    const late = await upload(form, new Blob(['late']));
    assert.equal(late.status, 403);
    assert.match(await late.text(), /<Message>Invalid according to Policy: Policy expired\.<\/Message>/);
    assert.equal(await stored(form.fields.key), 'again');
  });

  test('with any field changed or left out is refused, and nothing is stored', async () => {
    for (const bucketFamily of ['s3', 'gcs']) {
      const { offer, upload, stored } = await createMediaStage({ bucketFamily });
      const { url, fields } = await offer('photos');
      for (const name of Object.keys(fields)) {
        const { [name]: value, ...others } = fields;
        for (const wrong of [others, { ...others, [name]: `${value}x` }]) {
          const response = await upload({ url, fields: wrong });
          assert.equal(Math.floor(response.status / 100), 4, `${name}: ${response.status}`);
          assert.match(await response.text(), /^<\?xml.*<Error><Code>/s);
        }
      }
      assert.equal(await stored(fields.key), null);
      assert.equal(await stored(`${fields.key}x`), null);
    }
  });

  test('with one field too many is refused', async () => {
    const { offer, upload, stored } = await createMediaStage();
    const { url, fields } = await offer('photos');
    const response = await upload({ url, fields: { ...fields, 'x-amz-meta-note': 'hello' } });
    assert.equal(response.status, 403);
    assert.match(await response.text(), /Extra input fields: x-amz-meta-note/);
    assert.equal(await stored(fields.key), null);
  });

  test('needs the file last: what comes after it does not count', async () => {
    const { offer, emulator, stored } = await createMediaStage();
    const { url, fields } = await offer('photos');
    const form = new FormData();
    form.append('file', photo);
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    assert.equal((await emulator.fetch(new Request(url, { method: 'POST', body: form }))).status, 400);
    assert.equal(await stored(fields.key), null);
  });

  test('goes nowhere but into the bucket, by nothing but a form', async () => {
    const { emulator } = await createMediaStage();
    const call = (path: string, method: string) =>
      emulator.fetch(
        new Request(`http://127.0.0.1:5174${path}`, { method, ...(method === 'PUT' && { body: 'x' }) }),
      );
    const put = await call('/bucket/chat-media/new.txt', 'PUT');
    assert.equal(put.status, 405);
    assert.match(await put.text(), /<Code>MethodNotAllowed<\/Code>/);
    const other = await call('/bucket/other', 'GET');
    assert.equal(other.status, 404);
    assert.match(await other.text(), /<Code>NoSuchBucket<\/Code>/);
    const notMultipart = await call('/bucket/chat-media', 'POST');
    assert.equal(notMultipart.status, 412);
    const listing = await call('/bucket/chat-media', 'GET');
    assert.equal(listing.status, 403);
  });
});

describe('a page of another origin', () => {
  const headers = { Origin: 'https://www.example.com' };
  const preflight = (url: string, method = 'POST') =>
    new Request(url, { method: 'OPTIONS', headers: { ...headers, 'Access-Control-Request-Method': method } });

  test('may post to the bucket, and read the answer, also a refusal', async () => {
    const { offer, upload, emulator } = await createMediaStage();
    const form = await offer('photos');
    const asked = await emulator.fetch(preflight(form.url));
    assert.equal(asked.status, 200);
    assert.equal(asked.headers.get('Access-Control-Allow-Origin'), '*');
    assert.match(asked.headers.get('Access-Control-Allow-Methods') ?? '', /POST/);
    for (const [fields, status] of [
      [form.fields, 201],
      [{}, 400],
    ] as const) {
      const response = await upload({ url: form.url, fields }, photo, headers);
      assert.equal(response.status, status);
      assert.equal(response.headers.get('Access-Control-Allow-Origin'), '*');
      assert.equal(response.headers.get('Access-Control-Expose-Headers'), 'ETag, Location');
    }
    assert.equal((await emulator.fetch(preflight(form.url, 'DELETE'))).status, 403);
  });

  test('may not with bucketCors: refused, and does not see what became of its file', async () => {
    const { offer, upload, emulator, stored } = await createMediaStage({ bucketCors: 'refused' });
    const form = await offer('photos');
    const asked = await emulator.fetch(preflight(form.url));
    assert.equal(asked.status, 403);
    assert.equal(asked.headers.get('Access-Control-Allow-Origin'), null);
    const response = await upload(form, photo, headers);
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), null);
    assert.equal(await stored(form.fields.key), 'jpeg');
  });
});
