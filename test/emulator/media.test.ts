import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMediaStage, type MediaStage } from './media-stage.js';

/* Documents are those of the platform's pages "Chat platform API endpoints" and "Agent attachments". */

const notFound = { message: 'Not Found' };

function missing(name: string): { message: string } {
  return { message: `param is missing or the value is empty: ${name}` };
}

async function uploadOne(stage: MediaStage, kind: 'photos' | 'videos'): Promise<string> {
  const form = await stage.offer(kind);
  await stage.upload(form);
  return form.fields.key ?? '';
}

/** An address without its query. */
function toPlace(url: string): string {
  return url.split('?')[0] ?? '';
}

describe('row 11: POST /chats/:chat_id/photos', () => {
  test('makes an uploaded photo a file of the chat', async () => {
    const stage = await createMediaStage();
    const s3_path = await uploadOne(stage, 'photos');
    const answer = await stage.platform('POST', '/chats/1/photos', {
      photo: [{ s3_path, photo_type: 'photo' }],
    });
    assert.equal(answer.status, 200);
    const { url, ...rest } = answer.body as unknown as { url: string };
    assert.deepEqual(rest, { media_id: 991 });
    assert.equal(toPlace(url), `http://127.0.0.1:5174/bucket/chat-media/${s3_path}`);
  });

  test('takes a single object as well, and photo_type need not be there', async () => {
    const stage = await createMediaStage();
    const s3_path = await uploadOne(stage, 'photos');
    const answer = await stage.platform('POST', '/chats/1/photos', { photo: { s3_path } });
    assert.equal((answer.body as unknown as { media_id: number }).media_id, 991);
  });

  test('answers several with a list', async () => {
    const stage = await createMediaStage();
    const photo = [
      { s3_path: await uploadOne(stage, 'photos') },
      { s3_path: await uploadOne(stage, 'photos') },
    ];
    const { body } = await stage.platform('POST', '/chats/1/photos', { photo });
    assert.deepEqual(
      (body as unknown as { media_id: number }[]).map(({ media_id }) => media_id),
      [991, 992],
    );
  });

  test('answers one with a list with photoAnswer: array', async () => {
    const stage = await createMediaStage({ photoAnswer: 'array' });
    const [only, ...others] = (await stage.attach('photos')) as unknown as { media_id: number }[];
    assert.equal(only?.media_id, 991);
    assert.deepEqual(others, []);
  });

  test('wants photo_type with photoType: required', async () => {
    const stage = await createMediaStage({ photoType: 'required' });
    const s3_path = await uploadOne(stage, 'photos');
    const without = await stage.platform('POST', '/chats/1/photos', { photo: [{ s3_path }] });
    assert.equal(without.status, 400);
    assert.deepEqual(without.body, missing('photo_type'));
    const photo = [{ s3_path, photo_type: 'anything' }];
    assert.equal((await stage.platform('POST', '/chats/1/photos', { photo })).status, 200);
  });

  for (const [body, name] of [
    [{}, 'photo'],
    [{ photo: [] }, 'photo'],
    [{ photo: null }, 'photo'],
    [{ photo: ['x'] }, 'photo'],
    [{ photo: [{}] }, 's3_path'],
    [{ photo: [{ s3_path: '' }] }, 's3_path'],
    [{ photo: [{ gcs_path: 'x' }] }, 's3_path'],
  ] as const) {
    test(`refuses ${JSON.stringify(body)}`, async () => {
      const answer = await (await createMediaStage()).platform('POST', '/chats/1/photos', body);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, missing(name));
    });
  }

  test('knows no key that was made up, not uploaded, of a video or of another chat', async () => {
    const stage = await createMediaStage();
    const other = await stage.openChat();
    const elsewhere = await stage.offer('photos', other.chatId);
    await stage.upload(elsewhere);
    const keys = [
      'chats/1/photos/made-up.jpg',
      (await stage.offer('photos')).fields.key,
      await uploadOne(stage, 'videos'),
      elsewhere.fields.key,
    ];
    for (const s3_path of keys) {
      const answer = await stage.platform('POST', '/chats/1/photos', { photo: [{ s3_path }] });
      assert.equal(answer.status, 404, s3_path);
      assert.deepEqual(answer.body, notFound);
    }
    const list = await stage.platform('GET', '/chats/1/photos');
    assert.deepEqual(list.body, []);
  });

  test('refuses a chat that has ended, and one that there is not', async () => {
    const stage = await createMediaStage();
    const photo = [{ s3_path: await uploadOne(stage, 'photos') }];
    await stage.platform('PATCH', '/chats/1', { chat: { status: 'finished' } });
    const ended = await stage.platform('POST', '/chats/1/photos', { photo });
    assert.equal(ended.status, 400);
    assert.deepEqual(ended.body, { message: 'Chat is already ended' });
    assert.equal((await stage.platform('POST', '/chats/99/photos', { photo })).status, 404);
  });
});

