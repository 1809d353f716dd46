import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readMultipart } from '../../src/emulator/bucket/multipart.js';
import { createMediaStage, type MediaStage } from './media-stage.js';
import { origin } from './stage.js';

/* File types and sizes are those of the platform's page "Agent attachments" and of the page on adapters. */

async function createWithAgent(switches = {}): Promise<MediaStage> {
  const stage = await createMediaStage(switches);
  await stage.transfer(1, { to: 'agent' });
  return stage;
}

const ofThisApi: Readonly<Record<string, readonly string[]>> = {
  photo: ['jpeg', 'jpg', 'png', 'gif', 'tiff', 'raw', 'webp'],
  video: ['mp4', 'mov', 'avi', 'wmv', 'webm'],
  audio: ['mp3', 'wav'],
  document: ['pdf', 'xml', 'xls', 'ppt', 'csv', 'txt'],
};
const elsewhere: Readonly<Record<string, readonly string[]>> = { audio: ['m4a', 'weba'], document: ['doc'] };

describe("an agent's file", () => {
  for (const [kind, endings] of [...Object.entries(ofThisApi), ...Object.entries(elsewhere)]) {
    for (const ending of endings) {
      test(`.${ending} reaches the consumer as a ${kind}, and can be downloaded`, async () => {
        const stage = await createWithAgent();
        const response = await stage.sendFile(new Blob(['bytes']), `File.${ending.toUpperCase()}`);
        assert.equal(response.status, 201);
        const webhook = stage.webhooks.at(-1);
        assert.ok(webhook);
        const { event_type, body } = webhook.envelope;
        assert.equal(event_type, 'message_received');
        assert.deepEqual(body.message, { type: kind, content: { media_id: 991 } });
        const { type, status } = body.sender as Record<string, string>;
        assert.deepEqual({ type, status }, { type: 'agent', status: 'connected' });
        const file = await stage.download(`/chats/1/media?media_id=991&media_type=${kind}`);
        assert.equal(await file.text(), 'bytes');
      });
    }
  }

  for (const name of ['page.html', 'image.svg', 'program.exe', 'no-ending', 'png', 'photo.png.zip']) {
    test(`${name} is refused`, async () => {
      const stage = await createWithAgent();
      const before = stage.webhooks.length;
      const response = await stage.sendFile(new Blob(['bytes']), name);
      assert.equal(response.status, 400);
      const { code, message } = (await response.json()) as Record<string, string>;
      assert.equal(code, 'unsupported-file-type');
      assert.match(message ?? '', /^An agent can send jpeg, jpg, png, /);
      assert.equal(stage.webhooks.length, before);
    });
  }

  test('of a type that only another page names is refused with agentFileTypes: api-page', async () => {
    const stage = await createWithAgent({ agentFileTypes: 'api-page' });
    for (const ending of Object.values(elsewhere).flat())
      assert.equal((await stage.sendFile(new Blob(['x']), `a.${ending}`)).status, 400, ending);
    for (const ending of Object.values(ofThisApi).flat())
      assert.equal((await stage.sendFile(new Blob(['x']), `a.${ending}`)).status, 201, ending);
  });

  test('needs an agent who is there, and a chat that goes on', async () => {
    const stage = await createMediaStage();
    const code = async (response: Response) => ((await response.json()) as { code: string }).code;
    const alone = await stage.sendFile(new Blob(['x']), 'a.png');
    assert.equal(alone.status, 409);
    assert.equal(await code(alone), 'participant-not-in-chat');
    await stage.transfer(1, { to: 'agent' });
    await stage.control('POST', '/chats/1/end');
    const ended = await stage.sendFile(new Blob(['x']), 'a.png');
    assert.equal(ended.status, 409);
    assert.equal(await code(ended), 'chat-ended');
  });

  test('is refused over 100 MB before it is read', async () => {
    const { emulator } = await createWithAgent();
    const request = new Request(`${origin}/emulator/chats/1/files`, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '104925697' },
      body: 'never looked at',
    });
    const response = await emulator.fetch(request);
    assert.equal(response.status, 400);
    assert.deepEqual(await response.json(), {
      code: 'file-too-large',
      message: 'An agent can send files of at most 100 MB.',
    });
  });

  test('is refused where there is none, or an empty one', async () => {
    const stage = await createWithAgent();
    const expected = 'The body must be multipart/form-data with a file in the field "file".';
    assert.deepEqual(await (await stage.sendFile('a text')).json(), {
      code: 'invalid-request',
      message: expected,
    });
    const asJson = await stage.control('POST', '/chats/1/files', { file: 'x' });
    assert.equal(asJson.status, 400);
    assert.deepEqual(asJson.body, { code: 'invalid-request', message: expected });
    const empty = await stage.sendFile(new Blob([]), 'a.png');
    assert.deepEqual(await empty.json(), { code: 'invalid-request', message: 'The file is empty.' });
  });
});

test('a body that says nothing of its size is read no further than its limit', async () => {
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1000)),
    cancel: () => {
      isCancelled = true;
    },
  });
  const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
  const request = new Request(origin, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
  assert.equal(await readMultipart(request, { maximumBytes: 5000 }), 'too-large');
  assert.equal(isCancelled, true);
});

describe('GET /emulator/bucket/<key>', () => {
  test('shows what an agent sent and what the end user uploaded, with the keys that the chat names', async () => {
    const stage = await createWithAgent();
    await stage.sendFile(new Blob(['<x/>']), 'a b.xml');
    await stage.attach('photos');
    const { media } = (await stage.control('GET', '/chats/1')).body as unknown as {
      media: { key: string }[];
    };
    assert.match(media[0]?.key ?? '', /^chats\/1\/agent\/[0-9a-f]{16}\/a b\.xml$/);
    assert.deepEqual(
      media.map(({ key: _, ...rest }) => rest),
      [
        {
          id: 991,
          type: 'document',
          from: 'agent',
          name: 'a b.xml',
          contentType: 'application/xml',
          size: 4,
        },
        { id: 992, type: 'photo', from: 'end_user', name: null, contentType: 'image/jpeg', size: 4 },
      ],
    );
    const response = await stage.emulator.fetch(new Request(`${origin}/emulator/bucket/${media[0]?.key}`));
    assert.equal(response.headers.get('Content-Type'), 'application/xml');
    assert.equal(response.headers.get('Content-Security-Policy'), "sandbox; default-src 'none'");
    assert.equal(response.headers.get('X-Content-Type-Options'), 'nosniff');
    assert.equal(await response.text(), '<x/>');
    assert.equal(await stage.stored(media[1]?.key), 'jpeg');
  });

  test('knows no key under which nothing is stored, nor anything from before a reset', async () => {
    const stage = await createMediaStage();
    const form = await stage.offer('photos');
    const answer = await stage.control('GET', `/bucket/${form.fields.key}`);
    assert.equal(answer.status, 404);
    assert.deepEqual(answer.body, { code: 'object-not-found', message: 'Nothing is stored under this key.' });
    await stage.upload(form);
    assert.equal(await stage.stored(form.fields.key), 'jpeg');
    await stage.control('POST', '/reset');
    assert.equal(await stage.stored(form.fields.key), null);
    assert.equal((await stage.control('GET', '/bucket/%')).status, 404);
  });
});
