import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, comes, createTranslation, goes, objects, type Translated } from './translation.js';
import { platformChat } from './world.js';

const offer = (channels: unknown[], status = 'deflecting') => ({
  event_type: 'escalation_deflected',
  body: { escalation: { id: 55, status, reason: 'by_end_user_ask' }, deflection: { reason: 'over_capacity', channels } },
});
const told = (status: string, id = 55) => ({ event_type: 'escalation_told', body: { escalation: { id, status } } });

function withAva(options: Parameters<typeof createTranslation>[0] = {}): Translated {
  const chat = createTranslation(options);
  chat.read(objects.queued);
  chat.tell(at(0, comes('virtual_agent', 15)));
  chat.read(objects.ava);
  return chat;
}

/** The end user has asked for a person, six seconds after the chat began. */
function asking(): Translated {
  const chat = withAva();
  chat.add([{ type: 'escalation-updated', at: '2026-01-02T10:00:06.400Z', escalation: { id: 55, status: 'escalating' } }]);
  chat.tell(at(6, goes('virtual_agent', 15)));
  chat.read(objects.queued);
  return chat;
}

const statusOf = ({ view }: Translated) => view.escalation?.status ?? null;

describe('a request for a person', () => {
  const cases: [string, (chat: Translated) => void, string | null][] = [
    ['is open while everybody is busy', () => undefined, 'escalating'],
    ['is settled by a person who comes', (chat) => void chat.tell(at(9, comes('agent', 7))), 'escalated'],
    ['is settled by a person whom only the chat object shows', (chat) => void chat.read(objects.jane), 'escalated'],
    ['is canceled by another virtual agent', (chat) => void chat.tell(at(9, comes('virtual_agent', 16))), 'canceled'],
    ['is canceled by the same virtual agent that is back', (chat) => void chat.tell(at(9, comes('virtual_agent', 15))), 'canceled'],
    ['is not touched by a virtual agent that had come before', (chat) => void chat.tell(at(5, comes('virtual_agent', 16))), 'escalating'],
    ['is not touched by a virtual agent that is told of once more', (chat) => void chat.tell(at(0, comes('virtual_agent', 15))), 'escalating'],
    ['follows what events say of it', (chat) => void chat.tell(told('canceled')), 'canceled'],
    ['stays settled, whatever comes late', (chat) => void chat.tell(told('escalated'), told('escalating'), told('deflecting')), 'escalated'],
    ['takes a state that nobody knows', (chat) => void chat.tell(told('levitating')), 'levitating'],
    ['is the newest one', (chat) => void chat.tell(told('escalating', 56), told('canceled', 55)), 'escalating'],
    ['does not begin anew by an old event after a person has come', (chat) => {
      chat.read(objects.jane);
      chat.tell(told('escalating', 56));
    }, 'escalated'],
  ];
  for (const [name, happens, expected] of cases) {
    test(name, () => {
      const chat = asking();
      happens(chat);
      assert.equal(statusOf(chat), expected);
    });
  }

  test('that a virtual agent makes is told where the platform tells it', () => {
    const chat = withAva();
    chat.tell({ event_type: 'escalation_started', body: { escalation: { id: 56, status: 'escalating', reason: 'by_virtual_agent' } } });
    assert.deepEqual(chat.view.escalation, { id: 56, status: 'escalating' });
  });

  test('told twice is one entry', () => {
    const chat = asking();
    const before = chat.entries.length;
    chat.tell(told('escalating'), told('deflecting'), told('deflecting'));
    assert.equal(chat.entries.length, before + 1);
  });
});

