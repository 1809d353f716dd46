import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';

/** Why a file cannot be the store, in one sentence that names it. */
export class StoreFileError extends Error {
  override readonly name = 'StoreFileError';
}

/** How long to wait for another program's lock, in milliseconds. */
const BUSY_TIMEOUT = 2_000;
/** "ccai": tells our files from other people's databases. */
const APPLICATION_ID = 0x63636169;
const SCHEMA_VERSION = 1;

const schema = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE chats (
    chat_id INTEGER PRIMARY KEY, handle_hash TEXT NOT NULL UNIQUE, end_user_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL, ended_at INTEGER
  );
  CREATE INDEX chats_by_end ON chats (ended_at) WHERE ended_at IS NOT NULL;
  CREATE TABLE logs (chat_id INTEGER PRIMARY KEY, head INTEGER NOT NULL, begun_at INTEGER NOT NULL);
  CREATE INDEX logs_by_begin ON logs (begun_at);
  CREATE TABLE events (
    chat_id INTEGER NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (chat_id, seq)
  ) WITHOUT ROWID;
  CREATE TABLE keys (
    chat_id INTEGER NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (chat_id, key)
  ) WITHOUT ROWID;
  CREATE INDEX keys_by_time ON keys (at);
`;

/**
 * Opens the file, or makes it and its folder: write-ahead log, and a wait for the disk at every commit, so
 * that what was committed survives the machine. Throws {@link StoreFileError}.
 */
export function openDatabase(path: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    database = new Database(path, { timeout: BUSY_TIMEOUT });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    prepareSchema(database, path);
    return database;
  } catch (error) {
    // A connection that is closed in the middle of a transaction would keep its lock.
    if (database?.inTransaction) database.exec('ROLLBACK');
    database?.close();
    throw error instanceof StoreFileError ? error : toStoreFileError(error, path);
  }
}

function prepareSchema(database: Database.Database, path: string): void {
  // Two relays that start together must not both make the tables.
  database.exec('BEGIN IMMEDIATE');
  const version = readNumber(database, 'user_version');
  if (version === 0) createSchema(database, path);
  else if (readNumber(database, 'application_id') !== APPLICATION_ID) throw notOurs(path);
  else if (version > SCHEMA_VERSION) {
    throw new StoreFileError(`The store ${path} was made by a newer version of ccai-chat.`);
  }
  database.exec('COMMIT');
}

function createSchema(database: Database.Database, path: string): void {
  const { count } = database.prepare('SELECT count(*) AS count FROM sqlite_master').get() as {
    count: number;
  };
  if (count > 0) throw notOurs(path);
  database.exec(schema);
  database.prepare("INSERT INTO meta VALUES ('epoch', ?)").run(randomBytes(8).toString('hex'));
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION};`);
}

function readNumber(database: Database.Database, pragma: 'user_version' | 'application_id'): number {
  const row = database.prepare(`SELECT ${pragma} AS value FROM pragma_${pragma}`).get() as { value: number };
  return row.value;
}

function notOurs(path: string): StoreFileError {
  return new StoreFileError(`The file ${path} is not a store of ccai-chat; it was left as it is.`);
}

function toStoreFileError(error: unknown, path: string): StoreFileError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_NOTADB') return notOurs(path);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new StoreFileError(`The store ${path} is locked by another program.`);
  }
  return new StoreFileError(`The store ${path} cannot be opened or created.`, { cause: error });
}
