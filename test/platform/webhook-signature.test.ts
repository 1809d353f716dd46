import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import {
  assertWebhookSecrets,
  parseWebhook,
  WebhookParseError,
  type WebhookSecrets,
} from '../../src/platform/index.js';
import { bytes, now, secrets, sign, signature, text, timestamp, verify } from './signed-webhook.js';

describe('a webhook is taken', () => {
  const other = sign('nobody knows', timestamp, text);
  const second = sign(secrets.secondary, timestamp, text);
  const spellings: Readonly<Record<string, string>> = {
    'with one signature': `primary=${signature}`,
    'with only a secondary signature': `secondary=${second}`,
    'with two signatures': `primary=${signature} secondary=${second}`,
    'with the second secret under the first name, in the middle of a rotation': `primary=${second} secondary=${other}`,
    'with the first secret under the second name': `primary=${other} secondary=${signature}`,
    'with a comma between the signatures': `primary=${other},secondary=${second}`,
    'with a comma and a space': `primary=${other}, secondary=${second}`,
    'with two spaces': `primary=${other}  secondary=${second}`,
    'with the names the other way round': `secondary=${other} primary=${signature}`,
    'with spaces around': `  primary=${signature} `,
  };
  for (const [spelling, header] of Object.entries(spellings)) {
    test(spelling, async () => {
      assert.equal(await verify({ signature: header }), 'valid');
    });
  }

  test('whatever its body: what it says is not looked at', async () => {
    for (const body of [new Uint8Array(), Uint8Array.of(0xff, 0xfe, 0x00), new Uint8Array(300_000)]) {
      const header = `primary=${sign(secrets.primary, timestamp, body)}`;
      assert.equal(await verify({ signature: header, body }), 'valid');
    }
  });
});

describe('a webhook is refused', () => {
  const headers: Readonly<Record<string, [string | null, string]>> = {
    'without a signature header': [null, 'missing-header'],
    'with an empty header': ['', 'missing-header'],
    'with a bare signature': [signature, 'malformed-header'],
    'with a name and nothing after it': ['primary=', 'malformed-header'],
    'with a good signature and an empty one': [`primary=${signature} secondary=`, 'malformed-header'],
    'with an upper-case name': [`PRIMARY=${signature}`, 'malformed-header'],
    'with an unknown name': [`tertiary=${signature}`, 'malformed-header'],
    'with the header doubled': [`primary=${signature}, primary=${signature}`, 'malformed-header'],
    'with three signatures': [
      `primary=${signature} secondary=${signature} primary=${signature}`,
      'malformed-header',
    ],
    'without the padding': [`primary=${signature.replace('=', '')}`, 'malformed-header'],
    'with a cut signature': [`primary=${signature.slice(0, 20)}`, 'malformed-header'],
    'with bits set that the padding hides': [`primary=${oneBitUp(signature)}`, 'malformed-header'],
    'with a hexadecimal signature': [
      `primary=${Buffer.from(signature, 'base64').toString('hex')}`,
      'malformed-header',
    ],
    'with eight kilobytes of header': [`primary=${signature}${' '.repeat(8_192)}`, 'malformed-header'],
    'with the signature of somebody else': [`primary=${sign('other', timestamp, text)}`, 'wrong-signature'],
    'with a plain hash instead of a keyed one': [
      `primary=${createHash('sha256')
        .update(secrets.primary + timestamp + text)
        .digest('base64')}`,
      'wrong-signature',
    ],
    'with the signature of another time': [
      `primary=${sign(secrets.primary, '2026-11-20T13:00:01Z', text)}`,
      'wrong-signature',
    ],
    'with the signature of the body alone': [`primary=${sign(secrets.primary, '', text)}`, 'wrong-signature'],
  };
  for (const [what, [header, verdict]] of Object.entries(headers)) {
    test(what, async () => {
      assert.equal(await verify({ signature: header }), verdict);
    });
  }

  test('with a signature in the alphabet of addresses', async () => {
    const at = Array.from(
      { length: 64 },
      (_, second) => `2026-11-20T13:00:${String(second % 60).padStart(2, '0')}Z`,
    ).find((time) => /[+/]/.test(sign(secrets.primary, time, text)));
    assert.ok(at);
    const good = sign(secrets.primary, at, text);
    assert.equal(await verify({ timestamp: at, signature: `primary=${good}` }), 'valid');
    const header = `primary=${good.replaceAll('+', '-').replaceAll('/', '_')}`;
    assert.equal(await verify({ timestamp: at, signature: header }), 'malformed-header');
  });

  test('when any one byte of its body was changed', async () => {
    const body = new TextEncoder().encode(
      `{"event_type":"message_received","chat_id":37,"body":{"x":"${'y'.repeat(238)}"}}`,
    );
    assert.equal(body.byteLength, 300);
    const header = `primary=${sign(secrets.primary, timestamp, body)}`;
    assert.equal(await verify({ signature: header, body }), 'valid');
    for (let index = 0; index < body.byteLength; index += 1) {
      const changed = Uint8Array.from(body);
      changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8));
      assert.equal(await verify({ signature: header, body: changed }), 'wrong-signature', `byte ${index}`);
    }
  });

  test('when bytes were added after it, or taken from its end', async () => {
    assert.equal(await verify({ body: new TextEncoder().encode(`${text} `) }), 'wrong-signature');
    assert.equal(await verify({ body: bytes.slice(0, -1) }), 'wrong-signature');
  });

  test('when the border between timestamp and body was moved, for every spelling of the time', async () => {
    for (const time of Object.keys(times)) {
      const all = time + text;
      const header = `primary=${sign(secrets.primary, time, text)}`;
      for (let border = 0; border < all.length; border += 1) {
        if (border === time.length) continue;
        const moved = { timestamp: all.slice(0, border), body: new TextEncoder().encode(all.slice(border)) };
        const verdict = await verify({ signature: header, windowMs: null, ...moved });
        if (verdict === 'valid')
          assert.throws(() => parseWebhook(moved.body), WebhookParseError, moved.timestamp);
      }
    }
  });
});

