import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EnvironmentError, type Environment } from '../../src/cli/environment.js';
import { readRelayEnvironment } from '../../src/cli/relay-environment.js';

const key = Buffer.alloc(32, 7).toString('base64');
const olderKey = Buffer.alloc(32, 8).toString('base64');
const least: Environment = {
  CCAI_HOST: 'acme.uc1.ccaiplatform.com',
  CCAI_API_TOKEN: 'canary-token',
  CCAI_WEBHOOK_PRIMARY_SECRET: 'canary-primary',
  RELAY_ENCRYPTION_KEYS: key,
};

function sentenceOf(environment: Environment): string {
  try {
    readRelayEnvironment(environment);
  } catch (error) {
    assert.ok(error instanceof EnvironmentError, String(error));
    return error.message;
  }
  return 'nothing wrong';
}

test('the least that is needed is completed by the defaults', () => {
  assert.deepEqual(readRelayEnvironment(least), {
    platform: { origin: 'https://acme.uc1.ccaiplatform.com', subdomain: 'acme', apiToken: 'canary-token' },
    webhookSecrets: { primary: 'canary-primary', secondary: undefined },
    store: { kind: 'sqlite', path: './data/relay.db' },
    encryptionKeys: [new Uint8Array(32).fill(7)],
    allowedOrigins: [],
    menus: [],
    defaultMenuId: undefined,
    hideVaToVaSystemMessages: undefined,
    companySecret: undefined,
    waitTimeUnit: undefined,
    retentionMs: 24 * 3_600_000,
    logLevel: 'info',
    port: 5173,
  });
});

test('everything can be set', () => {
  const all: Environment = {
    ...least,
    CCAI_HOST: 'http://127.0.0.1:5174',
    CCAI_SUBDOMAIN: 'harbor-and-pine',
    CCAI_WEBHOOK_SECONDARY_SECRET: 'second',
    CCAI_MENU_ID: '100',
    CCAI_HIDE_VA_TO_VA_SYSTEM_MESSAGES: 'true',
    CCAI_COMPANY_SECRET: 'company',
    CCAI_WAIT_TIME_UNIT: 'seconds',
    RELAY_ALLOWED_ORIGINS: 'https://shop.example.com, http://localhost:5173,',
    RELAY_STORE: 'sqlite:/var/lib/chat.db',
    RELAY_ENCRYPTION_KEYS: `${key}, ${olderKey}`,
    RELAY_RETENTION: '7d',
    RELAY_MENUS: 'billing=100, Orders & more=101',
    LOG_LEVEL: 'WARN',
    PORT: '0',
  };
  assert.deepEqual(readRelayEnvironment(all), {
    platform: { origin: 'http://127.0.0.1:5174', subdomain: 'harbor-and-pine', apiToken: 'canary-token' },
    webhookSecrets: { primary: 'canary-primary', secondary: 'second' },
    store: { kind: 'sqlite', path: '/var/lib/chat.db' },
    encryptionKeys: [new Uint8Array(32).fill(7), new Uint8Array(32).fill(8)],
    allowedOrigins: ['https://shop.example.com', 'http://localhost:5173'],
    menus: [
      { name: 'billing', id: 100 },
      { name: 'Orders & more', id: 101 },
    ],
    defaultMenuId: 100,
    hideVaToVaSystemMessages: true,
    companySecret: 'company',
    waitTimeUnit: 'seconds',
    retentionMs: 7 * 86_400_000,
    logLevel: 'warn',
    port: 0,
  });
});

test('an empty value is an absent one', () => {
  const empty = [
    'CCAI_SUBDOMAIN',
    'CCAI_WEBHOOK_SECONDARY_SECRET',
    'CCAI_MENU_ID',
    'CCAI_COMPANY_SECRET',
    'CCAI_HIDE_VA_TO_VA_SYSTEM_MESSAGES',
    'CCAI_WAIT_TIME_UNIT',
    'RELAY_STORE',
    'RELAY_MENUS',
    'PORT',
  ];
  const environment = { ...least, ...Object.fromEntries(empty.map((name) => [name, ' '])) };
  assert.deepEqual(readRelayEnvironment(environment), readRelayEnvironment(least));
});

