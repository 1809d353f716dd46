/** A chat and whose it is. */
export interface StoredChat {
  readonly chatId: number;
  /** The platform's id of the end user. */
  readonly endUserId: number;
  /** SHA-256 of the identifier of an authenticated visitor, hex; null for an anonymous one. */
  readonly identityHash: string | null;
  /** Sealed: what an authenticated visitor is known as, JSON; null for an anonymous one. */
  readonly visitor: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly endedAt: number | null;
}

/** A log entry as it lies in the store: sealed text, opaque to the store. */
export interface StoredEvent {
  readonly seq: number;
  readonly body: string;
}

export interface AppendRequest {
  readonly chatId: number;
  /** De-duplication key, unique within the chat; null where doubles cannot happen. */
  readonly key: string | null;
  /** Zero or more entries; they get consecutive seqs. With none, only the key is remembered. */
  readonly bodies: readonly string[];
  /** Milliseconds since 1970, for retention. */
  readonly at: number;
  /** When these entries must be gone, in milliseconds since 1970: they hold a private message. Null: with the chat. */
  readonly secretUntil: number | null;
}

/** `duplicate`: the key was known, nothing was written, `first` is 0. Else `first` is the seq of the first entry. */
export type AppendResult = { readonly duplicate: true } | { readonly duplicate: false; readonly first: number };

/** What {@link RelayStore.purge} may forget; each a moment in milliseconds since 1970. */
export interface PurgeBefore {
  /** Chats that ended before, with their log and keys. */
  readonly ended: number;
  /** Logs begun before, for chats that nobody ever claimed with {@link RelayStore.saveChat}. */
  readonly unclaimed: number;
  /** De-duplication keys older than this. */
  readonly keys: number;
}

/**
 * Port: where the relay keeps its log and its handles. The log is the only history there is.
 * A promise that resolved means durable: it survives a crash of the process (and, for a store that says so, of the machine).
 */
export interface RelayStore {
  /** 16 hex digits, made when the log was made; another epoch tells readers that their cursors are worthless. */
  readonly epoch: string;
  /** Atomic: the key and all entries, or nothing. Seq is per chat, starts at 1 and has no gaps. Rejects when it cannot be kept. */
  append(request: AppendRequest): Promise<AppendResult>;
  /** Entries with seq above `after`, in order, at most `limit`. */
  read(chatId: number, after: number, limit: number): Promise<StoredEvent[]>;
  /** The newest seq; 0 for an empty or unknown log. */
  head(chatId: number): Promise<number>;
  /** Entries that must be gone by `until`, or all of one chat: what {@link RelayStore.replace} has not replaced yet. */
  listSecrets(which: { readonly until: number } | { readonly chatId: number }): Promise<{ chatId: number; seq: number }[]>;
  /** Overwrites one entry at its place, so that nothing of it is left in the store's files. It is no secret any more. */
  replace(entry: { readonly chatId: number } & StoredEvent): Promise<void>;
  /** Creates or replaces. */
  saveChat(chat: StoredChat): Promise<void>;
  findChat(chatId: number): Promise<StoredChat | undefined>;
  /** One more handle for a chat. `handleHash`: SHA-256 of the visitor's handle, hex; the handle itself is never kept. */
  addHandle(handleHash: string, chatId: number): Promise<void>;
  findChatByHandle(handleHash: string): Promise<StoredChat | undefined>;
  /** The newest chat of this identity that has not ended. */
  findOngoingChat(identityHash: string): Promise<StoredChat | undefined>;
  purge(before: PurgeBefore): Promise<void>;
  close(): Promise<void>;
}
