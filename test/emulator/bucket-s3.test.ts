/**
 * The bucket against Amazon's own data: the worked examples of the S3 API Reference, with the credentials that
 * the documentation prints (they open nothing).
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createBucket, toRefusal, type Bucket } from '../../src/emulator/bucket/bucket.js';
import { sign } from '../../src/emulator/bucket/signature.js';
import { presignForm } from '../../src/emulator/bucket/presigned-form.js';
import { presignUrl } from '../../src/emulator/bucket/presigned-url.js';

const key = {
  kind: 'hmac',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
} as const;

describe('the example of a browser-based upload (S3 API Reference, sigv4-post-example)', () => {
  /** The policy as printed; its lines end with CR LF. */
  const document = [
    '{ "expiration": "2015-12-30T12:00:00.000Z",',
    '  "conditions": [',
    '    {"bucket": "sigv4examplebucket"},',
    '    ["starts-with", "$key", "user/user1/"],',
    '    {"acl": "public-read"},',
    '    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},',
    '    ["starts-with", "$Content-Type", "image/"],',
    '    {"x-amz-meta-uuid": "14365123651274"},',
    '    {"x-amz-server-side-encryption": "AES256"},',
    '    ["starts-with", "$x-amz-meta-tag", ""],',
    '',
    '    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},',
    '    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},',
    '    {"x-amz-date": "20151229T000000Z" }',
    '  ]',
    '}',
  ].join('\r\n');
  const signature = '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e';
  const redirect = 'http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html';
  const fields: Readonly<Record<string, string>> = {
    key: 'user/user1/${filename}',
    acl: 'public-read',
    success_action_redirect: redirect,
    'Content-Type': 'image/jpeg',
    'x-amz-meta-uuid': '14365123651274',
    'x-amz-server-side-encryption': 'AES256',
    'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': '20151229T000000Z',
    'x-amz-meta-tag': '',
    Policy: btoa(document),
    'X-Amz-Signature': signature,
  };
  const create = (now = '2015-12-29T12:00:00Z') =>
    createBucket({ name: 'sigv4examplebucket', keys: [key], now: () => Date.parse(now) });

  test('has the signature that is printed', async () => {
    const date = '20151229T000000Z';
    assert.equal(await sign(btoa(document), { family: 's3', key, date }), signature);
  });

  test('is accepted as the form is printed, and answered with its redirection', async () => {
    const bucket = create();
    const response = await post(bucket, fields);
    assert.equal(response.status, 303, await response.text());
    const target = new URL(response.headers.get('Location') ?? '');
    assert.equal(target.href.split('?')[0], redirect);
    assert.equal(target.searchParams.get('bucket'), 'sigv4examplebucket');
    assert.equal(target.searchParams.get('key'), 'user/user1/photo.jpg');
    assert.equal(bucket.find('user/user1/photo.jpg')?.contentType, 'image/jpeg');
  });

  test('is refused once its time is over', async () => {
    const bucket = create('2015-12-30T12:00:00Z');
    const response = await post(bucket, fields);
    assert.equal(response.status, 403);
    assert.equal(
      await response.text(),
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Invalid according to ' +
        'Policy: Policy expired.</Message><Resource>/</Resource></Error>',
    );
    assert.equal(bucket.find('user/user1/photo.jpg'), undefined);
  });

  for (const name of Object.keys(fields)) {
    test(`is refused with another ${name}`, async () => {
      const bucket = create();
      const response = await post(bucket, { ...fields, [name]: `x${fields[name]}` });
      // The tag may be anything.
      assert.equal(response.status < 400, name === 'x-amz-meta-tag', await response.text());
      assert.equal(bucket.find('user/user1/photo.jpg') !== undefined, name === 'x-amz-meta-tag');
    });
  }
});

test('an address that may be read has the signature of the example (S3 API Reference, sigv4-query-string-auth)', async () => {
  const address = await presignUrl('https://examplebucket.s3.amazonaws.com/test.txt', {
    family: 's3',
    key,
    now: Date.parse('2013-05-24T00:00:00Z'),
    expiresSeconds: 86_400,
  });
  const signature = 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
  assert.equal(new URL(address).searchParams.get('X-Amz-Signature'), signature);
});

describe('temporary credentials', () => {
  const now = Date.parse('2026-01-02T10:00:00Z');
  const bucket = createBucket({ name: 'b', keys: [{ ...key, sessionToken: 'session' }], now: () => now });
  const terms = {
    bucket: 'b',
    fields: { key: 'photo.jpg' },
    size: { minimum: 0, maximum: 10 },
    expiresSeconds: 300,
  };
  for (const [sessionToken, status, code] of [
    [undefined, 403, 'AccessDenied'],
    ['another', 400, 'InvalidToken'],
    ['session', 204, undefined],
  ] as const) {
    test(`with ${sessionToken ?? 'no'} token in a signed form: ${status}`, async () => {
      const form = await presignForm('http://x.example/', terms, {
        family: 's3',
        key: { ...key, sessionToken },
        now,
      });
      const response = await post(bucket, form.fields);
      assert.equal(response.status, status);
      assert.equal(/<Code>(.*)<\/Code>/.exec(await response.text())?.[1], code);
    });
  }
});

async function post(bucket: Bucket, fields: Readonly<Record<string, string>>): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new File(['jpeg'], 'photo.jpg'));
  form.append('submit', 'Upload to Amazon S3');
  const request = new Request('http://sigv4examplebucket.s3.amazonaws.com/', { method: 'POST', body: form });
  return bucket.post(request).catch((error: unknown) => toRefusal(error, '/'));
}
