import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { pacingClasses, pacingWeights, type PacingClass } from '../../src/relay/pacing-class.js';
import { countBefore, emptyQueue, listCalls, putCall, takeCall, type PacingQueue, type WaitingCall } from '../../src/relay/pacing-queue.js';
import type { CallOutcome } from '../../src/relay/pacing-schedule.js';
import { createRandom } from '../support/random.js';
import { answered, busiestSecond, made, simulate, type Answer, type Arrival } from './pacing-simulation.js';

const outcome: fc.Arbitrary<CallOutcome> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(answered) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('throttled' as const), retryAfterMs: fc.option(fc.nat(60_000)) }) },
  { weight: 3, arbitrary: fc.constant<CallOutcome>({ type: 'failed' }) },
);
const arrival: fc.Arbitrary<Arrival> = fc.record({
  at: fc.nat(30_000),
  chatId: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 5 }),
  pacingClass: fc.constantFrom(...pacingClasses),
});
const world = fc.record({
  arrivals: fc.array(arrival, { maxLength: 250, size: 'max' }),
  answers: fc.array(fc.record({ afterMs: fc.nat(10_000), outcome }), { minLength: 1, maxLength: 30 }),
});
const healthy: Answer = { afterMs: 100, outcome: answered };

describe('whatever comes and whatever the platform answers', () => {
  test('no second ever sees more than 9 calls, each call has one end, and those of a chat keep their order', () => {
    const check = ({ arrivals, answers }: { arrivals: Arrival[]; answers: Answer[] }) => {
      const sorted = [...arrivals].sort((left, right) => left.at - right.at);
      const fates = simulate(sorted, (call) => answers[call % answers.length] ?? healthy);
      assert.equal(fates.length, sorted.length);
      for (const fate of fates) {
        assert.notEqual(fate.begunAt === null, fate.refused === null, 'made or refused, and not both');
        const end = fate.begunAt ?? fate.refused?.at ?? Infinity;
        assert.ok(end - fate.at <= 30_000, 'and within 30 seconds');
      }
      const calls = made(fates);
      assert.ok(busiestSecond(calls.map(({ begunAt }) => begunAt)) <= 9);
      for (const chatId of [1, 2, 3, 4, 5, 6]) {
        for (const lane of [['closing', 'message'], ['opening'], ['media'], ['read']]) {
          const ids = calls.filter((call) => call.chatId === chatId && lane.includes(call.pacingClass)).map(({ id }) => id);
          assert.deepEqual(ids, [...ids].sort((left, right) => left - right), `chat ${chatId}, ${lane.join(' and ')}`);
        }
      }
    };
    fc.assert(fc.property(world, check), { numRuns: 60, interruptAfterTimeLimit: 30_000 });
  });

  test('a platform that answers is asked 9 times a second for as long as somebody waits', () => {
    const check = (arrivals: Arrival[]) => {
      const crowd = arrivals.map((each, index) => ({ ...each, at: 0, chatId: index }));
      const times = made(simulate(crowd, () => healthy)).map(({ begunAt }) => begunAt);
      assert.deepEqual(times, times.map((_, index) => Math.floor(index / 9) * 1_000));
      assert.equal(times.length, Math.min(crowd.length, 9 * 30 + 9));
    };
    fc.assert(fc.property(fc.array(arrival, { maxLength: 300, size: 'max' }), check), { numRuns: 30 });
  });
});

