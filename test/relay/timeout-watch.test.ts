import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createFakeClock } from '../support/fake-clock.js';
import { createTimeoutWatch } from '../../src/relay/timeout-watch.js';
import { emptyView, type ChatView } from '../../src/relay/view.js';

const minute = 60_000;

/** A watch over one chat, and at which minute it wanted the chat to be read again; `readAs` says what is found then. */
function createWatched(readAs: () => number | null) {
  const clock = createFakeClock();
  const start = clock.now();
  const reads: number[] = [];
  const toView = (minutes: number | null): ChatView => {
    const timeoutAt = minutes === null ? null : new Date(start + minutes * minute).toISOString();
    return { ...emptyView, chat: { id: 37, status: minutes === null ? 'finished' : 'assigned', participants: [], timeoutAt } };
  };
  const watch = createTimeoutWatch(clock, (chatId) => {
    reads.push((clock.now() - start) / minute);
    watch.follow(chatId, toView(readAs()));
  });
  return { clock, watch, reads, follow: (minutes: number | null) => { watch.follow(37, toView(minutes)); } };
}

describe('when a chat will time out', () => {
  test('is asked again three minutes before, as messages put it off', async () => {
    const next = [30, 50];
    const { clock, reads, follow } = createWatched(() => next.shift() ?? null);
    follow(10);
    await clock.advance(60 * minute);
    assert.deepEqual(reads, [7, 27, 47]);
  });

  test('is asked a few times where nobody writes, and once when it is over', async () => {
    const { clock, reads, follow } = createWatched(() => 10);
    follow(10);
    await clock.advance(60 * minute);
    assert.equal(reads[0], 7);
    assert.ok(reads.length <= 7, `${reads.length} readings`);
    assert.ok((reads.at(-1) ?? 0) > 10, `the last at minute ${reads.at(-1)}`);
  });

  test('is not asked of a chat that is over, that does not tell it, or by a relay that stops', async () => {
    const { clock, watch, reads, follow } = createWatched(() => null);
    follow(10);
    follow(null);
    await clock.advance(60 * minute);
    follow(100);
    watch.stop();
    follow(100);
    await clock.advance(100 * minute);
    assert.deepEqual(reads, []);
  });
});
