import type { AppendResult, RelayStore, StoredChat } from './store.js';

interface MemoryLog {
  readonly openedAt: number;
  readonly bodies: string[];
  /** De-duplication key -> when it was used. */
  readonly keys: Map<string, number>;
}

/** A store that forgets with the process: for development and tests. */
export function createMemoryStore(): RelayStore {
  const logs = new Map<number, MemoryLog>();
  const chats = new Map<number, StoredChat>();

  function append(chatId: number, request: { key: string | null; bodies: readonly string[]; at: number }): AppendResult {
    const log = logs.get(chatId) ?? { openedAt: request.at, bodies: [], keys: new Map<string, number>() };
    logs.set(chatId, log);
    if (request.key !== null && log.keys.has(request.key)) return { duplicate: true };
    if (request.key !== null) log.keys.set(request.key, request.at);
    const first = log.bodies.length + 1;
    log.bodies.push(...request.bodies);
    return { duplicate: false, first };
  }

  function forget(chatId: number): void {
    chats.delete(chatId);
    logs.delete(chatId);
  }

  return {
    epoch: Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    append: async (request) => append(request.chatId, request),
    read: async (chatId, after, limit) =>
      (logs.get(chatId)?.bodies ?? []).slice(after, after + limit).map((body, index) => ({ seq: after + index + 1, body })),
    head: async (chatId) => logs.get(chatId)?.bodies.length ?? 0,
    saveChat: async (chat) => void chats.set(chat.chatId, chat),
    findChat: async (chatId) => chats.get(chatId),
    findChatByHandle: async (handleHash) => [...chats.values()].find((chat) => chat.handleHash === handleHash),
    purge: async (before) => {
      for (const [chatId, { endedAt }] of chats) if (endedAt !== null && endedAt < before.ended) forget(chatId);
      for (const [chatId, { openedAt, keys }] of logs) {
        if (!chats.has(chatId) && openedAt < before.unclaimed) forget(chatId);
        for (const [key, at] of keys) if (at < before.keys) keys.delete(key);
      }
    },
    close: async () => undefined,
  };
}
