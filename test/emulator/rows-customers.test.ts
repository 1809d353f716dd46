import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { createStage, origin, read, type Stage } from './stage.js';

/* Copied from the platform's reference (Customer flag; Custom data; Change the end user during a chat). */

function createSwitched(switches: Record<string, unknown>): Stage {
  return createStage({ switches });
}

async function readDetails(stage: Stage): Promise<Record<string, unknown>> {
  return (await stage.control('GET', '/chats/1')).body as unknown as Record<string, unknown>;
}

describe('row 17: GET /chats/:id/customer_flag', () => {
  test('answers three booleans, all false at first', async () => {
    const { openChat, platform } = createStage();
    await openChat();
    const answer = await platform('GET', '/chats/1/customer_flag');
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { verified_customer: false, bad_actor: false, repeat_customer: false });
    assert.equal((await platform('GET', '/chats/9/customer_flag')).status, 404);
  });
});

describe('row 18: POST /chats/:id/customer_flag', () => {
  test('takes repeat_customers, which is read as repeat_customer (OQ-6)', async () => {
    const { openChat, platform } = createStage();
    await openChat();
    const request = { verified_customer: true, bad_actor: false, repeat_customers: true };
    assert.equal((await platform('POST', '/chats/1/customer_flag', request)).status, 200);
    const { body } = await platform('GET', '/chats/1/customer_flag');
    assert.deepEqual(body, { verified_customer: true, bad_actor: false, repeat_customer: true });
  });

  test('changes only what is named', async () => {
    const { openChat, platform } = createStage();
    await openChat();
    await platform('POST', '/chats/1/customer_flag', { verified_customer: true });
    await platform('POST', '/chats/1/customer_flag', { repeat_customer: true });
    const { body } = await platform('GET', '/chats/1/customer_flag');
    assert.deepEqual(body, { verified_customer: true, bad_actor: false, repeat_customer: true });
  });

  for (const body of [{}, { verified_customer: 'yes' }, { foo: true }]) {
    test(`refuses ${JSON.stringify(body)}`, async () => {
      const { openChat, platform } = createStage();
      await openChat();
      const answer = await platform('POST', '/chats/1/customer_flag', body);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { message: 'param is missing or the value is empty: verified_customer' });
    });
  }

  test('customerFlagKey (OQ-6): takes both spellings, or one of them', async () => {
    for (const [position, key, status] of [
      ['both', 'repeat_customers', 200],
      ['both', 'repeat_customer', 200],
      ['repeat_customers', 'repeat_customers', 200],
      ['repeat_customers', 'repeat_customer', 400],
      ['repeat_customer', 'repeat_customer', 200],
      ['repeat_customer', 'repeat_customers', 400],
    ] as const) {
      const { openChat, platform } = createSwitched({ customerFlagKey: position });
      await openChat();
      const answer = await platform('POST', '/chats/1/customer_flag', { [key]: true });
      assert.equal(answer.status, status, `${position}: ${key}`);
    }
  });
});

/** Signs as the platform's sample does, by Node's own crypto; the clock stands at 2026-01-02T10:00:00Z. */
const now = Date.UTC(2026, 0, 2, 10) / 1000;