test('"false" is said, and is not the same as nothing said', () => {
  const environment = { ...least, CCAI_HIDE_VA_TO_VA_SYSTEM_MESSAGES: 'false' };
  assert.equal(readRelayEnvironment(environment).hideVaToVaSystemMessages, false);
});

test('a store in memory needs no key', () => {
  const environment = { ...least, RELAY_STORE: 'memory:', RELAY_ENCRYPTION_KEYS: '' };
  assert.deepEqual(readRelayEnvironment(environment).encryptionKeys, []);
});

for (const [retention, milliseconds] of [
  ['90m', 5_400_000],
  ['24h', 86_400_000],
  ['1d', 86_400_000],
] as const) {
  test(`a retention of ${retention} is ${milliseconds} milliseconds`, () => {
    assert.equal(readRelayEnvironment({ ...least, RELAY_RETENTION: retention }).retentionMs, milliseconds);
  });
}

describe('one sentence names the variable that is missing', () => {
  for (const variable of Object.keys(least)) {
    test(variable, () => {
      for (const value of [undefined, '', '  ']) {
        assert.match(
          sentenceOf({ ...least, [variable]: value }),
          new RegExp(`^${variable} is missing: [^\\n]+\\.$`),
        );
      }
    });
  }
});

describe('one sentence names the variable that is wrong, and never says how it was set', () => {
  const wrong: Readonly<Record<string, readonly string[]>> = {
    CCAI_HOST: [
      'https://acme.uc1.ccaiplatform.com',
      '169.254.169.254',
      'acme',
      'acme.ccaiplatform.com.evil.example',
      'canary@host.example',
    ],
    CCAI_SUBDOMAIN: ['a:b', 'a.b', 'canary value'],
    CCAI_MENU_ID: ['canary', '-1', '0', '1.5', '1e3'],
    CCAI_HIDE_VA_TO_VA_SYSTEM_MESSAGES: ['canary', 'toString'],
    CCAI_WAIT_TIME_UNIT: ['canary', 'hours', 'Minutes'],
    RELAY_STORE: [
      'canary',
      'memory',
      'sqlite:',
      'postgres://canary',
      'redis://canary:secret@host',
      'rediss://canary',
    ],
    RELAY_ENCRYPTION_KEYS: [
      'canary',
      Buffer.alloc(31).toString('base64'),
      `${key},canary`,
      key.replace('=', ''),
      Buffer.alloc(32, 255).toString('base64url'),
    ],
    RELAY_ALLOWED_ORIGINS: [
      '*',
      'null',
      'shop.example.com',
      'https://shop.example.com/canary',
      'https://a.example,ftp://canary.example',
      'https://SHOP.example.com',
    ],
    RELAY_MENUS: ['canary', 'billing=', '=100', 'billing=x', 'billing=-1', 'billing=100,billing=101'],
    RELAY_RETENTION: ['canary', '24', '0h', '1.5h', '-1h', '1w', '24 hours'],
    LOG_LEVEL: ['canary', 'verbose'],
    PORT: ['canary', '-1', '65536', '0x50', '80 '.repeat(2)],
  };
  for (const [variable, values] of Object.entries(wrong)) {
    for (const value of values) {
      test(`${variable}=${value}`, () => {
        const sentence = sentenceOf({ ...least, [variable]: value });
        assert.match(sentence, new RegExp(`^${variable} [^\\n]+\\.$`));
        assert.doesNotMatch(sentence, /canary/);
      });
    }
  }

  test('Redis, which is not there yet, is told as such', () => {
    assert.match(sentenceOf({ ...least, RELAY_STORE: 'redis://host' }), /not available yet in this version/);
  });
});
