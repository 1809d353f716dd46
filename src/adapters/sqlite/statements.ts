import type Database from 'libsql';

/** The statements of the store, prepared once. */
export type Statements = ReturnType<typeof prepareStatements>;

export function prepareStatements(database: Database.Database) {
  return { ...prepareForLogs(database), ...prepareForChats(database), ...prepareForForgetting(database) };
}

function prepareForLogs(database: Database.Database) {
  return {
    epoch: database.prepare("SELECT value FROM meta WHERE name = 'epoch'"),
    head: database.prepare('SELECT head FROM logs WHERE chat_id = ?'),
    setHead: database.prepare(
      'INSERT INTO logs VALUES (?, ?, ?) ON CONFLICT (chat_id) DO UPDATE SET head = excluded.head',
    ),
    rememberKey: database.prepare('INSERT INTO keys VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    addEvent: database.prepare('INSERT INTO events VALUES (?, ?, ?)'),
    addSecret: database.prepare('INSERT INTO secrets VALUES (?, ?, ?, ?)'),
    read: database.prepare(
      `SELECT seq, coalesce(secrets.body, events.body) AS body FROM events LEFT JOIN secrets USING (chat_id, seq)
       WHERE chat_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
    ),
    // Few at any time: nobody needs an index by time.
    listOverdue: database.prepare('SELECT chat_id AS chatId, seq FROM secrets WHERE until <= ?'),
    listSecretsOf: database.prepare('SELECT chat_id AS chatId, seq FROM secrets WHERE chat_id = ?'),
    replace: database.prepare('UPDATE events SET body = ? WHERE chat_id = ? AND seq = ?'),
    dropSecret: database.prepare('DELETE FROM secrets WHERE chat_id = ? AND seq = ?'),
  };
}

function prepareForChats(database: Database.Database) {
  const chat = `SELECT chat_id AS chatId, end_user_id AS endUserId, identity_hash AS identityHash, visitor,
    created_at AS createdAt, ended_at AS endedAt FROM chats`;
  return {
    saveChat: database.prepare(
      `INSERT INTO chats VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (chat_id) DO UPDATE SET
       end_user_id = excluded.end_user_id, identity_hash = excluded.identity_hash, visitor = excluded.visitor,
       created_at = excluded.created_at, ended_at = excluded.ended_at`,
    ),
    findChat: database.prepare(`${chat} WHERE chat_id = ?`),
    findChatByHandle: database.prepare(`${chat} JOIN handles USING (chat_id) WHERE handle_hash = ?`),
    findOngoingChat: database.prepare(
      `${chat} WHERE identity_hash = ? AND ended_at IS NULL ORDER BY created_at DESC, chat_id DESC LIMIT 1`,
    ),
    findHandle: database.prepare('SELECT chat_id AS chatId FROM handles WHERE handle_hash = ?'),
    addHandle: database.prepare('INSERT INTO handles VALUES (?, ?) ON CONFLICT DO NOTHING'),
  };
}

function prepareForForgetting(database: Database.Database) {
  return {
    findForgotten: database.prepare(
      `SELECT chat_id AS chatId FROM chats WHERE ended_at < ?
       UNION SELECT chat_id FROM logs WHERE begun_at < ? AND chat_id NOT IN (SELECT chat_id FROM chats)`,
    ),
    forget: ['events', 'keys', 'logs', 'handles', 'chats'].map((table) =>
      database.prepare(`DELETE FROM ${table} WHERE chat_id = ?`),
    ),
    forgetSecrets: database.prepare('DELETE FROM secrets WHERE chat_id = ?'),
    forgetKeys: database.prepare('DELETE FROM keys WHERE at < ?'),
  };
}
