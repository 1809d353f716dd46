import { readFileSync } from 'node:fs';
import { builtInScriptNames, createEmulator, ScriptError, type EmulatorOptions } from '../emulator/index.js';
import { UsageError } from './usage-error.js';

/**
 * What `--script` asks for: the name of a built-in scenario, or the path of a file with one (anything with a
 * slash, or that ends in .yaml, .yml or .json).
 * @throws UsageError when the file cannot be read
 */
export function toScriptOptions(script: string | undefined): Pick<EmulatorOptions, 'script' | 'scripts'> {
  if (script === undefined) return {};
  if (!/[/\\]|\.(ya?ml|json)$/i.test(script)) return { script };
  try {
    return { script, scripts: { [script]: readFileSync(script, 'utf8') } };
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new UsageError(`The script ${script} cannot be played: ${why}.`, { cause: error });
  }
}

/**
 * Makes an emulator that plays what `--script` asks for.
 * @throws UsageError with one sentence when there is no such script, or it is wrong
 */
export function createScriptedEmulator(
  script: string | undefined,
  options: Omit<EmulatorOptions, 'script' | 'scripts'> = {},
): ReturnType<typeof createEmulator> {
  try {
    return createEmulator({ ...options, ...toScriptOptions(script) });
  } catch (error) {
    const isExplained = error instanceof RangeError || error instanceof ScriptError;
    throw isExplained ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** For the help text. */
export const scriptNames = builtInScriptNames.join(', ');
