import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, comes, createTranslation, goes, objects, tom, verification, whispers, withAva, withJane, type Translated } from './translation.js';
import { people, platformChat } from './world.js';

const va = 'virtual_agent';
const task = 'task_virtual_agent';
const participantsOf = ({ view }: Translated) => view.chat?.participants ?? [];

describe('names and pictures', () => {
  test('come from the chat object, for a task as well', () => {
    const chat = withJane();
    chat.tell(at(20, comes(task, 71)));
    chat.read(objects.task);
    const names = participantsOf(chat).map(({ kind, name }) => `${kind} ${name}`);
    assert.deepEqual(names, ['virtual_agent Ava', 'agent Jane Doe', 'task_virtual_agent Verification']);
  });

  test('are found where events call somebody by the number of the participant', () => {
    const chat = createTranslation();
    chat.read(objects.queued);
    chat.tell(at(0, comes(va, 101)));
    chat.read(objects.ava);
    assert.ok(!chat.isInDoubt());
    chat.tell(at(5, goes(va, 101)), at(6, comes('agent', 103)));
    chat.read({ ...objects.jane, all_virtual_agents: [people.ava] });
    assert.ok(!chat.isInDoubt());
    assert.deepEqual(chat.present(), ['agent 103']);
    assert.deepEqual(participantsOf(chat).map(({ id, name }) => [id, name]), [[101, 'Ava'], [103, 'Jane Doe']]);
    assert.deepEqual(chat.notices(), ['transfer virtual_agent -> agent 103']);
  });

  test('of one person are not given to another whom the chat object shows first', () => {
    const chat = withJane();
    chat.read(objects.tom);
    assert.deepEqual(chat.view.chat?.participants.find(({ id }) => id === 7)?.name, 'Jane Doe');
  });

  test('of an event count until the chat object knows better', () => {
    const chat = withAva();
    const sender = { type: 'agent', id: 8, name: 'T. Fox', status: 'connected' };
    chat.tell(at(5, { event_type: 'message_received', body: { sender, message: { type: 'text', content: 'Hi' } } }));
    assert.equal(participantsOf(chat).at(-1)?.name, 'T. Fox');
    chat.read(objects.tom);
    assert.equal(participantsOf(chat).at(-1)?.name, tom.name);
  });

  test('of a virtual agent beside a person are no second participant: its first words tell that it is a task', () => {
    const chat = withJane();
    chat.read(objects.task);
    assert.deepEqual(participantsOf(chat).map(({ id }) => id), [15, 7]);
    chat.tell(at(20, whispers(71)));
    chat.read(objects.task);
    assert.deepEqual(participantsOf(chat).map(({ kind, name }) => [kind, name]).at(-1), [task, verification.name]);
  });
});

describe('a status that is newer than this relay', () => {
  test('takes nobody away who is assigned, and ends no task', () => {
    const chat = withJane();
    chat.tell(at(20, comes(task, 71)));
    chat.read(objects.task);
    chat.read({ ...objects.task, status: 'switching' });
    assert.equal(chat.view.chat?.status, 'switching');
    assert.deepEqual(chat.present(), ['agent 7', 'task_virtual_agent 71']);
  });

  test('without anybody assigned has nobody', () => {
    const chat = withJane();
    chat.read(platformChat('levitating'));
    assert.deepEqual(chat.present(), []);
  });
});
