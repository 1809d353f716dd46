import { toParameters } from './parameters.js';
import type { Switches } from './switches.js';
import { unknownKeys } from './unknown-keys.js';
import type { WebhookEnvelope, Webhooks } from './webhooks.js';

/** After every so many webhooks comes one of an event type that nobody knows. */
const INTERVAL = 3;

/**
 * Sprinkles what no document knows among the webhooks, where the switches say so: platform, Errors, forward
 * compatibility.
 */
export function createSprinkles(options: {
  readonly switches: Switches;
  readonly webhooks: Pick<Webhooks, 'send'>;
}): Pick<Webhooks, 'send'> {
  const { switches, webhooks } = options;
  let count = 0;
  const send = (envelope: WebhookEnvelope): void => {
    const isSprinkled = switches.get('unknownKeys') === 'sprinkled';
    webhooks.send(isSprinkled ? (addUnknownKeys(envelope) as WebhookEnvelope) : envelope);
  };
  return {
    send: (envelope) => {
      send(envelope);
      count += 1;
      if (switches.get('unknownEvents') === 'sprinkled' && count % INTERVAL === 1)
        send({ ...envelope, event_type: 'weather_changed', body: { outlook: 'sunny' } });
    },
  };
}

/** Into each object, however deep. */
function addUnknownKeys(value: unknown): unknown {
  const object = toParameters(value);
  if (object === undefined) return value;
  const entries = Object.entries(object).map(([key, each]) => [key, addUnknownKeys(each)]);
  return { ...Object.fromEntries(entries), ...unknownKeys };
}
