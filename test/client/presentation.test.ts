import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { LULL_MILLISECONDS, activeParticipant, present, type Presentation } from '../../src/client/index.js';
import { reduce, type Model } from '../../src/client/reduce.js';
import type { Chat, Participant } from '../../src/protocol/index.js';
import { after, at, ava, chatWith, jane, max, modelOf, task } from './conversation.js';

const begin = Date.parse(at);

const status = (name: string, ...there: Participant[]) => ({ type: 'chat-updated', chat: chatWith(name, ...there) });
const joined = (participant: Participant) => ({ type: 'participant-joined', participant });
const left = (participant: Participant) => ({ type: 'participant-left', participant: gone(participant) });
const escalation = (name: string) => ({ type: 'escalation-updated', escalation: { id: 55, status: name } });
const transfer = (from: Participant | null, to: Participant) => ({
  type: 'notice-added',
  notice: { id: `${from?.id}-${to.id}`, kind: 'transfer', at, transfer: { from: from && refOf(from), to: refOf(to) }, reason: null },
});
const refOf = ({ kind, id }: Participant) => ({ kind, id });
const gone = (participant: Participant): Participant => ({ ...participant, active: false });

/** Plays events, all within one second. */
const play = (events: readonly object[], model: Model = modelOf()) => events.reduce<Model>((played, event) => after(played, event, begin), model);
const show = (model: Model, { hide = true, later = 0 } = {}) => present(model, { hide, now: begin + later });
/** What a person sees: what is going on, with whom, and which hand-overs were told. */
const seen = ({ chat, phase, items }: Presentation) => {
  const notices = items.flatMap((item) => (item.kind === 'notice' ? [nameOf(chat, item.notice.transfer?.to.id)] : []));
  return [phase, activeParticipant(chat)?.name ?? '-', ...notices].join(' ');
};
const nameOf = (chat: Chat | null, id: number | null | undefined) => chat?.participants.find((participant) => participant.id === id)?.name ?? '?';

const withAva = [status('queued'), joined(ava), status('va_assigned', ava)];
const avaToMax = [status('queued', ava), joined(max), left(ava), status('va_assigned', gone(ava), max), transfer(ava, max)];
const max2jane = [status('queued', gone(ava), max), left(max), joined(jane), status('assigned', gone(ava), gone(max), jane), transfer(max, jane)];

