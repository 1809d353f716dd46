import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PlatformError, type PlatformErrorKind } from '../../src/platform/index.js';
import { NotBegunError, createPacer, type PacedCall } from '../../src/relay/pacing.js';
import { createFakeClock } from '../support/fake-clock.js';

const say = (chatId: number, more: Partial<PacedCall> = {}): PacedCall => ({ method: 'POST', path: `/chats/${chatId}/message`, ...more });
const read = (chatId: number): PacedCall => ({ method: 'GET', path: `/chats/${chatId}` });
const finish = (chatId: number): PacedCall => ({ method: 'PATCH', path: `/chats/${chatId}` });
const fails = (kind: PlatformErrorKind, more: { status?: number; retryAfterMs?: number } = {}) => async (): Promise<never> => {
  throw new PlatformError({ kind, method: 'POST', path: '/chats/1/message', status: null, ...more });
};
const failsQuietly = (error: unknown) => assert.ok(error instanceof PlatformError);

/** A pacer whose calls are noted as they begin. */
function setUp() {
  const clock = createFakeClock();
  let slept = 0;
  const wall = { now: () => clock.now() + slept, setTimeout: (run: () => void, ms: number) => clock.setTimeout(run, ms) };
  const lines: string[] = [];
  const note = (event: string) => void lines.push(event);
  const pacer = createPacer({ clock: wall, log: { info: note, warn: note, error: note } });
  const begun: { name: string; at: number }[] = [];
  const start = clock.now();
  const refusals = new Map<string, NotBegunError>();

  function call(name: string, paced: PacedCall, answer: () => Promise<unknown> = async () => name): Promise<unknown> {
    const begin = async () => {
      begun.push({ name, at: clock.now() - start });
      return answer();
    };
    return pacer.run(paced, begin).catch((error: unknown) => {
      if (error instanceof NotBegunError) refusals.set(name, error);
      else failsQuietly(error);
    });
  }
  const names = () => begun.map(({ name }) => name);
  const timeOf = (name: string) => begun.find((each) => each.name === name)?.at;
  /** Uses up what a second has room for. */
  const fill = (answer?: () => Promise<unknown>) => {
    const calls = Array.from({ length: 9 }, (_, index) => call(`fill ${index}`, read(900 + index), answer));
    return { done: () => Promise.all(calls) };
  };
  /** Time passes on the wall, and no timer runs. */
  const sleep = (milliseconds: number) => void (slept += milliseconds);
  return { clock, sleep, pacer, call, fill, begun, names, timeOf, refusals, lines };
}

describe('the pace', () => {
  test('the tenth call of a second waits until the first is a second old', async () => {
    const { clock, call, fill, timeOf } = setUp();
    const first = fill();
    await clock.advance(400);
    const late = call('late', say(1));
    await clock.advance(599);
    assert.equal(timeOf('late'), undefined);
    await clock.advance(1);
    assert.equal(timeOf('late'), 1_000);
    assert.equal(await late, 'late');
    assert.deepEqual(await first.done(), Array.from({ length: 9 }, (_, index) => `fill ${index}`));
  });

  test('what people wait for goes before what is only looked up, whoever came first', async () => {
    const { clock, call, fill, names } = setUp();
    fill();
    for (const chatId of [1, 2, 3]) void call(`read ${chatId}`, read(chatId));
    void call('words', say(4));
    void call('end', finish(5));
    await clock.advance(1_000);
    assert.deepEqual(names().slice(9, 11), ['end', 'words']);
  });

  test('an end does not overtake the last words', async () => {
    const { clock, call, fill, names } = setUp();
    fill();
    void call('last words', say(1));
    void call('end', finish(1));
    void call('after the end', say(1));
    await clock.advance(1_000);
    assert.deepEqual(names().slice(9), ['last words', 'end', 'after the end']);
  });

  test('a wall clock that is put back an hour holds nobody up', async () => {
    const { clock, sleep, call, fill, names } = setUp();
    fill();
    void call('late', say(1));
    sleep(-3_600_000);
    await clock.advance(1_001);
    assert.equal(names().at(-1), 'late');
  });
});

