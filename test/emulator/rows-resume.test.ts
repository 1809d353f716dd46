import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, type Stage } from './stage.js';

/* Copied from the platform's pages (Endpoints, 6; Resume; Errors). */

function createSwitched(switches: Record<string, unknown>): Stage {
  return createStage({ switches });
}

/** A chat with the virtual agent in which both sides have spoken, put to sleep. */
async function openDismissed(stage: Stage): Promise<{ chatId: number; endUserId: number }> {
  const chat = await stage.openChat();
  await stage.transfer(chat.chatId, { to: 'virtual_agent' });
  await stage.write(chat, 'Hello');
  await stage.control('POST', `/chats/${chat.chatId}/messages`, {
    from: 'virtual_agent',
    message: { type: 'text', content: 'Hi' },
  });
  assert.equal((await stage.control('POST', `/chats/${chat.chatId}/dismiss`)).status, 200);
  await stage.emulator.idle();
  return chat;
}

describe('row 6: PATCH /chats/:id/resume', () => {
  test('wakes a dismissed chat, which goes on with whoever had it', async () => {
    const stage = createStage();
    const { chatId } = await openDismissed(stage);
    assert.equal((await stage.platform('GET', `/chats/${chatId}`)).body.status, 'va_dismissed');
    const answer = await stage.platform('PATCH', `/chats/${chatId}/resume`);
    assert.deepEqual([answer.status, answer.body.status], [200, 'va_assigned']);
    assert.equal(answer.body.virtual_agent?.name, 'Ava');
  });

  test('is refused for a chat that is not dismissed, in the documented words', async () => {
    const { openChat, platform } = createStage();
    const { chatId } = await openChat();
    for (const status of ['queued', 'finished']) {
      assert.equal((await platform('GET', `/chats/${chatId}`)).body.status, status);
      const answer = await platform('PATCH', `/chats/${chatId}/resume`);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { message: 'This chat is not in dismissed state' });
      await platform('PATCH', `/chats/${chatId}`, { chat: { status: 'finished' } });
    }
    assert.equal((await platform('PATCH', '/chats/99/resume')).status, 404);
  });

  test('is answered with the tenant’s after-hours message while closed', async () => {
    const stage = createSwitched({});
    const { chatId } = await openDismissed(stage);
    await stage.control('PUT', '/switches', { switches: { openingHours: 'closed' } });
    const answer = await stage.platform('PATCH', `/chats/${chatId}/resume`);
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, {
      message: 'We are closed right now. Our team is here from Monday to Friday, 9 am to 7 pm.',
    });
    assert.equal((await stage.platform('GET', `/chats/${chatId}`)).body.status, 'va_dismissed');
  });

  test('resumeMethod (OQ-50): PATCH, or POST', async () => {
    for (const [method, other] of [
      ['PATCH', 'POST'],
      ['POST', 'PATCH'],
    ] as const) {
      const stage = createSwitched({ resumeMethod: method });
      const { chatId } = await openDismissed(stage);
      assert.equal((await stage.platform(other, `/chats/${chatId}/resume`)).status, 404);
      assert.equal((await stage.platform(method, `/chats/${chatId}/resume`)).status, 200);
    }
  });

  test('resumeAnswer (OQ-43): the chat, or an empty object', async () => {
    const stage = createSwitched({ resumeAnswer: 'empty' });
    const { chatId } = await openDismissed(stage);
    assert.deepEqual((await stage.platform('PATCH', `/chats/${chatId}/resume`)).body, {});
  });

  test('resumeTarget: the queue, where a virtual agent that is lost becomes an escalation', async () => {
    const stage = createSwitched({ resumeTarget: 'queued' });
    const { chatId } = await openDismissed(stage);
    const answer = await stage.platform('PATCH', `/chats/${chatId}/resume`);
    assert.deepEqual([answer.body.status, answer.body.virtual_agent], ['queued', null]);
    const { escalation } = (await stage.control('GET', `/chats/${chatId}`)).body;
    assert.deepEqual(escalation, { id: 55, status: 'escalating', reason: 'could_not_resume' });
  });

  test('chatResumedWebhook (OQ-9): no event, or an invented one', async () => {
    for (const [position, last] of [
      ['none', 'chat_dismissed'],
      ['sent', 'chat_resumed'],
    ]) {
      const stage = createSwitched({ chatResumedWebhook: position });
      const { chatId } = await openDismissed(stage);
      await stage.platform('PATCH', `/chats/${chatId}/resume`);
      await stage.emulator.idle();
      assert.equal(stage.eventTypes().at(-1), last);
    }
  });

  test('messageInDismissedChat (OQ-42): is refused, or resumes by itself', async () => {
    const asleep = createStage();
    const chat = await openDismissed(asleep);
    const request = { from_user_id: chat.endUserId, message: { type: 'text', content: 'Still there?' } };
    const answer = await asleep.platform('POST', `/chats/${chat.chatId}/message`, request);
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, { message: 'Chat is dismissed' });
    const light = createSwitched({ messageInDismissedChat: 'resumes' });
    const other = await openDismissed(light);
    await light.write(other, 'Still there?');
    assert.equal((await light.platform('GET', `/chats/${other.chatId}`)).body.status, 'va_assigned');
    assert.equal((await light.conversation(other.chatId)).at(-1), 'end_user: Still there?');
  });
});
