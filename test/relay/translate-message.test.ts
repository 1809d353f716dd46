import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../src/protocol/index.js';
import { isCertainlyThere } from '../../src/relay/to-chat.js';
import { at, comes, createTranslation, goes, objects, whispers, type Translated } from './translation.js';

const task = { kind: 'task_virtual_agent', id: 71 } as const;

type Body = Record<string, unknown>;
const received = (body: Body) => ({ event_type: 'message_received', body });
const from = (type: string, message: Body, more: Body = {}) => received({ sender: { id: 7, type, status: 'connected' }, message, ...more });

function messagesOf({ entries }: Translated): Message[] {
  return entries.flatMap((entry) => (entry.type === 'message-added' ? [entry.message] : []));
}

/** The message that one event becomes, in short, and whether the event was understood. */
function translated(event: ReturnType<typeof received>) {
  const chat = createTranslation();
  const [translation] = chat.tell(event);
  const message = messagesOf(chat)[0];
  return { message: message && [message.type, message.text, message.private], understood: translation?.understood, refresh: translation?.refresh, chat };
}

describe('a message is shown to whom it is meant for', () => {
  const server = { server_message: { content: { type: 'text', content: 'Code?' } } };
  const cases: [string, ReturnType<typeof received>, [string, string, boolean]][] = [
    ['without a visibility', from('agent', { type: 'text', content: 'Hi' }), ['text', 'Hi', false]],
    ['that everybody may see', from('agent', { type: 'text', content: 'Hi', visibility: 'all' }), ['text', 'Hi', false]],
    ['of an agent for the end user', from('agent', { type: 'text', content: 'Hi', visibility: 'end_user' }), ['text', 'Hi', false]],
    ['of a task virtual agent', from('task_virtual_agent', { type: 'server_message', visibility: 'task_virtual_agent' }, server), ['text', 'Code?', true]],
    ['of a task virtual agent, sent like any other', from('task_virtual_agent', { type: 'text', content: 'Code?' }), ['text', 'Code?', true]],
    ['that was sent apart, whoever sent it', from('virtual_agent', { type: 'server_message' }, server), ['text', 'Code?', true]],
    ['of the end user from elsewhere', from('end_user', { type: 'text', content: 'Hi' }), ['text', 'Hi', false]],
    ['of the end user from elsewhere, for the end user', from('end_user', { type: 'text', content: 'Hi', visibility: 'end_user' }), ['text', 'Hi', false]],
    ['of the end user from elsewhere, that everybody may see', from('end_user', { type: 'text', content: 'Hi', visibility: 'all' }), ['text', 'Hi', false]],
    ['of the end user from elsewhere to a task', from('end_user', { type: 'server_message', visibility: 'task_virtual_agent' }, server), ['text', 'Code?', true]],
    ['in markdown', from('virtual_agent', { type: 'markdown_template', content: '**Hi**' }), ['markdown', '**Hi**', false]],
    ['that is a file has its place', from('agent', { type: 'photo', content: { media_id: 992 } }), ['unsupported', '', false]],
  ];
  for (const [name, event, expected] of cases) {
    test(name, () => {
      const { message, understood } = translated(event);
      assert.deepEqual(message, expected);
      assert.equal(understood, true);
    });
  }
});

describe('what the end user wrote elsewhere around a task', () => {
  for (const visibility of [undefined, 'all', 'end_user']) {
    for (const [second, isPrivate] of [[4, false], [5, true], [7, true], [10, true], [11, false]] as const) {
      test(`at second ${second} of a task from 5 to 10, with visibility ${visibility}, is ${isPrivate ? 'private' : 'ordinary'}, however late it is told`, () => {
        const chat = createTranslation();
        chat.read(objects.jane);
        chat.tell(at(5, comes('task_virtual_agent', 71)), at(10, goes('task_virtual_agent', 71)));
        chat.tell(at(second, from('end_user', { type: 'text', content: '123456', ...(visibility && { visibility }) })));
        assert.deepEqual(messagesOf(chat).map((message) => [message.text, message.private]), [['123456', isPrivate]]);
      });
    }
  }
});