describe('who waits', () => {
  test('knows how many go before, and the number falls', async () => {
    const { clock, pacer, call, fill } = setUp();
    fill();
    for (let chatId = 1; chatId <= 20; chatId += 1) void call(`words ${chatId}`, say(chatId));
    assert.equal(pacer.position(1), 0);
    assert.equal(pacer.position(12), 11);
    assert.equal(pacer.position(999), null);
    assert.equal(pacer.waiting, 20);
    await clock.advance(1_000);
    assert.equal(pacer.position(1), null);
    assert.equal(pacer.position(12), 2);
  });

  test('counts only what somebody waits for', () => {
    const { pacer, call, fill } = setUp();
    fill();
    void call('looked up', read(1));
    assert.equal(pacer.position(1), null);
  });

  test('is told when there is no room: 20 of a chat, 500 in all', async () => {
    const { clock, call, fill, refusals, pacer } = setUp();
    fill();
    for (let index = 0; index < 21; index += 1) void call(`chat 1, ${index}`, say(1));
    for (let index = 0; index < 481; index += 1) void call(`start ${index}`, { method: 'POST', path: '/chats' });
    await clock.advance(0);
    assert.deepEqual([...refusals.keys()], ['chat 1, 20', 'start 480']);
    assert.equal(refusals.get('chat 1, 20')?.reason, 'queue-full');
    assert.equal(refusals.get('start 480')?.retryAfterMs, 56_000);
    assert.equal(pacer.waiting, 500);
    pacer.stop();
  });

  test('is not kept longer than 30 seconds, or than it has patience', async () => {
    const { clock, call, fill, refusals, timeOf } = setUp();
    fill(fails('throttled', { retryAfterMs: 60_000 }));
    await clock.advance(0);
    void call('patient', say(1));
    void call('private', say(2, { patienceMs: 2_000 }));
    await clock.advance(1_999);
    assert.deepEqual([...refusals.keys()], []);
    await clock.advance(1);
    assert.equal(refusals.get('private')?.reason, 'waited-too-long');
    await clock.advance(27_999);
    assert.equal(refusals.get('patient'), undefined);
    await clock.advance(1);
    assert.equal(refusals.get('patient')?.kind, 'unsent');
    assert.equal(refusals.get('patient')?.retryAfterMs, 30_000);
    await clock.advance(60_000);
    assert.equal(timeOf('private') ?? timeOf('patient'), undefined);
  });

  test('without any patience is begun at once or not at all', async () => {
    const { clock, call, fill, refusals, timeOf } = setUp();
    assert.equal(await call('now', say(1, { patienceMs: 0 })), 'now');
    fill();
    void call('never', say(1, { patienceMs: 0 }));
    await clock.advance(5_000);
    assert.equal(timeOf('never'), undefined);
    assert.equal(refusals.get('never')?.reason, 'waited-too-long');
  });

  test('too long because this machine slept is not begun when it wakes', async () => {
    const world = setUp();
    world.fill();
    void world.call('private', say(1, { patienceMs: 2_000 }));
    world.sleep(60_000);
    await world.call('after waking', say(2));
    assert.deepEqual(world.names().slice(9), ['after waking']);
    assert.equal(world.refusals.get('private')?.reason, 'waited-too-long');
  });

  test('is told at a stop that it was not begun; what was begun still ends', async () => {
    const { clock, pacer, call, fill, refusals, timeOf } = setUp();
    let end = (): void => undefined;
    const held = new Promise<void>((resolve) => (end = resolve));
    const underWay = call('under way', say(1), async () => {
      await held;
      return 'done';
    });
    fill();
    void call('waiting', say(2));
    pacer.stop();
    void call('too late', say(3));
    end();
    assert.equal(await underWay, 'done');
    await clock.advance(60_000);
    assert.equal(timeOf('waiting') ?? timeOf('too late'), undefined);
    for (const name of ['waiting', 'too late']) {
      assert.equal(refusals.get(name)?.reason, 'stopped');
      assert.equal(refusals.get(name)?.kind, 'unsent');
      assert.equal(refusals.get(name)?.retryAfterMs, null);
    }
  });
});