describe('whose turn it is', () => {
  const calls = fc.array(fc.record({ chatId: fc.integer({ min: 1, max: 5 }), pacingClass: fc.constantFrom(...pacingClasses) }), {
    minLength: 1,
    maxLength: 120,
    size: 'max',
  });
  const toWaiting = (call: { chatId: number; pacingClass: PacingClass }, id: number): WaitingCall => ({ ...call, id, deadline: Infinity });

  test('in a class no chat has a second turn while another that waits has had none', () => {
    const check = (wanted: { chatId: number; pacingClass: PacingClass }[], pacingClass: PacingClass) => {
      let queue = wanted.map((call, id) => toWaiting({ ...call, pacingClass }, id)).reduce(putCall, emptyQueue);
      const turns: number[] = [];
      for (let next = takeCall(queue); next; next = takeCall(queue)) {
        turns.push(next.call.chatId ?? NaN);
        queue = next.queue;
      }
      assert.equal(turns.length, wanted.length);
      const total = (chatId: number) => wanted.filter((call) => call.chatId === chatId).length;
      for (let taken = 1; taken <= turns.length; taken += 1) {
        const had = (chatId: number) => turns.slice(0, taken).filter((turn) => turn === chatId).length;
        const stillWaiting = [1, 2, 3, 4, 5].filter((chatId) => had(chatId) < total(chatId));
        for (const chatId of stillWaiting) assert.ok(Math.max(...turns.slice(0, taken).map(had)) - had(chatId) <= 1);
      }
    };
    fc.assert(fc.property(calls, fc.constantFrom(...pacingClasses), check), { numRuns: 100, interruptAfterTimeLimit: 30_000 });
  });

  /** Many chats that wait in each class, several calls of each. */
  function crowd(chats: number, classes: readonly PacingClass[]): PacingQueue {
    const wanted = classes.flatMap((pacingClass, rank) =>
      Array.from({ length: 400 }, (_, index) => ({ chatId: rank * 1_000 + (index % chats), pacingClass })),
    );
    return wanted.map(toWaiting).reduce(putCall, emptyQueue);
  }

  function takeMany(queue: PacingQueue, turns: number): PacingQueue {
    let left = queue;
    for (let turn = 0; turn < turns; turn += 1) left = takeCall(left)?.queue ?? assert.fail('nobody waits');
    return left;
  }

  test('while many chats wait in every class, each class has its share to within one call', () => {
    const check = (chats: number, rounds: number) => {
      let queue = crowd(chats, pacingClasses);
      const counts = { closing: 0, message: 0, opening: 0, media: 0, read: 0 };
      for (let turn = 0; turn < rounds * 20; turn += 1) {
        const next = takeCall(queue);
        assert.ok(next);
        counts[next.call.pacingClass] += 1;
        queue = next.queue;
      }
      for (const name of pacingClasses) {
        assert.ok(Math.abs(counts[name] - rounds * pacingWeights[name]) <= 1, `${name}: ${counts[name]} in ${rounds} rounds`);
      }
    };
    fc.assert(fc.property(fc.integer({ min: 10, max: 100 }), fc.integer({ min: 1, max: 5 }), check), { numRuns: 10 });
  });

  test('who was silent has saved up no turns', () => {
    let queue = takeMany(crowd(40, ['message']), 300);
    for (let id = 5_000; id < 5_040; id += 1) queue = putCall(queue, toWaiting({ chatId: id, pacingClass: 'read' }, id));
    const left = listCalls(takeMany(queue, 21)).filter(({ pacingClass }) => pacingClass === 'read');
    assert.equal(40 - left.length, 3, 'of 21 turns a read has 1 in 7');
  });

  test('after a lull nobody owes any', () => {
    let queue = takeMany(putCall(emptyQueue, toWaiting({ chatId: 1, pacingClass: 'read' }, 1)), 1);
    for (let id = 2; id < 40; id += 1) queue = putCall(queue, toWaiting({ chatId: id, pacingClass: 'message' }, id));
    queue = putCall(queue, toWaiting({ chatId: 1, pacingClass: 'read' }, 50));
    assert.equal(countBefore(queue, ({ id }) => id === 50), 1);
  });

  test('the loneliest read leaves before it is given up, however many wait in every other class', () => {
    let queue = crowd(40, ['closing', 'message', 'opening', 'media']);
    for (const id of [9_001, 9_002]) {
      queue = putCall(queue, toWaiting({ chatId: 7, pacingClass: 'read' }, id));
      const before = countBefore(queue, (call) => call.id === id);
      assert.ok(before !== null && before < 30 * 9, `${before} calls before it`);
      for (let next = takeCall(queue); next; next = takeCall(queue)) {
        queue = next.queue;
        if (next.call.id === id) break;
      }
    }
  });
});

describe('140 chats and one that wants it all', () => {
  /** Each chat says something every 20 seconds on average, for 5 minutes: 7 calls of the 9 that fit in a second. */
  function conversations(seed: number): Arrival[] {
    const random = createRandom(seed);
    const pause = () => -Math.log(1 - random()) * 20_000;
    return Array.from({ length: 140 }, (_, chat) => {
      const times: number[] = [];
      for (let at = pause(); at < 300_000; at += pause()) times.push(Math.round(at));
      return times.map((at) => ({ at, chatId: chat + 1, pacingClass: 'message' as const }));
    }).flat();
  }
  /** 200 calls at once, then 5 a second. */
  const abuse = (pacingClass: PacingClass): Arrival[] =>
    Array.from({ length: 1_700 }, (_, index) => ({ at: Math.max(0, index - 199) * 200, chatId: 999, pacingClass }));

  const floods: [PacingClass, number][] = [['message', 3_000], ['read', 3_000], ['media', 3_000], ['opening', 3_000], ['closing', 5_000]];
  for (const [pacingClass, bound] of floods) {
    test(`of the others' messages 99 in 100 leave within ${bound / 1_000} seconds, and all of them, in a flood of ${pacingClass} calls`, () => {
      const arrivals = [...conversations(7), ...abuse(pacingClass)].sort((left, right) => left.at - right.at);
      const fates = simulate(arrivals, () => healthy);
      const others = fates.filter(({ chatId }) => chatId !== 999);
      assert.ok(others.length > 1_800);
      assert.deepEqual(others.filter(({ refused }) => refused), []);
      const waits = made(others).map(({ at, begunAt }) => begunAt - at).sort((left, right) => left - right);
      const slowest = waits[Math.floor(waits.length * 0.99)] ?? NaN;
      assert.ok(slowest < bound, `${slowest} ms`);
      const refusals = fates.filter(({ chatId, refused }) => chatId === 999 && refused?.reason === 'queue-full');
      assert.equal(refusals.filter(({ at }) => at === 0).length, 171, 'of 200 at once 9 leave and 20 may wait');
    });
  }
});