describe('row 12: GET /chats/:chat_id/photos', () => {
  test('lists what was attached, in its order, and nothing of other chats, videos or the agent', async () => {
    const stage = await createMediaStage();
    assert.deepEqual((await stage.platform('GET', '/chats/1/photos')).body, []);
    const [first, second] = [await stage.attach('photos'), await stage.attach('photos')];
    await stage.attach('videos');
    await stage.transfer(1, { to: 'agent' });
    await stage.sendFile(new Blob(['png']), 'map.png');
    const { status, body } = await stage.platform('GET', '/chats/1/photos');
    assert.equal(status, 200);
    const listed = body as unknown as { url: string; media_id: number }[];
    assert.deepEqual(
      listed.map(({ url, media_id }) => ({ url: toPlace(url), media_id })),
      [first, second].map(({ url, media_id }) => ({ url: toPlace(url), media_id })),
    );
    const { chatId } = await stage.openChat();
    assert.deepEqual((await stage.platform('GET', `/chats/${chatId}/photos`)).body, []);
  });

  test('gives an address that reads the photo for a week, and for nothing else', async () => {
    const stage = await createMediaStage();
    await stage.attach('photos');
    const [{ url }] = (await stage.platform('GET', '/chats/1/photos')).body as unknown as [{ url: string }];
    const read = (address: string, method = 'GET') => stage.emulator.fetch(new Request(address, { method }));
    const response = await read(url);
    assert.equal(response.headers.get('Content-Type'), 'image/jpeg');
    assert.equal(response.headers.get('Cache-Control'), 'private, max-age=31536000');
    assert.equal(await response.text(), 'jpeg');
    for (const address of [
      toPlace(url),
      url.replace('.jpg', '.png'),
      url.replace('604800', '604801'),
      url.replace(/Signature=./, 'Signature=g'),
    ])
      assert.equal((await read(address)).status, 403, address);
    assert.equal((await read(url, 'HEAD')).status, 403);
    await stage.clock.advance(604_800_000 - 1);
    assert.equal((await read(url)).status, 200);
    await stage.clock.advance(1);
    const late = await read(url);
    assert.equal(late.status, 403);
    assert.match(await late.text(), /<Message>Request has expired<\/Message>/);
  });

  test('gives an address that lasts 5 minutes with mediaUrlSeconds: 300, also one of Cloud Storage', async () => {
    const stage = await createMediaStage({ mediaUrlSeconds: 300, bucketFamily: 'gcs' });
    const { url } = await stage.attach('photos');
    assert.equal(new URL(url).searchParams.get('X-Goog-Algorithm'), 'GOOG4-HMAC-SHA256');
    assert.equal(new URL(url).searchParams.get('X-Goog-Expires'), '300');
    assert.equal((await stage.emulator.fetch(new Request(url))).status, 200);
    await stage.clock.advance(300_000);
    assert.equal((await stage.emulator.fetch(new Request(url))).status, 403);
  });
});

describe('row 14: POST /chats/:chat_id/videos', () => {
  for (const name of ['s3_path', 'gcs_path'] as const) {
    test(`makes an uploaded video a file of the chat, by its ${name}`, async () => {
      const stage = await createMediaStage();
      const key = await uploadOne(stage, 'videos');
      const answer = await stage.platform('POST', '/chats/1/videos', { video: { [name]: key } });
      assert.equal(answer.status, 200);
      const { url, ...rest } = answer.body as unknown as { url: string };
      assert.deepEqual(rest, { media_id: 991 });
      assert.equal(toPlace(url), `http://127.0.0.1:5174/bucket/chat-media/${key}`);
      assert.equal(await (await stage.emulator.fetch(new Request(url))).text(), 'jpeg');
    });
  }

  for (const [body, name] of [
    [{}, 'video'],
    [{ video: {} }, 'gcs_path'],
    [{ video: [{ s3_path: 'x' }] }, 'video'],
    [{ video: { s3_path: '' } }, 's3_path'],
  ] as const) {
    test(`refuses ${JSON.stringify(body)}`, async () => {
      const answer = await (await createMediaStage()).platform('POST', '/chats/1/videos', body);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, missing(name));
    });
  }

  test('knows no key of a photo', async () => {
    const stage = await createMediaStage();
    const video = { s3_path: await uploadOne(stage, 'photos') };
    assert.deepEqual((await stage.platform('POST', '/chats/1/videos', { video })).body, notFound);
  });

  for (const position of ['video', 'either'] as const) {
    test(`videoBody: ${position} ${position === 'video' ? 'refuses' : 'takes'} the body of the photos`, async () => {
      const stage = await createMediaStage({ videoBody: position });
      const one = { s3_path: await uploadOne(stage, 'videos') };
      const answer = await stage.platform('POST', '/chats/1/videos', { photo: [one] });
      assert.equal(answer.status, position === 'video' ? 400 : 200);
      if (position === 'video') assert.deepEqual(answer.body, missing('video'));
      const two = await stage.platform('POST', '/chats/1/videos', { photo: [one, one] });
      assert.equal(two.status, 400);
      assert.equal((await stage.platform('POST', '/chats/1/videos', { video: one })).status, 200);
    });
  }
});

