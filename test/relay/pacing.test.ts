import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fails, finish, read, say, setUp } from './pacing-stage.js';

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
