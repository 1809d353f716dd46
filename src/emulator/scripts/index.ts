import type { Script } from '../script.js';
import { readScript } from '../script-reader.js';
import { afterHours } from './after-hours.js';
import { demo } from './demo.js';
import { dismissal } from './dismissal.js';
import { forcedEnd } from './forced-end.js';
import { orders } from './orders.js';
import { overCapacity } from './over-capacity.js';
import { quiet } from './quiet.js';

/** The texts of the built-in scripts, by name. */
export const builtInScripts: Readonly<Record<string, string>> = {
  demo,
  quiet,
  orders,
  'over-capacity': overCapacity,
  'after-hours': afterHours,
  dismissal,
  'forced-end': forcedEnd,
};

/** The names that `script` may have without any scripts of your own. */
export const builtInScriptNames: readonly string[] = Object.keys(builtInScripts);

/**
 * Finds a script by name and reads it.
 * @param given texts by name, before the built-in ones
 * @throws RangeError with the names there are, ScriptError where the script is wrong
 */
export function findScript(name: string, given: Readonly<Record<string, string>> = {}): Script {
  const texts = { ...builtInScripts, ...given };
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
  if (text === undefined)
    throw new RangeError(`There is no script "${name}"; there are ${Object.keys(texts).join(', ')}.`);
  return readScript(name, text);
}
