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
  /** Seq of each entry that must be gone -> by when. */
  readonly secrets: Map<number, number>;
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
  /** Hash of a handle -> the chat it opens. */
  readonly #handles = new Map<string, number>();
  #isClosed = false;

  append({ chatId, key, bodies, at, secretUntil }: AppendRequest): Promise<AppendResult> {
    return this.#answer(() => {
      const log = this.#logs.get(chatId) ?? createLog(at);
      this.#logs.set(chatId, log);
      if (key !== null && log.keys.has(key)) return { duplicate: true };
      if (key !== null) log.keys.set(key, at);
      const first = log.bodies.length + 1;
      log.bodies.push(...bodies);
      if (secretUntil !== null) bodies.forEach((_body, index) => log.secrets.set(first + index, secretUntil));
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

  listSecrets(which: { until: number } | { chatId: number }): Promise<{ chatId: number; seq: number }[]> {
    return this.#answer(() => {
      const until = 'until' in which ? which.until : Infinity;
      const logs = [...this.#logs].filter(([chatId]) => !('chatId' in which) || chatId === which.chatId);
      return logs.flatMap(([chatId, { secrets }]) =>
        [...secrets].filter(([, goneBy]) => goneBy <= until).map(([seq]) => ({ chatId, seq })),
      );
    });
  }

  replace({ chatId, seq, body }: { chatId: number } & StoredEvent): Promise<void> {
    return this.#answer(() => {
      const log = this.#logs.get(chatId);
      // What was purged meanwhile is gone already.
      if (log?.bodies[seq - 1] !== undefined) log.bodies[seq - 1] = body;
      log?.secrets.delete(seq);
    });
  }

  saveChat(chat: StoredChat): Promise<void> {
    return this.#answer(() => {
      this.#chats.set(chat.chatId, chat);
    });
  }

  findChat(chatId: number): Promise<StoredChat | undefined> {
    return this.#answer(() => this.#chats.get(chatId));
  }

  addHandle(handleHash: string, chatId: number): Promise<void> {
    return this.#answer(() => {
      if (!this.#chats.has(chatId)) throw new Error('A handle needs a chat.');
      const owner = this.#handles.get(handleHash);
      if (owner !== undefined && owner !== chatId) throw new Error('The handle belongs to another chat.');
      this.#handles.set(handleHash, chatId);
    });
  }

  findChatByHandle(handleHash: string): Promise<StoredChat | undefined> {
    return this.#answer(() => {
      const chatId = this.#handles.get(handleHash);
      return chatId === undefined ? undefined : this.#chats.get(chatId);
    });
  }

  findOngoingChat(identityHash: string): Promise<StoredChat | undefined> {
    return this.#answer(() =>
      [...this.#chats.values()]
        .filter((chat) => chat.identityHash === identityHash && chat.endedAt === null)
        .sort((one, other) => other.createdAt - one.createdAt || other.chatId - one.chatId)
        .at(0),
    );
  }

  purge(before: PurgeBefore): Promise<void> {
    return this.#answer(() => {
      for (const { chatId, endedAt } of [...this.#chats.values()]) {
        if (endedAt !== null && endedAt < before.ended) this.#forget(chatId);
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

  #forget(chatId: number): void {
    this.#chats.delete(chatId);
    this.#logs.delete(chatId);
    for (const [hash, owner] of [...this.#handles]) if (owner === chatId) this.#handles.delete(hash);
  }

  /** Everything happens at once; the promise is the port's. */
  #answer<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve) => {
      if (this.#isClosed) throw new Error('The store is closed.');
      resolve(work());
    });
  }
}

function createLog(begunAt: number): MemoryLog {
  return { begunAt, bodies: [], keys: new Map(), secrets: new Map() };
}

function randomEpoch(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