describe('row 15: GET /chats/:chat_id/videos', () => {
  test('lists what was attached, and no photos', async () => {
    const stage = await createMediaStage();
    await stage.attach('photos');
    const { media_id } = await stage.attach('videos');
    const { status, body } = await stage.platform('GET', '/chats/1/videos');
    assert.equal(status, 200);
    assert.deepEqual(
      (body as unknown as { media_id: number }[]).map((each) => each.media_id),
      [media_id],
    );
    assert.equal((await stage.platform('GET', '/chats/99/videos')).status, 404);
  });
});

describe('row 16: GET /chats/:id/media', () => {
  async function createWithFile(switches = {}): Promise<MediaStage> {
    const stage = await createMediaStage(switches);
    await stage.transfer(1, { to: 'agent' });
    assert.equal((await stage.sendFile(new Blob(['%PDF']), 'naïve plan.pdf')).status, 201);
    return stage;
  }
  const byPath = '/chats/1/media/991';
  const byQuery = '/chats/1/media?media_id=991&media_type=document';

  for (const path of [byPath, byQuery]) {
    test(`gives the file itself: ${path}`, async () => {
      const response = await (await createWithFile()).download(path);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('Content-Type'), 'application/pdf');
      assert.equal(response.headers.get('Content-Length'), '4');
      assert.equal(
        response.headers.get('Content-Disposition'),
        "attachment; filename*=UTF-8''na%C3%AFve%20plan.pdf",
      );
      assert.equal(await response.text(), '%PDF');
    });
  }

  test("gives the end user's own files too, also when the chat has ended", async () => {
    const stage = await createMediaStage();
    await stage.attach('photos');
    await stage.platform('PATCH', '/chats/1', { chat: { status: 'finished' } });
    const response = await stage.download('/chats/1/media?media_id=991&media_type=photo');
    assert.equal(response.headers.get('Content-Type'), 'image/jpeg');
    assert.equal(await response.text(), 'jpeg');
  });

  for (const [path, status, message] of [
    ['/chats/1/media/992', 404, 'Not Found'],
    ['/chats/1/media/x', 404, 'Not Found'],
    ['/chats/2/media/991', 404, 'Not Found'],
    ['/chats/99/media/991', 404, 'Not Found'],
    ['/chats/1/media?media_id=992&media_type=document', 404, 'Not Found'],
    ['/chats/1/media?media_id=991&media_type=photo', 404, 'Not Found'],
    ['/chats/1/media?media_id=991&media_type=nonsense', 404, 'Not Found'],
    ['/chats/1/media?media_type=document', 400, missing('media_id').message],
    ['/chats/1/media?media_id=991', 400, missing('media_type').message],
  ] as const) {
    test(`refuses ${path} with ${status}`, async () => {
      const stage = await createWithFile();
      await stage.openChat();
      const response = await stage.download(path);
      assert.equal(response.status, status);
      assert.deepEqual(await response.json(), { message });
    });
  }

  for (const [position, open, closed] of [
    ['path', byPath, byQuery],
    ['query', byQuery, byPath],
  ] as const) {
    test(`mediaAddress: ${position} knows no other form`, async () => {
      const stage = await createWithFile({ mediaAddress: position });
      assert.equal((await stage.download(open)).status, 200);
      const response = await stage.download(closed);
      assert.equal(response.status, 404);
      assert.deepEqual(await response.json(), notFound);
    });
  }

  test('gives nothing without credentials', async () => {
    const { emulator } = await createWithFile();
    const response = await emulator.fetch(new Request(`http://127.0.0.1:5174/apps/api/v1${byPath}`));
    assert.equal(response.status, 401);
  });
});
