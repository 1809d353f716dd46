import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { RelayStore, StoredChat } from '../../src/relay/store.js';

const chat: StoredChat = {
  chatId: 37,
  handleHash: 'a1'.repeat(32),
  endUserId: 12345,
  createdAt: 1_000,
  endedAt: null,
};
const nothingOld = { ended: 0, unclaimed: 0, keys: 0 };

/** What every store owes to the relay. `create` makes an empty one and cleans up after the test. */
export function describeStore(name: string, create: (t: TestContext) => RelayStore): void {
  describe(`the ${name} store`, () => {
    describeLog(create);
    describeChats(create);
    describePurge(create);

    test('names its log by sixteen hex digits, and another log otherwise', (t) => {
      const { epoch } = create(t);
      assert.match(epoch, /^[0-9a-f]{16}$/);
      assert.notEqual(create(t).epoch, epoch);
    });

    test('rejects everything once it is closed', async (t) => {
      const store = create(t);
      await store.append({ chatId: 37, key: null, bodies: ['a'], at: 1 });
      await store.close();
      await store.close();
      await assert.rejects(store.append({ chatId: 37, key: null, bodies: ['b'], at: 1 }));
      await assert.rejects(store.saveChat(chat));
      await assert.rejects(store.read(37, 0, 10));
      await assert.rejects(store.head(37));
      await assert.rejects(store.findChat(37));
      await assert.rejects(store.purge(nothingOld));
    });
  });
}

function describeLog(create: (t: TestContext) => RelayStore): void {
  test('numbers the entries of each chat from 1, without a gap', async (t) => {
    const store = create(t);
    assert.equal(await store.head(37), 0);
    assert.deepEqual(await store.append({ chatId: 37, key: null, bodies: ['a', 'b'], at: 1 }), {
      duplicate: false,
      first: 1,
    });
    assert.deepEqual(await store.append({ chatId: 38, key: null, bodies: ['x'], at: 1 }), {
      duplicate: false,
      first: 1,
    });
    assert.deepEqual(await store.append({ chatId: 37, key: null, bodies: ['c'], at: 1 }), {
      duplicate: false,
      first: 3,
    });
    assert.deepEqual([await store.head(37), await store.head(38), await store.head(39)], [3, 1, 0]);
  });

  test('reads what comes after a seq, in order, as much as is wanted', async (t) => {
    const store = create(t);
    await store.append({ chatId: 37, key: null, bodies: ['a', 'b', 'c', 'd'], at: 1 });
    const all = ['a', 'b', 'c', 'd'].map((body, index) => ({ seq: index + 1, body }));
    assert.deepEqual(await store.read(37, 0, 10), all);
    assert.deepEqual(await store.read(37, 1, 2), all.slice(1, 3));
    assert.deepEqual(await store.read(37, 4, 10), []);
    assert.deepEqual(await store.read(37, 9, 10), []);
    assert.deepEqual(await store.read(99, 0, 10), []);
  });

  test('keeps every character', async (t) => {
    const store = create(t);
    const body = `'";-- ü 日本 👩🏽‍💻 ${'x'.repeat(100_000)}`;
    await store.append({ chatId: 37, key: body.slice(0, 20), bodies: [body], at: 1 });
    assert.deepEqual(await store.read(37, 0, 1), [{ seq: 1, body }]);
  });

  test('takes a key once in a chat, and the same key in another chat', async (t) => {
    const store = create(t);
    const request = { chatId: 37, key: 'k', bodies: ['a'], at: 1 };
    assert.deepEqual(await store.append(request), { duplicate: false, first: 1 });
    assert.deepEqual(await store.append({ ...request, bodies: ['other'] }), { duplicate: true });
    assert.deepEqual(await store.append({ ...request, chatId: 38 }), { duplicate: false, first: 1 });
    assert.deepEqual(await store.read(37, 0, 10), [{ seq: 1, body: 'a' }]);
  });

  test('remembers the key of an append that has no entries', async (t) => {
    const store = create(t);
    await store.append({ chatId: 37, key: 'k', bodies: [], at: 1 });
    assert.equal(await store.head(37), 0);
    assert.deepEqual(await store.append({ chatId: 37, key: 'k', bodies: ['a'], at: 1 }), { duplicate: true });
    assert.deepEqual(await store.append({ chatId: 37, key: null, bodies: ['a'], at: 1 }), {
      duplicate: false,
      first: 1,
    });
  });

  test('makes one of two appends with the same key at the same time', async (t) => {
    const store = create(t);
    const request = { chatId: 37, key: 'k', bodies: ['a', 'b'], at: 1 };
    const results = await Promise.all([store.append(request), store.append(request), store.append(request)]);
    assert.deepEqual(results, [{ duplicate: false, first: 1 }, { duplicate: true }, { duplicate: true }]);
    assert.equal(await store.head(37), 2);
  });

  test('keeps the order of a hundred appends at the same time', async (t) => {
    const store = create(t);
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        store.append({ chatId: 37, key: `k${index}`, bodies: [`${index}`], at: 1 }),
      ),
    );
    assert.deepEqual(
      results,
      Array.from({ length: 100 }, (_, index) => ({ duplicate: false, first: index + 1 })),
    );
    const bodies = (await store.read(37, 0, 500)).map(({ body }) => body);
    assert.deepEqual(
      bodies,
      Array.from({ length: 100 }, (_, index) => `${index}`),
    );
  });
}