describe('other ways than a person', () => {
  const channels = [{ channel: 'email' }, { channel: 'external_link', label: 'Our page', url: 'https://x/' }, { channel: 'pigeon' }];

  for (const emailOffered of [true, false]) {
    test(`are offered as the platform names them, ${emailOffered ? 'with' : 'without'} e-mail where ${emailOffered ? 'somebody' : 'nobody'} sends it`, () => {
      const chat = withAva({ emailOffered });
      chat.tell(offer(channels));
      assert.equal(statusOf(chat), 'deflecting');
      assert.deepEqual(chat.view.deflection, {
        escalationId: 55,
        reason: 'over_capacity',
        channels: [
          ...(emailOffered ? [{ channel: 'email', label: null, url: null }] : []),
          { channel: 'external_link', label: 'Our page', url: 'https://x/' },
          { channel: 'pigeon', label: null, url: null },
        ],
      });
    });
  }

  test('belong to the request that is open, where the event names none', () => {
    const chat = asking();
    const [translation] = chat.tell({ event_type: 'something_else', body: { reason: 'after_hours', channels: ['human_agent'] } });
    assert.equal(translation?.understood, true);
    assert.deepEqual(chat.view.deflection, { escalationId: 55, reason: 'after_hours', channels: [{ channel: 'human_agent', label: null, url: null }] });
    assert.equal(statusOf(chat), 'deflecting');
  });

  test('are no offer where nobody asked for a person', () => {
    const chat = withAva();
    const [translation] = chat.tell({ event_type: 'something_else', body: { channels: ['human_agent'] } });
    assert.deepEqual([translation?.understood, chat.view.deflection], [false, null]);
  });

  const endings: [string, (chat: Translated) => void][] = [
    ['one is chosen', (chat) => {
      chat.add([{ type: 'escalation-updated', at: '2026-01-02T10:00:30.000Z', escalation: { id: 55, status: 'escalating' } }]);
    }],
    ['a person comes', (chat) => void chat.read(objects.jane)],
    ['a person is told to have come', (chat) => void chat.tell(at(30, comes('agent', 7)))],
    ['the chat is over', (chat) => void chat.tell({ event_type: 'chat_ended' })],
    ['the request is settled', (chat) => void chat.tell(told('canceled'))],
  ];
  for (const [name, happens] of endings) {
    test(`are gone when ${name}`, () => {
      const chat = withAva();
      chat.tell(offer(channels));
      happens(chat);
      assert.equal(chat.view.deflection, null);
    });
  }

  test('are not taken back by an older event', () => {
    const chat = asking();
    chat.tell(offer(channels), told('escalating'));
    assert.equal(statusOf(chat), 'deflecting');
    assert.notEqual(chat.view.deflection, null);
  });
});

describe('the end', () => {
  const timeoutOf = ({ view }: Translated) => view.chat?.timeoutAt;
  const reasonOf = (chat: Translated) => chat.view.end?.reason;

  test('is told with its reason where the event says it', () => {
    const chat = withAva();
    chat.tell({ event_type: 'chat_ended', body: { reason: 'disconnected_by_agent' } });
    assert.equal(reasonOf(chat), 'by_agent');
  });

  test('is told with the reason of whoever ends it through this relay', () => {
    const chat = withAva({ endReason: 'by_end_user' });
    chat.tell({ event_type: 'chat_ended' });
    assert.equal(reasonOf(chat), 'by_end_user');
  });

  test('is known at once, and told when the chat object says why', () => {
    const chat = withAva();
    chat.tell({ event_type: 'chat_ended' });
    assert.deepEqual([chat.view.chat?.status, chat.view.end, chat.present()], ['finished', null, []]);
    chat.read({ ...platformChat('failed'), status_text: '<b>after_hours</b>' });
    assert.deepEqual([chat.view.chat?.status, reasonOf(chat)], ['failed', 'after_hours']);
    chat.tell({ event_type: 'chat_ended' });
    assert.equal(chat.view.chat?.status, 'failed');
    assert.deepEqual(chat.notices(), ['notice ended']);
  });

  test('is told without a reason where nobody knows one', () => {
    const chat = withAva();
    chat.read(objects.finished);
    assert.deepEqual(chat.view.end, { reason: null });
  });

  test('is final', () => {
    const chat = withAva();
    chat.read(objects.finished);
    const before = chat.entries.length;
    chat.read(objects.ava);
    chat.tell({ event_type: 'chat_dismissed' }, { event_type: 'chat_ended' }, told('escalating'), offer(['email']));
    assert.equal(chat.entries.length, before);
  });

  test('tells when it would have come by silence, as long as it has not', () => {
    const chat = withAva();
    chat.read({ ...objects.ava, timeout_at: '2026-01-02T11:00:00Z' });
    assert.equal(timeoutOf(chat), '2026-01-02T11:00:00.000Z');
    chat.read({ ...objects.ava, timeout_at: 'soon' });
    assert.equal(timeoutOf(chat), null);
  });
});
