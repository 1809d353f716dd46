import { emptyQueue, keepCalls, listCalls, putCall, takeCall, type PacingQueue, type WaitingCall } from './pacing-queue.js';

/**
 * Calls that may begin in any window, and its length in milliseconds. One less than the platform allows a tenant
 * (platform: Rate limit), because on the way calls may bunch.
 */
export const CALLS_PER_WINDOW = 9;
export const WINDOW = 1_000;
/** How many may wait: of one chat, and in all. */
const MOST_OF_A_CHAT = 20;
const MOST_WAITING = 500;
/** Pauses after a 429 that names no time: the first, doubled with every further one, and the longest. Milliseconds. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** Failures in a row that open the circuit, and how long it stays open, in milliseconds. */
export const MOST_FAILURES = 5;
const OPEN_TIME = 5_000;

/** Whether the platform is worth a call at all. */
export type Circuit =
  /** It is. `since`: what began earlier tells of an earlier time. */
  | { readonly type: 'closed'; readonly since: number; readonly failures: number }
  /** It failed too often: nothing begins, and nobody is kept waiting. */
  | { readonly type: 'open'; readonly until: number }
  /** One call finds out; the others wait for its outcome. */
  | { readonly type: 'probing' };

/** All that the pacer knows. A value; times are milliseconds of one clock that never goes back. */
export interface Schedule {
  readonly queue: PacingQueue;
  /** When the last calls began, at most as many as a window has room for; oldest first. */
  readonly begunAt: readonly number[];
  readonly pausedUntil: number;
  /** Times in a row that the platform had no room. */
  readonly throttles: number;
  readonly circuit: Circuit;
}

export const emptySchedule: Schedule = {
  queue: emptyQueue,
  begunAt: [],
  pausedUntil: -Infinity,
  throttles: 0,
  circuit: { type: 'closed', since: -Infinity, failures: 0 },
};

/** A call that is now to be made. */
export interface BegunCall {
  readonly id: number;
  readonly begunAt: number;
  readonly isProbe: boolean;
}

/** Why a call is not made. */
export type NotBegunReason = 'queue-full' | 'waited-too-long' | 'circuit-open' | 'stopped';

/** What a call told of the platform. */
export type CallOutcome =
  /** It is there, and took or refused the call. */
  | { readonly type: 'answered' }
  /** It had no room. Null: it did not say for how long. */
  | { readonly type: 'throttled'; readonly retryAfterMs: number | null }
  /** It was not reached, gave no answer, or broke. */
  | { readonly type: 'failed' };

export interface Step {
  readonly schedule: Schedule;
  readonly begun: readonly BegunCall[];
  readonly notBegun: readonly { readonly id: number; readonly reason: NotBegunReason }[];
  /** When to look again, if nothing happens before; null: there is nothing to wait for. */
  readonly wakeAt: number | null;
}

/** Lets a call wait; undefined where there is no room for it. */
export function admitCall(schedule: Schedule, call: WaitingCall): Schedule | undefined {
  const waiting = listCalls(schedule.queue);
  const ofTheChat = call.chatId === null ? 0 : waiting.filter(({ chatId }) => chatId === call.chatId).length;
  if (waiting.length >= MOST_WAITING || ofTheChat >= MOST_OF_A_CHAT) return undefined;
  return { ...schedule, queue: putCall(schedule.queue, call) };
}

/** What is due at `now`: gives up who waited too long, then begins as many as may begin. */
export function nextStep(schedule: Schedule, now: number): Step {
  const waiting = listCalls(schedule.queue);
  const { circuit } = schedule;
  if (circuit.type === 'open' && now < circuit.until) {
    const notBegun = waiting.map(({ id }) => ({ id, reason: 'circuit-open' as const }));
    // Passes stay, so that it is still known whose turn it was.
    const queue = keepCalls(schedule.queue, () => false);
    return { schedule: { ...schedule, queue }, begun: [], notBegun, wakeAt: null };
  }
  // What is late must not begin, however long this process slept; what is due this very moment still may.
  const punctual = withoutLate(schedule, ({ deadline }) => deadline < now);
  const { schedule: after, begun } = beginCalls(punctual, now);
  const left = withoutLate(after, ({ deadline }) => deadline <= now);
  const isIn = new Set([...listCalls(left.queue), ...begun].map(({ id }) => id));
  const late = waiting.filter(({ id }) => !isIn.has(id));
  const notBegun = late.map(({ id }) => ({ id, reason: 'waited-too-long' as const }));
  return { schedule: left, begun, notBegun, wakeAt: wakeTime(left) };
}

