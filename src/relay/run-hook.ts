import type { RelayHooks } from './hooks.js';
import type { Clock, RelayLog } from './ports.js';

/** A hook has so long, in milliseconds: a visitor may be waiting. */
const HOOK_TIME = 5_000;

/** A hook of the site threw or took too long. What it threw stays on the site's side of the wall. */
export class HookError extends Error {
  override readonly name = 'HookError';
}

/**
 * Runs a hook of the site. Rejects with {@link HookError} when it throws, rejects or takes longer than 5 seconds, which is
 * logged by the hook's name alone: what it was given and what it threw may tell of a visitor.
 */
export type HookRunner = <Result>(name: keyof RelayHooks, call: () => Promise<Result> | Result) => Promise<Result>;

export function createHookRunner({ log, clock }: { readonly log: RelayLog; readonly clock: Clock }): HookRunner {
  return async (name, call) => {
    let cancel = (): void => undefined;
    const tooLate = new Promise<never>((_resolve, reject) => {
      cancel = clock.setTimeout(() => {
        reject(new HookError(`${name} took too long`));
      }, HOOK_TIME);
    });
    try {
      // Called inside, so that a hook that throws at once fails like one that rejects; one that fails late fails for nobody.
      return await Promise.race([(async () => call())(), tooLate]);
    } catch (cause) {
      log.warn(cause instanceof HookError ? 'a hook took too long' : 'a hook failed', { hook: name });
      throw new HookError(`${name} failed`);
    } finally {
      cancel();
    }
  };
}
