import type { Script } from '../script.js';
import { demo } from './demo.js';
import { quiet } from './quiet.js';

/** The built-in scripts by name. */
export const scripts: Readonly<Record<string, Script>> = { demo, quiet };

/**
 * Finds a built-in script.
 * @throws RangeError with the names there are.
 */
export function findScript(name: string): Script {
  const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  if (script === undefined)
    throw new RangeError(`There is no script "${name}"; there are ${Object.keys(scripts).join(', ')}.`);
  return script;
}
