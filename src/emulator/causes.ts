import type { StaffKind } from './people.js';

/** What made the emulator send a webhook. */
export type Cause =
  /** A request of the consumer; `entry` is its number in the journal. */
  | { readonly kind: 'request'; readonly entry: number; readonly method: string; readonly path: string }
  /** Somebody at the control API; `entry` is the number among the journal's controls. */
  | { readonly kind: 'control'; readonly entry: number; readonly method: string; readonly path: string }
  /** A scripted person, or the scenario itself where it is nobody's doing. */
  | {
      readonly kind: 'script';
      readonly script: string;
      readonly person?: { readonly type: StaffKind; readonly name: string };
    }
  /** The platform by itself, because time has passed. */
  | { readonly kind: 'timer' };

/** Knows why something happens right now. */
export interface Causes {
  /** What is happening because of; `timer` where nobody said anything else. */
  current(): Cause;
  /** Runs `action`; everything that happens before it returns happens because of `cause`. */
  run<Result>(cause: Cause, action: () => Result): Result;
  /** The same object, whose methods do everything because of `cause`, however late they are called. */
  attribute<Target extends object>(target: Target, cause: Cause): Target;
}

/** Makes the keeper of causes of one world. */
export function createCauses(): Causes {
  const stack: Cause[] = [];

  function run<Result>(cause: Cause, action: () => Result): Result {
    stack.push(cause);
    try {
      return action();
    } finally {
      stack.pop();
    }
  }

  function attribute<Target extends object>(target: Target, cause: Cause): Target {
    return new Proxy(target, {
      get: (_, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        // Called on the target itself: private members of a class are not to be had through a proxy.
        return (...parameters: unknown[]): unknown => run(cause, (): unknown => Reflect.apply(value, target, parameters));
      },
    });
  }

  return { current: () => stack.at(-1) ?? { kind: 'timer' }, run, attribute };
}
