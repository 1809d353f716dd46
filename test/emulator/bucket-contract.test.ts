import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { createBucket, toRefusal } from '../../src/emulator/bucket/bucket.js';
import { startRgw, whyNoRgw, type Rgw } from '../support/rgw.js';
import { describeForms, type ObjectStore } from './object-storage-contract.js';
import { presign } from './signing.js';

describe("the emulator's bucket", () => {
  const signer = { accessKeyId: 'tester-key', secret: 'tester-secret' };
  const now = () => Date.parse('2026-01-02T10:00:00Z');
  const bucket = createBucket({ name: 'contract', keys: [{ kind: 'hmac', ...signer }], now });
  const url = 'http://bucket.example/contract';
  const store: ObjectStore = {
    url,
    signer,
    now,
    fetch: async (request) => {
      const key = decodeURIComponent(new URL(request.url).pathname.replace(/^\/contract\/?/, ''));
      const answer = request.method === 'POST' ? bucket.post(request) : bucket.read(request, key);
      return answer.catch((error: unknown) => toRefusal(error, key));
    },
  };
  describeForms(() => store);
});

const reason = whyNoRgw();
describe('a real S3 server (Ceph RGW)', { skip: reason ?? false }, () => {
  let gateway: Rgw | undefined;
  before(async () => {
    gateway = await startRgw();
    const url = presign(`${gateway.url}/contract`, gateway, 'PUT', Date.now());
    const response = await fetch(url, { method: 'PUT' });
    assert.equal(response.status, 200, await response.text());
  });
  after(() => gateway?.stop());
  describeForms(() => {
    assert.ok(gateway);
    return {
      url: `${gateway.url}/contract`,
      signer: gateway,
      now: () => Date.now(),
      fetch: (request) => fetch(request),
    };
  });
});
