import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, type Stage } from './stage.js';

/* Transfers between virtual agents that fail, follow one another, or are told late (platform: §6.3; OQ-12). */

/** A chat that Ava has; she is virtual agent 15, Finn 16, Jane agent 7. */
async function openWithAva(switches: Record<string, unknown> = {}, script = 'quiet'): Promise<Stage> {
  const stage = createStage({ switches, script });
  await stage.openChat({ name: 'Ann' });
  if (script === 'quiet') await stage.transfer(1, { to: 'virtual_agent' });
  else await stage.pass(3000);
  return stage;
}

/** Status, and who has the chat, as `GET /chats/:id` says it. */
async function readTruth(stage: Stage): Promise<string> {
  const { status, agent, virtual_agent } = (await stage.platform('GET', '/chats/1')).body;
  return [status, agent?.name, virtual_agent?.name].filter((each) => each !== undefined).join(' ');
}

/** What was told since `from`: who came and went as `+15` and `-15`, words as the id of who said them. */
function listTold({ webhooks }: Stage, from: number): string[] {
  return webhooks.slice(from).map(({ envelope: { event_type: type, body } }) => {
    const { id } = (body.participant ?? body.sender ?? {}) as { id?: number };
    if (type === 'participant_joined') return `+${String(id)}`;
    if (type === 'participant_left') return `-${String(id)}`;
    return type === 'message_received' ? `says ${String(id)}` : type;
  });
}

async function ask(stage: Stage, text: string): Promise<void> {
  await stage.write({ chatId: 1, endUserId: 501 }, text);
}

describe('a transfer to a virtual agent who never comes', () => {
  const cases = [
    ['returns', ['-15', '+15'], 'va_assigned Ava', 'Support'],
    ['escalates', ['-15'], 'queued', 'Orders'],
    ['fails', ['-15', 'chat_ended'], 'failed', 'Orders'],
  ] as const;
  for (const [position, told, truth, queue] of cases) {
    test(`failedTransfer: ${position}`, async () => {
      const stage = await openWithAva({ failedTransfer: position });
      const from = stage.webhooks.length;
      const request = { to: 'virtual_agent', menuId: 101, arrives: 'never' };
      const transfer = stage.control('POST', '/chats/1/transfers', request);
      await stage.pass(1900);
      assert.equal(await readTruth(stage), 'queued', 'until nobody waits any more');
      const { participants } = (await stage.control('GET', '/chats/1')).body;
      assert.equal((participants.at(-1) as any).status, 'waiting');
      await stage.pass(2000);
      const answer = await transfer;
      assert.deepEqual([answer.status, answer.body.code], [409, 'transfer-failed']);
      assert.deepEqual(listTold(stage, from), told);
      assert.equal(await readTruth(stage), truth);
      const { menus } = (await stage.platform('GET', '/chats/1')).body;
      assert.equal((menus as any)[0].name, queue);
    });
  }

  test('leaves an escalation for a human, or the reason escalation_failed', async () => {
    for (const [position, read] of [
      ['escalates', { id: 55, status: 'escalating', reason: 'by_virtual_agent' }],
      ['fails', 'escalation_failed'],
    ] as const) {
      const stage = await openWithAva({ failedTransfer: position });
      const transfer = stage.control('POST', '/chats/1/transfers', { to: 'virtual_agent', arrives: 'never' });
      await stage.pass(3000);
      await transfer;
      const { escalation, endReason } = (await stage.control('GET', '/chats/1')).body as any;
      assert.deepEqual(position === 'fails' ? endReason : escalation, read);
    }
  });

  test('is overtaken by the end user who asks for a human', async () => {
    const stage = await openWithAva();
    const transfer = stage.control('POST', '/chats/1/transfers', { to: 'virtual_agent', arrives: 'never' });
    await stage.pass(500);
    await stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
    await stage.pass(5000);
    assert.equal((await transfer).body.code, 'transfer-superseded');
    assert.equal(await readTruth(stage), 'queued');
  });

  test('shows nothing where transfers are hidden: nobody was gone', async () => {
    const stage = await openWithAva({ vaToVaHiddenBy: 'webhooks', notiWebhooks: 'evidenced' });
    await stage.platform('PATCH', '/settings/chat', { hide_va_to_va_system_messages: true });
    const from = stage.webhooks.length;
    const transfer = stage.control('POST', '/chats/1/transfers', { to: 'virtual_agent', arrives: 'never' });
    await stage.pass(3000);
    await transfer;
    assert.deepEqual(listTold(stage, from), []);
    await stage.transfer(1, { to: 'agent' });
    const shown = listTold(stage, from).filter((each) => !each.startsWith('says'));
    assert.deepEqual(shown, ['-15', '+7'], 'she goes once');
  });

  test('the transfer says when somebody comes', async () => {
    const stage = await openWithAva();
    const transfer = stage.control('POST', '/chats/1/transfers', { to: 'virtual_agent', arrives: 5000 });
    await stage.pass(4900);
    assert.equal(await readTruth(stage), 'queued');
    await stage.pass(200);
    assert.equal((await transfer).status, 201);
    assert.equal(await readTruth(stage), 'va_assigned Finn');
    const wrong = await stage.control('POST', '/chats/1/transfers', { to: 'virtual_agent', arrives: 'soon' });
    assert.deepEqual(
      [wrong.status, wrong.body.message],
      [400, 'arrives: takes milliseconds, at most ten minutes, or "never"'],
    );
  });
});

