import * as z from 'zod/mini';
import { createRandom } from './random.js';

const Probability = z
  .number({ error: 'takes a probability from 0 to 1' })
  .check(z.minimum(0, 'takes a probability from 0 to 1'), z.maximum(1, 'takes a probability from 0 to 1'));

const LONGEST_DELAY_MILLISECONDS = 3_600_000;
const delayRule = 'takes [shortest, longest] in whole milliseconds, at most an hour';
const Milliseconds = z
  .int({ error: delayRule })
  .check(z.minimum(0, delayRule), z.maximum(LONGEST_DELAY_MILLISECONDS, delayRule));
const Delay = z
  .tuple([Milliseconds, Milliseconds], { error: delayRule })
  .check(z.refine(([shortest, longest]) => shortest <= longest, { error: delayRule }));

/** What is said of a key that there is not, and of what is no object. */
function onlyKnown(keys: Readonly<Record<string, unknown>>): { error: z.core.$ZodErrorMap } {
  const known = Object.keys(keys).join(', ');
  return {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `there is no ${issue.keys.join(', ')}; there are ${known}`
        : `takes an object of ${known}`,
  };
}

const never = z._default(Probability, 0);

const webhookFaults = {
  /** How late a webhook leaves: something between the two, in milliseconds. The order stays. */
  delay: z._default(Delay, [0, 0]),
  /** Comes twice: the same bytes again at once, or signed again a second later. */
  duplicate: never,
  /** Comes after the next one of its chat. */
  reorder: never,
  /** Never comes. */
  drop: never,
  /** Repeats a webhook until it is answered with 2xx, at most 5 s apart, for 2 minutes (OQ-12). */
  retry: z._default(z.boolean({ error: 'takes true or false' }), false),
};

const restFaults = {
  /** Is answered 500, 502, 503 or 504, in JSON or HTML, and not carried out. */
  status: never,
  /** Has its answer held back for half a minute; carried out or not, one as often as the other. */
  timeout: never,
  /** Is answered 429 or 503 with `Retry-After: 1`, and not carried out (OQ-30). */
  retryAfter: never,
};

const bucketFaults = {
  /** Is answered 500 or 503, and nothing is stored. */
  status: never,
  /** Is stored, and its answer held back for half a minute. */
  timeout: never,
  /** Is answered 403 as if the form had expired. */
  expired: never,
  /** Loses its connection when a share of it has arrived, and nothing is stored. */
  reset: never,
  /** That share, from 0 to 1. */
  resetAt: z._default(Probability, 0.5),
  /** How late an upload is looked at: something between the two, in milliseconds. */
  slow: z._default(Delay, [0, 0]),
};

/**
 * Body of `PUT /emulator/faults`. Each plain value is a probability from 0 (never, the default) to 1 (always).
 */
export const FaultsInput = z.strictObject(
  {
    /** Decides which webhook and which request is hit; default: the emulator's own. */
    seed: z.optional(z.int({ error: 'takes a whole number' })),
    webhook: z.prefault(z.strictObject(webhookFaults, onlyKnown(webhookFaults)), {}),
    rest: z.prefault(z.strictObject(restFaults, onlyKnown(restFaults)), {}),
    bucket: z.prefault(z.strictObject(bucketFaults, onlyKnown(bucketFaults)), {}),
  },
  onlyKnown({ seed: 1, webhook: 1, rest: 1, bucket: 1 }),
);

/** What goes wrong on purpose. */
export type FaultSettings = z.output<typeof FaultsInput> & { readonly seed: number };

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
      const [shortest, longest] = delay;
      return {
        delayMilliseconds: shortest + Math.floor(delayed * (longest - shortest + 1)),
        isDropped: dropped < drop,
        isReordered: reordered < reorder,
        duplicate: doubled >= duplicate ? 'none' : how < 0.5 ? 'same-bytes' : 'signed-again',
      };
    },
    nextRest: () => toRestFault(settings.rest, dice.rest()),
    nextBucket: () => toBucketFate(settings.bucket, [dice.bucket(), dice.bucket()]),
  };
}

function toSettings({ seed, ...groups }: z.output<typeof FaultsInput>, defaultSeed: number): FaultSettings {
  return { seed: seed ?? defaultSeed, ...groups };
}

type Throw = readonly [number, number, number, number, number];

function createDice(seed: number): Readonly<Record<'webhook' | 'rest' | 'bucket', () => Throw>> {
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
  return { webhook: createRow(1), rest: createRow(2), bucket: createRow(3) };
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
  { slow: [shortest, longest], ...settings }: FaultSettings['bucket'],
  [[late, old, broken, which, cut], [slow]]: readonly [Throw, Throw],
): BucketFate {
  const delayMilliseconds = shortest + Math.floor(slow * (longest - shortest + 1));
  if (cut < settings.reset) return { delayMilliseconds, fault: { kind: 'reset', share: settings.resetAt } };
  if (late < settings.timeout) return { delayMilliseconds, fault: { kind: 'timeout' } };
  if (old < settings.expired) return { delayMilliseconds, fault: { kind: 'expired' } };
  if (broken >= settings.status) return { delayMilliseconds, fault: undefined };
  return { delayMilliseconds, fault: { kind: 'status', status: which < 0.5 ? 500 : 503 } };
}
