/**
 * The kinds of form that the public suite for S3 servers tries (github.com/ceph/s3-tests,
 * `test_post_object_*`), in a table of our own, and some more.
 */

/** One kind of form, and what becomes of it. */
export interface FormCase {
  readonly name: string;
  /** The status that the public suite, or Amazon's documentation, expects; 4 is any refusal. */
  readonly status: 200 | 201 | 204 | 303 | 400 | 403 | 4;
  /** Fields that are added or replaced; undefined: left out. */
  readonly fields?: Readonly<Record<string, string | undefined>>;
  /** Conditions instead of the usual ones. `bucket` and those of the signature are always added. */
  readonly conditions?: readonly unknown[];
  /** What else happens to the policy before it is signed. */
  readonly policy?: (policy: Readonly<Record<string, unknown>>) => unknown;
  /** What happens to the signed fields. */
  readonly tamper?: (fields: Record<string, string>) => void;
  readonly file?: string;
  readonly fileName?: string;
  /** Fields after the file. */
  readonly late?: Readonly<Record<string, string>>;
  /** Where the file should be; default `foo.txt`. */
  readonly key?: string;
}

/** Conditions of a form of which nothing is special. */
export const usual = [
  ['starts-with', '$key', 'foo'],
  { acl: 'private' },
  ['starts-with', '$Content-Type', 'text/plain'],
  ['content-length-range', 0, 1024],
];
const withRange = (...range: unknown[]): unknown[] => [
  ...usual.slice(0, 3),
  ['content-length-range', ...range],
];
const expiringAt = (expiration: string) => (policy: object) => ({ ...policy, expiration });

/** Forms whose file is stored. */
export const accepted: readonly FormCase[] = [
  { name: 'a form that keeps its policy', status: 204 },
  {
    name: 'a form without Content-Type under a policy that does not mention it',
    status: 204,
    fields: { 'Content-Type': undefined },
    conditions: usual.filter((_, index) => index !== 2),
  },
  { name: 'a form that asks for status 201', status: 201, ...asking('success_action_status', '201') },
  { name: 'a form that asks for status 200', status: 200, ...asking('success_action_status', '200') },
  {
    name: 'a form that asks for a status that there is not',
    status: 204,
    ...asking('success_action_status', '404'),
  },
  {
    name: 'a form that asks for a redirection',
    status: 303,
    ...asking('success_action_redirect', 'http://site.example/thanks'),
  },
  {
    name: 'a file larger than one chunk',
    status: 204,
    file: 'foo'.repeat(1024 * 1024),
    conditions: withRange(0, 5 * 1024 * 1024),
  },
  {
    name: 'a file a little over a chunk, within a range that begins there',
    status: 204,
    file: 'x'.repeat(4 * 1024 * 1024 + 200),
    conditions: withRange(4 * 1024 * 1024, 12 * 1024 * 1024),
  },
  {
    name: 'a key that takes the file name',
    status: 204,
    fields: { key: '${filename}' },
    fileName: 'foo.txt',
  },
  { name: 'a field that begins with x-ignore-', status: 204, fields: { 'x-ignore-foo': 'bar' } },
  {
    name: 'conditions and fields in any case',
    status: 204,
    fields: { key: undefined, kEy: 'foo.txt', acl: undefined, aCl: 'private' },
    conditions: [
      ['StArTs-WiTh', '$KeY', 'foo'],
      { AcL: 'private' },
      ['StArTs-WiTh', '$CoNtEnT-TyPe', 'text/plain'],
      ['content-length-range', 0, 1024],
    ],
  },
  {
    name: 'a key with a dollar sign and a backslash',
    status: 204,
    fields: { key: '\\$foo.txt' },
    conditions: [['starts-with', '$key', '\\$foo'], ...usual.slice(1)],
    key: '\\$foo.txt',
  },
  {
    name: 'metadata that the policy allows',
    status: 204,
    fields: { 'x-amz-meta-foo': 'barclamp' },
    conditions: [...usual, ['starts-with', '$x-amz-meta-foo', 'bar']],
  },
  { name: 'a file of exactly the largest size', status: 204, file: 'x'.repeat(1024) },
  {
    name: 'a file of exactly the smallest size',
    status: 204,
    file: 'x'.repeat(512),
    conditions: withRange(512, 1000),
  },
  {
    name: 'a condition written with eq',
    status: 204,
    conditions: [['eq', '$key', 'foo.txt'], ...usual.slice(1)],
  },
];

