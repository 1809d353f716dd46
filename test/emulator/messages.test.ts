import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage } from './stage.js';

describe('sending a message', () => {
  for (const content of ['Hello', { text: 'Hello' }]) {
    test(`takes the content ${JSON.stringify(content)} and answers an empty object`, async () => {
      const { platform, openChat, control } = createStage();
      const { chatId, endUserId } = await openChat();
      const answer = await platform('POST', `/chats/${chatId}/message`, {
        from_user_id: endUserId,
        message: { type: 'text', content },
      });
      assert.equal(answer.status, 200);
      assert.deepEqual(answer.body, {});
      assert.equal((await control('GET', `/chats/${chatId}`)).body.all[0]?.content, 'Hello');
    });
  }

  const refusals: [string, unknown, number, string][] = [
    ['no message', { from_user_id: 501 }, 400, 'param is missing or the value is empty: message'],
    [
      'no type',
      { from_user_id: 501, message: { content: 'a' } },
      400,
      'param is missing or the value is empty: type',
    ],
    [
      'no content',
      { from_user_id: 501, message: { type: 'text' } },
      400,
      'param is missing or the value is empty: content',
    ],
    [
      'blank content',
      { from_user_id: 501, message: { type: 'text', content: ' \n' } },
      400,
      'param is missing or the value is empty: content',
    ],
    [
      'no sender',
      { message: { type: 'text', content: 'a' } },
      400,
      'param is missing or the value is empty: from_user_id',
    ],
    [
      'somebody else as sender',
      { from_user_id: 777, message: { type: 'text', content: 'a' } },
      404,
      'Not Found',
    ],
    [
      'a photo that was never attached',
      { from_user_id: 501, message: { type: 'photo', content: { media_id: 991 } } },
      404,
      'Not Found',
    ],
    ['a body that is not JSON', 'hello', 400, 'Error occurred while parsing request parameters'],
  ];
  for (const [name, body, status, message] of refusals) {
    test(`with ${name} is refused with ${status}`, async () => {
      const { platform, openChat } = createStage();
      const { chatId } = await openChat();
      const answer = await platform('POST', `/chats/${chatId}/message`, body);
      assert.equal(answer.status, status);
      assert.deepEqual(answer.body, { message });
    });
  }
});

describe('an escalation', () => {
  test('is a record, the same one while nobody has accepted', async () => {
    const { platform, openChat } = createStage();
    const { chatId } = await openChat();
    const request = { reason: 'by_end_user_ask', force_escalate: true };
    const answer = await platform('POST', `/chats/${chatId}/escalations`, request);
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { id: 55, chat_id: chatId, status: 'escalating' });
    assert.deepEqual((await platform('POST', `/chats/${chatId}/escalations`, request)).body, answer.body);
    assert.equal((await platform('GET', `/chats/${chatId}`)).body.status, 'queued');
  });

  test('sends the virtual agent away, and is escalated when a human accepts', async () => {
    const { platform, openChat, transfer, control } = createStage();
    const { chatId } = await openChat();
    await transfer(chatId, { to: 'virtual_agent' });
    await platform('POST', `/chats/${chatId}/escalations`, { reason: 'by_end_user_ask' });
    const queued = (await platform('GET', `/chats/${chatId}`)).body;
    assert.equal(queued.status, 'queued');
    assert.equal(queued.virtual_agent, null);
    await transfer(chatId, { to: 'agent' });
    assert.deepEqual((await control('GET', `/chats/${chatId}`)).body.escalation, {
      id: 55,
      status: 'escalated',
      reason: 'by_end_user_ask',
    });
    const again = await platform('POST', `/chats/${chatId}/escalations`, { reason: 'by_end_user_ask' });
    assert.deepEqual(again.body, { id: 55, chat_id: chatId, status: 'escalated' });
  });

  test('needs a reason', async () => {
    const { platform, openChat } = createStage();
    const { chatId } = await openChat();
    const answer = await platform('POST', `/chats/${chatId}/escalations`, { force_escalate: true });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, { message: 'param is missing or the value is empty: reason' });
  });
});