const cases: { what: string; events: object[]; hidden: string; shown: string }[] = [
  { what: 'before anybody answers', events: [status('queued')], hidden: 'waiting -', shown: 'waiting -' },
  { what: 'with the first virtual agent', events: withAva, hidden: 'virtual_agent Ava', shown: 'virtual_agent Ava' },
  { what: 'between two virtual agents, the first still there', events: [...withAva, status('queued', ava)], hidden: 'virtual_agent Ava', shown: 'waiting Ava' },
  { what: 'between two virtual agents, the first gone', events: [...withAva, status('queued', ava), left(ava)], hidden: 'virtual_agent Ava', shown: 'waiting -' },
  { what: 'when the first is gone before the queue is told', events: [...withAva, left(ava)], hidden: 'virtual_agent Ava', shown: 'virtual_agent -' },
  { what: 'when the first is gone and then the queue is told', events: [...withAva, left(ava), status('queued', gone(ava))], hidden: 'virtual_agent Ava', shown: 'waiting -' },
  { what: 'when the second is known before its status', events: [...withAva, status('queued', ava), left(ava), joined(max)], hidden: 'virtual_agent Ava', shown: 'waiting Max' },
  { what: 'when the second is told of before it is known', events: [...withAva, status('queued', gone(ava)), status('va_assigned', gone(ava))], hidden: 'virtual_agent Ava', shown: 'virtual_agent -' },
  { what: 'after a transfer', events: [...withAva, ...avaToMax], hidden: 'virtual_agent Max', shown: 'virtual_agent Max Max' },
  { what: 'after two transfers in a row', events: [...withAva, ...avaToMax, status('queued', max), joined(ava), left(max), status('va_assigned', ava, gone(max)), transfer(max, ava)], hidden: 'virtual_agent Ava', shown: 'virtual_agent Ava Max Ava' },
  { what: 'after a transfer that failed', events: [...withAva, status('queued', gone(ava)), status('va_assigned', ava)], hidden: 'virtual_agent Ava', shown: 'virtual_agent Ava' },
  { what: 'when the first never is said to have left', events: [...withAva, status('queued', ava), joined(max), status('va_assigned', ava, max)], hidden: 'virtual_agent Ava', shown: 'virtual_agent Ava' },
  { what: 'where the platform never tells who is there', events: [status('queued'), status('va_assigned'), status('queued')], hidden: 'virtual_agent -', shown: 'waiting -' },
  { what: 'when a person joins the queue', events: [...withAva, status('queued', ava), left(ava), joined(jane)], hidden: 'waiting Jane Doe', shown: 'waiting Jane Doe' },
  { what: 'after a virtual agent, another one and a person within a second', events: [...withAva, ...avaToMax, ...max2jane], hidden: 'agent Jane Doe Jane Doe', shown: 'agent Jane Doe Max Jane Doe' },
  { what: 'with a person who starts a task', events: [...withAva, ...max2jane, joined(task), transfer(jane, task)], hidden: 'agent Verification Jane Doe Verification', shown: 'agent Verification Jane Doe Verification' },
  { what: 'while a person was asked for', events: [...withAva, escalation('escalating'), status('queued', ava)], hidden: 'waiting Ava', shown: 'waiting Ava' },
  { what: 'while a person was asked for after the queue began', events: [...withAva, status('queued', ava), escalation('escalating')], hidden: 'waiting Ava', shown: 'waiting Ava' },
  { what: 'between two virtual agents, after an escalation that came to nothing', events: [...withAva, escalation('escalating'), escalation('canceled'), status('queued', ava)], hidden: 'virtual_agent Ava', shown: 'waiting Ava' },
  { what: 'when the chat ends in the queue', events: [...withAva, status('queued', ava), status('failed', gone(ava))], hidden: 'ended -', shown: 'ended -' },
];

describe('what is seen of a chat', () => {
  for (const { what, events, hidden, shown } of cases) {
    test(`${what}, when transfers are hidden: ${hidden}; when they are not: ${shown}`, () => {
      const model = play(events);
      assert.equal(seen(show(model)), hidden);
      assert.equal(seen(show(model, { hide: false })), shown);
    });
  }

  const notices: [Participant | null, Participant, 'told' | 'not told'][] = [
    [ava, max, 'not told'],
    [ava, jane, 'told'],
    [jane, ava, 'told'],
    [jane, { ...jane, id: 8 }, 'told'],
    [jane, task, 'told'],
    [task, jane, 'told'],
    [task, ava, 'told'],
    [null, jane, 'told'],
    [null, ava, 'told'],
  ];
  for (const [from, to, expected] of notices) {
    test(`a transfer from ${from?.kind ?? 'nobody'} to ${to.kind} is ${expected} when those between virtual agents are hidden`, () => {
      assert.equal(show(play([transfer(from, to)])).items.length === 1 ? 'told' : 'not told', expected);
    });
  }

  test('is the same list as long as nothing changes in it, so that nothing is drawn anew', () => {
    const model = play([...withAva, ...avaToMax]);
    assert.equal(show(model).items, show(model).items);
    assert.equal(show(model, { hide: false }).items, model.items);
  });
});

