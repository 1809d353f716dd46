/** Why a chat failed, by the number that is kept for it (platform: Statuses of a chat, fail reasons). */
const failReasons: Readonly<Record<number, string>> = {
  1: 'unknown',
  2: 'no_response',
  3: 'expired',
  4: 'after_hours',
  5: 'escalation_failed',
  31: 'expired_menu_selection',
  41: 'end_user_opt_out',
  50001: 'over_cap_email',
  60001: 'group_deleted_no_substitute',
};

/** The longer one first: one reason begins with another. */
const failWords = Object.values(failReasons).sort((left, right) => right.length - left.length);

/** How an ordinary end is spelled is not documented (OQ-23); the words are those of the platform's reports. */
const finishWords: readonly (readonly [RegExp, string])[] = [
  [/(^|_)by_end_user$|^end_user$|^abandoned$/, 'by_end_user'],
  [/(^|_)by_agent$|^agent$/, 'by_agent'],
  [/^timeout|^timed_out$/, 'timeout'],
  [/^deflected$/, 'deflected'],
];

const reasonKey = /reason|(ended|finished|closed|disconnected)_by$/;

/**
 * Why a chat is over, from whatever tells it: a field named like a reason, and of a failed chat its `status_text`, which is
 * display text with HTML in it. The words are ours where the platform has several: `by_end_user`, `by_agent`, `timeout`,
 * `deflected`, else the platform's own reasons of a failure, which is `unknown` where it gives none. Null where nothing is said.
 */
export function readEndReason(source: Readonly<Record<string, unknown>>): string | null {
  const told = Object.entries(source).flatMap(([key, value]) => (reasonKey.test(key) ? [value] : []));
  const isFailed = source['status'] === 'failed';
  const failures = [...told, ...(isFailed ? [source['status_text']] : [])].map(readFailure);
  return firstOf([...failures, ...told.map(readFinish)]) ?? (isFailed ? 'unknown' : null);
}

function readFailure(value: unknown): string | null {
  if (typeof value === 'number') return failReasons[value] ?? null;
  if (typeof value !== 'string') return null;
  const words = `_${toWords(value)}_`;
  return failWords.find((reason) => words.includes(`_${reason}_`)) ?? null;
}

function readFinish(value: unknown): string | null {
  const words = typeof value === 'string' ? toWords(value) : '';
  return finishWords.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** `<b>After hours</b>` -> `after_hours` */
function toWords(text: string): string {
  const plain = text.slice(0, 1_000).replaceAll(/<[^<>]*>/g, ' ');
  return plain.toLowerCase().replaceAll(/[^a-z]+/g, '_').replaceAll(/^_|_$/g, '');
}

function firstOf(reasons: readonly (string | null)[]): string | null {
  return reasons.find((reason) => reason !== null) ?? null;
}
