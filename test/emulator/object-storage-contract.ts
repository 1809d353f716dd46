/**
 * What a store that takes presigned forms does with each kind of form: is the file stored, and is the answer
 * a success or a refusal? The same table is played against the emulator's bucket and against a real S3 server.
 * The kinds of form are those that the public suite for S3 servers tries (github.com/ceph/s3-tests,
 * `test_post_object_*`), signed with version 4, and some of our own.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presign, sign, toCredential, toDate, type Signer } from './signing.js';

/** A store with an empty bucket that only the signer may write to. */
export interface ObjectStore {
  /** Where forms are posted; the last part of its path is the bucket's name. */
  readonly url: string;
  readonly signer: Signer;
  /** Milliseconds since 1970 on its clock. */
  readonly now: () => number;
  readonly fetch: (request: Request) => Promise<Response>;
}

interface FormCase {
  readonly name: string;
  /** The status that the public suite, or Amazon's documentation, expects; 2 and 4 are any of that class. */
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

const usual = [
  ['starts-with', '$key', 'foo'],
  { acl: 'private' },
  ['starts-with', '$Content-Type', 'text/plain'],
  ['content-length-range', 0, 1024],
];
const withRange = (...range: unknown[]): unknown[] => [...usual.slice(0, 3), ['content-length-range', ...range]];
const expiringAt = (expiration: string) => (policy: object) => ({ ...policy, expiration });

const accepted: readonly FormCase[] = [
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
  { name: 'a key that takes the file name', status: 204, fields: { key: '${filename}' }, fileName: 'foo.txt' },
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

const refused: readonly FormCase[] = [
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
      fields['x-amz-signature'] = Array.from(fields['x-amz-signature'] ?? '').reverse().join('');
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
      conditions: (policy.conditions as object[]).map((each) => ('bucket' in each ? { bucket: 'other' } : each)),
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
  { name: 'CONDITIONS in capitals', status: 400, policy: ({ expiration, conditions: CONDITIONS }) => ({ expiration, CONDITIONS }) },
  { name: 'EXPIRATION in capitals', status: 400, policy: ({ conditions, expiration: EXPIRATION }) => ({ EXPIRATION, conditions }) },
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
  { name: 'a key that comes after the file', status: 400, fields: { key: undefined }, late: { key: 'foo.txt' } },
];

/** Declares one test for each form. `start` is called once per test; keys do not collide. */
export function describeForms(getStore: () => ObjectStore): void {
  for (const [index, formCase] of [...accepted, ...refused].entries()) {
    const isStored = index < accepted.length;
    test(`${isStored ? 'stores' : 'refuses'} ${formCase.name}`, async () => {
      await playCase(getStore(), formCase, isStored);
    });
  }

  test('takes a form a second time, and then the second file is the one that is stored', async () => {
    const store = getStore();
    for (const file of ['first', 'second']) {
      const form = toForm(store, { name: '', status: 204, file });
      assert.equal((await store.fetch(new Request(store.url, { method: 'POST', body: form }))).status, 204);
    }
    assert.equal(await readKey(store, 'foo.txt'), 'second');
  });

  test('refuses a body that is no multipart form', async () => {
    const store = getStore();
    const response = await store.fetch(
      new Request(store.url, { method: 'POST', body: new URLSearchParams({ key: 'foo.txt', file: 'bar' }) }),
    );
    assertClass(response.status, 4);
  });

  test('gives nothing to whoever has not signed', async () => {
    const store = getStore();
    await store.fetch(new Request(store.url, { method: 'POST', body: toForm(store, { name: '', status: 204 }) }));
    assert.equal((await store.fetch(new Request(`${store.url}/foo.txt`))).status, 403);
    assert.equal((await store.fetch(new Request(store.url))).status, 403);
  });
}

async function playCase(store: ObjectStore, formCase: FormCase, isStored: boolean): Promise<void> {
  const { status, key = 'foo.txt', file = 'bar' } = formCase;
  await clear(store, key);
  const form = toForm(store, formCase);
  const request = new Request(store.url, { method: 'POST', body: form, redirect: 'manual' });
  const response = await store.fetch(request);
  const body = await response.text();
  if (status === 4) assertClass(response.status, 4);
  else assert.equal(response.status, status, body);
  assert.equal(await readKey(store, key), isStored ? file : CLEARED);
  if (status === 201) assert.match(body, new RegExp(`<Key>${key}</Key>`));
  if (!isStored) assert.match(body, /<Error>.*<Code>\w+<\/Code>/s);
  if (status === 303) {
    const target = new URL(response.headers.get('Location') ?? '');
    assert.equal(`${target.origin}${target.pathname}`, 'http://site.example/thanks');
    assert.equal(target.searchParams.get('key'), key);
    assert.match(target.searchParams.get('etag') ?? '', /^"\w+"$/);
  }
}

/** What is under a key before a case is played: whatever it was that an earlier case stored is gone. */
const CLEARED = 'nothing new';

async function clear(store: ObjectStore, key: string): Promise<void> {
  const conditions = [['starts-with', '$key', ''], ...usual.slice(1)];
  const form = toForm(store, { name: '', status: 204, file: CLEARED, fields: { key }, conditions });
  const response = await store.fetch(new Request(store.url, { method: 'POST', body: form }));
  assert.equal(response.status, 204, await response.text());
}

function toForm(store: ObjectStore, formCase: FormCase): FormData {
  const { fields = {}, conditions = usual, policy = (unchanged) => unchanged, tamper, late = {} } = formCase;
  const date = toDate(store.now());
  const signed: Record<string, string | undefined> = {
    key: 'foo.txt',
    acl: 'private',
    'Content-Type': 'text/plain',
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': toCredential(store.signer, date),
    'x-amz-date': date,
    ...fields,
  };
  const expiration = new Date(store.now() + 6_000_000).toISOString();
  const document = policy({
    expiration,
    conditions: [
      { bucket: new URL(store.url).pathname.split('/').at(-1) },
      ...conditions,
      ...['x-amz-algorithm', 'x-amz-credential', 'x-amz-date'].map((name) => ({ [name]: signed[name] })),
    ],
  });
  const encoded = btoa(typeof document === 'string' ? document : JSON.stringify(document));
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(signed)) if (value !== undefined) all[name] = value;
  all.policy = encoded;
  all['x-amz-signature'] = sign(encoded, store.signer, date);
  tamper?.(all);
  const form = new FormData();
  for (const [name, value] of Object.entries(all)) form.append(name, value);
  form.append('file', new File([formCase.file ?? 'bar'], formCase.fileName ?? 'photo.jpg'));
  for (const [name, value] of Object.entries(late)) form.append(name, value);
  return form;
}

async function readKey(store: ObjectStore, key: string): Promise<string> {
  const address = `${store.url}/${encodeURIComponent(key)}`;
  const response = await store.fetch(new Request(presign(address, store.signer, 'GET', store.now())));
  assert.equal(response.status, 200);
  return response.text();
}

/** A field that the policy names with its very value. */
function asking(name: string, value: string): Pick<FormCase, 'fields' | 'conditions'> {
  return { fields: { [name]: value }, conditions: [...usual, { [name]: value }] };
}

function keepOnly(...names: string[]): (fields: Record<string, string>) => void {
  return (fields) => {
    for (const name of Object.keys(fields)) if (!names.includes(name)) Reflect.deleteProperty(fields, name);
  };
}

function assertClass(status: number, hundreds: number): void {
  assert.equal(Math.floor(status / 100), hundreds, String(status));
}
