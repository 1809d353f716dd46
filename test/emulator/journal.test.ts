import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMediaStage } from './media-stage.js';
import { createStage, type Stage } from './stage.js';

describe('the journal', () => {
  test('has every request and every webhook in order, and no credentials and no control call', async () => {
    const { emulator, openChat, platform, control } = createStage();
    await openChat();
    await platform('POST', '/chats/9/message?x=1', '{broken');
    const { body } = await control('GET', '/journal');
    const at = '2026-01-02T10:00:00.000Z';
    assert.deepEqual(body.entries.slice(1), [
      {
        number: 2,
        direction: 'in',
        at,
        method: 'POST',
        path: '/apps/api/v1/chats',
        status: 200,
        body: { chat: { menu_id: 100, end_user_id: 501, lang: 'en' } },
      },
      {
        number: 3,
        direction: 'out',
        at,
        method: 'POST',
        path: '/webhooks/ccai',
        status: 204,
        body: { event_type: 'chat_created', timestamp: '2026-01-02T10:00:00Z', chat_id: 1, body: {} },
        cause: { kind: 'request', entry: 2, method: 'POST', path: '/apps/api/v1/chats' },
      },
      {
        number: 4,
        direction: 'in',
        at,
        method: 'POST',
        path: '/apps/api/v1/chats/9/message',
        query: '?x=1',
        status: 404,
        body: '{broken',
      },
    ]);
    for (const secret of Object.values<string>({ ...emulator.credentials }).slice(1))
      assert.ok(!JSON.stringify(body).includes(secret), 'no secret is in it');
  });

  test('says what the run began with', async () => {
    const { control } = createStage({ seed: 7, switches: { chatCreated: 201 } });
    assert.deepEqual(((await control('GET', '/journal')).body as any).run, {
      seed: 7,
      startedAt: '2026-01-02T10:00:00.000Z',
      script: { name: 'quiet' },
      ids: { chat: 1, escalation: 55, endUser: 501, media: 991, participant: 2001 },
      switches: { rateLimit: 'off', chatCreated: 201 },
      inactivity: { timeOutAfter: 3_600_000 },
    });
  });

  test('keeps control calls that change something apart, and none that only look', async () => {
    const { openChat, control } = createStage();
    await openChat();
    await control('GET', '/chats');
    await control('POST', '/chats/1/end');
    const { controls } = (await control('GET', '/journal')).body as any;
    assert.deepEqual(controls, [
      { number: 4, at: '2026-01-02T10:00:00.000Z', method: 'POST', path: '/emulator/chats/1/end', body: null },
    ]);
  });
});

describe('an upload in the journal', () => {
  const fields = (key: string) => ({
    key,
    success_action_status: '201',
    'content-type': 'image/jpeg',
    'cache-control': 'private, max-age=31536000',
    acl: 'private',
  });
  const families = {
    s3: { 'x-amz-algorithm': 'AWS4-HMAC-SHA256', 'x-amz-date': '20260102T100000Z' },
    gcs: { 'x-goog-algorithm': 'GOOG4-HMAC-SHA256', 'x-goog-date': '20260102T100000Z' },
  };
  for (const [family, dated] of Object.entries(families)) {
    test(`has its fields and what the file was, and nothing to sign with (${family})`, async () => {
      const stage = await createMediaStage({ bucketFamily: family });
      const form = await stage.offer('photos');
      await stage.upload(form, new File(['jpeg'], 'cat.jpg', { type: 'image/jpeg' }));
      const { entries } = (await stage.control('GET', '/journal')).body as any;
      const { path, status, body } = entries.at(-1);
      assert.deepEqual([path, status], ['/bucket/chat-media', 201]);
      assert.deepEqual(body, {
        fields: { ...fields(String(form.fields.key)), ...dated },
        file: { name: 'cat.jpg', type: 'image/jpeg', size: 4 },
      });
      for (const [name, value] of Object.entries(form.fields))
        if (/policy|signature|credential|token/.test(name))
          assert.ok(!JSON.stringify(body).includes(value), name);
    });
  }

  test('is there when the bucket refuses it, and null where nothing could be read', async () => {
    const stage = await createMediaStage();
    const form = await stage.offer('photos');
    await stage.upload({ ...form, fields: { ...form.fields, acl: 'public-read' } });
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    await stage.emulator.fetch(new Request(form.url, { method: 'POST', body: 'no form', headers }));
    const { entries } = (await stage.control('GET', '/journal')).body as any;
    const [refused, unread] = entries.slice(-2);
    assert.deepEqual([refused.status, refused.body.fields.acl, refused.body.file.size], [403, 'public-read', 4]);
    assert.deepEqual([unread.status, unread.body], [400, null]);
  });
});

