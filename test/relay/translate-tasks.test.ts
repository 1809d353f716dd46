import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, checkCase, comes, goes, objects, says, whispers, withJane, type Case } from './translation.js';

const va = 'virtual_agent';
const task = 'task_virtual_agent';
const toTask = 'transfer agent -> task_virtual_agent 71';
const handBack = 'transfer task_virtual_agent -> agent 7';

const cases: Record<string, Case> = {
  'a person starts a task, and has the chat back after it': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, comes(task, 71)));
      chat.read(objects.task);
      assert.deepEqual(chat.present(), ['agent 7', 'task_virtual_agent 71']);
      chat.tell(at(25, goes(task, 71)));
      chat.read(objects.jane);
    },
    told: [toTask, handBack],
    present: ['agent 7'],
  },
  'a task is known by its first words alone': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, whispers(71)));
      assert.deepEqual(chat.present(), ['agent 7', 'task_virtual_agent 71']);
      chat.read(objects.task);
      chat.read(objects.jane);
    },
    told: [toTask, handBack],
    present: ['agent 7'],
  },
  'a second task of the same assistant is known by its words again, and late words of the first are not one': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, whispers(71)));
      chat.read(objects.task, { seconds: 20 });
      chat.read(objects.jane, { seconds: 25 });
      chat.tell(at(24, whispers(71, 'Thank you')));
      assert.deepEqual(chat.present(), ['agent 7']);
      chat.tell(at(30, whispers(71, 'Your birthday?')));
      assert.deepEqual(chat.present(), ['agent 7', 'task_virtual_agent 71']);
      chat.read(objects.jane, { seconds: 40 });
    },
    told: [toTask, handBack, toTask, handBack],
    present: ['agent 7'],
  },
  'a task whose assistant the chat object has not shown yet goes on': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, comes(task, 71)));
      chat.read(objects.task);
      chat.tell(at(25, goes(task, 71)));
      chat.read(objects.jane);
      chat.tell(at(30, comes(task, 71)));
      // Read before the platform had noted the second task.
      chat.read(objects.jane);
    },
    told: [toTask, handBack, toTask],
    present: ['agent 7', 'task_virtual_agent 71'],
  },
  'a task that the chat object never shows lasts until its assistant goes': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, comes(task, 71)));
      chat.read(objects.jane);
      assert.deepEqual(chat.present(), ['agent 7', 'task_virtual_agent 71']);
      chat.tell(at(25, goes(task, 71)));
      chat.read(objects.jane);
    },
    told: [toTask, handBack],
    present: ['agent 7'],
  },
  'the person speaks during a task, which goes on': {
    from: withJane,
    happens: (chat) => void chat.tell(at(20, comes(task, 71)), at(21, says('agent', 7)), at(22, comes('agent', 7))),
    told: [toTask],
    present: ['agent 7', 'task_virtual_agent 71'],
  },
  'the person speaks after a task, before the chat object was read': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, comes(task, 71)), at(25, goes(task, 71)), at(26, says('agent', 7)));
      chat.read(objects.jane);
    },
    told: [toTask, handBack],
    present: ['agent 7'],
  },
  'a task hands over to a virtual agent: nobody has the chat back in between': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, comes(task, 71)));
      chat.read(objects.task);
      chat.tell(at(25, goes(task, 71)), at(25, goes('agent', 7)));
      chat.read(objects.queued);
      chat.tell(at(26, comes(va, 16)));
      chat.read(objects.max);
    },
    told: [toTask, 'transfer task_virtual_agent -> virtual_agent 16'],
    present: ['virtual_agent 16'],
  },
  'a task hands over to another person': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, comes(task, 71)));
      chat.read(objects.task);
      chat.tell(at(25, goes('agent', 7)), at(25, goes(task, 71)));
      // Ahead of the event.
      chat.read(objects.tom);
      chat.tell(at(26, comes('agent', 8)));
    },
    told: [toTask, 'transfer task_virtual_agent -> agent 8'],
    present: ['agent 8'],
  },
  'a task hands over to a virtual agent, and that one to a person whom the chat object shows before': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, comes(task, 71)));
      chat.read(objects.task);
      chat.read(objects.tom);
      chat.tell(at(25, goes(task, 71)), at(25, goes('agent', 7)), at(26, comes(va, 16)), at(26, goes(va, 16)), at(27, comes('agent', 8)));
      chat.read(objects.tom);
    },
    told: [toTask, 'transfer task_virtual_agent -> virtual_agent 16', 'transfer virtual_agent -> agent 8'],
    present: ['agent 8'],
  },
  'a chat that falls asleep has nobody in it, and is theirs again when it is resumed': {
    from: withJane,
    happens(chat) {
      chat.tell(at(20, comes(task, 71)));
      chat.read(objects.task);
      chat.tell(at(60, { event_type: 'chat_dismissed' }));
      assert.deepEqual(chat.present(), []);
      chat.read(objects.dismissed);
      assert.deepEqual(chat.present(), []);
      chat.read(objects.jane, { isSettled: true });
    },
    told: [toTask, handBack],
    present: ['agent 7'],
  },
};

describe('a task that only a virtual agent hears', () => {
  for (const [name, row] of Object.entries(cases)) {
    test(name, () => {
      checkCase(row);
    });
  }
});
