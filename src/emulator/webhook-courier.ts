import type { Cause } from './causes.js';
import type { Timers } from './clock.js';
import type { Faults, WebhookFate } from './faults.js';
import type { Activity } from './webhook-activity.js';
import type { Delivery, SignedWebhook } from './webhook-delivery.js';

/** A webhook whose turn has come. */
export interface Parcel {
  readonly body: string;
  readonly cause: Cause;
  readonly fate: WebhookFate;
}

/** Brings webhooks to their receiver, again and twice where the faults say so. */
export interface Courier {
  /** Resolves when it is delivered or given up; a second copy that is signed again comes by itself. */
  deliver(parcel: Parcel): Promise<void>;
}

interface CourierOptions {
  readonly timers: Timers;
  readonly faults: Faults;
  readonly delivery: Delivery;
  readonly activity: Activity;
  /** Where webhooks go, read at each delivery. */
  readonly url: () => string | undefined;
}

/** After this a webhook that was signed again comes: late enough for another timestamp in any form. */
const SECOND_COPY_MILLISECONDS = 1000;
const RETRY = { first: 250, longest: 5000, until: 120_000 } as const;

/** Makes the courier. No repetition is documented (OQ-12): without the fault there is one attempt. */
export function createCourier(options: CourierOptions): Courier {
  const { timers, activity, delivery } = options;
  return {
    deliver: async ({ body, cause, fate }) => {
      const sent = await deliverWithRetries(options, { body, cause });
      if (sent === undefined || fate.duplicate === 'none') return;
      if (fate.duplicate === 'same-bytes') {
        await delivery.post(sent, { cause, duplicate: 'same-bytes' });
        return;
      }
      // Nobody waits for the second copy: whatever comes in the meantime may pass it.
      timers.after(SECOND_COPY_MILLISECONDS, () => {
        activity.begin();
        void deliverAgain(options, { body, cause }).finally(() => {
          activity.end();
        });
      });
    },
  };
}

type Unsigned = Pick<Parcel, 'body' | 'cause'>;

async function deliverAgain(
  { url, delivery, activity }: CourierOptions,
  { body, cause }: Unsigned,
): Promise<void> {
  const target = url();
  if (target === undefined || activity.isStopped()) return;
  await delivery.post(await delivery.sign(target, body), { cause, duplicate: 'signed-again' });
}

/** @returns what was sent in the end; undefined when there is nobody to send it to any more */
async function deliverWithRetries(
  { url, timers, faults, delivery, activity }: CourierOptions,
  { body, cause }: Unsigned,
): Promise<SignedWebhook | undefined> {
  const giveUpAt = timers.now() + RETRY.until;
  for (let attempt = 1, wait: number = RETRY.first; ; attempt += 1, wait = Math.min(wait * 2, RETRY.longest)) {
    const target = url();
    if (target === undefined || activity.isStopped()) return undefined;
    const signed = await delivery.sign(target, body);
    const isAccepted = await delivery.post(signed, { cause, ...(attempt > 1 && { attempt }) });
    const mayRepeat = faults.settings().webhook.retry && timers.now() + wait <= giveUpAt;
    if (isAccepted || !mayRepeat) return signed;
    if (!(await activity.pause(wait))) return undefined;
  }
}
