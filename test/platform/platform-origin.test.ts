import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePlatformOrigin } from '../../src/platform/index.js';

test('a host name stands for its https origin', () => {
  assert.equal(parsePlatformOrigin('acme.uc1.ccaiplatform.com'), 'https://acme.uc1.ccaiplatform.com');
  assert.equal(parsePlatformOrigin('Acme-2.stg.CCAIplatform.com'), 'https://acme-2.stg.ccaiplatform.com');
  assert.equal(parsePlatformOrigin('acme.ujet.co'), 'https://acme.ujet.co');
});

test('a full origin is taken for this machine alone', () => {
  assert.equal(parsePlatformOrigin('http://127.0.0.1:5174'), 'http://127.0.0.1:5174');
  assert.equal(parsePlatformOrigin('http://localhost:5174/'), 'http://localhost:5174');
  assert.equal(parsePlatformOrigin('http://[::1]:5174'), 'http://[::1]:5174');
});

const refused = [
  '',
  ' ',
  'localhost',
  '127.0.0.1',
  '[::1]',
  '::1',
  '169.254.169.254',
  'http://169.254.169.254',
  '0x7f.1',
  '2130706433',
  'http://2130706433:5174',
  'http://0x7f.1',
  'http://127.1',
  'http://127.0.0.2',
  'http://127.0.0.1:99999',
  'http://127.0.0.1:5174/apps',
  'http://127.0.0.1@acme.uc1.ccaiplatform.com',
  'http://localhost.evil.example',
  'http://acme.uc1.ccaiplatform.com',
  'https://acme.uc1.ccaiplatform.com',
  'https://127.0.0.1:5174',
  'a@b',
  'user:password@acme.uc1.ccaiplatform.com',
  'acme.uc1.ccaiplatform.com.',
  'acme.uc1.ccaiplatform.com.evil',
  'acme.uc1.ccaiplatform.com.evil.example',
  'acme.uc1.ccaiplatform.com:443',
  'acme.uc1.ccaiplatform.com/apps',
  'acme.uc1.ccaiplatform.com#',
  'acme.uc1.ccaiplatform.com?x',
  'acme.uc1.ccaiplatform.com\n',
  'acme..ccaiplatform.com',
  '-acme.ccaiplatform.com',
  'acme_.ccaiplatform.com',
  'аcme.ccaiplatform.com',
  'internal.localhost',
  `${'a'.repeat(64)}.ccaiplatform.com`,
];

for (const host of refused) {
  test(`${JSON.stringify(host)} is refused by one sentence that does not repeat it`, () => {
    assert.throws(
      () => parsePlatformOrigin(host),
      (error: Error) =>
        /^[A-Z][^\n]+\.$/.test(error.message) &&
        (host.trim().length < 4 || !error.message.includes(` ${host}`)),
    );
  });
}