describe('what nobody here knows', () => {
  const cases: [string, ReturnType<typeof received>][] = [
    ['a type', from('agent', { type: 'hologram', content: 'SECRET' })],
    ['a visibility', from('agent', { type: 'text', content: 'SECRET', visibility: 'internal' })],
    ['a visibility that is no word', from('agent', { type: 'text', content: 'SECRET', visibility: { for: 'agents' } })],
    ['a visibility of a message sent apart', from('task_virtual_agent', { type: 'server_message', visibility: 'agents' }, { server_message: { content: { type: 'text', content: 'SECRET' } } })],
    ['a sender', from('supervisor', { type: 'text', content: 'SECRET' })],
    ['a sender named like something every object has', from('__proto__', { type: 'text', content: 'SECRET' })],
    ['the content of what was sent apart', from('task_virtual_agent', { type: 'server_message', content: 'SECRET' }, { server_message: { hidden: 'SECRET' } })],
  ];
  for (const [name, event] of cases) {
    test(`${name}: the message keeps its place, private and without content, and is counted`, () => {
      const { message, understood, refresh, chat } = translated(event);
      assert.deepEqual(message, ['unsupported', '', true]);
      assert.deepEqual([understood, refresh], [false, true]);
      assert.ok(!JSON.stringify(chat.entries).includes('SECRET'));
      // Nobody is taken for being there because of it.
      assert.deepEqual(chat.entries.map(({ type }) => type), ['message-added']);
    });
  }

  test('an event: it is counted, and the chat object is read again', () => {
    const chat = createTranslation();
    const [weather] = chat.tell({ event_type: 'weather_changed', body: { outlook: 'SECRET' } });
    assert.deepEqual(weather, { entries: [], refresh: true, understood: false });
    const [broken] = chat.tell(received({ message: 'SECRET' }));
    assert.deepEqual(broken, { entries: [], refresh: true, understood: false });
  });
});

describe('never shown', () => {
  for (const message of [
    { type: 'noti', event: 'escalationStarted', content: '' },
    { type: 'noti', content: { event: 'memberLeft' } },
    { type: 'form_complete', signature: 's', data: {} },
    { type: 'action', action: 'escalation' },
    { session_variable: { capture_target: 'payload' } },
  ]) {
    test(JSON.stringify(message), () => {
      for (const sender of ['system', 'virtual_agent', 'end_user', 'agent']) {
        const { message: shown, understood, refresh } = translated(from(sender, message));
        assert.deepEqual([shown, understood, refresh], [undefined, true, true]);
      }
    });
  }
});

describe('a richer message', () => {
  test('has its parts, and keeps them private where it is', () => {
    const chat = createTranslation();
    const buttons = { type: 'inline_button', title: 'Which?', buttons: [{ title: 'Red', action: 'quick_reply' }] };
    chat.tell(from('virtual_agent', buttons), from('task_virtual_agent', { type: 'server_message' }, { server_message: { content: buttons } }));
    const parts = [{ type: 'buttons', title: 'Which?', sticky: false, buttons: [{ title: 'Red', action: 'quick_reply', url: null }] }];
    assert.deepEqual(messagesOf(chat).map((message) => [message.text, message.parts, message.private]), [
      ['Which?\n• Red', parts, false],
      ['Which?\n• Red', parts, true],
    ]);
  });
});

