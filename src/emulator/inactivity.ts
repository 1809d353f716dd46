import { isDismissed, isEnded, type Chat } from './chat.js';
import type { Chats } from './chats.js';
import type { Timers } from './clock.js';
import { findDismissalObstacle } from './dismissal.js';
import type { FinishReason } from './reasons.js';

/**
 * What becomes of a silent chat (platform: Statuses of a chat). Both in milliseconds after the last message;
 * the platform takes 1 to 10080 minutes for the first, which is never longer than the second.
 */
export interface Inactivity {
  /** Undefined: no chat is dismissed by itself. */
  readonly dismissAfter: number | undefined;
  readonly timeOutAfter: number;
}

/** No dismissal, and an hour until the end. */
export const defaultInactivity: Inactivity = { dismissAfter: undefined, timeOutAfter: 60 * 60 * 1000 };

/**
 * Fills in what is not given.
 * @throws RangeError where a chat would be dismissed after its end
 */
export function toInactivity(given: Partial<Inactivity> = {}): Inactivity {
  const { dismissAfter, timeOutAfter = defaultInactivity.timeOutAfter } = given;
  if (dismissAfter !== undefined && dismissAfter > timeOutAfter)
    throw new RangeError('A chat cannot be dismissed later than it times out.');
  return { dismissAfter, timeOutAfter };
}

/** Dismisses and ends the chats in which nobody says anything. */
export function watchInactivity({ chats, timers }: { readonly chats: Chats; readonly timers: Timers }): void {
  const running = new WeakMap<Chat, () => void>();
  const watch = (chat: Chat): void => {
    running.get(chat)?.();
    if (isEnded(chat)) return;
    const { dismissAfter, timeOutAfter } = chat.inactivity;
    const cancelTimeout = timers.after(timeOutAfter, () => {
      timeOut(chats, chat);
    });
    const cancelDismissal =
      dismissAfter === undefined ? undefined : timers.after(dismissAfter, () => { dismiss(chats, chat); });
    running.set(chat, () => {
      cancelTimeout();
      cancelDismissal?.();
    });
  };
  for (const event of ['created', 'message', 'resumed', 'ended'] as const) chats.events.on(event, watch);
}

function dismiss(chats: Chats, chat: Chat): void {
  if (!isDismissed(chat) && findDismissalObstacle(chat) === undefined) chats.dismiss(chat);
}

/** A chat that nobody ever took has expired; any other one is over. */
function timeOut(chats: Chats, chat: Chat): void {
  const wasTaken = chat.participants.some(
    ({ kind, connectedAt }) => kind !== 'end_user' && connectedAt !== undefined,
  );
  if (wasTaken) chats.end(chat, toTimeoutReason(chat));
  else chats.fail(chat, 'expired');
}

function toTimeoutReason({ messages }: Chat): FinishReason {
  const isFromEndUser = messages.map(({ sender }) => sender.kind === 'end_user');
  if (!isFromEndUser.includes(false)) return 'timeout_agent_never_wrote';
  if (!isFromEndUser.includes(true)) return 'timeout_end_user_never_wrote';
  return isFromEndUser.at(-1) === true ? 'timeout_agent_stopped' : 'timeout_end_user_stopped';
}