describe('each webhook in the journal names its cause', () => {
  /** Event types with their causes, since the last call. */
  async function readCauses({ control }: Stage): Promise<unknown[]> {
    const { entries } = (await control('GET', '/journal')).body as any;
    return entries
      .filter((entry: any) => entry.direction === 'out')
      .map((entry: any) => [entry.body.event_type, entry.cause]);
  }

  test('a request of the consumer, by its number', async () => {
    const stage = createStage();
    const chat = await stage.openChat();
    await stage.write(chat, 'Hello');
    await stage.platform('PATCH', '/chats/1', { finished_by_user_id: 501, chat: { status: 'finished' } });
    await stage.pass(0);
    const path = '/apps/api/v1/chats/1';
    assert.deepEqual(await readCauses(stage), [
      ['chat_created', { kind: 'request', entry: 2, method: 'POST', path: '/apps/api/v1/chats' }],
      ['message_received', { kind: 'request', entry: 4, method: 'POST', path: `${path}/message` }],
      ['chat_ended', { kind: 'request', entry: 6, method: 'PATCH', path }],
    ]);
  });

  test('somebody at the desk, also for what comes a while after their request', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    await stage.transfer(chatId, { to: 'agent' });
    const path = '/emulator/chats/1/transfers';
    assert.deepEqual((await readCauses(stage)).slice(1), [
      ['participant_joined', { kind: 'control', entry: 4, method: 'POST', path }],
    ]);
  });

  test('the scripted person who spoke or acted, and the scenario where it was nobody’s doing', async () => {
    const stage = createStage({ script: 'demo' });
    const chat = await stage.openChat();
    await stage.pass(10_000);
    await stage.write(chat, 'human please');
    await stage.pass(10_000);
    const ava = { kind: 'script', script: 'demo', person: { type: 'virtual_agent', name: 'Ava' } };
    const jane = { kind: 'script', script: 'demo', person: { type: 'agent', name: 'Jane Doe' } };
    const demo = { kind: 'script', script: 'demo' };
    assert.deepEqual((await readCauses(stage)).slice(1), [
      ['participant_joined', demo],
      ['message_received', ava],
      ['message_received', { kind: 'request', entry: 6, method: 'POST', path: '/apps/api/v1/chats/1/message' }],
      ['message_received', ava],
      ['participant_left', ava],
      ['participant_joined', demo],
      ['message_received', jane],
    ]);
  });

  test('time, where the platform acts by itself', async () => {
    const stage = createStage({ inactivity: { timeOutAfter: 60_000 } });
    await stage.openChat();
    await stage.pass(60_000);
    assert.deepEqual((await readCauses(stage)).slice(1), [['chat_ended', { kind: 'timer' }]]);
  });

  test('its own request, when two are under way at once', async () => {
    const stage = createStage();
    const chats = [await stage.openChat(), await stage.openChat()];
    await Promise.all(chats.map((chat) => stage.write(chat, 'Hello')));
    const paths = (await readCauses(stage)).slice(2).map((each: any) => each[1].path);
    assert.deepEqual(paths.sort(), ['/apps/api/v1/chats/1/message', '/apps/api/v1/chats/2/message']);
  });
});

describe('a reset', () => {
  test('forgets chats, users, journal, switches and timers, and never gives an id twice', async () => {
    const { emulator, openChat, control, platform, pass, webhooks } = createStage({ script: 'demo' });
    const { chatId } = await openChat();
    await control('PUT', '/switches', { switches: { senderId: 'participant' } });
    assert.equal((await control('POST', '/reset')).status, 200);
    const before = webhooks.length;
    await pass(60_000);
    assert.equal(webhooks.length, before, 'the virtual agent that was about to join stays away');
    assert.deepEqual((await control('GET', '/chats')).body, { chats: [] });
    assert.deepEqual((await control('GET', '/journal')).body.entries, []);
    assert.equal((await control('GET', '/switches')).body.switches.senderId, 'person');
    assert.equal((await platform('GET', `/chats/${chatId}`)).status, 404);
    assert.equal((await platform('GET', '/end_users?identifier=c-9f31')).status, 404);
    assert.notEqual((await openChat()).chatId, chatId);
    assert.equal((await platform('GET', '/chats/9999')).status, 404, 'the credentials are still the same');
    emulator.stop();
  });

  test('answers a transfer that was under way', async () => {
    const { openChat, control } = createStage();
    const { chatId } = await openChat();
    const transfer = control('POST', `/chats/${chatId}/transfers`, { to: 'agent' });
    while ((await control('GET', `/chats/${chatId}`)).body.participants.length < 2);
    await control('POST', '/reset');
    assert.equal((await transfer).status, 409);
  });
});