function sign(
  payload: unknown,
  { secret, header = { alg: 'HS256' } }: { readonly secret: string; readonly header?: object },
): string {
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

describe('row 19: POST /chats/:id/custom_data', () => {
  const data = {
    reserved_verified_customer: { label: 'Verified', value: true },
    reserved_bad_actor: { label: 'Bad actor', value: false },
    reserved_repeat_customer: { label: 'Repeat', value: true },
    field1: { label: 'Plan', value: 'gold' },
  };

  test('takes an unsigned map, keeps its order, and sets the flags by the reserved keys', async () => {
    const stage = createStage();
    await stage.openChat();
    const answer = await stage.platform('POST', '/chats/1/custom_data', { signed: false, data });
    assert.equal(answer.status, 200);
    const { customData } = await readDetails(stage);
    assert.deepEqual(Object.entries(customData as object), Object.entries(data));
    const { body } = await stage.platform('GET', '/chats/1/customer_flag');
    assert.deepEqual(body, { verified_customer: true, bad_actor: false, repeat_customer: true });
  });

  test('takes a map signed with the company secret; items there have only values', async () => {
    const stage = createStage();
    await stage.openChat();
    const custom_data = { plan: { value: 'gold' }, 'größe': { value: 'Ünïcode ✓' } };
    const secret = stage.emulator.credentials.companySecret;
    const signed_data = sign({ custom_data, iat: now, exp: now + 3600 }, { secret });
    const answer = await stage.platform('POST', '/chats/1/custom_data', { signed: true, signed_data });
    assert.equal(answer.status, 200);
    assert.deepEqual((await readDetails(stage)).customData, custom_data);
  });

  const claims = { custom_data: { plan: { value: 'gold' } }, iat: now, exp: now + 3600 };
  const forgeries: [string, (secret: string) => string][] = [
    ['another secret', () => sign(claims, { secret: 'another' })],
    ['no signature', (secret) => `${sign(claims, { secret }).split('.').slice(0, 2).join('.')}.`],
    ['algorithm none', (secret) => sign(claims, { secret, header: { alg: 'none' } })],
    ['algorithm HS512', (secret) => sign(claims, { secret, header: { alg: 'HS512' } })],
    ['an end in the past', (secret) => sign({ ...claims, exp: now }, { secret })],
    ['a beginning in the future', (secret) => sign({ ...claims, iat: now + 1 }, { secret })],
    ['no end', (secret) => sign({ ...claims, exp: undefined }, { secret })],
    ['no beginning', (secret) => sign({ ...claims, iat: undefined }, { secret })],
    ['no data', (secret) => sign({ ...claims, custom_data: undefined }, { secret })],
    ['a list as payload', (secret) => sign([claims], { secret })],
    ['four parts', (secret) => `${sign(claims, { secret })}.x`],
    ['something else', () => 'hello'],
    [
      'a payload that was changed after signing',
      (secret) => {
        const [header, , signature] = sign(claims, { secret }).split('.');
        const payload = Buffer.from(JSON.stringify({ ...claims, exp: now + 9999 })).toString('base64url');
        return [header, payload, signature].join('.');
      },
    ],
  ];
  for (const [name, forge] of forgeries) {
    test(`refuses signed data with ${name}`, async () => {
      const stage = createStage();
      await stage.openChat();
      const signed_data = forge(stage.emulator.credentials.companySecret);
      const answer = await stage.platform('POST', '/chats/1/custom_data', { signed: true, signed_data });
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { message: 'Invalid signed data' });
      assert.deepEqual((await readDetails(stage)).customData, {});
    });
  }

  const refusals: [unknown, string][] = [
    [{ data }, 'signed'],
    [{ signed: false }, 'data'],
    [{ signed: false, data: {} }, 'data'],
    [{ signed: true, data }, 'signed_data'],
    [{ signed: false, data: { plan: 'gold' } }, 'plan'],
    [{ signed: false, data: { plan: { label: 'Plan' } } }, 'plan'],
  ];
  for (const [body, name] of refusals) {
    test(`refuses ${JSON.stringify(body).slice(0, 60)} for want of ${name}`, async () => {
      const { openChat, platform } = createStage();
      await openChat();
      const answer = await platform('POST', '/chats/1/custom_data', body);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { message: `param is missing or the value is empty: ${name}` });
    });
  }

  test('takes a key that means something to JavaScript as a key', async () => {
    const stage = createStage();
    await stage.openChat();
    const body = '{"signed": false, "data": {"__proto__": {"value": 1}}}';
    assert.equal((await stage.platform('POST', '/chats/1/custom_data', body)).status, 200);
    assert.deepEqual(Object.keys((await readDetails(stage)).customData as object), ['__proto__']);
  });

  test('customDataLabel (OQ-54): items need no label, or do', async () => {
    for (const [position, status] of [
      ['optional', 200],
      ['required', 400],
    ] as const) {
      const { openChat, platform } = createSwitched({ customDataLabel: position });
      await openChat();
      const body = { signed: false, data: { plan: { value: 'gold' } } };
      assert.equal((await platform('POST', '/chats/1/custom_data', body)).status, status);
    }
  });
});

