import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, checkCase, comes, createTranslation, goes, objects, says, withAva, withJane, type Case } from './translation.js';

const va = 'virtual_agent';
const task = 'task_virtual_agent';
const toMax = 'transfer virtual_agent -> virtual_agent 16';
const toJane = 'transfer virtual_agent -> agent 7';

const cases: Record<string, Case> = {
  'a virtual agent that opens the chat greets by itself': { from: createTranslation, happens: (chat) => void chat.tell(comes(va, 15)), told: [], present: [] },
  'one virtual agent hands over to another': {
    from: withAva,
    happens(chat) {
      chat.tell(at(5, goes(va, 15)));
      chat.read(objects.queued);
      chat.tell(at(6, comes(va, 16)));
      chat.read(objects.max);
    },
    told: [toMax],
    present: ['virtual_agent 16'],
  },
  'two transfers in a row are two notices': {
    from: withAva,
    happens(chat) {
      chat.tell(at(5, goes(va, 15)), at(6, comes(va, 16)), at(9, goes(va, 16)), at(10, comes(va, 15)));
      chat.read(objects.ava);
    },
    told: [toMax, 'transfer virtual_agent -> virtual_agent 15'],
    present: ['virtual_agent 15'],
  },
  'a transfer that fails is none': {
    from: withAva,
    happens(chat) {
      chat.tell(at(5, goes(va, 15)));
      chat.read(objects.queued);
      chat.tell(at(7, comes(va, 15)));
      chat.read(objects.ava);
    },
    told: [],
    present: ['virtual_agent 15'],
  },
  'a transfer that fails, known by the chat object alone, is none either': {
    from: withAva,
    happens(chat) {
      chat.read(objects.queued);
      chat.read(objects.ava, { isSettled: true });
    },
    told: [],
    present: ['virtual_agent 15'],
  },
  'from virtual agent to virtual agent to a person inside one second is two': {
    from: withAva,
    happens(chat) {
      // The chat object is ahead of the events.
      chat.read(objects.jane);
      chat.tell(at(5, goes(va, 15)), at(5, comes(va, 16)), at(5, goes(va, 16)), at(5, comes('agent', 7)));
      chat.read(objects.jane);
    },
    told: [toMax, toJane],
    present: ['agent 7'],
  },
  'whoever goes may be told after whoever comes': {
    from: withAva,
    happens(chat) {
      chat.tell(at(6, comes(va, 16)), at(5, goes(va, 15)));
      chat.read(objects.max);
    },
    told: [toMax],
    present: ['virtual_agent 16'],
  },
  'whoever goes may never be told': {
    from: withAva,
    happens(chat) {
      chat.tell(at(6, comes('agent', 7)));
      chat.read(objects.jane);
    },
    told: [toJane],
    present: ['agent 7'],
  },
  'whoever comes may be told twice, with another time': {
    from: withAva,
    happens(chat) {
      chat.tell(at(6, comes('agent', 7)), at(7, comes('agent', 7)), at(6, comes('agent', 7)));
      chat.read(objects.jane);
    },
    told: [toJane],
    present: ['agent 7'],
  },
  'that they came may be told once more when the next one is there, all inside one second': {
    from: withAva,
    happens(chat) {
      chat.tell(at(5, comes(va, 16)), at(5, comes('agent', 7)), at(5, comes(va, 16)));
      chat.read(objects.jane);
    },
    told: [toMax, toJane],
    present: ['agent 7'],
  },
  'that somebody came and went may be told the wrong way round': {
    from: withAva,
    happens(chat) {
      chat.tell(at(6, goes(va, 16)), at(5, comes(va, 16)), at(6, goes(va, 17)), at(6, comes(va, 17)));
      chat.read(objects.ava);
    },
    told: [],
    present: ['virtual_agent 15'],
  },
  'that somebody went may be told when they are back already': {
    from: withAva,
    happens: (chat) => void chat.tell(at(6, comes(va, 16)), at(8, goes(va, 16)), at(9, comes(va, 15)), at(5, goes(va, 15))),
    told: [toMax, 'transfer virtual_agent -> virtual_agent 15'],
    present: ['virtual_agent 15'],
  },
  'that they came may be told after they have gone': {
    from: withAva,
    happens(chat) {
      chat.tell(at(6, comes('agent', 7)), at(6, goes(va, 16)), at(5, comes(va, 16)));
      chat.read(objects.jane);
    },
    told: [toJane],
    present: ['agent 7'],
  },
  'that they came may be told after the next one has': {
    from: withAva,
    happens(chat) {
      chat.tell(at(8, comes('agent', 7)), at(6, comes(va, 16)));
      chat.read(objects.jane);
    },
    told: [toJane],
    present: ['agent 7'],
  },
  'that they came may be told after they have spoken and gone': {
    from: withAva,
    happens(chat) {
      chat.tell(at(6, says(va, 16)), at(7, goes(va, 16)), at(7, comes('agent', 7)), at(5, comes(va, 16)));
      chat.read(objects.jane);
    },
    told: [toMax, toJane],
    present: ['agent 7'],
  },
  'that they came may never be told: their words do': {
    from: withAva,
    happens(chat) {
      chat.tell(at(6, says('agent', 7)), at(7, says('agent', 7)));
      chat.read(objects.jane);
      chat.tell(at(5, comes('agent', 7)));
    },
    told: [toJane],
    present: ['agent 7'],
  },
  'that they came may never be told, and they say nothing: the chat object does, when it has stood for a while': {
    from: withAva,
    happens(chat) {
      chat.read(objects.jane, { seconds: 6 });
      assert.deepEqual(chat.notices(), []);
      assert.ok(chat.isInDoubt());
      chat.read(objects.jane, { seconds: 9, isSettled: true });
      assert.ok(!chat.isInDoubt());
      chat.tell(at(5, comes('agent', 7)));
    },
    told: [toJane],
    present: ['agent 7'],
  },
  'who only waits at the door has not come': {
    from: withAva,
    happens: (chat) => void chat.tell(at(6, { event_type: 'participant_joined', body: { participant: { type: 'agent', id: 7, status: 'waiting' } } })),
    told: [],
    present: ['virtual_agent 15'],
  },
  'late words of somebody who has handed over bring nobody back': {
    from: withAva,
    happens(chat) {
      chat.tell(at(6, goes(va, 15)), at(6, comes('agent', 7)), at(5, says(va, 15, 'Bye')), at(6, says(va, 15, 'Bye')));
      chat.read(objects.jane);
    },
    told: [toJane],
    present: ['agent 7'],
  },
  'one person hands over to another': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, goes('agent', 7)), at(21, comes('agent', 8)));
      chat.read(objects.tom);
    },
    told: ['transfer agent -> agent 8'],
    present: ['agent 8'],
  },
  'nobody comes after the end': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, { event_type: 'chat_ended', body: { reason: 'by_agent' } }));
      chat.tell(at(21, comes('agent', 8)), at(21, comes(task, 71)), at(22, goes('agent', 7)), at(23, says('agent', 9)));
      chat.read(objects.finished, { isSettled: true });
    },
    told: ['notice ended'],
    present: [],
  },
};

describe('who is there, and who took over', () => {
  for (const [name, row] of Object.entries(cases)) {
    test(name, () => {
      checkCase(row);
    });
  }
});
