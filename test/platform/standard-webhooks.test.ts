import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { assertWebhookSecrets } from '../../src/platform/index.js';
import { findFixtures } from './fixtures.js';
import { now, secrets, sign, text, verify, type Sent } from './signed-webhook.js';

interface StandardCase {
  readonly name: string;
  readonly expect: string;
  readonly secret?: readonly (string | null)[];
  readonly drop?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly truncate?: number;
  readonly offset_s?: number;
  readonly prepend?: readonly string[];
  readonly body?: string;
}

describe('the cases of Standard Webhooks, in the platform’s own spelling', () => {
  const { path, skip } = findFixtures('webhook-signatures');
  const file = skip
    ? null
    : (JSON.parse(readFileSync(join(path, 'standard-webhooks.json'), 'utf8')) as StandardFile);

  test('the keyed hash gives the known answer', { skip }, async () => {
    assert.ok(file);
    const { id, timestamp: time, body, signature: known } = file.known_answer;
    const key = Buffer.from(file.secret_base64, 'base64');
    assert.equal(`v1,${sign(key, `${id}.${time}.`, body)}`, known);
    // Ours, for a key that is text: the same hash over the same bytes.
    const ours = sign('a text key', String(time), body);
    const sent = {
      signature: `primary=${ours}`,
      timestamp: String(time),
      body: new TextEncoder().encode(body),
    };
    assert.equal(await verify({ ...sent, secrets: { primary: 'a text key' }, now: time * 1_000 }), 'valid');
  });

  for (const each of file?.cases ?? []) {
    // The platform's webhooks have no id: nothing could be missing.
    const noCounterpart = each.drop === 'webhook-id' && 'the platform’s webhooks carry no id';
    test(`${each.name}: ${each.expect}`, { skip: noCounterpart }, async () => {
      if (each.secret) {
        // `whsec_` is an empty key in their spelling; the platform has no such prefix.
        for (const secret of each.secret.filter((value) => value !== 'whsec_')) {
          assert.throws(() => {
            assertWebhookSecrets({ primary: secret as string });
          });
        }
        return;
      }
      const verdict = await verify(toOurSpelling(each));
      assert.equal(verdict === 'valid', each.expect !== 'reject', verdict);
    });
  }
});

interface StandardFile {
  readonly secret_base64: string;
  readonly known_answer: {
    readonly id: string;
    readonly timestamp: number;
    readonly body: string;
    readonly signature: string;
  };
  readonly cases: readonly StandardCase[];
}

function toOurSpelling(each: StandardCase): Sent {
  const seconds = String(now / 1_000 + (each.offset_s ?? 0));
  const body = each.body ?? text;
  const good = `primary=${sign(secrets.primary, seconds, body)}`;
  const [other] = each.prepend ?? [];
  const replaced = each.set?.['webhook-signature']?.replace(/^v1,/, 'primary=');
  let header: string | null = replaced ?? good;
  if (other !== undefined)
    header = `${other.replace(/^v1,/, 'primary=')} ${good.replace('primary', 'secondary')}`;
  if (each.truncate !== undefined) header = header.slice(0, each.truncate);
  if (each.drop === 'webhook-signature') header = null;
  return {
    signature: header,
    timestamp: each.drop === 'webhook-timestamp' ? null : (each.set?.['webhook-timestamp'] ?? seconds),
    body: new TextEncoder().encode(body),
  };
}