describe('one transfer upon another within a second', () => {
  test('virtual agent, virtual agent, human: queued in between, and everybody is told of', async () => {
    const stage = await openWithAva();
    const from = stage.webhooks.length;
    const first = stage.control('POST', '/chats/1/transfers', { to: 'virtual_agent', name: 'Finn' });
    const second = stage.control('POST', '/chats/1/transfers', { to: 'agent' });
    const truths: string[] = [];
    for (let step = 0; step < 5; step += 1) {
      truths.push(await readTruth(stage));
      await stage.pass(100);
    }
    assert.deepEqual([(await first).status, (await second).status], [201, 201]);
    assert.deepEqual([...new Set(truths)].join(', '), 'va_assigned Ava, queued, assigned Jane Doe');
    assert.deepEqual(listTold(stage, from), ['-15', '+16', '-16', '+7']);
  });

  test('with transfers hidden, nobody is left behind when the human comes', async () => {
    const stage = await openWithAva({ vaToVaHiddenBy: 'webhooks' });
    await stage.platform('PATCH', '/settings/chat', { hide_va_to_va_system_messages: true });
    const from = stage.webhooks.length;
    await stage.transfer(1, { to: 'virtual_agent', name: 'Finn' });
    assert.deepEqual(listTold(stage, from), [], 'the transfer itself is hidden');
    await stage.transfer(1, { to: 'agent' });
    assert.deepEqual(listTold(stage, from), ['-15', '-16', '+7']);
  });

  test('with transfers hidden, and overtaken by a human, the first virtual agent is told to have gone', async () => {
    const stage = await openWithAva({ vaToVaHiddenBy: 'webhooks', notiWebhooks: 'evidenced' });
    await stage.platform('PATCH', '/settings/chat', { hide_va_to_va_system_messages: true });
    const from = stage.webhooks.length;
    const transfer = stage.control('POST', '/chats/1/transfers', { to: 'virtual_agent' });
    await stage.pass(100);
    assert.deepEqual(listTold(stage, from), []);
    await stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
    await stage.pass(1000);
    await transfer;
    await stage.transfer(1, { to: 'agent' });
    const told = listTold(stage, from).filter((each) => !each.startsWith('says'));
    assert.deepEqual(told, ['-15', '+7']);
  });
});

