import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { chatPhase, type Notice } from '../../src/protocol/index.js';
import { present } from '../../src/client/presentation.js';
import { emptyModel, reduce } from '../../src/client/reduce.js';
import { at, comes, createTranslation, goes, says, tom, verification, whispers, type Translated } from './translation.js';
import { people, platformChat, type WebhookInput } from './world.js';

const staff = {
  'virtual_agent 15': people.ava,
  'virtual_agent 16': people.max,
  'virtual_agent 17': { ...people.max, id: 17, name: 'Pia' },
  'agent 7': people.jane,
  'agent 8': tom,
} as const;
type Who = keyof typeof staff;

/** What happens next; `task`: the person who has the chat starts one, or ends it. `fail`: nobody comes, whoever had it is back. */
const move = fc.record({
  to: fc.constantFrom<Who | 'task' | 'fail'>(...(Object.keys(staff) as Who[]), 'task', 'fail'),
  /** Seconds after the last one. */
  gap: fc.constantFrom(0, 0, 1, 4),
  /** How the event of leaving fares, and by how many other events it is late. */
  leave: fc.constantFrom('once', 'twice', 'never'),
  late: fc.nat(6),
  speaks: fc.boolean(),
  joinsTwice: fc.boolean(),
});
type Move = typeof move extends fc.Arbitrary<infer Value> ? Value : never;

const isVirtual = (who: string | null) => who?.startsWith('virtual') ?? false;

/** One event, or a reading that cannot be missed; `truth`: how many states the platform has been through by then. */
interface Step {
  readonly event?: WebhookInput;
  readonly truth: number;
}

/** A conversation as the platform runs it: its states, what it tells, and what a person who saw all of it would say happened. */
function createStory(moves: readonly Move[], showsTasks: boolean) {
  const states: Record<string, unknown>[] = [platformChat('queued')];
  const tasks: number[] = [];
  const steps: Step[] = [{ truth: 0 }];
  const told: string[] = [];
  const left: { step: Step; after: number; twice: boolean }[] = [];
  const seen = new Map<string, number>();
  const known = new Set<Who>();
  let who: Who | null = null;
  let isTask = false;
  let speaker: string | null = null;
  let now = 0;

  /** The chat object lists everybody who ever had the chat. */
  const enter = (state: Record<string, unknown>) => {
    const ofKind = (isWanted: boolean) => [...known].filter((name) => isVirtual(name) === isWanted).map((name) => staff[name]);
    return states.push({ ...state, all_agents: ofKind(false), all_virtual_agents: ofKind(true) }) - 1;
  };
  const tell = (event: WebhookInput) => void steps.push({ event: at(now, event), truth: states.length - 1 });
  const read = () => void steps.push({ truth: states.length - 1 });
  const parts = (name: string): [string, number] => [name.split(' ')[0] ?? '', Number(name.split(' ')[1])];
  const handOver = (name: string) => {
    if (speaker !== name && (speaker !== null || !isVirtual(name))) told.push(`transfer ${parts(speaker ?? 'nobody 0')[0]} -> ${name}`);
    speaker = name;
  };
  const leave = (name: string, { leave: fate, late }: Move, isNeeded = false) => {
    if (fate === 'never' && !isNeeded) return;
    const step = { event: at(now, goes(...parts(name))), truth: states.length - 1 };
    left.push({ step, after: steps.length + late, twice: fate === 'twice' });
  };
  const assigned = (name: Who) => platformChat(isVirtual(name) ? 'va_assigned' : 'assigned', { [isVirtual(name) ? 'virtual_agent' : 'agent']: staff[name] });
  const endTask = (next: Move) => {
    isTask = false;
    leave('task_virtual_agent 71', { ...next, late: 0 }, !showsTasks);
  };

  for (const next of moves) {
    now += next.gap;
    const isPossible = next.to === 'task' ? who !== null && !isVirtual(who) : next.to === 'fail' ? isVirtual(who) : next.to !== who;
    if (!isPossible) continue;
    if (next.to === 'task' && who) {
      if (isTask) {
        tasks.push(enter(assigned(who)));
        endTask(next);
        handOver(who);
        // The person goes on, and the chat object is read for it.
        now += 1;
        tell(says(...parts(who)));
        read();
      } else {
        now += 1;
        isTask = true;
        tasks.push(enter({ ...assigned(who), ...(showsTasks ? { virtual_agent: verification } : {}) }));
        tell(next.speaks ? whispers(71) : comes('task_virtual_agent', 71));
        handOver('task_virtual_agent 71');
        read();
      }
      continue;
    }
    const name: Who = next.to === 'fail' ? (who as Who) : (next.to as Who);
    // A second is as near as the platform tells; the same person twice within one is one.
    if (seen.get(name) === now) now += 1;
    const waiting = enter(platformChat('queued'));
    const isTaskOver = isTask;
    if (isTask) {
      tasks.push(waiting);
      endTask(next);
    }
    if (who) leave(who, next);
    known.add(name);
    enter(assigned(name));
    tell(comes(...parts(name)));
    if (next.joinsTwice) tell(comes(...parts(name)));
    if (next.speaks) tell(says(...parts(name)));
    // Whoever comes makes the relay read the chat object; after a task that must not fail, as its end may go untold.
    if (isTaskOver) read();
    handOver(name);
    seen.set(name, now);
    who = name;
  }
  for (const { step, after, twice } of left.reverse()) {
    steps.splice(after, 0, step, ...(twice ? [step] : []));
  }
  return { states, tasks, steps, told, present: [...(who ? [who] : []), ...(isTask ? ['task_virtual_agent 71'] : [])] };
}

