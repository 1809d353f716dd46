import { accessDenied, BucketError, invalidPolicy } from './bucket-error.js';
import { parseBase64 } from './bytes.js';

/** One thing that a policy asks of a form. Field names are in lower case: they are compared without case. */
export type PolicyCondition =
  | { readonly type: 'eq' | 'starts-with'; readonly field: string; readonly value: string }
  /** Bytes of the file, both ends included. */
  | { readonly type: 'content-length-range'; readonly minimum: number; readonly maximum: number };

/** What a signed form allows (S3: POST Policy; Cloud Storage: Policy document). */
export interface PostPolicy {
  /** Milliseconds since 1970; from then on the form is worthless. */
  readonly expiration: number;
  readonly conditions: readonly PolicyCondition[];
}

/** What arrived. Field names are in lower case. */
export interface PostedForm {
  readonly bucket: string;
  readonly fields: ReadonlyMap<string, string>;
  /** Bytes of the file. */
  readonly size: number;
}

/** Fields that no policy has to mention, besides those that begin with `x-ignore-`. */
const exemptFields = new Set(['policy', 'file', 'x-amz-signature', 'x-goog-signature']);

/**
 * Reads the `policy` of a form: Base64 of JSON in UTF-8. Its own keys are compared with case.
 * @throws BucketError 400 `InvalidPolicyDocument`
 */
export function parsePolicy(encoded: string): PostPolicy {
  const document = parseDocument(encoded);
  const unexpected = Object.keys(document).find((key) => key !== 'expiration' && key !== 'conditions');
  if (unexpected !== undefined) throw invalidPolicy(`Unexpected: '${unexpected}'.`);
  const { expiration, conditions } = document;
  if (expiration === undefined) throw invalidPolicy('Policy missing expiration.');
  if (typeof expiration !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(expiration))
    throw invalidPolicy('Invalid expiration: it must be ISO 8601 in GMT.');
  const time = Date.parse(expiration);
  if (Number.isNaN(time)) throw invalidPolicy('Invalid expiration: there is no such moment.');
  if (!Array.isArray(conditions)) throw invalidPolicy('Policy missing conditions.');
  return { expiration: time, conditions: conditions.map(parseCondition) };
}

/**
 * Holds a form against its policy, condition by condition.
 * @throws BucketError 403 `AccessDenied`, 400 `EntityTooLarge` or `EntityTooSmall`
 */
export function requirePolicy(policy: PostPolicy, form: PostedForm, now: number): void {
  if (now >= policy.expiration) throw accessDenied('Invalid according to Policy: Policy expired.');
  for (const condition of policy.conditions) {
    if (condition.type === 'content-length-range') requireSize(condition, form.size);
    else requireField(condition, form);
  }
  const covered = new Set(policy.conditions.map((each) => ('field' in each ? each.field : '')));
  // The bucket counts as a field of every form: a policy that names none would do for all of them.
  const extra = ['bucket', ...form.fields.keys()].filter(
    (name) => !covered.has(name) && !exemptFields.has(name) && !name.startsWith('x-ignore-'),
  );
  if (extra.length > 0)
    throw accessDenied(`Invalid according to Policy: Extra input fields: ${extra.join(', ')}`);
}

function requireField(
  { type, field, value }: Exclude<PolicyCondition, { type: 'content-length-range' }>,
  { bucket, fields }: PostedForm,
): void {
  // The bucket is the one that was posted to, whatever the form says.
  const given = field === 'bucket' ? bucket : fields.get(field);
  const met = type === 'eq' ? given === value : given?.startsWith(value) === true;
  if (met && (field !== 'bucket' || (fields.get('bucket') ?? bucket) === bucket)) return;
  const shown = JSON.stringify([type, `$${field}`, value]);
  throw accessDenied(`Invalid according to Policy: Policy Condition failed: ${shown}`);
}

function requireSize(
  { minimum, maximum }: Extract<PolicyCondition, { type: 'content-length-range' }>,
  size: number,
): void {
  if (size < minimum) {
    throw new BucketError(
      400,
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
      { ProposedSize: size, MinSizeAllowed: minimum },
    );
  }
  if (size > maximum) {
    throw new BucketError(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      ProposedSize: size,
      MaxSizeAllowed: maximum,
    });
  }
}

function parseDocument(encoded: string): Readonly<Record<string, unknown>> {
  const text = parseBase64(encoded);
  try {
    const document: unknown = JSON.parse(text ?? '');
    if (typeof document === 'object' && document !== null && !Array.isArray(document))
      return document as Readonly<Record<string, unknown>>;
  } catch {
    // Told below, like anything else that is not an object.
  }
  throw invalidPolicy('Invalid JSON.');
}

function parseCondition(condition: unknown): PolicyCondition {
  if (Array.isArray(condition)) return parseList(condition);
  const entries = typeof condition === 'object' && condition !== null ? Object.entries(condition) : [];
  const [entry] = entries as [string, unknown][];
  if (entries.length !== 1 || entry === undefined)
    throw invalidPolicy('Simple-Conditions must have exactly one property specified.');
  return toFieldCondition('eq', `$${entry[0]}`, entry[1]);
}

function parseList(condition: readonly unknown[]): PolicyCondition {
  const [operator, first, second] = condition;
  if (condition.length !== 3 || typeof operator !== 'string')
    throw invalidPolicy('A condition must have a type and two arguments.');
  const type = operator.toLowerCase();
  if (type === 'eq' || type === 'starts-with') return toFieldCondition(type, first, second);
  if (type !== 'content-length-range') throw invalidPolicy(`Unsupported condition: ${operator}`);
  const [minimum, maximum] = [toCount(first), toCount(second)];
  if (minimum === undefined || maximum === undefined || maximum < minimum)
    throw invalidPolicy('Invalid content-length-range.');
  return { type, minimum, maximum };
}

/** A number of bytes; digits in a string are one too. */
function toCount(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function toFieldCondition(type: 'eq' | 'starts-with', name: unknown, value: unknown): PolicyCondition {
  if (typeof name !== 'string' || !name.startsWith('$') || name.length < 2)
    throw invalidPolicy('A condition must name its field as "$field".');
  if (typeof value !== 'string') throw invalidPolicy('The value of a condition must be a string.');
  return { type, field: name.slice(1).toLowerCase(), value };
}
