import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { schemaSteps } from './schema.js';

/** Why a file cannot be the store, in one sentence that names it. */
export class StoreFileError extends Error {
  override readonly name = 'StoreFileError';
}

/** How long to wait for another program's lock, in milliseconds. */
const BUSY_TIMEOUT = 2_000;
/** "ccai": tells our files from other people's databases. */
const APPLICATION_ID = 0x63636169;
/**
 * Opens the file, or makes it and its folder: write-ahead log, and a wait for the disk at every commit, so
 * that what was committed survives the machine. Throws {@link StoreFileError}.
 */
export function openDatabase(path: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    database = new Database(path, { timeout: BUSY_TIMEOUT });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
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
  if (version === 0 ? hasTables(database) : readNumber(database, 'application_id') !== APPLICATION_ID) {
    throw notOurs(path);
  }
  if (version > schemaSteps.length) {
    throw new StoreFileError(`The store ${path} was made by a newer version of ccai-chat.`);
  }
  for (const step of schemaSteps.slice(version)) database.exec(step);
  if (version === 0) {
    database.prepare("INSERT INTO meta VALUES ('epoch', ?)").run(randomBytes(8).toString('hex'));
  }
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${schemaSteps.length};`);
  database.exec('COMMIT');
}

function hasTables(database: Database.Database): boolean {
  const { count } = database.prepare('SELECT count(*) AS count FROM sqlite_master').get() as { count: number };
  return count > 0;
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
