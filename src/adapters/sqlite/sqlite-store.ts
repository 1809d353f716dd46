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
import { createScrubber, type Scrubber } from './scrub-secrets.js';
import { prepareStatements, type Statements } from './statements.js';

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

type SecretPlace = { chatId: number; seq: number };

class SqliteStore implements RelayStore {
  readonly epoch: string;
  readonly #database: Database.Database;
  readonly #statements: Statements;
  readonly #writes: GroupCommit;
  readonly #scrubber: Scrubber;
  #isClosed = false;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#statements = prepareStatements(database);
    this.#writes = new GroupCommit(database);
    this.#scrubber = createScrubber(database);
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

  listSecrets(which: { until: number } | { chatId: number }): Promise<SecretPlace[]> {
    const { listOverdue, listSecretsOf } = this.#statements;
    return this.#read(() => {
      const rows = 'until' in which ? listOverdue.all(which.until) : listSecretsOf.all(which.chatId);
      return (rows as SecretPlace[]).map(({ chatId, seq }) => ({ chatId, seq }));
    });
  }

  async replace({ chatId, seq, body }: SecretPlace & StoredEvent): Promise<void> {
    await this.#write(() => {
      this.#statements.replace.run(body, chatId, seq);
      this.#statements.dropSecret.run(chatId, seq);
      this.#scrubber.markDirty();
    });
    // Replacements of one turn are one commit, and so the first of them scrubs for all.
    this.#scrub();
  }

  saveChat({ chatId, endUserId, identityHash, visitor, createdAt, endedAt }: StoredChat): Promise<void> {
    return this.#write(() => {
      this.#statements.saveChat.run(chatId, endUserId, identityHash, visitor, createdAt, endedAt);
    });
  }

  findChat(chatId: number): Promise<StoredChat | undefined> {
    return this.#read(() => toChat(this.#statements.findChat.get(chatId)));
  }

  addHandle(handleHash: string, chatId: number): Promise<void> {
    const { findChat, addHandle, findHandle } = this.#statements;
    return this.#write(() => {
      if (findChat.get(chatId) === undefined) throw new Error('A handle needs a chat.');
      addHandle.run(handleHash, chatId);
      const owner = (findHandle.get(handleHash) as { chatId: number }).chatId;
      if (owner !== chatId) throw new Error('The handle belongs to another chat.');
    });
  }

  findChatByHandle(handleHash: string): Promise<StoredChat | undefined> {
    return this.#read(() => toChat(this.#statements.findChatByHandle.get(handleHash)));
  }

  findOngoingChat(identityHash: string): Promise<StoredChat | undefined> {
    return this.#read(() => toChat(this.#statements.findOngoingChat.get(identityHash)));
  }

  async purge(before: PurgeBefore): Promise<void> {
    await this.#write(() => {
      const { findForgotten, forget, forgetSecrets, forgetKeys } = this.#statements;
      const forgotten = findForgotten.all(before.ended, before.unclaimed) as { chatId: number }[];
      for (const { chatId } of forgotten) {
        for (const statement of forget) statement.run(chatId);
        if (forgetSecrets.run(chatId).changes > 0) this.#scrubber.markDirty();
      }
      forgetKeys.run(before.keys);
    });
    this.#scrub();
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

  #appendNow({ chatId, key, bodies, at, secretUntil }: AppendRequest): AppendResult {
    const { rememberKey, setHead, addEvent, addSecret } = this.#statements;
    if (key !== null && rememberKey.run(chatId, key, at).changes === 0) return { duplicate: true };
    const head = this.#headNow(chatId);
    setHead.run(chatId, head + bodies.length, at);
    bodies.forEach((body, index) => {
      const seq = head + index + 1;
      addEvent.run(chatId, seq, secretUntil === null ? body : '');
      if (secretUntil !== null) addSecret.run(chatId, seq, secretUntil, body);
    });
    return { duplicate: false, first: head + 1 };
  }

  #headNow(chatId: number): number {
    const row = this.#statements.head.get(chatId) as { head: number } | undefined;
    return row?.head ?? 0;
  }

  #scrub(): void {
    if (this.#isClosed) return;
    if (!this.#scrubber.scrub()) throw new Error('Another program reads the store, so that secrets could not be wiped.');
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

// Rows come with more on them than was selected.

function toEvent({ seq, body }: StoredEvent): StoredEvent {
  return { seq, body };
}

function toChat(row: unknown): StoredChat | undefined {
  if (row === undefined) return undefined;
  const { chatId, endUserId, identityHash, visitor, createdAt, endedAt } = row as StoredChat;
  return { chatId, endUserId, identityHash, visitor, createdAt, endedAt };
}
