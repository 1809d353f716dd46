import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { RelayStore, StoredChat } from '../../src/relay/store.js';

const chat: StoredChat = {
  chatId: 37,
  endUserId: 12345,
  identityHash: null,
  visitor: null,
  createdAt: 1_000,
  endedAt: null,
};
const handle = 'a1'.repeat(32);
const nothingOld = { ended: 0, unclaimed: 0, keys: 0 };

/** What every store owes to the relay. `create` makes an empty one and cleans up after the test. */
export function describeStore(name: string, create: (t: TestContext) => RelayStore): void {
  describe(`the ${name} store`, () => {
    describeLog(create);
    describeSecrets(create);
    describeChats(create);
    describeHandles(create);
    describePurge(create);

    test('names its log by sixteen hex digits, and another log otherwise', (t) => {
      const { epoch } = create(t);
      assert.match(epoch, /^[0-9a-f]{16}$/);
      assert.notEqual(create(t).epoch, epoch);
    });

    test('rejects everything once it is closed', async (t) => {
      const store = create(t);
      await store.append({ chatId: 37, key: null, bodies: ['a'], at: 1, secretUntil: null });
      await store.close();
      await store.close();
      await assert.rejects(store.append({ chatId: 37, key: null, bodies: ['b'], at: 1, secretUntil: null }));
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
    assert.deepEqual(await store.append({ chatId: 37, key: null, bodies: ['a', 'b'], at: 1, secretUntil: null }), {
      duplicate: false,
      first: 1,
    });
    assert.deepEqual(await store.append({ chatId: 38, key: null, bodies: ['x'], at: 1, secretUntil: null }), {
      duplicate: false,
      first: 1,
    });
    assert.deepEqual(await store.append({ chatId: 37, key: null, bodies: ['c'], at: 1, secretUntil: null }), {
      duplicate: false,
      first: 3,
    });
    assert.deepEqual([await store.head(37), await store.head(38), await store.head(39)], [3, 1, 0]);
  });

  test('reads what comes after a seq, in order, as much as is wanted', async (t) => {
    const store = create(t);
    await store.append({ chatId: 37, key: null, bodies: ['a', 'b', 'c', 'd'], at: 1, secretUntil: null });
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
    await store.append({ chatId: 37, key: body.slice(0, 20), bodies: [body], at: 1, secretUntil: null });
    assert.deepEqual(await store.read(37, 0, 1), [{ seq: 1, body }]);
  });

  test('takes a key once in a chat, and the same key in another chat', async (t) => {
    const store = create(t);
    const request = { chatId: 37, key: 'k', bodies: ['a'], at: 1, secretUntil: null };
    assert.deepEqual(await store.append(request), { duplicate: false, first: 1 });
    assert.deepEqual(await store.append({ ...request, bodies: ['other'] }), { duplicate: true });
    assert.deepEqual(await store.append({ ...request, chatId: 38 }), { duplicate: false, first: 1 });
    assert.deepEqual(await store.read(37, 0, 10), [{ seq: 1, body: 'a' }]);
  });

  test('remembers the key of an append that has no entries', async (t) => {
    const store = create(t);
    await store.append({ chatId: 37, key: 'k', bodies: [], at: 1, secretUntil: null });
    assert.equal(await store.head(37), 0);
    assert.deepEqual(await store.append({ chatId: 37, key: 'k', bodies: ['a'], at: 1, secretUntil: null }), { duplicate: true });
    assert.deepEqual(await store.append({ chatId: 37, key: null, bodies: ['a'], at: 1, secretUntil: null }), {
      duplicate: false,
      first: 1,
    });
  });

  test('makes one of two appends with the same key at the same time', async (t) => {
    const store = create(t);
    const request = { chatId: 37, key: 'k', bodies: ['a', 'b'], at: 1, secretUntil: null };
    const results = await Promise.all([store.append(request), store.append(request), store.append(request)]);
    assert.deepEqual(results, [{ duplicate: false, first: 1 }, { duplicate: true }, { duplicate: true }]);
    assert.equal(await store.head(37), 2);
  });

  test('keeps the order of a hundred appends at the same time', async (t) => {
    const store = create(t);
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        store.append({ chatId: 37, key: `k${index}`, bodies: [`${index}`], at: 1, secretUntil: null }),
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

function describeSecrets(create: (t: TestContext) => RelayStore): void {
  const secret = (chatId: number, secretUntil: number, bodies = ['secret']) => ({ chatId, key: null, bodies, at: 1, secretUntil });

  test('lists what must be gone by a moment, and what of one chat must ever be', async (t) => {
    const store = create(t);
    await store.append({ chatId: 37, key: null, bodies: ['a'], at: 1, secretUntil: null });
    await store.append(secret(37, 100, ['b', 'c']));
    await store.append(secret(38, 101));
    assert.deepEqual(await store.listSecrets({ until: 99 }), []);
    const due = [{ chatId: 37, seq: 2 }, { chatId: 37, seq: 3 }];
    assert.deepEqual(await store.listSecrets({ until: 100 }), due);
    assert.deepEqual(await store.listSecrets({ until: 101 }), [...due, { chatId: 38, seq: 1 }]);
    assert.deepEqual(await store.listSecrets({ chatId: 38 }), [{ chatId: 38, seq: 1 }]);
    assert.deepEqual(await store.listSecrets({ chatId: 39 }), []);
  });

  test('replaces one entry at its place; it is no secret any more, and its neighbours are as they were', async (t) => {
    const store = create(t);
    await store.append(secret(37, 100, ['a', 'b', 'c']));
    assert.deepEqual(await store.read(37, 1, 1), [{ seq: 2, body: 'b' }]);
    await Promise.all([store.replace({ chatId: 37, seq: 1, body: 'x' }), store.replace({ chatId: 37, seq: 2, body: 'y' })]);
    assert.deepEqual((await store.read(37, 0, 10)).map(({ body }) => body), ['x', 'y', 'c']);
    assert.deepEqual(await store.listSecrets({ chatId: 37 }), [{ chatId: 37, seq: 3 }]);
    assert.equal(await store.head(37), 3);
    assert.deepEqual(await store.append(secret(37, 100)), { duplicate: false, first: 4 });
  });

  test('replaces nothing where the chat is forgotten already', async (t) => {
    const store = create(t);
    await store.append(secret(37, 100));
    await store.purge({ ...nothingOld, unclaimed: 100 });
    assert.deepEqual(await store.listSecrets({ until: 100 }), []);
    await store.replace({ chatId: 37, seq: 1, body: 'x' });
    assert.deepEqual([await store.head(37), await store.read(37, 0, 10)], [0, []]);
  });
}

function describeChats(create: (t: TestContext) => RelayStore): void {
  test('finds a chat by its id, as it was saved last', async (t) => {
    const store = create(t);
    await store.saveChat(chat);
    assert.deepEqual(await store.findChat(37), chat);
    const known = { ...chat, endUserId: 9, identityHash: 'c3', visitor: 'sealed', endedAt: 1_790_000_000_123 };
    await store.saveChat(known);
    assert.deepEqual(await store.findChat(37), known);
  });

  test('knows nothing of a chat that was never saved, even where there is a log', async (t) => {
    const store = create(t);
    await store.append({ chatId: 37, key: null, bodies: ['a'], at: 1, secretUntil: null });
    assert.equal(await store.findChat(37), undefined);
    assert.equal(await store.findOngoingChat(''), undefined);
  });

  test('finds the newest chat of an identity that has not ended', async (t) => {
    const store = create(t);
    const known = { ...chat, identityHash: 'c3', visitor: 'sealed' };
    await store.saveChat({ ...known, chatId: 1, createdAt: 10 });
    await store.saveChat({ ...known, chatId: 2, createdAt: 30 });
    await store.saveChat({ ...known, chatId: 3, createdAt: 20 });
    await store.saveChat({ ...known, chatId: 4, createdAt: 40, identityHash: 'd4' });
    await store.saveChat({ ...chat, chatId: 5, createdAt: 50 });
    assert.equal((await store.findOngoingChat('c3'))?.chatId, 2);
    await store.saveChat({ ...known, chatId: 2, createdAt: 30, endedAt: 60 });
    assert.deepEqual(await store.findOngoingChat('c3'), { ...known, chatId: 3, createdAt: 20 });
    assert.equal(await store.findOngoingChat('e5'), undefined);
  });
}

function describeHandles(create: (t: TestContext) => RelayStore): void {
  test('opens a chat by each of its handles, as it was saved last', async (t) => {
    const store = create(t);
    await store.saveChat(chat);
    await store.addHandle(handle, 37);
    await store.addHandle('b2', 37);
    await store.addHandle('b2', 37);
    const ended = { ...chat, endedAt: 5 };
    await store.saveChat(ended);
    assert.deepEqual(await store.findChatByHandle(handle), ended);
    assert.deepEqual(await store.findChatByHandle('b2'), ended);
    assert.equal(await store.findChatByHandle(''), undefined);
  });

  test('never lets one handle open two chats, nor a chat that is not there', async (t) => {
    const store = create(t);
    await store.saveChat(chat);
    await store.saveChat({ ...chat, chatId: 38 });
    await store.addHandle(handle, 37);
    await assert.rejects(store.addHandle(handle, 38));
    assert.deepEqual(await store.findChatByHandle(handle), chat);
    await assert.rejects(store.addHandle('b2', 39));
    await store.saveChat({ ...chat, chatId: 39 });
    assert.equal(await store.findChatByHandle('b2'), undefined);
  });
}

function describePurge(create: (t: TestContext) => RelayStore): void {
  test('forgets chats that ended before, with everything of theirs, and nothing else', async (t) => {
    const store = create(t);
    const chats = [
      { ...chat, chatId: 1, endedAt: 99 },
      { ...chat, chatId: 2, endedAt: 100 },
      { ...chat, chatId: 3, endedAt: null },
    ];
    for (const each of chats) {
      await store.saveChat(each);
      await store.addHandle(`0${each.chatId}`, each.chatId);
      await store.append({ chatId: each.chatId, key: 'k', bodies: ['a'], at: 1, secretUntil: null });
    }
    await store.purge({ ...nothingOld, ended: 100, unclaimed: 1_000 });
    assert.deepEqual(await Promise.all([1, 2, 3].map((id) => store.findChat(id))), [
      undefined,
      ...chats.slice(1),
    ]);
    await store.saveChat({ ...chat, chatId: 1 });
    assert.equal(await store.findChatByHandle('01'), undefined);
    assert.equal((await store.findChatByHandle('02'))?.chatId, 2);
    assert.deepEqual(await Promise.all([1, 2, 3].map((id) => store.head(id))), [0, 1, 1]);
    assert.deepEqual(await store.read(1, 0, 10), []);
    assert.deepEqual(await store.append({ chatId: 1, key: 'k', bodies: ['b'], at: 1, secretUntil: null }), {
      duplicate: false,
      first: 1,
    });
  });

  test('forgets logs that nobody claimed in time', async (t) => {
    const store = create(t);
    await store.append({ chatId: 1, key: 'k', bodies: ['a'], at: 99, secretUntil: null });
    await store.append({ chatId: 1, key: null, bodies: ['b'], at: 500, secretUntil: null });
    await store.append({ chatId: 2, key: null, bodies: ['a'], at: 100, secretUntil: null });
    await store.purge({ ...nothingOld, unclaimed: 100 });
    assert.deepEqual([await store.head(1), await store.head(2)], [0, 1]);
  });

  test('forgets old keys, and keeps the entries that came with them', async (t) => {
    const store = create(t);
    await store.append({ chatId: 37, key: 'old', bodies: ['a'], at: 99, secretUntil: null });
    await store.append({ chatId: 37, key: 'new', bodies: ['b'], at: 100, secretUntil: null });
    await store.purge({ ...nothingOld, keys: 100 });
    assert.deepEqual(await store.append({ chatId: 37, key: 'new', bodies: [], at: 101, secretUntil: null }), {
      duplicate: true,
    });
    assert.deepEqual(await store.append({ chatId: 37, key: 'old', bodies: ['c'], at: 101, secretUntil: null }), {
      duplicate: false,
      first: 3,
    });
  });
}
