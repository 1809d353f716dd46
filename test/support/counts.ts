import { stripVTControlCharacters } from 'node:util';

/** How many tests, or whole gates, ended which way. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 };

/** Adds two counts up. */
export function addCounts(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** `3 passed, 0 failed`, and `, 1 skipped` where some were. */
export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Reads the last line that {@link formatCounts} wrote into `output`; undefined where there is none. */
export function parseCounts(output: string): Counts | undefined {
  const lines = [...stripVTControlCharacters(output).matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)];
  const found = lines.at(-1);
  if (!found) return undefined;
  const [, passed, failed, skipped] = found;
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped ?? 0) };
}

/** Reads the summary of node:test's `spec` reporter; undefined where the run ended before it. */
export function parseSpecSummary(output: string): Counts | undefined {
  const text = stripVTControlCharacters(output);
  const read = (name: string): number | undefined => {
    const found = [...text.matchAll(new RegExp(`^ℹ ${name} (\\d+)$`, 'gm'))].at(-1);
    return found && Number(found[1]);
  };
  const passed = read('pass');
  if (passed === undefined) return undefined;
  const failed = (read('fail') ?? 0) + (read('cancelled') ?? 0);
  return { passed, failed, skipped: (read('skipped') ?? 0) + (read('todo') ?? 0) };
}
