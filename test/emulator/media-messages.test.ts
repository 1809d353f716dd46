import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMediaStage } from './media-stage.js';

const notFound = { message: 'Not Found' };

function missing(name: string): { message: string } {
  return { message: `param is missing or the value is empty: ${name}` };
}

describe('a message with a photo or a video', () => {
  for (const type of ['photo', 'video'] as const) {
    test(`is taken for a ${type} that is attached, and echoed`, async () => {
      const stage = await createMediaStage();
      const { media_id } = await stage.attach(`${type}s`);
      const before = stage.webhooks.length;
      const answer = await stage.send({ type, content: { media_id } });
      assert.equal(answer.status, 200);
      assert.deepEqual(answer.body, {});
      await stage.emulator.idle();
      assert.equal(stage.webhooks.length, before + 1);
      const webhook = stage.webhooks.at(-1);
      assert.ok(webhook);
      const { event_type, body } = webhook.envelope;
      assert.equal(event_type, 'message_received');
      assert.deepEqual(body.message, { type, content: { media_id } });
      assert.equal((body.sender as { type: string }).type, 'end_user');
    });
  }

  test('is refused for what is not attached to this chat by the end user as such', async () => {
    const stage = await createMediaStage();
    await stage.transfer(1, { to: 'agent' });
    await stage.attach('photos');
    await stage.sendFile(new Blob(['png']), 'map.png');
    const before = stage.webhooks.length;
    for (const message of [
      { type: 'photo', content: { media_id: 990 } },
      { type: 'photo', content: { media_id: 992 } },
      { type: 'video', content: { media_id: 991 } },
    ]) {
      const answer = await stage.send(message);
      assert.equal(answer.status, 404, JSON.stringify(message));
      assert.deepEqual(answer.body, notFound);
    }
    await stage.emulator.idle();
    assert.equal(stage.webhooks.length, before);
  });

  test('is refused without its media_id', async () => {
    const { send } = await createMediaStage();
    const withoutContent = await send({ type: 'photo' });
    assert.equal(withoutContent.status, 400);
    assert.deepEqual(withoutContent.body, missing('content'));
    assert.deepEqual((await send({ type: 'photo', content: { text: 'x' } })).body, missing('media_id'));
    assert.deepEqual((await send({ type: 'photo', content: { media_id: 'x' } })).body, missing('media_id'));
  });

  test('in another chat is refused', async () => {
    const stage = await createMediaStage();
    const { media_id } = await stage.attach('photos');
    const { chatId, endUserId } = await stage.openChat();
    const message = { type: 'photo', content: { media_id } };
    const answer = await stage.platform('POST', `/chats/${chatId}/message`, {
      from_user_id: endUserId,
      message,
    });
    assert.equal(answer.status, 404);
  });
});