const times: Readonly<Record<string, number>> = {
  '2026-11-20T13:00:00Z': now,
  '2026-11-20T13:00:00.250Z': now + 250,
  '2026-11-20T13:00:00.250999999Z': now + 250,
  '2026-11-20T14:30:00+01:30': now,
  '2026-11-20T08:00:00-0500': now,
  'Fri, 20 Nov 2026 13:00:00 GMT': now,
  'Fri, 20 Nov 2026 13:00:00 +0000': now,
  '20 Nov 2026 14:00:00 +0100': now,
  '1795179600': now,
  '1795179600250': now + 250,
};

describe('the time of a webhook', () => {
  for (const [time, milliseconds] of Object.entries(times)) {
    test(`is read from ${time}`, async () => {
      const sent = {
        timestamp: time,
        signature: `primary=${sign(secrets.primary, time, text)}`,
        windowMs: 0,
      };
      assert.equal(await verify({ ...sent, now: milliseconds }), 'valid');
      assert.equal(await verify({ ...sent, now: milliseconds + 1 }), 'outside-window');
    });
  }

  const malformed = [
    '2026-11-20T13:00:00',
    '2026-11-20 13:00:00Z',
    '2026-11-20T13:00Z',
    '2026-11-20',
    '2026-13-20T13:00:00Z',
    '2026-11-20T13:00:00.Z',
    ' 2026-11-20T13:00:00Z',
    '2026-11-20T13:00:00Z\n',
    '+1795179600',
    '179517960',
    '17951796000',
    '1795179600.5',
    '0x6b000000',
    'Fri, 20 Nov 2026 13:00:00',
    'Fri, 20 Nov 2026 13:00:00 PST',
    'now',
  ];
  for (const time of malformed) {
    test(`is not guessed from ${JSON.stringify(time)}`, async () => {
      const header = `primary=${sign(secrets.primary, time, text)}`;
      assert.equal(
        await verify({ timestamp: time, signature: header, windowMs: null }),
        'malformed-timestamp',
      );
    });
  }

  test('must be there', async () => {
    assert.equal(await verify({ timestamp: null }), 'missing-header');
    assert.equal(await verify({ timestamp: '' }), 'missing-header');
  });

  test('may differ by five minutes either way, and not by a second more', async () => {
    assert.equal(await verify({ now: now + 300_000 }), 'valid');
    assert.equal(await verify({ now: now - 300_000 }), 'valid');
    assert.equal(await verify({ now: now + 301_000 }), 'outside-window');
    assert.equal(await verify({ now: now - 301_000 }), 'outside-window');
  });

  test('may differ by as much as the operator allows, or by anything', async () => {
    assert.equal(await verify({ now: now + 3_600_000, windowMs: 3_600_000 }), 'valid');
    assert.equal(await verify({ now: now + 1e12, windowMs: null }), 'valid');
  });
});

describe('secrets', () => {
  test('are rotated without a webhook refused, and the old one is worth nothing afterwards', async () => {
    const [old, fresh, next] = ['old', 'fresh', 'next'];
    const send = (platform: { primary: string; secondary?: string }) => {
      const second =
        platform.secondary === undefined ? '' : ` secondary=${sign(platform.secondary, timestamp, text)}`;
      return `primary=${sign(platform.primary, timestamp, text)}${second}`;
    };
    const steps: [platform: { primary: string; secondary?: string }, relay: WebhookSecrets][] = [
      [{ primary: old }, { primary: old }],
      [{ primary: old, secondary: fresh }, { primary: old }],
      [
        { primary: old, secondary: fresh },
        { primary: old, secondary: fresh },
      ],
      [{ primary: fresh }, { primary: old, secondary: fresh }],
      [{ primary: fresh, secondary: next }, { primary: fresh }],
    ];
    for (const [platform, relay] of steps) {
      assert.equal(await verify({ signature: send(platform), secrets: relay }), 'valid');
    }
    assert.equal(
      await verify({ signature: send({ primary: old }), secrets: { primary: fresh, secondary: next } }),
      'wrong-signature',
    );
  });

  test('may be any text, also beyond ASCII', async () => {
    const primary = 'clé 🔑';
    assert.equal(
      await verify({ signature: `primary=${sign(primary, timestamp, text)}`, secrets: { primary } }),
      'valid',
    );
  });

  test('that are empty stop the start, and check nothing', async () => {
    assert.throws(() => {
      assertWebhookSecrets({ primary: '' });
    }, /primary webhook secret/);
    assert.throws(() => {
      assertWebhookSecrets({ primary: ' ' });
    }, /primary webhook secret/);
    assert.throws(() => {
      assertWebhookSecrets({ primary: undefined as unknown as string });
    }, /primary webhook secret/);
    assert.throws(() => {
      assertWebhookSecrets({ primary: 'x', secondary: '' });
    }, /secondary webhook secret/);
    assertWebhookSecrets({ primary: 'x', secondary: undefined });
    await assert.rejects(verify({ secrets: { primary: '' } }));
  });
});

/** The same 32 bytes in Base64, with one of the two bits set that a decoder throws away. */
function oneBitUp(base64: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = base64.at(-2) ?? '';
  const changed = `${base64.slice(0, -2)}${alphabet[alphabet.indexOf(last) + 1] ?? ''}=`;
  assert.deepEqual(Buffer.from(changed, 'base64'), Buffer.from(base64, 'base64'));
  return changed;
}