describe('a platform without room', () => {
  test('that says when is left alone until then, by all', async () => {
    const { clock, call, timeOf } = setUp();
    void call('throttled', say(1), fails('throttled', { status: 429, retryAfterMs: 7_000 }));
    await clock.advance(0);
    void call('next', say(2));
    await clock.advance(6_999);
    assert.equal(timeOf('next'), undefined);
    await clock.advance(1);
    assert.equal(timeOf('next'), 7_000);
  });

  test('that does not say is left alone for 1 second, then 2, 4, … 30, and 1 again after it took a call', async () => {
    const { clock, call, timeOf } = setUp();
    const rounds = ['429', '429', '429', '429', '429', '429', '429', 'taken', '429', '429'];
    const inTurn = async () => {
      for (const [index, round] of rounds.entries()) {
        const answer = round === '429' ? fails('throttled', { status: 429 }) : undefined;
        await call(`round ${index}`, say(1, { patienceMs: 60_000 }), answer);
      }
    };
    void inTurn();
    await clock.advance(200_000);
    const times = rounds.map((_, index) => timeOf(`round ${index}`) ?? NaN);
    const pauses = times.slice(1).map((time, index) => (time - (times[index] ?? NaN)) / 1_000);
    assert.deepEqual(pauses, [1, 2, 4, 8, 16, 30, 30, 0, 1]);
  });

  test('tells it to a crowd of calls, and that counts once', async () => {
    const { clock, call, fill, timeOf } = setUp();
    fill(fails('throttled', { status: 429 }));
    await clock.advance(0);
    void call('next', say(1));
    await clock.advance(1_000);
    assert.equal(timeOf('next'), 1_000);
  });

  test('that says "at once" is still given a second', async () => {
    const { clock, call, timeOf } = setUp();
    void call('throttled', say(1), fails('throttled', { status: 429, retryAfterMs: 0 }));
    await clock.advance(0);
    void call('next', say(2));
    await clock.advance(1_000);
    assert.equal(timeOf('next'), 1_000);
  });
});

describe('a platform that does not answer', () => {
  const broken = fails('unknown', { status: 502 });
  async function breakIt(world: ReturnType<typeof setUp>): Promise<void> {
    for (let failure = 0; failure < 5; failure += 1) await world.call(`failure ${failure}`, say(failure), broken);
  }

  test('is not called for 5 seconds after 5 failures in a row, and nobody is kept waiting', async () => {
    const world = setUp();
    await breakIt(world);
    await world.call('meanwhile', say(8));
    assert.equal(world.refusals.get('meanwhile')?.reason, 'circuit-open');
    assert.equal(world.refusals.get('meanwhile')?.retryAfterMs, 5_000);
    assert.deepEqual(world.lines, ['the platform does not answer: calls are held back']);
    await world.clock.advance(5_000);
    assert.equal(await world.call('later', say(8)), 'later');
    assert.deepEqual(world.lines.slice(1), ['the platform answers again']);
  });

  test('who waited already is told at once', async () => {
    const { clock, call, fill, refusals } = setUp();
    fill(broken);
    void call('waiting', say(1));
    await clock.advance(0);
    assert.equal(refusals.get('waiting')?.reason, 'circuit-open');
  });

  test('is then tried by one call, and the others wait for how it ends', async () => {
    const world = setUp();
    const { clock, call, timeOf, names } = world;
    await breakIt(world);
    await clock.advance(5_000);
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    void call('probe', say(1), () => answered);
    void call('other', say(2));
    await clock.advance(2_000);
    assert.equal(timeOf('other'), undefined);
    answer();
    await clock.advance(0);
    assert.deepEqual(names().slice(5), ['probe', 'other']);
  });

  test('and fails that one too is left alone again', async () => {
    const world = setUp();
    await breakIt(world);
    await world.clock.advance(5_000);
    const probe = world.call('probe', say(1), fails('unsent'));
    const other = world.call('other', say(2));
    await Promise.all([probe, other]);
    assert.equal(world.refusals.get('other')?.reason, 'circuit-open');
    await world.clock.advance(4_999);
    await world.call('too early', say(3));
    assert.equal(world.refusals.get('too early')?.reason, 'circuit-open');
    await world.clock.advance(1);
    assert.equal(await world.call('again', say(3)), 'again');
  });

  const answers: [string, () => Promise<unknown>][] = [
    ['an answer', async () => 'fine'],
    ['a refusal', fails('refused', { status: 422 })],
    ['wrong credentials', fails('unauthorized', { status: 401 })],
    ['an answer that cannot be read', fails('unknown', { status: 200 })],
    ['no room', fails('throttled', { status: 429, retryAfterMs: 0 })],
  ];
  for (const [name, answer] of answers) {
    test(`${name} says that it is there: failures count anew`, async () => {
      const { clock, call } = setUp();
      for (let failure = 0; failure < 4; failure += 1) await call('failure', say(1), broken);
      await call('answer', say(1), answer);
      await clock.advance(1_000);
      for (let failure = 0; failure < 4; failure += 1) await call('failure', say(1), broken);
      assert.equal(await call('still called', say(1)), 'still called');
    });
  }
});
