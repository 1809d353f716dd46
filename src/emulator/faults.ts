import type * as z from 'zod/mini';
import { FaultsInput, type FaultSettings } from './fault-settings.js';
import { createRandom } from './random.js';

/** What happens to one webhook. */
export interface WebhookFate {
  readonly delayMilliseconds: number;
  readonly isDropped: boolean;
  readonly isReordered: boolean;
  readonly duplicate: 'none' | 'same-bytes' | 'signed-again';
}

/** What happens to one request to the platform's API; undefined: nothing. */
export type RestFault =
  | { readonly kind: 'status'; readonly status: 500 | 502 | 503 | 504; readonly isHtml: boolean }
  | { readonly kind: 'retry-after'; readonly status: 429 | 503 }
  | { readonly kind: 'timeout'; readonly isCarriedOut: boolean };

/** What happens to one upload. */
export interface BucketFate {
  readonly delayMilliseconds: number;
  readonly fault:
    | { readonly kind: 'status'; readonly status: 500 | 503 }
    | { readonly kind: 'timeout' }
    | { readonly kind: 'expired' }
    /** `share` of the body, from 0 to 1, arrives. */
    | { readonly kind: 'reset'; readonly share: number }
    | undefined;
}

/** How long an answer is held back, in milliseconds: longer than any consumer should wait. */
export const HOLD_MILLISECONDS = 30_000;

/** Decides what goes wrong. Each group has its own row of dice, so that none depends on the others' traffic. */
export interface Faults {
  settings(): FaultSettings;
  /** Replaces all settings and begins the rows of dice anew. */
  set(input: z.output<typeof FaultsInput>): void;
  /** For each webhook once, in the order they are queued. */
  nextWebhook(): WebhookFate;
  /** How late one is, in milliseconds: for each webhook of a task virtual agent once, in their order. */
  nextTaskDelay(): number;
  /** For each request to the platform's API once, in the order they arrive. */
  nextRest(): RestFault | undefined;
  /** For each upload to the bucket once, in the order they arrive. */
  nextBucket(): BucketFate;
}

/** Makes faults that are all off. */
export function createFaults(defaultSeed: number): Faults {
  let settings: FaultSettings = toSettings(FaultsInput.parse({}), defaultSeed);
  let dice = createDice(settings.seed);

  return {
    settings: () => settings,
    set: (input) => {
      settings = toSettings(input, defaultSeed);
      dice = createDice(settings.seed);
    },
    nextWebhook: () => {
      const { delay, drop, reorder, duplicate } = settings.webhook;
      // Every die is thrown each time: one setting must not shift what another one hits.
      const [delayed, dropped, reordered, doubled, how] = dice.webhook();
      return {
        delayMilliseconds: toMilliseconds(delay, delayed),
        isDropped: dropped < drop,
        isReordered: reordered < reorder,
        duplicate: doubled >= duplicate ? 'none' : how < 0.5 ? 'same-bytes' : 'signed-again',
      };
    },
    nextTaskDelay: () => {
      const [delayed] = dice.task();
      return toMilliseconds(settings.webhook.taskDelay, delayed);
    },
    nextRest: () => toRestFault(settings.rest, dice.rest()),
    nextBucket: () => toBucketFate(settings.bucket, [dice.bucket(), dice.bucket()]),
  };
}

function toSettings({ seed, ...groups }: z.output<typeof FaultsInput>, defaultSeed: number): FaultSettings {
  return { seed: seed ?? defaultSeed, ...groups };
}

/** Something between the two, both included. */
function toMilliseconds([shortest, longest]: readonly [number, number], die: number): number {
  return shortest + Math.floor(die * (longest - shortest + 1));
}

type Throw = readonly [number, number, number, number, number];

function createDice(seed: number): Readonly<Record<'webhook' | 'rest' | 'bucket' | 'task', () => Throw>> {
  const createRow = (place: number): (() => Throw) => {
    const random = createRandom(seed + place * 7919);
    return () => [
      random.fraction(),
      random.fraction(),
      random.fraction(),
      random.fraction(),
      random.fraction(),
    ];
  };
  return { webhook: createRow(1), rest: createRow(2), bucket: createRow(3), task: createRow(4) };
}

function toRestFault(
  { timeout, retryAfter, status }: FaultSettings['rest'],
  [late, busy, broken, which, how]: Throw,
): RestFault | undefined {
  if (late < timeout) return { kind: 'timeout', isCarriedOut: how < 0.5 };
  if (busy < retryAfter) return { kind: 'retry-after', status: which < 0.5 ? 429 : 503 };
  if (broken < status) {
    const statuses = [500, 502, 503, 504] as const;
    return { kind: 'status', status: statuses[Math.floor(which * 4)] ?? 500, isHtml: how < 0.5 };
  }
  return undefined;
}

function toBucketFate(
  { slow: range, ...settings }: FaultSettings['bucket'],
  [[late, old, broken, which, cut], [slow]]: readonly [Throw, Throw],
): BucketFate {
  const delayMilliseconds = toMilliseconds(range, slow);
  if (cut < settings.reset) return { delayMilliseconds, fault: { kind: 'reset', share: settings.resetAt } };
  if (late < settings.timeout) return { delayMilliseconds, fault: { kind: 'timeout' } };
  if (old < settings.expired) return { delayMilliseconds, fault: { kind: 'expired' } };
  if (broken >= settings.status) return { delayMilliseconds, fault: undefined };
  return { delayMilliseconds, fault: { kind: 'status', status: which < 0.5 ? 500 : 503 } };
}
