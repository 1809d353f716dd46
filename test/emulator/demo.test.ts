import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createEmulator } from '../../src/emulator/index.js';
import { createStage, type Stage } from './stage.js';

interface Opened {
  readonly stage: Stage;
  readonly chat: { readonly chatId: number; readonly endUserId: number };
  /** Writes, lets ten seconds pass, and gives what was said since. */
  readonly ask: (text: string) => Promise<string[]>;
}

async function openDemo(options: { readonly name?: string; readonly menuId?: number } = {}): Promise<Opened> {
  const stage = createStage({ script: 'demo' });
  const chat = await stage.openChat(options);
  await stage.pass(10_000);
  const ask = async (text: string): Promise<string[]> => {
    const before = (await stage.conversation(chat.chatId)).length + 1;
    await stage.write(chat, text);
    await stage.pass(10_000);
    return (await stage.conversation(chat.chatId)).slice(before);
  };
  return { stage, chat, ask };
}

async function readStatus({ stage, chat }: Opened): Promise<string> {
  return (await stage.platform('GET', `/chats/${chat.chatId}`)).body.status;
}

describe('the virtual agent of the demo', () => {
  test('takes a new chat and greets', async () => {
    const opened = await openDemo();
    assert.equal(await readStatus(opened), 'va_assigned');
    assert.deepEqual(await opened.stage.conversation(1), [
      'virtual_agent: Hi! I’m Ava, the virtual assistant of Harbor & Pine.',
    ]);
    assert.deepEqual(opened.stage.eventTypes(), ['chat_created', 'participant_joined', 'message_received']);
  });

  test('answers what was written before it came', async () => {
    const stage = createStage({ script: 'demo' });
    await stage.platform('POST', '/end_users', { identifier: 'c-9f31' });
    await stage.platform('POST', '/chats', { chat: { menu_id: 100, end_user_id: 501 } });
    await stage.write({ chatId: 1, endUserId: 501 }, 'When are you open?');
    await stage.pass(10_000);
    const [question, greeting, answer, ...rest] = await stage.conversation(1);
    assert.equal(question, 'end_user: When are you open?');
    assert.match(greeting ?? '', /^virtual_agent: Hi! I’m Ava/);
    assert.match(answer ?? '', /Monday to Friday/);
    assert.deepEqual(rest, []);
  });

  test('does not greet twice when the first message is only a hello', async () => {
    const stage = createStage({ script: 'demo' });
    await stage.platform('POST', '/end_users', { identifier: 'c-9f31' });
    await stage.platform('POST', '/chats', { chat: { menu_id: 100, end_user_id: 501 } });
    await stage.write({ chatId: 1, endUserId: 501 }, 'Hello!');
    await stage.pass(10_000);
    assert.equal((await stage.conversation(1)).length, 2);
  });

  const questions: [string, RegExp][] = [
    ['what are your opening hours', /\*\*Saturday\*\*: 10 am[^]*https:\/\/example\.com\/shops/],
    ['it is #48213', /order \*\*48213\*\*/],
    ['I want to return a tent', /\*\*60 days\*\*/],
    ['thanks', /very welcome/],
  ];
  for (const [question, answer] of questions) {
    test(`answers "${question}"`, async () => {
      const { ask } = await openDemo();
      const said = await ask(question);
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', answer);
    });
  }

  test('explains itself in markdown, with buttons below', async () => {
    const { stage, ask } = await openDemo();
    assert.match((await ask('What can you do?'))[0] ?? '', /\*\*Orders\*\*[^]*\*\*talk to a person\*\*/);
    assert.deepEqual(stage.webhooks.at(-1)?.envelope.body.message, {
      type: 'inline_button',
      title: 'What is it about?',
      buttons: [
        { title: 'My order', action: 'quick_reply' },
        { title: 'Returns', action: 'quick_reply' },
        { title: 'New gear', action: 'quick_reply' },
        { title: 'Opening hours', action: 'quick_reply' },
      ],
    });
  });

  test('shows cards, and a form', async () => {
    const { stage, ask } = await openDemo();
    await ask('New gear');
    const cards = stage.webhooks.at(-1)?.envelope.body.message as any;
    assert.equal(cards.type, 'content_card');
    assert.deepEqual(cards.cards[0], {
      title: 'Ridge tent',
      subtitle: 'Two persons, 1.9 kg',
      body: 'Stands up to a storm, and down to a small pack.',
      link: 'https://example.com/tents/ridge',
      buttons: [{ title: 'Tell me more' }],
    });
    await ask('I want the newsletter');
    assert.deepEqual(stage.webhooks.at(-1)?.envelope.body.message, {
      type: 'form',
      form: { name: 'newsletter', title: 'Our newsletter', preview_endpoint: 'https://example.com/forms/newsletter' },
      signature: 'emulated',
    });
  });

  test('hands orders over to the virtual agent who knows them', async () => {
    const opened = await openDemo();
    const said = await opened.ask('where is my order?');
    assert.match(said[0] ?? '', /I’ll hand you over/);
    assert.match(said[1] ?? '', /^virtual_agent: Hello, I’m Finn/);
    assert.equal(await readStatus(opened), 'va_assigned');
    assert.deepEqual(opened.stage.eventTypes().slice(-3), [
      ...['participant_left', 'participant_joined', 'message_received'],
    ]);
    assert.match((await opened.ask('48213'))[0] ?? '', /order \*\*48213\*\*/);
  });

  test('offers a person when it does not understand twice', async () => {
    const { ask } = await openDemo();
    assert.match((await ask('qwertz'))[0] ?? '', /not sure I got that/);
    assert.match((await ask('asdf'))[0] ?? '', /talk to a person/);
  });

  test('of the orders queue is another one', async () => {
    const { ask } = await openDemo({ menuId: 101 });
    assert.match((await ask('4711'))[0] ?? '', /order \*\*4711\*\*/);
  });
});

