import type { ChatState } from '../client/index.js';
import type { Deflection } from '../protocol/index.js';
import type { EndReason } from '../i18n/turning/en.js';

/** Where the chat has come to, as far as the visitor has something to know or to choose. */
export type Turn =
  /** `failed`: it was not meant to end, so that another way to reach the site is wanted. */
  | { readonly kind: 'ended'; readonly reason: EndReason; readonly failed: boolean }
  | { readonly kind: 'dismissed' }
  | { readonly kind: 'deflection'; readonly deflection: Deflection }
  /** `minutes`: whole, and only where they are sure. */
  | { readonly kind: 'progress'; readonly stage: 'connecting' | 'joining' | 'searching'; readonly minutes: number | null }
  /** A request for a person came to nothing, just now. */
  | { readonly kind: 'settled'; readonly as: Settled };

/** How a request for a person can come to nothing. */
export type Settled = 'canceled' | 'deflected';

/** Ends that nobody needs help with. */
const ordinary: readonly EndReason[] = ['by_end_user', 'by_agent', 'timeout', 'deflected', 'end_user_opt_out', 'other'];

/** How long before its end a chat asks whether anybody is there. */
const WARNING = 120_000;
/** How long after its time a chat may still be about to close; later the time was wrong. */
const GRACE = 60_000;

/**
 * The turn to show; null while the chat simply runs.
 * `endReasons` are the reasons there are words for. `settled` is what became of a request for a person since the visitor
 * last wrote.
 */
export function chooseTurn(
  state: ChatState,
  options: {
    readonly endReason: string | null;
    readonly endReasons: object;
    readonly waitMinutes: number | null;
    readonly settled: Settled | null;
  },
): Turn | null {
  const { phase, deflection } = state;
  if (phase === 'ended') return toEnd(state, options);
  if (phase === 'dismissed') return { kind: 'dismissed' };
  if (!isRunning(state)) return null;
  if (deflection) return { kind: 'deflection', deflection };
  if (phase === 'agent') return null;
  if (options.settled) return phase === 'virtual_agent' ? { kind: 'settled', as: options.settled } : null;
  return toProgress(state, options.waitMinutes);
}

/** An end nobody explained is an ordinary one, unless the chat failed. */
function toEnd(state: ChatState, options: { readonly endReason: string | null; readonly endReasons: object }): Turn {
  const { endReason, endReasons } = options;
  const isKnown = endReason !== null && Object.hasOwn(endReasons, endReason);
  const unexplained = state.chat?.status === 'failed' ? 'unknown' : 'other';
  const reason = isKnown ? (endReason as EndReason) : unexplained;
  return { kind: 'ended', reason, failed: !ordinary.includes(reason) };
}

/** A queue without a request for a person is a wait for one only where the wait is told. */
function toProgress({ phase, escalation }: ChatState, waitMinutes: number | null): Turn | null {
  const status = escalation?.status;
  if (status === 'escalating' || (phase === 'waiting' && waitMinutes !== null)) {
    const isSure = waitMinutes !== null && waitMinutes >= 0 && waitMinutes < Infinity;
    return { kind: 'progress', stage: 'connecting', minutes: isSure ? Math.ceil(waitMinutes) : null };
  }
  if (status === 'deflecting') return { kind: 'progress', stage: 'searching', minutes: null };
  return status === 'escalated' && phase === 'waiting' ? { kind: 'progress', stage: 'joining', minutes: null } : null;
}

/** What became of a request for a person that was open before; null where it is open still, or somebody came. */
export function settledSince(before: ChatState, after: ChatState): Settled | null {
  const was = before.escalation?.status;
  const is = after.escalation?.status;
  const wasOpen = was === 'escalating' || was === 'deflecting';
  return wasOpen && (is === 'canceled' || is === 'deflected') ? is : null;
}

/** How many messages the visitor has written. */
export function countWritten({ items }: ChatState): number {
  return items.filter((item) => item.kind === 'message' && item.message.sender.kind === 'end_user').length;
}

/**
 * Milliseconds until the chat times out (0 where it should have by now), once it is time to ask; null where there is
 * nothing to ask: no time is known, it is far away, it was wrong, or the visitor has written meanwhile.
 */
export function timeLeft(state: ChatState, now: number): number | null {
  const end = timeoutOf(state);
  if (end === null || end - now > WARNING || now - end > GRACE) return null;
  const isHere = state.items.some(
    (item) =>
      item.kind === 'message' &&
      item.message.sender.kind === 'end_user' &&
      item.message.delivery !== 'failed' &&
      Date.parse(item.message.at) >= end - WARNING,
  );
  return isHere ? null : Math.max(0, end - now);
}

/** Milliseconds until {@link timeLeft} has something else to say; null where only a new state can change that. */
export function nextTick(state: ChatState, now: number): number | null {
  const end = timeoutOf(state);
  if (end === null || now - end > GRACE) return null;
  const left = end - now;
  // Timers longer than 2^31 - 1 ms fire at once.
  return left > WARNING ? Math.min(left - WARNING, 2 ** 31 - 1) : (((left % 1_000) + 1_000) % 1_000) + 1;
}

function timeoutOf(state: ChatState): number | null {
  const end = isRunning(state) ? Date.parse(state.chat?.timeoutAt ?? '') : NaN;
  return Number.isNaN(end) ? null : end;
}

function isRunning({ phase, chat }: ChatState): boolean {
  return chat !== null && ['waiting', 'virtual_agent', 'agent', 'unknown'].includes(phase);
}
