/**
 * How a store came to its form: each step takes the one before it one version on, and a new file goes through all.
 * What has been released is never changed, only followed by another step.
 */
export const schemaSteps: readonly string[] = [
  `
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
  `,
  // Several handles for a chat, whose chat it is, and secrets apart from the rest: see scrub-secrets.ts.
  `
  CREATE TABLE handles (handle_hash TEXT PRIMARY KEY, chat_id INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO handles SELECT handle_hash, chat_id FROM chats;
  CREATE INDEX handles_by_chat ON handles (chat_id);
  DROP INDEX chats_by_end;
  ALTER TABLE chats RENAME TO chats_before;
  CREATE TABLE chats (
    chat_id INTEGER PRIMARY KEY, end_user_id INTEGER NOT NULL, identity_hash TEXT, visitor TEXT,
    created_at INTEGER NOT NULL, ended_at INTEGER
  );
  INSERT INTO chats SELECT chat_id, end_user_id, NULL, NULL, created_at, ended_at FROM chats_before;
  DROP TABLE chats_before;
  CREATE INDEX chats_by_end ON chats (ended_at) WHERE ended_at IS NOT NULL;
  CREATE INDEX ongoing_chats ON chats (identity_hash) WHERE identity_hash IS NOT NULL AND ended_at IS NULL;
  CREATE TABLE secrets (
    chat_id INTEGER NOT NULL, seq INTEGER NOT NULL, until INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (chat_id, seq)
  ) WITHOUT ROWID;
  `,
];
