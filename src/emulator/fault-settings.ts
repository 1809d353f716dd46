import * as z from 'zod/mini';

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
  /**
   * How late what a task virtual agent does and says is told, in milliseconds; the chat's other webhooks pass
   * it.
   */
  taskDelay: z._default(Delay, [0, 0]),
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
