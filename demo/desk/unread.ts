import type { ChatSummary } from './emulator-api.js';

/** Remembers which chats have said something that nobody has looked at. */
export interface UnreadChats {
  /** Ids of the chats with something new. */
  readonly ids: ReadonlySet<number>;
  /** Takes in the newest list while the chat `openId` is on screen. The first list counts as read. */
  update(chats: readonly ChatSummary[], openId: number | undefined): void;
}

/** Starts with nothing unread. */
export function createUnreadChats(): UnreadChats {
  let ids: ReadonlySet<number> = new Set();
  let seen: Map<number, string> | undefined;

  function update(chats: readonly ChatSummary[], openId: number | undefined): void {
    const newest = chats.map((chat) => [chat.id, JSON.stringify(chat.lastMessage ?? null)] as const);
    seen ??= new Map(newest);
    const unread = new Set<number>();
    for (const [id, last] of newest) {
      if (id === openId) seen.set(id, last);
      else if (seen.get(id) !== last) unread.add(id);
    }
    ids = unread;
  }

  return {
    get ids() {
      return ids;
    },
    update,
  };
}
