import assert from 'node:assert/strict';
import { admitCall, emptySchedule, nextStep, settleCall, type CallOutcome } from '../../src/relay/pacing-schedule.js';
import type { PacingClass } from '../../src/relay/pacing-class.js';

/** A call that somebody wants made. */
export interface Arrival {
  readonly at: number;
  readonly chatId: number | null;
  readonly pacingClass: PacingClass;
}

/** What became of it. `refused`: it was never made, at the moment `at`. */
export interface Fate extends Arrival {
  readonly id: number;
  readonly begunAt: number | null;
  readonly refused: { readonly at: number; readonly reason: string } | null;
}

export interface Answer {
  readonly afterMs: number;
  readonly outcome: CallOutcome;
}

export const answered: CallOutcome = { type: 'answered' };

/** Lets the shipped schedule run in imagined time until nothing is left; `answer` is asked once for every call made. */
export function simulate(arrivals: readonly Arrival[], answer: (call: number) => Answer, patienceMs = 30_000): Fate[] {
  const fates = new Map<number, Fate>();
  const events: { at: number; run: () => void }[] = [];
  let schedule = emptySchedule;
  let now = 0;
  let wakeAt = Infinity;
  let calls = 0;

  function plan(at: number, run: () => void): void {
    const later = events.findIndex((event) => event.at > at);
    events.splice(later === -1 ? events.length : later, 0, { at, run });
  }

  function end(id: number, how: Partial<Fate>): void {
    const fate = fates.get(id);
    assert.ok(fate && fate.begunAt === null && fate.refused === null, 'a call ends once');
    fates.set(id, { ...fate, ...how });
  }

  function look(): void {
    const step = nextStep(schedule, now);
    schedule = step.schedule;
    wakeAt = step.wakeAt ?? Infinity;
    for (const { id, reason } of step.notBegun) end(id, { refused: { at: now, reason } });
    for (const call of step.begun) {
      end(call.id, { begunAt: now });
      const { afterMs, outcome } = answer((calls += 1));
      plan(now + afterMs, () => (schedule = settleCall(schedule, call, outcome, now)));
    }
  }

  arrivals.forEach((arrival, id) => {
    plan(arrival.at, () => {
      const admitted = admitCall(schedule, { ...arrival, id, deadline: now + patienceMs });
      const refused = admitted ? null : { at: now, reason: 'queue-full' };
      fates.set(id, { ...arrival, id, begunAt: null, refused });
      schedule = admitted ?? schedule;
    });
  });
  while (events.length > 0 || wakeAt < Infinity) {
    const event = events[0];
    now = Math.max(now, Math.min(event?.at ?? Infinity, wakeAt));
    if (event && event.at <= now) events.shift()?.run();
    look();
  }
  return [...fates.values()];
}

/** Those that were made, in the order they were. */
export function made(fates: readonly Fate[]): (Fate & { readonly begunAt: number })[] {
  const begun = fates.flatMap((fate) => (fate.begunAt === null ? [] : [{ ...fate, begunAt: fate.begunAt }]));
  return begun.sort((left, right) => left.begunAt - right.begunAt);
}

/** The most calls begun in any second. */
export function busiestSecond(times: readonly number[]): number {
  const sorted = [...times].sort((left, right) => left - right);
  let first = 0;
  return sorted.reduce((most, time, index) => {
    while (time - (sorted[first] ?? time) >= 1_000) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}
