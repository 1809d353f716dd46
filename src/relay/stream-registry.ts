import type { OpenStream, StreamRegistry } from './context.js';

/** Knows every open stream. */
export interface OpenStreams extends StreamRegistry {
  /** The chats that somebody reads. */
  chatIds(): ReadonlySet<number>;
  endAll(): void;
  /** Ends the streams of a chat that is no more. */
  expire(chatId: number): void;
}

export function createStreamRegistry(): OpenStreams {
  const open = new Set<OpenStream>();
  return {
    add(stream) {
      open.add(stream);
      return () => open.delete(stream);
    },
    chatIds: () => new Set([...open].map(({ chatId }) => chatId)),
    endAll() {
      for (const stream of [...open]) stream.end('stopping');
    },
    expire(chatId) {
      for (const stream of [...open]) if (stream.chatId === chatId) stream.end('expired');
    },
  };
}
