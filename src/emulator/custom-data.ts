import type { Chat, CustomerFlags } from './chat.js';
import { missingParameter, PlatformError } from './errors.js';
import { requireObject, requireText, toParameters, toText, type Parameters } from './parameters.js';
import { readSignedData } from './signed-data.js';
import type { SwitchPosition } from './switches.js';

/** The keys by which custom data sets the customer flags. */
const reservedKeys: Readonly<Record<string, keyof CustomerFlags>> = {
  reserved_verified_customer: 'verified_customer',
  reserved_bad_actor: 'bad_actor',
  reserved_repeat_customer: 'repeat_customer',
};

/** What signed and unsigned custom data is held against. */
export interface CustomDataRules {
  /** The company secret. */
  readonly secret: string;
  readonly now: number;
  readonly label: SwitchPosition<'customDataLabel'>;
}

/**
 * Reads the items of a custom data request, signed or not (platform: Custom data).
 * @throws PlatformError 400 for a missing parameter, an item without a value, and a token that is not the
 *   company's; the texts of the last two are ours
 */
export async function readCustomData(parameters: Parameters, rules: CustomDataRules): Promise<Parameters> {
  const { signed } = parameters;
  if (typeof signed !== 'boolean') throw missingParameter('signed');
  const items = signed ? await readSigned(parameters, rules) : requireObject(parameters, 'data');
  for (const [key, item] of Object.entries(items)) requireItem(key, item, rules);
  return items;
}

/** Adds the items; those with a reserved key set the flag as well. */
export function addCustomData(chat: Chat, items: Parameters): void {
  for (const [key, item] of Object.entries(items)) {
    // Not assigned: a key like `__proto__` is a key like any other.
    Object.defineProperty(chat.customData, key, {
      value: item,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    const flag = Object.hasOwn(reservedKeys, key) ? reservedKeys[key] : undefined;
    const value = toParameters(item)?.value;
    if (flag !== undefined && typeof value === 'boolean') chat.flags[flag] = value;
  }
}

async function readSigned(parameters: Parameters, { secret, now }: CustomDataRules): Promise<Parameters> {
  const token = requireText(parameters, 'signed_data');
  const claims = await readSignedData(token, { secret, now });
  const items = typeof claims === 'string' ? undefined : toParameters(claims.custom_data);
  if (items === undefined) throw new PlatformError(400, 'Invalid signed data');
  return items;
}

function requireItem(key: string, item: unknown, { label }: CustomDataRules): void {
  const parameters = toParameters(item);
  if (parameters === undefined || !Object.hasOwn(parameters, 'value')) throw missingParameter(key);
  if (label === 'required' && toText(parameters.label) === undefined) throw missingParameter('label');
}
