import { resolve } from 'node:path';
import type Database from 'libsql';
import type {
  AppendRequest,
  AppendResult,
  PurgeBefore,
  RelayStore,
  StoredChat,
  StoredEvent,
} from '../../relay/store.js';
import { GroupCommit } from './group-commit.js';
import { openDatabase } from './open-database.js';

export interface SqliteStoreOptions {
  /** The file; it and its folder are made where they do not exist. Relative to the working directory. */
  readonly path: string;
}

/**
 * The durable store for one machine: a resolved promise means that it survives a crash of process and
 * machine. Throws a `StoreFileError` where the file is not a store, is locked, or cannot be made.
 */
export function createSqliteStore({ path }: SqliteStoreOptions): RelayStore {
  return new SqliteStore(openDatabase(resolve(path)));
}

class SqliteStore implements RelayStore {
  readonly epoch: string;
  readonly #database: Database.Database;
  readonly #statements: Statements;
  readonly #writes: GroupCommit;
  #isClosed = false;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#statements = prepareStatements(database);
    this.#writes = new GroupCommit(database);
    this.epoch = (this.#statements.epoch.get() as { value: string }).value;
  }

  append(request: AppendRequest): Promise<AppendResult> {
    return this.#write(() => this.#appendNow(request));
  }

  read(chatId: number, after: number, limit: number): Promise<StoredEvent[]> {
    return this.#read(() => (this.#statements.read.all(chatId, after, limit) as StoredEvent[]).map(toEvent));
  }

  head(chatId: number): Promise<number> {
    return this.#read(() => this.#headNow(chatId));
  }

  saveChat({ chatId, handleHash, endUserId, createdAt, endedAt }: StoredChat): Promise<void> {
    return this.#write(() => {
      this.#statements.saveChat.run(chatId, handleHash, endUserId, createdAt, endedAt);
    });
  }

  findChat(chatId: number): Promise<StoredChat | undefined> {
    return this.#read(() => toChat(this.#statements.findChat.get(chatId)));
  }

  findChatByHandle(handleHash: string): Promise<StoredChat | undefined> {
    return this.#read(() => toChat(this.#statements.findChatByHandle.get(handleHash)));
  }

  purge(before: PurgeBefore): Promise<void> {
    return this.#write(() => {
      const { findForgotten, forget, forgetKeys } = this.#statements;
      const forgotten = findForgotten.all(before.ended, before.unclaimed) as { chatId: number }[];
      for (const { chatId } of forgotten) for (const statement of forget) statement.run(chatId);
      forgetKeys.run(before.keys);
    });
  }

  close(): Promise<void> {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#writes.flush();
      // So that the one file is the whole store, for whoever copies it.
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
      this.#database.close();
    }
    return Promise.resolve();
  }

  #appendNow({ chatId, key, bodies, at }: AppendRequest): AppendResult {
    const { rememberKey, setHead, addEvent } = this.#statements;
    if (key !== null && rememberKey.run(chatId, key, at).changes === 0) return { duplicate: true };
    const head = this.#headNow(chatId);
    setHead.run(chatId, head + bodies.length, at);
    bodies.forEach((body, index) => {
      addEvent.run(chatId, head + index + 1, body);
    });
    return { duplicate: false, first: head + 1 };
  }

  #headNow(chatId: number): number {
    const row = this.#statements.head.get(chatId) as { head: number } | undefined;
    return row?.head ?? 0;
  }

  #write<Result>(work: () => Result): Promise<Result> {
    return this.#isClosed ? Promise.reject(closed()) : this.#writes.write(work);
  }

  #read<Result>(work: () => Result): Promise<Result> {
    return new Promise((done) => {
      if (this.#isClosed) throw closed();
      done(work());
    });
  }
}

function closed(): Error {
  return new Error('The store is closed.');
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: Database.Database) {
  const chat = `SELECT chat_id AS chatId, handle_hash AS handleHash, end_user_id AS endUserId,
    created_at AS createdAt, ended_at AS endedAt FROM chats`;
  return {
    epoch: database.prepare("SELECT value FROM meta WHERE name = 'epoch'"),
    head: database.prepare('SELECT head FROM logs WHERE chat_id = ?'),
    setHead: database.prepare(
      'INSERT INTO logs VALUES (?, ?, ?) ON CONFLICT (chat_id) DO UPDATE SET head = excluded.head',
    ),
    rememberKey: database.prepare('INSERT INTO keys VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    addEvent: database.prepare('INSERT INTO events VALUES (?, ?, ?)'),
    read: database.prepare('SELECT seq, body FROM events WHERE chat_id = ? AND seq > ? ORDER BY seq LIMIT ?'),
    saveChat: database.prepare(
      `INSERT INTO chats VALUES (?, ?, ?, ?, ?) ON CONFLICT (chat_id) DO UPDATE SET handle_hash = excluded.handle_hash,
       end_user_id = excluded.end_user_id, created_at = excluded.created_at, ended_at = excluded.ended_at`,
    ),
    findChat: database.prepare(`${chat} WHERE chat_id = ?`),
    findChatByHandle: database.prepare(`${chat} WHERE handle_hash = ?`),
    findForgotten: database.prepare(
      `SELECT chat_id AS chatId FROM chats WHERE ended_at < ?
       UNION SELECT chat_id FROM logs WHERE begun_at < ? AND chat_id NOT IN (SELECT chat_id FROM chats)`,
    ),
    forget: ['events', 'keys', 'logs', 'chats'].map((table) =>
      database.prepare(`DELETE FROM ${table} WHERE chat_id = ?`),
    ),
    forgetKeys: database.prepare('DELETE FROM keys WHERE at < ?'),
  };
}

// Rows come with more on them than was selected.

function toEvent({ seq, body }: StoredEvent): StoredEvent {
  return { seq, body };
}

function toChat(row: unknown): StoredChat | undefined {
  if (row === undefined) return undefined;
  const { chatId, handleHash, endUserId, createdAt, endedAt } = row as StoredChat;
  return { chatId, handleHash, endUserId, createdAt, endedAt };
}