/** Readings at places, each so many states ahead of what the events have told. */
const readings = fc.array(fc.record({ place: fc.nat(40), ahead: fc.nat(3) }), { maxLength: 12 });

function run({ states, tasks, steps }: ReturnType<typeof createStory>, extra: readonly { place: number; ahead: number }[]): Translated {
  const chat = createTranslation();
  let truth = 0;
  let settled = -1;
  const read = (ahead: number) => {
    // What was read once is not unread again. Where a task begins and ends is read in any case.
    const limit = tasks.find((index) => index > settled) ?? states.length - 1;
    truth = Math.min(truth + ahead, Math.max(limit, truth));
    chat.read(states[truth] ?? {});
  };
  steps.forEach((step, index) => {
    truth = Math.max(truth, step.truth);
    if (step.event) {
      chat.tell(step.event);
    } else {
      settled = truth;
      read(0);
    }
    for (const { ahead } of extra.filter(({ place }) => place === index)) read(ahead);
  });
  // In the end all is quiet, and the last answer stands.
  truth = states.length - 1;
  read(0);
  chat.read(states[truth] ?? {}, { isSettled: true });
  return chat;
}

/** What a page makes of the log, long after all of it: its notices, who is there, and how the chat is. */
function shown({ entries, view }: Translated, hide: boolean) {
  const events = entries.map((entry, index) => ({ seq: index + 1, ...entry }));
  const state = reduce(emptyModel, { type: 'history-loaded', epoch: 'e', events, at: 0 });
  const { items, chat, phase } = present(state, { hide, now: 60_000 });
  const notices = items.flatMap((item) => (item.kind === 'notice' && item.notice.transfer ? [toLine(item.notice.transfer)] : []));
  const active = chat?.participants.filter((one) => one.active).map(({ kind, id }) => `${kind} ${id}`) ?? [];
  assert.deepEqual(chat, view.chat);
  return { notices, active: active.sort(), phase };
}

function toLine({ from, to }: NonNullable<Notice['transfer']>): string {
  return `transfer ${from?.kind ?? 'nobody'} -> ${to.kind} ${to.id}`;
}

const isBetweenVirtualAgents = (line: string) => line.startsWith('transfer virtual_agent -> virtual_agent');

describe('however events of leaving are late, doubled or lost, and whenever the chat object is read', () => {
  for (const showsTasks of [true, false]) {
    test(`everybody sees the same in the end, where the chat object shows ${showsTasks ? '' : 'no '}task virtual agents`, () => {
      fc.assert(
        fc.property(fc.array(move, { minLength: 1, maxLength: 8 }), readings, (moves, extra) => {
          const story = createStory(moves, showsTasks);
          const chat = run(story, extra);
          const active = [...story.present].sort();
          const phase = chatPhase(String(story.states.at(-1)?.['status']));
          const hidden = story.told.filter((line) => !isBetweenVirtualAgents(line));
          assert.deepEqual(shown(chat, false), { notices: story.told, active, phase });
          assert.deepEqual(shown(chat, true), { notices: hidden, active, phase });
          assert.ok(!chat.isInDoubt());
        }),
        { numRuns: 1_000 },
      );
    });
  }
});
