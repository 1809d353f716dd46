/**
 * The bucket against Google's own data: the POST policies of github.com/googleapis/conformance-tests
 * (storage/v1/v4_signatures.json), with the public half of the key that signed them.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createBucket, toRefusal, type Bucket } from '../../src/emulator/bucket/bucket.js';
import { parsePolicy } from '../../src/emulator/bucket/post-policy.js';

interface Vector {
  readonly description: string;
  readonly policyInput: {
    readonly bucket: string;
    readonly object: string;
    readonly timestamp: string;
    readonly expiration: number;
    readonly conditions?: {
      readonly startsWith?: readonly [string, string];
      readonly contentLengthRange?: readonly [number, number];
    };
  };
  readonly policyOutput: {
    readonly url: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly expectedDecodedPolicy: string;
  };
}

const folder = join(process.env.FIXTURES_DIR ?? '../shared/fixtures', 'gcs-v4-signatures');
const reason = existsSync(folder) ? false : `the fixtures are not here: ${folder}`;
const vectors = reason === false ? readVectors() : [];

describe('Google’s POST policies', { skip: reason }, () => {
  test('are eleven', () => {
    assert.equal(vectors.length, 11);
  });

  for (const vector of vectors) {
    const { description, policyOutput } = vector;
    describe(description, () => {
      test('is accepted, and the object is stored', async () => {
        const bucket = await createBucketFor(vector);
        const response = await post(bucket, vector, toFields(vector));
        assert.ok([200, 204, 303].includes(response.status), await response.text());
        const object = bucket.find(vector.policyInput.object);
        assert.equal(object?.bytes.byteLength, toFile(vector).size);
        const contentType = policyOutput.fields['content-type'] ?? 'binary/octet-stream';
        assert.equal(object.contentType, contentType);
        assert.equal(object.cacheControl, policyOutput.fields['cache-control']);
      });

      test('decodes to the policy that Google expects', () => {
        const encoded = policyOutput.fields.policy ?? '';
        const expected = btoa(
          String.fromCharCode(...new TextEncoder().encode(policyOutput.expectedDecodedPolicy)),
        );
        assert.deepEqual(parsePolicy(encoded), parsePolicy(expected));
      });

      for (const name of Object.keys(toFields(vector))) {
        test(`is refused with another ${name}, and without it`, async () => {
          const bucket = await createBucketFor(vector);
          const fields = toFields(vector);
          const changed = { ...fields, [name]: change(name, fields[name] ?? '') };
          assert.equal(Math.floor((await post(bucket, vector, changed)).status / 100), 4);
          const { [name]: _, ...others } = fields;
          assert.equal(Math.floor((await post(bucket, vector, others)).status / 100), 4);
          assert.equal(bucket.find(changed.key ?? ''), undefined);
          assert.equal(bucket.find(vector.policyInput.object), undefined);
        });
      }

      test('is refused when its time is over, to the second', async () => {
        const { timestamp, expiration } = vector.policyInput;
        const end = Date.parse(timestamp) + expiration * 1000;
        const statusAt = async (now: number) =>
          (await post(await createBucketFor(vector, now), vector, toFields(vector))).status;
        assert.ok((await statusAt(end - 1)) < 400);
        assert.equal(await statusAt(end), 403);
      });

      test('is refused for another bucket', async () => {
        const bucket = await createBucketFor({
          ...vector,
          policyInput: { ...vector.policyInput, bucket: 'another' },
        });
        assert.equal((await post(bucket, vector, toFields(vector))).status, 403);
        assert.equal(bucket.find(vector.policyInput.object), undefined);
      });
    });
  }

  test('hold a file to the range of its size', async () => {
    const vector = vectors.find(
      ({ policyInput }) => policyInput.conditions?.contentLengthRange !== undefined,
    );
    assert.ok(vector);
    const [minimum, maximum] = vector.policyInput.conditions?.contentLengthRange ?? [0, 0];
    for (const [size, status] of [
      [minimum - 1, 400],
      [minimum, 204],
      [maximum, 204],
      [maximum + 1, 400],
    ] as const) {
      const response = await post(await createBucketFor(vector), vector, toFields(vector), size);
      assert.equal(response.status, status, `${size} bytes`);
    }
  });
});

function readVectors(): readonly Vector[] {
  const text = readFileSync(join(folder, 'v4_signatures.json'), 'utf8');
  return (JSON.parse(text) as { postPolicyV4Tests: Vector[] }).postPolicyV4Tests;
}

/** The form as given. A field that a policy only wants to begin in some way is left to whoever uploads. */
function toFields({ policyInput, policyOutput }: Vector): Readonly<Record<string, string>> {
  const [field, prefix] = policyInput.conditions?.startsWith ?? [];
  return field === undefined
    ? policyOutput.fields
    : { ...policyOutput.fields, [field.slice(1)]: `${prefix}-read` };
}

function toFile({ policyInput }: Vector, size = policyInput.conditions?.contentLengthRange?.[0] ?? 3): File {
  return new File(['x'.repeat(size)], 'file');
}

/** Another value that is still well-formed, so that the refusal is not one of form. */
function change(name: string, value: string): string {
  if (name === 'x-goog-signature') return (value.startsWith('0') ? '1' : '0') + value.slice(1);
  if (name === 'policy') return btoa(`${atob(value)} `);
  if (name === 'x-goog-date') return value.replace('43530', '43531');
  if (name === 'acl') return `un${value}`;
  return `${value}x`;
}

async function createBucketFor({ policyInput }: Vector, at?: number): Promise<Bucket> {
  const pem = readFileSync(join(folder, 'public_key.pem'), 'utf8');
  const der = Uint8Array.from(atob(pem.replaceAll(/-----.*?-----|\s/g, '')), (byte) => byte.charCodeAt(0));
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const publicKey = await crypto.subtle.importKey('spki', der, algorithm, false, ['verify']);
  const accessKeyId = 'test-iam-credentials@dummy-project-id.iam.gserviceaccount.com';
  return createBucket({
    name: policyInput.bucket,
    keys: [{ kind: 'rsa', accessKeyId, publicKey }],
    now: () => at ?? Date.parse(policyInput.timestamp),
  });
}

async function post(
  bucket: Bucket,
  vector: Vector,
  fields: Readonly<Record<string, string>>,
  size?: number,
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', toFile(vector, size));
  const request = new Request(vector.policyOutput.url, { method: 'POST', body: form });
  return bucket.post(request).catch((error: unknown) => toRefusal(error, '/'));
}