/** Forms that are refused with an XML document, and nothing is stored. */
export const refused: readonly FormCase[] = [
  { name: 'a form that nobody signed', status: 403, tamper: keepOnly('key', 'acl', 'Content-Type') },
  {
    name: 'a key id that nobody has',
    status: 403,
    tamper: (fields) => {
      fields['x-amz-credential'] = `foo/${fields['x-amz-credential']?.split('/').slice(1).join('/')}`;
    },
    conditions: [...usual, ['starts-with', '$x-amz-credential', '']],
  },
  {
    name: 'a signature backwards',
    status: 403,
    tamper: (fields) => {
      fields['x-amz-signature'] = Array.from(fields['x-amz-signature'] ?? '')
        .reverse()
        .join('');
    },
  },
  {
    name: 'a policy that is another than the signed one',
    status: 403,
    tamper: (fields) => {
      const policy = JSON.parse(atob(fields.policy ?? '')) as object;
      fields.policy = btoa(JSON.stringify({ ...policy, expiration: '2099-01-01T00:00:00Z' }));
    },
  },
  {
    name: 'a policy without a signature',
    status: 4,
    tamper: (fields) => delete fields['x-amz-signature'],
  },
  { name: 'an expiration that is no date', status: 400, policy: expiringAt('tomorrow') },
  {
    name: 'an expiration with a blank instead of a T',
    status: 400,
    policy: expiringAt('2099-01-01 00:00:00+00:00'),
  },
  { name: 'a form without a key', status: 400, tamper: (fields) => delete fields.key },
  {
    name: 'a policy that names no bucket',
    status: 403,
    policy: (policy) => ({
      ...policy,
      conditions: (policy.conditions as object[]).filter((each) => !('bucket' in each)),
    }),
  },
  {
    name: 'a policy for another bucket',
    status: 403,
    policy: (policy) => ({
      ...policy,
      conditions: (policy.conditions as object[]).map((each) =>
        'bucket' in each ? { bucket: 'other' } : each,
      ),
    }),
  },
  {
    name: 'a form without a field that the policy names',
    status: 403,
    conditions: [...usual, ['starts-with', '$x-amz-meta-foo', 'bar']],
  },
  { name: 'a field that the policy does not name', status: 403, fields: { 'x-amz-meta-foo': 'bar' } },
  {
    name: 'a field with another value than the policy wants',
    status: 403,
    fields: { 'x-amz-meta-foo': 'barclamp' },
    conditions: [...usual, ['eq', '$x-amz-meta-foo', '']],
  },
  { name: 'a key that begins otherwise', status: 403, fields: { key: 'bar.txt' }, key: 'bar.txt' },
  { name: 'another Content-Type', status: 403, fields: { 'Content-Type': 'image/jpeg' } },
  { name: 'another acl', status: 403, fields: { acl: 'public-read' } },
  {
    name: 'CONDITIONS in capitals',
    status: 400,
    policy: ({ expiration, conditions: CONDITIONS }) => ({ expiration, CONDITIONS }),
  },
  {
    name: 'EXPIRATION in capitals',
    status: 400,
    policy: ({ conditions, expiration: EXPIRATION }) => ({ EXPIRATION, conditions }),
  },
  { name: 'a policy that has expired', status: 403, policy: expiringAt('2020-01-01T00:00:00Z') },
  { name: 'a policy without expiration', status: 400, policy: ({ conditions }) => ({ conditions }) },
  { name: 'a policy without conditions', status: 400, policy: ({ expiration }) => ({ expiration }) },
  {
    name: 'a policy with an empty condition',
    status: 400,
    policy: ({ expiration }) => ({ expiration, conditions: [{}] }),
  },
  { name: 'a policy that is no JSON', status: 400, policy: () => 'abc' },
  { name: 'a file over the largest size', status: 400, conditions: withRange(0, 0) },
  { name: 'a file one byte over the largest size', status: 400, file: 'x'.repeat(1025) },
  { name: 'a file under the smallest size', status: 400, conditions: withRange(512, 1000) },
  { name: 'a range with one end', status: 400, conditions: withRange(0) },
  { name: 'a range below zero', status: 400, conditions: withRange(-1, 0) },
  {
    name: 'a condition of a kind that there is not',
    status: 4,
    conditions: [...usual, ['ends-with', '$key', '.txt']],
  },
  {
    name: 'a key that comes after the file',
    status: 400,
    fields: { key: undefined },
    late: { key: 'foo.txt' },
  },
];

/** A field that the policy names with its very value. */
function asking(name: string, value: string): Pick<FormCase, 'fields' | 'conditions'> {
  return { fields: { [name]: value }, conditions: [...usual, { [name]: value }] };
}

function keepOnly(...names: string[]): (fields: Record<string, string>) => void {
  return (fields) => {
    for (const name of Object.keys(fields)) if (!names.includes(name)) Reflect.deleteProperty(fields, name);
  };
}
