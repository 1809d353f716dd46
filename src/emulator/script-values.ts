import type { ScriptNode } from './script-node.js';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000 };
const A_DAY_IN_MILLISECONDS = 86_400_000;

/** A stretch of time in milliseconds: `300 ms`, `1.5 s`, `2 min`, or a bare number of seconds. */
export function readDuration(
  node: ScriptNode,
  expected = 'takes a time such as "300 ms", "1.5 s" or "2 min"',
): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min)?$/.exec(node.text(expected));
  const milliseconds = Number(match?.[1]) * (units[match?.[2] ?? 's'] ?? 1);
  return milliseconds <= A_DAY_IN_MILLISECONDS ? Math.round(milliseconds) : node.fail(expected);
}

/** One of some words. */
export function readChoice<Choice extends string>(node: ScriptNode, choices: readonly Choice[]): Choice {
  const expected = `takes ${choices.join(', ').replace(/, ([^,]*)$/, ' or $1')}`;
  const text = node.text(expected);
  return choices.find((choice) => choice === text) ?? node.fail(expected);
}

/** True or false. */
export function readBoolean(node: ScriptNode): boolean {
  const value = node.scalar();
  return typeof value === 'boolean' ? value : node.fail('takes true or false');
}

/** A regular expression, in any case. */
export function readPattern(node: ScriptNode): RegExp {
  const text = node.text('takes a pattern (a JavaScript regular expression)');
  try {
    return new RegExp(text, 'iu');
  } catch {
    return node.fail('takes a pattern, and this is no JavaScript regular expression');
  }
}

/** The queue's number. */
export function readQueue(node: ScriptNode, queues: ReadonlySet<number>): number {
  const known = [...queues].join(', ');
  const id = Number(node.text(`takes the number of a queue: ${known}`));
  return queues.has(id) ? id : node.fail(`names a queue that there is not; there are ${known}`);
}
