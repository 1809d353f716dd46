import assert from 'node:assert/strict';
import { PlatformError, type PlatformErrorKind } from '../../src/platform/index.js';
import { NotBegunError, createPacer, type PacedCall } from '../../src/relay/pacing.js';
import { createFakeClock } from '../support/fake-clock.js';

/** What somebody said. */
export const say = (chatId: number, more: Partial<PacedCall> = {}): PacedCall => ({ method: 'POST', path: `/chats/${chatId}/message`, ...more });
/** How things stand. */
export const read = (chatId: number): PacedCall => ({ method: 'GET', path: `/chats/${chatId}` });
export const finish = (chatId: number): PacedCall => ({ method: 'PATCH', path: `/chats/${chatId}` });
/** A call that fails so. */
export const fails = (kind: PlatformErrorKind, more: { status?: number; retryAfterMs?: number } = {}) => async (): Promise<never> => {
  throw new PlatformError({ kind, method: 'POST', path: '/chats/1/message', status: null, ...more });
};

/** A pacer whose calls are noted as they begin. */
export function setUp() {
  const clock = createFakeClock();
  let slept = 0;
  const wall = { now: () => clock.now() + slept, setTimeout: (run: () => void, ms: number) => clock.setTimeout(run, ms) };
  const lines: string[] = [];
  const note = (event: string) => void lines.push(event);
  const pacer = createPacer({ clock: wall, log: { info: note, warn: note, error: note } });
  const begun: { name: string; at: number }[] = [];
  const start = clock.now();
  const refusals = new Map<string, NotBegunError>();

  function call(name: string, paced: PacedCall, answer: () => Promise<unknown> = async () => name): Promise<unknown> {
    const begin = async () => {
      begun.push({ name, at: clock.now() - start });
      return answer();
    };
    return pacer.run(paced, begin).catch((error: unknown) => {
      if (error instanceof NotBegunError) refusals.set(name, error);
      else assert.ok(error instanceof PlatformError);
    });
  }
  const names = () => begun.map(({ name }) => name);
  const timeOf = (name: string) => begun.find((each) => each.name === name)?.at;
  /** Uses up what a second has room for. */
  const fill = (answer?: () => Promise<unknown>) => {
    const calls = Array.from({ length: 9 }, (_, index) => call(`fill ${index}`, read(900 + index), answer));
    return { done: () => Promise.all(calls) };
  };
  /** Time passes on the wall, and no timer runs. */
  const sleep = (milliseconds: number) => void (slept += milliseconds);
  return { clock, sleep, pacer, call, fill, begun, names, timeOf, refusals, lines };
}