describe('coming and going is told', () => {
  const left = [
    ['at-once', ['-15', '+16', 'says 16']],
    ['after-joined', ['+16', '-15', 'says 16']],
    ['late', ['+16', 'says 16', '-15']],
    ['missing', ['+16', 'says 16']],
  ] as const;
  for (const [position, expected] of left) {
    test(`participantLeftWebhook (OQ-12): ${position}`, async () => {
      const stage = await openWithAva({ participantLeftWebhook: position });
      const from = stage.webhooks.length;
      await stage.transfer(1, { to: 'virtual_agent' });
      assert.equal(await readTruth(stage), 'va_assigned Finn', 'whatever webhooks say');
      const message = { type: 'text', content: 'Hi' };
      await stage.control('POST', '/chats/1/messages', { from: 'virtual_agent', message });
      await stage.pass(3000);
      assert.deepEqual(listTold(stage, from), expected);
    });
  }

  const joined = [
    ['at-once', ['-15', '+16', 'says 16']],
    ['late', ['-15', 'says 16', '+16']],
    ['missing', ['-15', 'says 16']],
  ] as const;
  for (const [position, expected] of joined) {
    test(`participantJoinedWebhook (OQ-12): ${position}`, async () => {
      const stage = await openWithAva({ participantJoinedWebhook: position });
      await stage.pass(3000);
      const from = stage.webhooks.length;
      await stage.transfer(1, { to: 'virtual_agent' });
      const message = { type: 'text', content: 'Hi' };
      await stage.control('POST', '/chats/1/messages', { from: 'virtual_agent', message });
      await stage.pass(3000);
      assert.deepEqual(listTold(stage, from), expected);
    });
  }

  test('late, with the time and the cause of what happened', async () => {
    const stage = await openWithAva({ participantLeftWebhook: 'late' });
    await stage.transfer(1, { to: 'virtual_agent' });
    await stage.pass(3000);
    const { entries } = (await stage.control('GET', '/journal')).body as any;
    const { at, body, cause } = entries.at(-1);
    assert.equal(body.event_type, 'participant_left');
    assert.equal(Date.parse(at) - Date.parse(body.timestamp), 2000, 'it tells when it happened');
    assert.deepEqual([cause.kind, cause.path], ['control', '/emulator/chats/1/transfers']);
  });

  test('after-joined comes by itself where nobody comes', async () => {
    const stage = await openWithAva({ participantLeftWebhook: 'after-joined' });
    const from = stage.webhooks.length;
    await stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
    await stage.pass(1900);
    assert.deepEqual(listTold(stage, from), []);
    await stage.pass(200);
    assert.deepEqual(listTold(stage, from), ['-15']);
  });
});

test('webhook.taskDelay: what a task virtual agent does and says comes late, and others pass it', async () => {
  const stage = createStage();
  await stage.openChat();
  await stage.transfer(1, { to: 'agent' });
  await stage.control('PUT', '/faults', { webhook: { taskDelay: [1500, 1500] } });
  const from = stage.webhooks.length;
  await stage.transfer(1, { to: 'task_virtual_agent' });
  const say = (kind: string) =>
    stage.control('POST', '/chats/1/messages', { from: kind, message: { type: 'text', content: 'Hi' } });
  await say('task_virtual_agent');
  await say('agent');
  await stage.emulator.idle();
  assert.deepEqual(listTold(stage, from), ['says 7']);
  assert.equal(await readTruth(stage), 'assigned Jane Doe Verification assistant', 'though nobody was told');
  await stage.pass(3000);
  assert.deepEqual(listTold(stage, from), ['says 7', '+17', 'says 17']);
});

describe('the scenario orders', () => {
  test('hands over by queue, with the order number', async () => {
    const stage = await openWithAva({}, 'orders');
    await ask(stage, 'my order 4711');
    await stage.pass(3000);
    assert.equal(await readTruth(stage), 'va_assigned Finn');
    const { participants, menu } = (await stage.control('GET', '/chats/1')).body as any;
    assert.deepEqual(participants.at(-1).dataParameters, { order: '4711' });
    assert.deepEqual(menu, { id: 101, name: 'Orders' });
  });

  test('hands over directly, and the queue stays', async () => {
    const stage = await openWithAva({}, 'orders');
    await ask(stage, 'a return');
    await stage.pass(3000);
    assert.equal(await readTruth(stage), 'va_assigned Rosa');
    assert.deepEqual(((await stage.control('GET', '/chats/1')).body as any).menu, { id: 100, name: 'Support' });
  });

  test('hands over in vain, and Ava has the chat again without greeting twice', async () => {
    const stage = await openWithAva({}, 'orders');
    await ask(stage, 'my invoice');
    await stage.pass(1000);
    assert.equal(await readTruth(stage), 'queued');
    await stage.pass(5000);
    assert.equal(await readTruth(stage), 'va_assigned Ava');
    assert.deepEqual((await stage.conversation(1)).slice(-2), [
      'virtual_agent: I’ll get Otto.',
      'virtual_agent: Otto doesn’t answer, so it’s me again. Shall I fetch a person?',
    ]);
  });

  test('goes on to a person within a second', async () => {
    const stage = await openWithAva({}, 'orders');
    await ask(stage, 'urgent!');
    await stage.pass(650);
    const from = stage.webhooks.length;
    assert.match(stage.webhooks.at(-1)?.body ?? '', /participant_left/);
    await stage.pass(850);
    assert.deepEqual(listTold(stage, from), ['+19', '-19', '+7']);
    assert.equal(await readTruth(stage), 'assigned Jane Doe');
  });
});
