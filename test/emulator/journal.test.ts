import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage } from './stage.js';

describe('the journal', () => {
  test('has every request and every webhook in order, and no credentials and no control call', async () => {
    const { emulator, openChat, platform, control } = createStage();
    await openChat();
    await platform('POST', '/chats/9/message?x=1', '{broken');
    const { body } = await control('GET', '/journal');
    const at = '2026-01-02T10:00:00.000Z';
    const [, chatRequest] = body.entries;
    assert.deepEqual(chatRequest, {
      direction: 'in',
      at,
      method: 'POST',
      path: '/apps/api/v1/chats',
      status: 200,
      body: { chat: { menu_id: 100, end_user_id: 501, lang: 'en' } },
    });
    assert.deepEqual(body.entries.slice(2), [
      {
        direction: 'out',
        at,
        method: 'POST',
        path: '/webhooks/ccai',
        status: 204,
        body: { event_type: 'chat_created', timestamp: '2026-01-02T10:00:00Z', chat_id: 1, body: {} },
      },
      {
        direction: 'in',
        at,
        method: 'POST',
        path: '/apps/api/v1/chats/9/message',
        status: 404,
        body: '{broken',
      },
    ]);
    for (const secret of Object.values<string>({ ...emulator.credentials }).slice(1))
      assert.ok(!JSON.stringify(body).includes(secret));
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
    assert.deepEqual((await control('GET', '/journal')).body, { entries: [] });
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
