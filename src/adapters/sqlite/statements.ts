import type Database from 'libsql';

/** The statements of the store, prepared once. */
export type Statements = ReturnType<typeof prepareStatements>;

export function prepareStatements(database: Database.Database) {
  const prepare: Prepare = (sql) => database.prepare(sql);
  return { ...prepareForLogs(prepare), ...prepareForChats(prepare), ...prepareForForgetting(prepare) };
}

type Prepare = (sql: string) => Statement;

/** What the store needs of a prepared statement. */
export interface Statement {
  run(...values: unknown[]): { changes: number };
  get(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown[];
}

function prepareForLogs(prepare: Prepare) {
  return {
    epoch: prepare("SELECT value FROM meta WHERE name = 'epoch'"),
    head: prepare('SELECT head FROM logs WHERE chat_id = ?'),
    setHead: prepare(
      'INSERT INTO logs VALUES (?, ?, ?) ON CONFLICT (chat_id) DO UPDATE SET head = excluded.head',
    ),
    rememberKey: prepare('INSERT INTO keys VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    addEvent: prepare('INSERT INTO events VALUES (?, ?, ?)'),
    addSecret: prepare('INSERT INTO secrets VALUES (?, ?, ?, ?)'),
    read: prepare(
      `SELECT seq, coalesce(secrets.body, events.body) AS body FROM events LEFT JOIN secrets USING (chat_id, seq)
       WHERE chat_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
    ),
    // Few at any time: nobody needs an index by time.
    listOverdue: prepare('SELECT chat_id AS chatId, seq FROM secrets WHERE until <= ?'),
    listSecretsOf: prepare('SELECT chat_id AS chatId, seq FROM secrets WHERE chat_id = ?'),
    replace: prepare('UPDATE events SET body = ? WHERE chat_id = ? AND seq = ?'),
    dropSecret: prepare('DELETE FROM secrets WHERE chat_id = ? AND seq = ?'),
  };
}

function prepareForChats(prepare: Prepare) {
  const chat = `SELECT chat_id AS chatId, end_user_id AS endUserId, identity_hash AS identityHash, visitor,
    created_at AS createdAt, ended_at AS endedAt FROM chats`;
  return {
    saveChat: prepare(
      `INSERT INTO chats VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (chat_id) DO UPDATE SET
       end_user_id = excluded.end_user_id, identity_hash = excluded.identity_hash, visitor = excluded.visitor,
       created_at = excluded.created_at, ended_at = excluded.ended_at`,
    ),
    findChat: prepare(`${chat} WHERE chat_id = ?`),
    findChatByHandle: prepare(`${chat} JOIN handles USING (chat_id) WHERE handle_hash = ?`),
    findOngoingChat: prepare(
      `${chat} WHERE identity_hash = ? AND ended_at IS NULL ORDER BY created_at DESC, chat_id DESC LIMIT 1`,
    ),
    findHandle: prepare('SELECT chat_id AS chatId FROM handles WHERE handle_hash = ?'),
    addHandle: prepare('INSERT INTO handles VALUES (?, ?) ON CONFLICT DO NOTHING'),
  };
}

function prepareForForgetting(prepare: Prepare) {
  return {
    findForgotten: prepare(
      `SELECT chat_id AS chatId FROM chats WHERE ended_at < ?
       UNION SELECT chat_id FROM logs WHERE begun_at < ? AND chat_id NOT IN (SELECT chat_id FROM chats)`,
    ),
    forget: ['events', 'keys', 'logs', 'handles', 'chats'].map((table) =>
      prepare(`DELETE FROM ${table} WHERE chat_id = ?`),
    ),
    forgetSecrets: prepare('DELETE FROM secrets WHERE chat_id = ?'),
    forgetKeys: prepare('DELETE FROM keys WHERE at < ?'),
  };
}