describe('a queue that lasts', () => {
  const waiting = play([...withAva, status('queued', ava), left(ava)]);

  test('is held back for three seconds and no longer', () => {
    assert.equal(seen(show(waiting, { later: LULL_MILLISECONDS - 1 })), 'virtual_agent Ava');
    assert.equal(seen(show(waiting, { later: LULL_MILLISECONDS })), 'waiting -');
  });

  test('stays in sight once it is, whatever else happens in it', () => {
    const told = after(waiting, status('queued', gone(ava)), begin + 60_000);
    assert.equal(seen(show(told, { later: 60_000 })), 'waiting -');
  });

  test('is held back anew when it is another one', () => {
    const again = [status('va_assigned', gone(ava), max), status('queued', gone(ava), max)];
    const model = again.reduce<Model>((played, event) => after(played, event, begin + 60_000), waiting);
    assert.equal(seen(show(model, { later: 60_000 })), 'virtual_agent Max');
  });

  test('is held back for at most three seconds after a reload, and not again when the log is read anew', () => {
    const log = [...withAva, status('queued', ava)].map((event, index) => ({ at, ...event, seq: index + 1 }));
    const read = (model: Model, now: number) => reduce(model, { type: 'history-loaded', epoch: '00000000000000bb', events: log, at: now });
    const reloaded = read(modelOf(), begin + 600_000);
    assert.equal(seen(show(reloaded, { later: 600_000 })), 'virtual_agent Ava');
    const readAnew = read(reloaded, begin + 602_000);
    assert.equal(seen(show(readAnew, { later: 602_000 })), 'virtual_agent Ava');
    assert.equal(seen(show(readAnew, { later: 603_000 })), 'waiting Ava');
  });
});

describe('however events of status and of people are mixed', () => {
  /** Two orders that hold, and any mixture of them: statuses among themselves, and each person's coming and going. */
  const mixtures = (statuses: readonly string[], people: readonly (readonly object[])[]) =>
    fc.shuffledSubarray(
      [statuses.map(() => -1), ...people.map((person, index) => person.map(() => index))].flat(),
      { minLength: statuses.length + people.flat().length },
    );

  /** Statuses carry who is known to be there at that moment, as the relay's do. */
  function mix(order: readonly number[], statuses: readonly string[], people: readonly (readonly object[])[]): object[] {
    const queues = [statuses.map((name) => ({ name })), ...people.map((person) => [...person])] as { name: string }[][];
    const known = new Map<number | null, Participant>();
    return order.flatMap((source): object[] => {
      const next = queues[source + 1]?.shift() as { name: string; participant: Participant } | undefined;
      if (!next) return [];
      if (source === -1) return [status(next.name, ...known.values())];
      known.set(next.participant.id, next.participant);
      return [next];
    });
  }

  const zoe: Participant = { ...max, id: 17, name: 'Zoe' };
  const statuses = ['va_assigned', 'queued', 'va_assigned', 'queued', 'va_assigned'];
  const people = [[joined(ava), left(ava)], [joined(max), left(max)], [joined(zoe)]];

  test('two transfers between virtual agents end in the same picture', () => {
    fc.assert(
      fc.property(mixtures(statuses, people), (order) => {
        const model = play([status('queued'), ...mix(order, statuses, people), transfer(ava, max), transfer(max, zoe)]);
        assert.equal(seen(show(model)), 'virtual_agent Zoe');
        assert.equal(seen(show(model, { hide: false })), 'virtual_agent Zoe Max Zoe');
        assert.equal(model.lull, null);
      }),
    );
  });

  test('two transfers between virtual agents leave no trace on the way when they are hidden', () => {
    fc.assert(
      fc.property(mixtures(statuses, people), (order) => {
        let model = play([...withAva]);
        for (const event of [...mix(order, statuses, people), transfer(ava, max), transfer(max, zoe)]) {
          model = after(model, event, begin);
          const { phase, chat, items } = show(model);
          assert.deepEqual([phase, activeParticipant(chat)?.kind, items.length], ['virtual_agent', 'virtual_agent', 0]);
        }
      }),
    );
  });

  test('a person who comes after them ends in the same picture, and is never hidden', () => {
    const withPerson = [...statuses, 'queued', 'assigned'];
    const everybody = [[joined(ava), left(ava)], [joined(max), left(max)], [joined(zoe), left(zoe)], [joined(jane)]];
    fc.assert(
      fc.property(mixtures(withPerson, everybody), (order) => {
        let model = play([...withAva]);
        for (const event of mix(order, withPerson, everybody)) {
          model = after(model, event, begin);
          const isThere = model.chat?.participants.some(({ kind, active }) => kind === 'agent' && active) ?? false;
          if (isThere) assert.equal(activeParticipant(show(model).chat)?.name, 'Jane Doe');
        }
        assert.equal(seen(show(after(model, transfer(zoe, jane), begin))), 'agent Jane Doe Jane Doe');
      }),
    );
  });
});
