import type { Clock } from './ports.js';
import { hasEnded, type ChatView } from './view.js';

/** So long before a chat seems to time out it is looked at again, in milliseconds: every message puts that off. */
const AHEAD = 180_000;
/** Nearer than this nobody looks any more, but once when the time is over: its end may have gone unheard. */
const NEAR = 10_000;
const AFTERWARDS = 5_000;
/** The longest a timer can be set for. */
const LONGEST_WAIT = 2 ** 31 - 1;

/**
 * Keeps `timeoutAt` true: no event tells that it has moved, so the chat is read again while there is still time to warn.
 * One timer a chat; after a restart the next reading sets it again.
 */
export function createTimeoutWatch(clock: Clock, refresh: (chatId: number) => void) {
  const timers = new Map<number, () => void>();
  let isStopped = false;

  return {
    /** Called with what the log says after each reading. */
    follow(chatId: number, view: ChatView | null): void {
      timers.get(chatId)?.();
      timers.delete(chatId);
      const timeoutAt = view && !hasEnded(view) ? (view.chat?.timeoutAt ?? null) : null;
      const left = timeoutAt === null ? 0 : Date.parse(timeoutAt) - clock.now();
      if (left <= 0 || isStopped) return;
      const wait = left > NEAR ? Math.max(left / 2, left - AHEAD) : left + AFTERWARDS;
      const cancel = clock.setTimeout(() => {
        timers.delete(chatId);
        refresh(chatId);
      }, Math.min(wait, LONGEST_WAIT));
      timers.set(chatId, cancel);
    },
    stop(): void {
      isStopped = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