function withoutLate(schedule: Schedule, isLate: (call: WaitingCall) => boolean): Schedule {
  if (!listCalls(schedule.queue).some(isLate)) return schedule;
  return { ...schedule, queue: keepCalls(schedule.queue, (call) => !isLate(call)) };
}

/** Learns from how a call came out. */
export function settleCall(schedule: Schedule, call: BegunCall, outcome: CallOutcome, now: number): Schedule {
  const seen = { ...schedule, circuit: afterCall(schedule.circuit, call, outcome, now) };
  // A call that began before the last pause was over tells nothing new: it belongs to the same crowd.
  const isNews = call.begunAt >= schedule.pausedUntil;
  if (outcome.type === 'throttled') return pause(seen, { isNews, retryAfterMs: outcome.retryAfterMs }, now);
  return outcome.type === 'answered' && isNews ? { ...seen, throttles: 0 } : seen;
}

function beginCalls(schedule: Schedule, now: number): Pick<Step, 'schedule' | 'begun'> {
  const begun: BegunCall[] = [];
  let current = schedule;
  while (mayBeginAt(current) <= now) {
    const next = takeCall(current.queue);
    if (next === undefined) break;
    const isProbe = current.circuit.type === 'open';
    begun.push({ id: next.call.id, begunAt: now, isProbe });
    current = {
      ...current,
      queue: next.queue,
      begunAt: [...current.begunAt, now].slice(-CALLS_PER_WINDOW),
      circuit: isProbe ? { type: 'probing' } : current.circuit,
    };
  }
  return { schedule: current, begun };
}

/** The earliest moment at which a call may begin; Infinity while the outcome of another must come first. */
function mayBeginAt({ begunAt, pausedUntil, circuit }: Schedule): number {
  if (circuit.type === 'probing') return Infinity;
  const [oldest = -Infinity] = begunAt;
  const hasRoomAt = begunAt.length < CALLS_PER_WINDOW ? -Infinity : oldest + WINDOW;
  return Math.max(hasRoomAt, pausedUntil, circuit.type === 'open' ? circuit.until : -Infinity);
}

function wakeTime(schedule: Schedule): number | null {
  const deadlines = listCalls(schedule.queue).map(({ deadline }) => deadline);
  return deadlines.length === 0 ? null : Math.min(mayBeginAt(schedule), ...deadlines);
}

function afterCall(circuit: Circuit, call: BegunCall, outcome: CallOutcome, now: number): Circuit {
  const hasFailed = outcome.type === 'failed';
  switch (circuit.type) {
    case 'open':
      return circuit;
    case 'probing':
      if (!call.isProbe) return circuit;
      return hasFailed ? { type: 'open', until: now + OPEN_TIME } : { type: 'closed', since: now, failures: 0 };
    case 'closed': {
      if (call.begunAt < circuit.since) return circuit;
      const failures = hasFailed ? circuit.failures + 1 : 0;
      return failures < MOST_FAILURES ? { ...circuit, failures } : { type: 'open', until: now + OPEN_TIME };
    }
  }
}

/** One pause for all: the limit is the tenant's. Never shorter than the window, or the same crowd would be back. */
function pause(schedule: Schedule, { isNews, retryAfterMs }: { isNews: boolean; retryAfterMs: number | null }, now: number) {
  const throttles = isNews ? schedule.throttles + 1 : schedule.throttles;
  const length = retryAfterMs ?? Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (Math.max(1, throttles) - 1));
  const until = now + Math.max(WINDOW, length);
  return { ...schedule, throttles, pausedUntil: Math.max(schedule.pausedUntil, until) };
}