describe('the human of the demo', () => {
  for (const words of ['I want to talk to a person', 'can I speak to an agent', 'human please!']) {
    test(`comes when asked with "${words}"`, async () => {
      const opened = await openDemo({ name: 'Ann' });
      const said = await opened.ask(words);
      assert.match(said[0] ?? '', /^virtual_agent: Of course/);
      assert.match(said[1] ?? '', /^agent: Hi Ann, this is Jane/);
      assert.equal(await readStatus(opened), 'assigned');
      const { escalation } = (await opened.stage.control('GET', '/chats/1')).body;
      assert.deepEqual(escalation, { id: 55, status: 'escalated', reason: 'by_virtual_agent' });
    });
  }

  test('comes when the end user escalates, after a moment in the queue', async () => {
    const opened = await openDemo();
    await opened.stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
    await opened.stage.pass(1400);
    assert.equal(await readStatus(opened), 'queued');
    await opened.stage.pass(400);
    assert.equal(await readStatus(opened), 'assigned');
    await opened.stage.pass(5000);
    assert.match((await opened.stage.conversation(1)).at(-1) ?? '', /^agent: Hi there, this is Jane/);
  });

  test('answers what was written in the queue', async () => {
    const { stage, chat } = await openDemo();
    await stage.platform('POST', '/chats/1/escalations', { reason: 'by_end_user_ask' });
    await stage.write(chat, 'my tent is torn');
    await stage.pass(10_000);
    const said = (await stage.conversation(1)).slice(2);
    assert.match(said[0] ?? '', /this is Jane/);
    assert.match(said[1] ?? '', /sorry about that/);
  });

  test('sends a file', async () => {
    const { stage, ask } = await openDemo();
    await ask('talk to a person');
    await ask('Can I have a receipt?');
    assert.deepEqual(stage.webhooks.at(-1)?.envelope.body.message, {
      type: 'document',
      content: { media_id: 991 },
    });
    const { media } = (await stage.control('GET', '/chats/1')).body as any;
    assert.equal(media[0].name, 'receipt.txt');
  });

  test('types before each line: a long one takes longer', async () => {
    const { stage, chat } = await openDemo({ name: 'Ann' });
    await stage.write(chat, 'talk to a person');
    // 900 ms of typing, 300 until it asks, 1500 until she accepts, 200 to come in, 2000 of typing.
    await stage.pass(4899);
    assert.equal((await stage.conversation(1)).length, 3, 'Jane is here and still types');
    await stage.pass(1);
    assert.match((await stage.conversation(1)).at(-1) ?? '', /this is Jane/);
  });

  test('converses, says goodbye and ends the chat', async () => {
    const opened = await openDemo({ name: 'Ann' });
    await opened.ask('talk to a person');
    assert.match(
      (await opened.ask('my parcel is late')).join('\n'),
      /^agent: Let me look into that\.\nagent: It’s out for delivery/,
    );
    assert.match((await opened.ask('thank you')).join('\n'), /^agent: Glad I could help/);
    assert.match(
      (await opened.ask('No, that’s all')).join('\n'),
      /^agent: It was a pleasure\. Have a lovely day/,
    );
    assert.equal(await readStatus(opened), 'finished');
    assert.equal(opened.stage.eventTypes().at(-1), 'chat_ended');
  });

  test('is silent from the moment that a person at the desk speaks for them', async () => {
    const { stage, ask } = await openDemo();
    await ask('talk to a person');
    await stage.control('POST', '/chats/1/messages', {
      from: 'agent',
      message: { type: 'text', content: 'I take over' },
    });
    assert.deepEqual(await ask('my parcel is late'), []);
  });

  test('hands over to the verification assistant, never sees the code, and goes on', async () => {
    const { stage, ask } = await openDemo({ name: 'Ann' });
    await ask('talk to a person');
    const asked = await ask('please change my address');
    assert.match(asked[0] ?? '', /^agent: I can do that/);
    assert.match(asked.at(-1) ?? '', /^task_virtual_agent: Please enter the 6-digit code/);
    assert.match((await ask('12345')).join('\n'), /^task_virtual_agent: That doesn’t look like/);
    const done = await ask('493 817');
    assert.match(done[0] ?? '', /^task_virtual_agent: Thank you, the code is right/);
    assert.match(done[1] ?? '', /^agent: Thank you, that’s all I needed/);
    const { body } = await stage.control('GET', '/chats/1');
    assert.doesNotMatch(JSON.stringify(body.agentView), /493 817|12345|6-digit/);
    assert.deepEqual(
      body.participants.map(({ type }) => type),
      ['end_user', 'agent'],
    );
  });
});

