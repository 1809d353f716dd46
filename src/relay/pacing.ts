import { PlatformError } from '../platform/index.js';
import { toChatId, toPacingClass, type PacedCall } from './pacing-class.js';
import { countBefore, keepCalls, listCalls } from './pacing-queue.js';
import {
  CALLS_PER_WINDOW,
  WINDOW,
  admitCall,
  emptySchedule,
  nextStep,
  settleCall,
  type BegunCall,
  type CallOutcome,
  type NotBegunReason,
} from './pacing-schedule.js';
import type { Clock, RelayLog } from './ports.js';

export type { PacedCall, PacingClass } from './pacing-class.js';
export type { NotBegunReason } from './pacing-schedule.js';

/** Longest wait for a turn where the call does not say, in milliseconds. */
const PATIENCE = 30_000;

/** A call that was never made, so that making it again doubles nothing: `unsent`, with the time that it is worth waiting. */
export class NotBegunError extends PlatformError {
  readonly reason: NotBegunReason;

  constructor(call: PacedCall, reason: NotBegunReason, retryAfterMs: number | null) {
    const { method, path } = call;
    super({ kind: 'unsent', method, path, status: null, retryAfterMs, code: reason });
    this.reason = reason;
  }
}

/**
 * Makes the platform's calls in turn: never more than 9 in any second, fair between chats, none to a platform that
 * does not answer. It repeats nothing; a call that was answered 429 fails as it did, and all others wait meanwhile.
 */
export interface Pacer {
  /** Runs `begin` when it is its turn and answers what it answers; rejects with {@link NotBegunError} if it never is. */
  run<Result>(call: PacedCall, begin: () => Promise<Result>): Promise<Result>;
  /** How many calls go before the next that somebody in this chat waits for; null where none waits. */
  position(chatId: number): number | null;
  /** Calls that wait for their turn. */
  readonly waiting: number;
  /** Begins nothing any more. What was begun comes to its end. */
  stop(): void;
}

export interface PacerOptions {
  readonly clock: Clock;
  readonly log: RelayLog;
}

export function createPacer(options: PacerOptions): Pacer {
  const pacer = new TimedPacer(options);
  return {
    run: (call, begin) => pacer.run(call, begin),
    position: (chatId) => pacer.position(chatId),
    get waiting() {
      return pacer.waiting;
    },
    stop: () => {
      pacer.stop();
    },
  };
}

interface Pending {
  begin(call: BegunCall): void;
  refuse(reason: NotBegunReason): void;
}

/** The schedule, carried out by a clock. */
class TimedPacer {
  readonly #clock: Clock;
  readonly #log: RelayLog;
  readonly #now: () => number;
  readonly #pending = new Map<number, Pending>();
  #schedule = emptySchedule;
  #lastId = 0;
  #isStopped = false;
  #cancelTimer = (): void => undefined;

  constructor({ clock, log }: PacerOptions) {
    this.#clock = clock;
    this.#log = log;
    this.#now = createRisingTime(clock);
  }

  get waiting(): number {
    return listCalls(this.#schedule.queue).length;
  }

  position(chatId: number): number | null {
    // What is read or fetched besides keeps nobody waiting.
    const isMeant = (call: { chatId: number | null; pacingClass: string }) =>
      call.chatId === chatId && (call.pacingClass === 'message' || call.pacingClass === 'closing');
    return countBefore(this.#schedule.queue, isMeant);
  }

  run<Result>(call: PacedCall, begin: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const refuse = (reason: NotBegunReason) => {
        reject(new NotBegunError(call, reason, this.#retryAfter(reason)));
      };
      const id = (this.#lastId += 1);
      const deadline = this.#now() + (call.patienceMs ?? PATIENCE);
      const waiting = { id, chatId: toChatId(call), pacingClass: toPacingClass(call), deadline };
      const schedule = this.#isStopped ? undefined : admitCall(this.#schedule, waiting);
      if (schedule === undefined) {
        refuse(this.#isStopped ? 'stopped' : 'queue-full');
        return;
      }
      this.#schedule = schedule;
      this.#pending.set(id, { refuse, begin: (begun) => void this.#carryOut(begun, begin).then(resolve, reject) });
      this.#step();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelTimer();
    const left = listCalls(this.#schedule.queue);
    this.#schedule = { ...this.#schedule, queue: keepCalls(this.#schedule.queue, () => false) };
    for (const { id } of left) this.#take(id)?.refuse('stopped');
  }

  #step(): void {
    this.#cancelTimer();
    const now = this.#now();
    const { schedule, begun, notBegun, wakeAt } = nextStep(this.#schedule, now);
    this.#schedule = schedule;
    if (wakeAt !== null && wakeAt !== Infinity) {
      this.#cancelTimer = this.#clock.setTimeout(() => {
        this.#step();
      }, wakeAt - now);
    }
    for (const { id, reason } of notBegun) this.#take(id)?.refuse(reason);
    for (const call of begun) this.#take(call.id)?.begin(call);
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  async #carryOut<Result>(call: BegunCall, begin: () => Promise<Result>): Promise<Result> {
    try {
      const result = await begin();
      this.#settle(call, { type: 'answered' });
      return result;
    } catch (error) {
      this.#settle(call, toOutcome(error));
      throw error;
    }
  }

  #settle(call: BegunCall, outcome: CallOutcome): void {
    const before = this.#schedule.circuit.type;
    this.#schedule = settleCall(this.#schedule, call, outcome, this.#now());
    const after = this.#schedule.circuit.type;
    if (before === 'closed' && after === 'open') this.#log.error('the platform does not answer: calls are held back');
    if (before === 'probing' && after === 'closed') this.#log.info('the platform answers again');
    this.#step();
  }

  #retryAfter(reason: NotBegunReason): number | null {
    const { circuit, pausedUntil } = this.#schedule;
    if (reason === 'stopped') return null;
    if (circuit.type === 'open') return Math.max(0, circuit.until - this.#now());
    return Math.max(pausedUntil - this.#now(), Math.ceil((this.waiting + 1) / CALLS_PER_WINDOW) * WINDOW);
  }
}

/** What a failure says of the platform itself: a broken request is the caller's affair. */
function toOutcome(error: unknown): CallOutcome {
  if (!(error instanceof PlatformError)) return { type: 'answered' };
  const { kind, retryAfterMs, status } = error;
  if (kind === 'throttled') return { type: 'throttled', retryAfterMs };
  const isBroken = kind === 'unsent' || (kind === 'unknown' && (status === null || status >= 500));
  return { type: isBroken ? 'failed' : 'answered' };
}

/** A wall clock may be put back; this stands still meanwhile, so that nobody waits an hour for the next turn. */
function createRisingTime(clock: Clock): () => number {
  let last = clock.now();
  let lost = 0;
  return () => {
    const now = clock.now();
    lost += Math.max(0, last - now);
    last = now;
    return now + lost;
  };
}
