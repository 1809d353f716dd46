import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import Database from 'libsql';
import { createSqliteStore } from '../../src/adapters/sqlite/index.js';
import { schemaSteps } from '../../src/adapters/sqlite/schema.js';

function makePath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ccai-chat-secrets-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return join(folder, 'relay.db');
}

function open(t: TestContext, path: string) {
  const store = createSqliteStore({ path });
  t.after(() => store.close());
  return store;
}

/** Every byte of the database and of the files beside it. */
function readFiles(path: string): string {
  const files = ['', '-wal', '-shm', '-journal'].map((end) => `${path}${end}`).filter((file) => existsSync(file));
  return files.map((file) => readFileSync(file, 'latin1')).join('\n');
}

/** How many of the bodies have left a piece of 24 characters behind. */
function countTraces(files: string, bodies: readonly string[]): number {
  const hasTrace = (body: string) => {
    for (let at = 0; at + 24 <= body.length; at += 16) if (files.includes(body.slice(at, at + 24))) return true;
    return false;
  };
  return bodies.filter(hasTrace).length;
}

describe('what is replaced in the SQLite store', () => {
  /** Appends to many chats in turn, so that pages are split and rows move; every fourth entry is a secret. */
  async function fill(store: ReturnType<typeof createSqliteStore>) {
    const secrets: { chatId: number; seq: number; body: string; until: number }[] = [];
    for (let round = 1; round <= 40; round += 1) {
      const appends = Array.from({ length: 30 }, async (_, index) => {
        const chatId = 1 + ((index * 7) % 30);
        const secretUntil = (round + index) % 4 === 0 ? round : null;
        const body = randomBytes((round * index) % 13 === 1 ? 5_000 : 90 + ((round * index) % 400)).toString('base64');
        const result = await store.append({ chatId, key: null, bodies: [body], at: 1, secretUntil });
        if (secretUntil !== null && !result.duplicate) secrets.push({ chatId, seq: result.first, body, until: secretUntil });
      });
      await Promise.all(appends);
    }
    return secrets;
  }

  test('leaves nothing in any of its files, while what is not due yet stays', async (t) => {
    const path = makePath(t);
    const store = open(t, path);
    const secrets = await fill(store);
    const bodies = secrets.map(({ body }) => body);
    assert.equal(countTraces(readFiles(path), bodies), secrets.length);

    const due = await store.listSecrets({ until: 20 });
    await Promise.all(due.map((place) => store.replace({ ...place, body: 'removed' })));
    const [gone, left] = [secrets.filter(({ until }) => until <= 20), secrets.filter(({ until }) => until > 20)];
    assert.equal(gone.length, due.length);
    assert.equal(countTraces(readFiles(path), gone.map(({ body }) => body)), 0);
    for (const { chatId, seq, body } of left) assert.deepEqual(await store.read(chatId, seq - 1, 1), [{ seq, body }]);

    for (const { chatId, seq } of left) await store.replace({ chatId, seq, body: 'removed' });
    assert.equal(countTraces(readFiles(path), bodies), 0);
    await store.close();
    assert.equal(countTraces(readFiles(path), bodies), 0);
  });

  test('leaves nothing either when the chat is forgotten before', async (t) => {
    const path = makePath(t);
    const store = open(t, path);
    const bodies = (await fill(store)).map(({ body }) => body);
    await store.purge({ ended: 0, unclaimed: 100, keys: 0 });
    assert.equal(countTraces(readFiles(path), bodies), 0);
  });

  test('is told as not wiped while another program reads the file, and is wiped in the next round', async (t) => {
    const path = makePath(t);
    const store = open(t, path);
    const body = randomBytes(90).toString('base64');
    await store.append({ chatId: 37, key: null, bodies: [body], at: 1, secretUntil: 5 });
    const reader = new Database(path);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM events').get();
    await assert.rejects(store.replace({ chatId: 37, seq: 1, body: 'removed' }));
    assert.deepEqual(await store.read(37, 0, 1), [{ seq: 1, body: 'removed' }]);
    reader.exec('COMMIT');
    reader.close();
    await store.purge({ ended: 0, unclaimed: 0, keys: 0 });
    assert.equal(countTraces(readFiles(path), [body]), 0);
  });
});

describe('a store of the first version', () => {
  test('opens, and keeps its epoch, its chats, their handles and their logs', async (t) => {
    const path = makePath(t);
    const old = new Database(path);
    old.exec(schemaSteps[0] ?? '');
    old.exec(`
      INSERT INTO meta VALUES ('epoch', '0123456789abcdef');
      INSERT INTO chats VALUES (37, 'hash of 37', 12345, 1000, NULL), (38, 'hash of 38', 12346, 2000, 3000);
      INSERT INTO logs VALUES (37, 2, 1000);
      INSERT INTO events VALUES (37, 1, 'a'), (37, 2, 'b');
      INSERT INTO keys VALUES (37, 'k', 1000);
      PRAGMA application_id = 1667457385; PRAGMA user_version = 1;
    `);
    old.close();
    for (const time of ['the first time', 'again']) {
      const store = open(t, path);
      assert.equal(store.epoch, '0123456789abcdef', time);
      const chat = { chatId: 37, endUserId: 12345, identityHash: null, visitor: null, createdAt: 1000, endedAt: null };
      assert.deepEqual(await store.findChatByHandle('hash of 37'), chat, time);
      assert.equal((await store.findChatByHandle('hash of 38'))?.endedAt, 3000);
      assert.deepEqual((await store.read(37, 0, 10)).map(({ body }) => body), ['a', 'b']);
      assert.deepEqual(await store.append({ chatId: 37, key: 'k', bodies: ['c'], at: 1, secretUntil: null }), { duplicate: true });
      await store.close();
    }
  });
});
