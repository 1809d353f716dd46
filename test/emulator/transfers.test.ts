import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, type Stage } from './stage.js';

async function readStatus(stage: Stage, chatId: number): Promise<string> {
  return (await stage.platform('GET', `/chats/${chatId}`)).body.status;
}

describe('a transfer', () => {
  test('answers once whoever comes is connected; until then they wait and the chat is queued', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    const transfer = stage.control('POST', `/chats/${chatId}/transfers`, { to: 'agent' });
    await stage.clock.advance(100);
    const { body } = await stage.control('GET', `/chats/${chatId}`);
    assert.deepEqual(body.participants.at(-1), { id: 7, type: 'agent', name: 'Jane Doe', status: 'waiting' });
    assert.equal(body.status, 'queued');
    await stage.clock.advance(100);
    const answer = await transfer;
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.body, {
      participant: { id: 7, type: 'agent', name: 'Jane Doe', status: 'connected' },
    });
    assert.equal(await readStatus(stage, chatId), 'assigned');
  });

  test('between virtual agents goes over queued, and cancels an escalation', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    await stage.transfer(chatId, { to: 'virtual_agent' });
    assert.equal(await readStatus(stage, chatId), 'va_assigned');
    const transfer = stage.control('POST', `/chats/${chatId}/transfers`, {
      to: 'virtual_agent',
      menuId: 101,
    });
    await stage.clock.advance(100);
    assert.equal(await readStatus(stage, chatId), 'queued');
    await stage.clock.advance(100);
    assert.deepEqual((await transfer).body.participant, {
      id: 16,
      type: 'virtual_agent',
      name: 'Finn',
      status: 'connected',
    });
    await stage.emulator.idle();
    assert.equal(await readStatus(stage, chatId), 'va_assigned');
    assert.deepEqual(stage.eventTypes(), [
      'chat_created',
      'participant_joined',
      'participant_left',
      'participant_joined',
    ]);
    assert.deepEqual((await stage.platform('GET', `/chats/${chatId}`)).body.menus, [
      { id: 101, name: 'Orders' },
    ]);

    await stage.platform('POST', `/chats/${chatId}/escalations`, { reason: 'by_end_user_ask' });
    await stage.transfer(chatId, { to: 'virtual_agent', name: 'Nova' });
    assert.equal((await stage.control('GET', `/chats/${chatId}`)).body.escalation.status, 'canceled');
    assert.equal((await stage.platform('GET', `/chats/${chatId}`)).body.virtual_agent?.name, 'Nova');
  });

  test('to a virtual agent takes the chat from a human', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    await stage.transfer(chatId, { to: 'agent' });
    await stage.transfer(chatId, { to: 'virtual_agent' });
    const { body } = await stage.platform('GET', `/chats/${chatId}`);
    assert.equal(body.status, 'va_assigned');
    assert.equal(body.agent, null);
    assert.equal(body.virtual_agent?.name, 'Ava');
  });

  test('is overtaken by the end user who asks for a human', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    const transfer = stage.control('POST', `/chats/${chatId}/transfers`, { to: 'virtual_agent' });
    await stage.clock.advance(100);
    await stage.platform('POST', `/chats/${chatId}/escalations`, { reason: 'by_end_user_ask' });
    await stage.clock.advance(1000);
    const answer = await transfer;
    assert.equal(answer.status, 409);
    assert.equal(answer.body.code, 'transfer-superseded');
    assert.equal(await readStatus(stage, chatId), 'queued');
  });

  test('that begins while another is under way comes after it', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    const first = stage.control('POST', `/chats/${chatId}/transfers`, { to: 'virtual_agent' });
    const second = stage.control('POST', `/chats/${chatId}/transfers`, { to: 'agent' });
    await stage.clock.advance(1000);
    assert.deepEqual([(await first).status, (await second).status], [201, 201]);
    assert.equal(await readStatus(stage, chatId), 'assigned');
    assert.equal((await stage.control('GET', `/chats/${chatId}`)).body.participants.length, 2);
  });

  test('is refused for an unknown kind, menu or chat', async () => {
    const { control, openChat } = createStage();
    const { chatId } = await openChat();
    const kind = await control('POST', `/chats/${chatId}/transfers`, { to: 'end_user' });
    assert.deepEqual([kind.status, kind.body.code], [400, 'invalid-request']);
    const menu = await control('POST', `/chats/${chatId}/transfers`, { to: 'agent', menuId: 9 });
    assert.deepEqual([menu.status, menu.body.code], [404, 'menu-not-found']);
    const chat = await control('POST', '/chats/77/transfers', { to: 'agent' });
    assert.deepEqual([chat.status, chat.body.code], [404, 'chat-not-found']);
  });
});

describe('a task virtual agent', () => {
  test('is started only by a human who is in the chat', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    await stage.transfer(chatId, { to: 'virtual_agent' });
    const answer = await stage.transfer(chatId, { to: 'task_virtual_agent' });
    assert.deepEqual([answer.status, answer.body.code], [409, 'participant-not-in-chat']);
    assert.equal(await readStatus(stage, chatId), 'va_assigned');
  });

  test('comes beside the human, who stays assigned', async () => {
    const stage = createStage();
    const { chatId } = await stage.openChat();
    await stage.transfer(chatId, { to: 'agent' });
    const answer = await stage.transfer(chatId, { to: 'task_virtual_agent' });
    assert.deepEqual(answer.body.participant, {
      id: 17,
      type: 'task_virtual_agent',
      name: 'Verification assistant',
      status: 'connected',
    });
    const { body } = await stage.platform('GET', `/chats/${chatId}`);
    assert.equal(body.status, 'assigned');
    assert.equal(body.agent?.name, 'Jane Doe');
    assert.equal(body.virtual_agent?.name, 'Verification assistant');
    assert.equal(body.virtual_agent.avatar_url, 'http://127.0.0.1:5174/avatars/task-virtual-agent-17.svg');
  });

  test('leaves when the chat is handed back, and the human hears what is said next', async () => {
    const stage = createStage();
    const chat = await stage.openChat();
    await stage.transfer(chat.chatId, { to: 'agent' });
    await stage.transfer(chat.chatId, { to: 'task_virtual_agent' });
    const back = await stage.transfer(chat.chatId, { to: 'agent' });
    assert.equal(back.status, 200);
    assert.deepEqual(back.body.participant, { id: 7, type: 'agent', name: 'Jane Doe', status: 'connected' });
    assert.equal(stage.eventTypes().at(-1), 'participant_left');
    await stage.write(chat, 'Thanks');
    assert.deepEqual(stage.webhooks.at(-1)?.envelope.body.message, { type: 'text', content: 'Thanks' });
    assert.equal((await stage.platform('GET', `/chats/${chat.chatId}`)).body.virtual_agent, null);
  });
});
