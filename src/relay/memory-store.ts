import type {
  AppendRequest,
  AppendResult,
  PurgeBefore,
  RelayStore,
  StoredChat,
  StoredEvent,
} from './store.js';

interface MemoryLog {
  readonly begunAt: number;
  readonly bodies: string[];
  /** De-duplication key -> when it came. */
  readonly keys: Map<string, number>;
}

/**
 * A store that ends with the process: for development and tests. A restart gives another epoch and no chats.
 */
export function createMemoryStore(): RelayStore {
  return new MemoryStore();
}

class MemoryStore implements RelayStore {
  readonly epoch = randomEpoch();
  readonly #logs = new Map<number, MemoryLog>();
  readonly #chats = new Map<number, StoredChat>();
  #isClosed = false;

  append({ chatId, key, bodies, at }: AppendRequest): Promise<AppendResult> {
    return this.#answer(() => {
      const log = this.#logs.get(chatId) ?? { begunAt: at, bodies: [], keys: new Map<string, number>() };
      this.#logs.set(chatId, log);
      if (key !== null && log.keys.has(key)) return { duplicate: true };
      if (key !== null) log.keys.set(key, at);
      const first = log.bodies.length + 1;
      log.bodies.push(...bodies);
      return { duplicate: false, first };
    });
  }

  read(chatId: number, after: number, limit: number): Promise<StoredEvent[]> {
    return this.#answer(() => {
      const bodies = this.#logs.get(chatId)?.bodies.slice(after, after + limit) ?? [];
      return bodies.map((body, index) => ({ seq: after + index + 1, body }));
    });
  }

  head(chatId: number): Promise<number> {
    return this.#answer(() => this.#logs.get(chatId)?.bodies.length ?? 0);
  }

  saveChat(chat: StoredChat): Promise<void> {
    return this.#answer(() => {
      const owner = this.#byHandle(chat.handleHash);
      if (owner && owner.chatId !== chat.chatId) throw new Error('The handle belongs to another chat.');
      this.#chats.set(chat.chatId, chat);
    });
  }

  findChat(chatId: number): Promise<StoredChat | undefined> {
    return this.#answer(() => this.#chats.get(chatId));
  }

  findChatByHandle(handleHash: string): Promise<StoredChat | undefined> {
    return this.#answer(() => this.#byHandle(handleHash));
  }

  purge(before: PurgeBefore): Promise<void> {
    return this.#answer(() => {
      for (const { chatId, endedAt } of [...this.#chats.values()]) {
        if (endedAt === null || endedAt >= before.ended) continue;
        this.#chats.delete(chatId);
        this.#logs.delete(chatId);
      }
      for (const [chatId, { begunAt, keys }] of [...this.#logs]) {
        if (begunAt < before.unclaimed && !this.#chats.has(chatId)) this.#logs.delete(chatId);
        for (const [key, at] of [...keys]) if (at < before.keys) keys.delete(key);
      }
    });
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  #byHandle(handleHash: string): StoredChat | undefined {
    return [...this.#chats.values()].find((chat) => chat.handleHash === handleHash);
  }

  /** Everything happens at once; the promise is the port's. */
  #answer<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve) => {
      if (this.#isClosed) throw new Error('The store is closed.');
      resolve(work());
    });
  }
}

function randomEpoch(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
