import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fails, say, setUp } from './pacing-stage.js';

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

  test('is not judged by calls that began before', async () => {
    const world = setUp();
    const { clock, call, timeOf } = world;
    const ends: (() => void)[] = [];
    const held = () => new Promise<void>((resolve) => ends.push(resolve));
    const slow = [async () => held(), ...Array.from({ length: 3 }, () => async () => held().then(broken))];
    slow.forEach((answer, index) => void call(`slow ${index}`, say(10 + index), answer));
    await breakIt(world);
    await clock.advance(5_000);
    void call('probe', say(1), held);
    void call('other', say(2));
    ends[0]?.();
    await clock.advance(0);
    assert.equal(timeOf('other'), undefined, 'an old answer does not stand for the probe');
    ends[4]?.();
    await clock.advance(0);
    assert.equal(timeOf('other'), 5_000);
    for (const end of ends) end();
    await clock.advance(0);
    for (let failure = 0; failure < 2; failure += 1) await call('failure', say(1), broken);
    assert.equal(await call('still called', say(1)), 'still called', '3 old failures and 2 new ones are not 5');
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