function describeChats(create: (t: TestContext) => RelayStore): void {
  test('finds a chat by its id and by its handle, as it was saved last', async (t) => {
    const store = create(t);
    await store.saveChat(chat);
    assert.deepEqual(await store.findChat(37), chat);
    assert.deepEqual(await store.findChatByHandle(chat.handleHash), chat);
    const ended = { ...chat, handleHash: 'b2'.repeat(32), endedAt: 1_790_000_000_123 };
    await store.saveChat(ended);
    assert.deepEqual(await store.findChat(37), ended);
    assert.deepEqual(await store.findChatByHandle(ended.handleHash), ended);
    assert.equal(await store.findChatByHandle(chat.handleHash), undefined);
  });

  test('knows nothing of chats and handles that were never saved, even where there is a log', async (t) => {
    const store = create(t);
    await store.append({ chatId: 37, key: null, bodies: ['a'], at: 1 });
    assert.equal(await store.findChat(37), undefined);
    assert.equal(await store.findChatByHandle(''), undefined);
  });

  test('never lets one handle open two chats', async (t) => {
    const store = create(t);
    await store.saveChat(chat);
    await assert.rejects(store.saveChat({ ...chat, chatId: 38 }));
    assert.deepEqual(await store.findChatByHandle(chat.handleHash), chat);
    assert.equal(await store.findChat(38), undefined);
  });
}

function describePurge(create: (t: TestContext) => RelayStore): void {
  test('forgets chats that ended before, with everything of theirs, and nothing else', async (t) => {
    const store = create(t);
    const chats = [
      { ...chat, chatId: 1, handleHash: '01', endedAt: 99 },
      { ...chat, chatId: 2, handleHash: '02', endedAt: 100 },
      { ...chat, chatId: 3, handleHash: '03', endedAt: null },
    ];
    for (const each of chats) {
      await store.saveChat(each);
      await store.append({ chatId: each.chatId, key: 'k', bodies: ['a'], at: 1 });
    }
    await store.purge({ ...nothingOld, ended: 100, unclaimed: 1_000 });
    assert.deepEqual(await Promise.all([1, 2, 3].map((id) => store.findChat(id))), [
      undefined,
      ...chats.slice(1),
    ]);
    assert.equal(await store.findChatByHandle('01'), undefined);
    assert.deepEqual(await Promise.all([1, 2, 3].map((id) => store.head(id))), [0, 1, 1]);
    assert.deepEqual(await store.read(1, 0, 10), []);
    assert.deepEqual(await store.append({ chatId: 1, key: 'k', bodies: ['b'], at: 1 }), {
      duplicate: false,
      first: 1,
    });
  });

  test('forgets logs that nobody claimed in time', async (t) => {
    const store = create(t);
    await store.append({ chatId: 1, key: 'k', bodies: ['a'], at: 99 });
    await store.append({ chatId: 1, key: null, bodies: ['b'], at: 500 });
    await store.append({ chatId: 2, key: null, bodies: ['a'], at: 100 });
    await store.purge({ ...nothingOld, unclaimed: 100 });
    assert.deepEqual([await store.head(1), await store.head(2)], [0, 1]);
  });

  test('forgets old keys, and keeps the entries that came with them', async (t) => {
    const store = create(t);
    await store.append({ chatId: 37, key: 'old', bodies: ['a'], at: 99 });
    await store.append({ chatId: 37, key: 'new', bodies: ['b'], at: 100 });
    await store.purge({ ...nothingOld, keys: 100 });
    assert.deepEqual(await store.append({ chatId: 37, key: 'new', bodies: [], at: 101 }), {
      duplicate: true,
    });
    assert.deepEqual(await store.append({ chatId: 37, key: 'old', bodies: ['c'], at: 101 }), {
      duplicate: false,
      first: 3,
    });
  });
}
