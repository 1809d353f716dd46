/**
 * Why chats are about to end that this relay is ending right now: the platform's webhook of the end may be here before its
 * answer, and does not say why.
 */
export interface EndReasons {
  /** Undefined for a chat that the relay is not ending. */
  get(chatId: number): string | undefined;
  /** Holds while `end` runs. */
  during<Result>(chatId: number, reason: string, end: () => Promise<Result>): Promise<Result>;
}

export function createEndReasons(): EndReasons {
  const reasons = new Map<number, string>();

  return {
    get: (chatId) => reasons.get(chatId),
    async during(chatId, reason, end) {
      reasons.set(chatId, reason);
      try {
        return await end();
      } finally {
        reasons.delete(chatId);
      }
    },
  };
}
