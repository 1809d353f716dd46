// The durable store for one machine.
export { createSqliteStore, type SqliteStoreOptions } from './sqlite-store.js';
export { StoreFileError } from './open-database.js';
