import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { createStage } from './stage.js';

describe('rotation of the webhook secrets', () => {
  const sign = (secret: string, { headers, body }: { headers: Headers; body: string }): string =>
    createHmac('sha256', secret)
      .update((headers.get('X-Signature-Timestamp') ?? '') + body)
      .digest('base64');

  test('in mid-flight: what leaves before, between and after is signed with what is valid then', async () => {
    const stage = createStage();
    const chat = await stage.openChat();
    const { webhookPrimarySecret: first, webhookSecondarySecret: second } = { ...stage.emulator.credentials };
    const rotated = await stage.control('POST', '/credentials/rotate');
    assert.deepEqual(
      [rotated.status, (rotated.body as any).webhookPrimarySecret, (rotated.body as any).webhookSecondarySecret],
      [200, second, ''],
    );
    await stage.write(chat, 'between');
    const { webhookSecondarySecret: third } = (await stage.control('POST', '/credentials/secondary')).body as any;
    assert.match(third, /^emulator-secondary-[0-9a-f]{32}$/);
    assert.notEqual(third, second);
    await stage.write(chat, 'after');
    const [before, between, after] = stage.webhooks;
    assert.ok(before && between && after, 'three webhooks');
    const header = ({ headers }: { headers: Headers }): string | null => headers.get('X-Signature');
    assert.equal(header(before), `primary=${sign(first, before)} secondary=${sign(second, before)}`);
    assert.equal(header(between), `primary=${sign(second, between)}`);
    assert.equal(header(after), `primary=${sign(second, after)} secondary=${sign(third, after)}`);
  });

  test('needs a secondary secret, and a reset brings the first ones back', async () => {
    const { control } = createStage();
    const { body: first } = await control('GET', '/credentials');
    await control('POST', '/credentials/rotate');
    const again = await control('POST', '/credentials/rotate');
    assert.deepEqual([again.status, again.body.code], [409, 'no-secondary-secret']);
    await control('POST', '/reset');
    assert.deepEqual((await control('GET', '/credentials')).body, first);
    assert.equal((await control('GET', '/credentials/rotate')).status, 405);
  });
});