describe('the quiet script', () => {
  test('leaves the chat queued, with nobody to greet or accept', async () => {
    const { openChat, write, platform, pass, conversation } = createStage();
    const chat = await openChat();
    await write(chat, 'Hello?');
    await platform('POST', `/chats/${chat.chatId}/escalations`, { reason: 'by_end_user_ask' });
    await pass(600_000);
    assert.deepEqual(await conversation(chat.chatId), ['end_user: Hello?']);
    assert.equal((await platform('GET', `/chats/${chat.chatId}`)).body.status, 'queued');
  });
});

test('the same seed and the same clock give the same webhooks, byte for byte', async () => {
  const runs: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    const { stage, ask } = await openDemo({ name: 'Ann' });
    await ask('talk to a person');
    await ask('verify me');
    await ask('123456');
    runs.push(
      stage.webhooks.map(({ headers, body }) => `${headers.get('X-Signature') ?? ''} ${body}`).join('\n'),
    );
  }
  assert.equal(runs[0], runs[1]);
  assert.match(runs[0] ?? '', /server_message/);
});

test('an unknown script and a relative webhook URL are refused at once', () => {
  assert.throws(
    () => createEmulator({ script: 'nonsense' }),
    /There is no script "nonsense"; there are demo, quiet, /,
  );
  assert.throws(() => createEmulator({ webhookUrl: '/webhooks' }), /must be absolute/);
});
