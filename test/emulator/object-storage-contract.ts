/**
 * What a store that takes presigned forms does with each kind of form: is the file stored, and is the answer
 * a success or a refusal? The same table is played against the emulator's bucket and against a real S3
 * server. All forms are signed with version 4.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, refused, usual, type FormCase } from './object-storage-forms.js';
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
    await store.fetch(
      new Request(store.url, { method: 'POST', body: toForm(store, { name: '', status: 204 }) }),
    );
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

function assertClass(status: number, hundreds: number): void {
  assert.equal(Math.floor(status / 100), hundreds, String(status));
}
