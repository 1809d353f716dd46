import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { createSqliteStore, StoreFileError } from '../../src/adapters/sqlite/index.js';
import { GroupCommit } from '../../src/adapters/sqlite/group-commit.js';
import type { RelayStore } from '../../src/relay/store.js';
import { describeStore } from '../relay/store-contract.js';

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ccai-chat-store-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

function open(t: TestContext, path = join(makeFolder(t), 'relay.db')): RelayStore {
  const store = createSqliteStore({ path });
  t.after(() => store.close());
  return store;
}

describeStore('SQLite', (t) => open(t));

describe('the SQLite store on disk', () => {
  test('makes its folder, and is the same log when it is opened again', async (t) => {
    const path = join(makeFolder(t), 'some', 'where', 'relay.db');
    const chat = { chatId: 37, endUserId: 1, identityHash: 'cd', visitor: 'sealed', createdAt: 5, endedAt: 6 };
    const before = open(t, path);
    await before.append({ chatId: 37, key: 'k', bodies: ['a', 'b'], at: 1, secretUntil: null });
    await before.saveChat(chat);
    await before.addHandle('ab', 37);
    await before.close();
    const after = open(t, path);
    assert.equal(after.epoch, before.epoch);
    assert.deepEqual(await after.read(37, 0, 10), [
      { seq: 1, body: 'a' },
      { seq: 2, body: 'b' },
    ]);
    assert.deepEqual(await after.append({ chatId: 37, key: 'k', bodies: ['a'], at: 1, secretUntil: null }), { duplicate: true });
    assert.deepEqual(await after.findChatByHandle('ab'), chat);
  });

  test('commits what still waits when it is closed', async (t) => {
    const path = join(makeFolder(t), 'relay.db');
    const store = open(t, path);
    const append = store.append({ chatId: 37, key: null, bodies: ['a'], at: 1, secretUntil: null });
    await store.close();
    assert.deepEqual(await append, { duplicate: false, first: 1 });
    // A copy of the one file is a copy of the store.
    copyFileSync(path, `${path}.copy`);
    assert.equal(await open(t, `${path}.copy`).head(37), 1);
  });

  test('loses nothing that it promised when its process is killed', async (t) => {
    const path = join(makeFolder(t), 'relay.db');
    const program = fileURLToPath(new URL('append-forever.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', program, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let promised = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      promised = Math.max(promised, Number(line));
      if (promised > 300) child.kill('SIGKILL');
    }
    assert.ok(promised > 300);
    const events = await open(t, path).read(37, 0, 1_000_000);
    assert.ok(events.length >= promised, `${events.length} of ${promised}`);
    assert.ok(events.every(({ seq, body }, index) => seq === index + 1 && body === `entry ${seq}`));
  });

  test('an append that cannot be kept takes none of its neighbours with it, and leaves no trace', async (t) => {
    const store = open(t);
    const bad = { chatId: 37, key: 'bad', bodies: ['x', undefined as unknown as string], at: 1, secretUntil: null };
    const results = await Promise.allSettled([
      store.append({ chatId: 37, key: 'a', bodies: ['a'], at: 1, secretUntil: null }),
      store.append(bad),
      store.append({ chatId: 37, key: 'b', bodies: ['b'], at: 1, secretUntil: null }),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(await store.read(37, 0, 10), [
      { seq: 1, body: 'a' },
      { seq: 2, body: 'b' },
    ]);
    assert.deepEqual(await store.append({ ...bad, bodies: ['x'] }), { duplicate: false, first: 3 });
  });

  test('rejects, keeps nothing half, and recovers when another program holds the file', async (t) => {
    const path = join(makeFolder(t), 'relay.db');
    const store = open(t, path);
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    await assert.rejects(store.append({ chatId: 37, key: 'k', bodies: ['a'], at: 1, secretUntil: null }));
    other.exec('ROLLBACK');
    other.close();
    assert.deepEqual(await store.append({ chatId: 37, key: 'k', bodies: ['a'], at: 1, secretUntil: null }), {
      duplicate: false,
      first: 1,
    });
  });
});

describe('a file that cannot be the store is refused by one sentence with its path', () => {
  const refuse = (path: string, what: RegExp) => {
    assert.throws(
      () => createSqliteStore({ path }),
      (error) => error instanceof StoreFileError && what.test(error.message) && error.message.includes(path),
    );
  };

  test('that is no database, and it is left as it is', (t) => {
    const path = join(makeFolder(t), 'notes.txt');
    const text = 'Things to do today.\n'.repeat(100);
    writeFileSync(path, text);
    refuse(path, /is not a store of ccai-chat/);
    assert.equal(readFileSync(path, 'utf8'), text);
  });

  test('that is the database of something else', (t) => {
    const path = join(makeFolder(t), 'other.db');
    const other = new Database(path);
    other.exec('CREATE TABLE orders (id)');
    refuse(path, /is not a store of ccai-chat/);
    other.exec('PRAGMA user_version = 1');
    other.close();
    refuse(path, /is not a store of ccai-chat/);
  });

  test('that a newer version made', async (t) => {
    const path = join(makeFolder(t), 'relay.db');
    await open(t, path).close();
    const newer = new Database(path);
    newer.exec('PRAGMA user_version = 1000');
    newer.close();
    refuse(path, /newer version/);
  });

  test('that is locked', (t) => {
    const path = join(makeFolder(t), 'relay.db');
    const other = new Database(path);
    other.exec('BEGIN EXCLUSIVE');
    refuse(path, /is locked by another program/);
    other.close();
  });

  test('that is a folder, or below a file', (t) => {
    const folder = makeFolder(t);
    refuse(folder, /cannot be opened or created/);
    writeFileSync(join(folder, 'file'), '');
    refuse(join(folder, 'file', 'relay.db'), /cannot be opened or created/);
    assert.ok(existsSync(join(folder, 'file')));
  });
});

describe('group commit', () => {
  function record() {
    const statements: string[] = [];
    const database = {
      inTransaction: true,
      exec: (sql: string) => {
        statements.push(sql);
        if (sql === 'COMMIT' && commits.fail) throw new Error('disk full');
      },
    };
    const commits = { fail: false };
    return { statements, commits, group: new GroupCommit(database) };
  }
  const count = (statements: readonly string[], sql: string) =>
    statements.filter((each) => each === sql).length;

  test('waits for the disk once for all writes of one turn', async () => {
    const { statements, group } = record();
    assert.deepEqual(await Promise.all([1, 2, 3].map((value) => group.write(() => value))), [1, 2, 3]);
    assert.deepEqual([count(statements, 'BEGIN IMMEDIATE'), count(statements, 'COMMIT')], [1, 1]);
    await group.write(() => 4);
    assert.equal(count(statements, 'COMMIT'), 2);
  });

  test('promises nothing that was not committed', async () => {
    const { statements, commits, group } = record();
    commits.fail = true;
    const results = await Promise.allSettled([group.write(() => 1), group.write(() => 2)]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(statements.at(-1), 'ROLLBACK');
    commits.fail = false;
    assert.equal(await group.write(() => 3), 3);
  });
});