describe('the echo of a private message', () => {
  function withPrivate(): Translated {
    const chat = createTranslation();
    chat.read(objects.jane);
    chat.tell(at(1, comes('task_virtual_agent', 71)));
    const message: Message = {
      id: 'own', type: 'text', text: '123456', parts: null, sender: { kind: 'end_user', id: null }, at: '2026-01-02T10:00:02Z',
      private: true, to: task, replyTo: null, delivery: 'uncertain',
    };
    chat.add([{ type: 'message-added', at: message.at, message }]);
    return chat;
  }
  const server = (text: string) => from('end_user', { type: 'server_message', visibility: 'task_virtual_agent' }, { server_message: { content: { type: 'text', content: text } } });
  const cases: Record<string, ReturnType<typeof received>> = {
    'sent apart': server('123456'),
    'sent apart and changed on the way': server('••••••'),
    'sent apart without its words': from('end_user', { type: 'server_message', message_id: 2, visibility: 'task_virtual_agent' }),
    'as any other text': from('end_user', { type: 'text', content: ' 123456 ' }),
    'as any other text, changed on the way': from('end_user', { type: 'text', content: '12 34 56' }),
  };
  for (const [name, echo] of Object.entries(cases)) {
    test(`${name} is no second message, and says that it arrived`, () => {
      const chat = withPrivate();
      chat.tell(at(3, echo));
      assert.equal(messagesOf(chat).length, 1);
      assert.equal(chat.view.own[0]?.delivery, 'sent');
    });
  }

  test('that comes after its time was over does not bring it back', () => {
    const chat = withPrivate();
    chat.add([{ type: 'message-updated', at: '2026-01-02T10:00:03Z', id: 'own', delivery: 'sent', code: null }]);
    chat.add([{ type: 'message-removed', at: '2026-01-02T10:15:02Z', id: 'own' }]);
    chat.tell(at(905, server('123456')));
    assert.equal(messagesOf(chat).length, 1);
    assert.equal(chat.view.own[0]?.text, '');
  });

  test('never comes: nothing is missing', () => {
    assert.equal(messagesOf(withPrivate()).length, 1);
  });
});

describe('a private message may go to a task virtual agent', () => {
  const certain = (prepare: (chat: Translated) => Record<string, unknown>, ref: Parameters<typeof isCertainlyThere>[2] = task) => {
    const chat = createTranslation();
    chat.read(objects.jane);
    const platform = chat.read(prepare(chat));
    return isCertainlyThere(chat.view, platform, ref);
  };
  const working = (chat: Translated) => {
    chat.tell(at(1, comes('task_virtual_agent', 71)));
    return objects.task;
  };

  test('that log and chat object both have there', () => {
    assert.equal(certain(working), true);
    assert.equal(certain((chat) => (chat.tell(at(1, whispers(71))), objects.task)), true);
  });

  const doubts: Record<string, () => boolean> = {
    'that has gone by the log': () => certain((chat) => (working(chat), chat.tell(at(2, goes('task_virtual_agent', 71))), objects.task)),
    'that has gone by the chat object': () => certain((chat) => (working(chat), objects.jane)),
    'that nobody was told of': () => certain(() => objects.task),
    'other than the one who is there': () => certain(working, { ...task, id: 72 }),
    'without a number': () => certain((chat) => (chat.tell(at(1, comes('task_virtual_agent', null as never))), objects.task), { ...task, id: null }),
    'that is an ordinary one': () => certain(working, { kind: 'virtual_agent', id: 71 }),
    'that the chat object shows as going': () => certain((chat) => (working(chat), { ...objects.task, virtual_agent: { ...objects.task['virtual_agent' as never] as object, status: 'disconnected' } })),
    'in a chat that is asleep': () => certain((chat) => (working(chat), { ...objects.task, status: 'dismissed' })),
    'in a status nobody knows': () => certain((chat) => (working(chat), { ...objects.task, status: 'switching' })),
    'in a chat that has no person': () => certain((chat) => (working(chat), { ...objects.task, status: 'va_assigned' })),
  };
  for (const [name, isCertain] of Object.entries(doubts)) {
    test(`but not to one ${name}`, () => {
      assert.equal(isCertain(), false);
    });
  }
});