describe('row 20: POST /chats/:chat_id/end-user', () => {
  const request = { identifier: 'ann', name: 'Ann', email: 'ann@example.com', phone: '+16175550100' };

  test('is accepted, and the chat is that person’s from then on', async () => {
    const stage = createStage();
    const chat = await stage.openChat();
    const answer = await stage.platform('POST', '/chats/1/end-user', request);
    assert.equal(answer.status, 202);
    assert.deepEqual(answer.body, { message: 'accepted' });
    const { body } = await stage.platform('GET', '/chats/1');
    assert.deepEqual((body as unknown as Record<string, unknown>).end_user, { id: 502, identifier: 'ann' });
    assert.deepEqual((await readDetails(stage)).endUser, { id: 502, identifier: 'ann', name: 'Ann' });
    await stage.write(chat, 'by the old id');
    await stage.write({ ...chat, endUserId: 502 }, 'by the new id');
  });

  test('keeps the record of a person who is known by that identifier', async () => {
    const stage = createStage();
    await stage.openChat();
    await stage.platform('POST', '/chats/1/end-user', { identifier: 'c-9f31', name: 'Ann' });
    assert.deepEqual((await readDetails(stage)).endUser, { id: 501, identifier: 'c-9f31', name: 'Ann' });
  });

  test('is a duplicate when repeated within the interval', async () => {
    const stage = createStage();
    await stage.openChat();
    const send = (body: object) => stage.platform('POST', '/chats/1/end-user', body);
    assert.equal((await send(request)).status, 202);
    const again = await send(request);
    assert.equal(again.status, 400);
    assert.deepEqual(again.body, { message: 'Duplicate request: Please wait for the interval to expire' });
    assert.equal((await send({ ...request, name: 'Ann Lee' })).status, 202, 'another update is no duplicate');
    await stage.pass(60_000);
    assert.equal((await send({ ...request, name: 'Ann Lee' })).status, 202);
  });

  test('needs an identifier, and a chat that goes on', async () => {
    const { openChat, platform, control } = createStage();
    await openChat();
    const answer = await platform('POST', '/chats/1/end-user', { name: 'Ann' });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, { message: 'param is missing or the value is empty: identifier' });
    assert.equal((await platform('POST', '/chats/9/end-user', request)).status, 404);
    await control('POST', '/chats/1/end');
    const late = await platform('POST', '/chats/1/end-user', request);
    assert.deepEqual([late.status, late.body.message], [400, 'Chat is already ended']);
  });

  test('endUserPath (OQ-7): answers at both paths, or at one', async () => {
    for (const [position, hyphen, underscore] of [
      ['both', 202, 202],
      ['end-user', 202, 404],
      ['end_user', 404, 202],
    ] as const) {
      const { openChat, platform } = createSwitched({ endUserPath: position });
      await openChat();
      const statuses = [
        (await platform('POST', '/chats/1/end-user', request)).status,
        (await platform('POST', '/chats/1/end_user', { ...request, name: 'Another' })).status,
      ];
      assert.deepEqual(statuses, [hyphen, underscore], position);
    }
  });

  test('endUserUpdated (OQ-7): is answered 202, or 200', async () => {
    const { openChat, platform } = createSwitched({ endUserUpdated: 200 });
    await openChat();
    assert.equal((await platform('POST', '/chats/1/end-user', request)).status, 200);
  });

  test('endUserAuthorization (OQ-7): is Basic, or Bearer with the API token', async () => {
    for (const [position, bearerStatus, basicStatus] of [
      ['basic', 401, 202],
      ['bearer', 202, 401],
    ] as const) {
      const stage = createSwitched({ endUserAuthorization: position });
      await stage.openChat();
      const headers = { Authorization: `Bearer ${stage.emulator.credentials.apiToken}` };
      const body = JSON.stringify({ ...request, name: 'By bearer' });
      const init = { method: 'POST', headers, body };
      const bearer = await read(
        await stage.emulator.fetch(new Request(`${origin}/apps/api/v1/chats/1/end-user`, init)),
      );
      assert.equal(bearer.status, bearerStatus);
      assert.equal((await stage.platform('POST', '/chats/1/end-user', request)).status, basicStatus);
      assert.equal((await stage.platform('GET', '/chats/1')).status, 200, 'the rest stays Basic');
    }
  });

  test('crm: is supported, or refused in the documented words', async () => {
    const { openChat, platform } = createSwitched({ crm: 'unsupported' });
    await openChat();
    const answer = await platform('POST', '/chats/1/end-user', request);
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, { message: 'Unsupported CRM request' });
  });
});
