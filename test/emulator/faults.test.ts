import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, type Stage } from './stage.js';

const off = {
  webhook: { delay: [0, 0], duplicate: 0, reorder: 0, drop: 0, taskDelay: [0, 0], retry: false },
  rest: { status: 0, timeout: 0, retryAfter: 0 },
  bucket: { status: 0, timeout: 0, expired: 0, reset: 0, resetAt: 0.5, slow: [0, 0] },
};

async function createFaulty(faults: unknown, options: Parameters<typeof createStage>[0] = {}): Promise<Stage> {
  const stage = createStage(options);
  assert.equal((await stage.control('PUT', '/faults', faults)).status, 200);
  return stage;
}

function said({ webhooks }: Stage): unknown[] {
  return webhooks
    .filter(({ envelope }) => envelope.event_type === 'message_received')
    .map(({ envelope }) => (envelope.body.message as { content: unknown }).content);
}

describe('the faults', () => {
  test('are off, and are told with the seed', async () => {
    const { control } = createStage({ seed: 4 });
    assert.deepEqual((await control('GET', '/faults')).body, { seed: 4, ...off });
  });

  test('are replaced as a whole: what is not named is off again', async () => {
    const { control } = await createFaulty({ webhook: { drop: 1 } });
    const { body } = await control('PUT', '/faults', { seed: 9, rest: { status: 0.5 } });
    assert.deepEqual(body, { ...off, seed: 9, rest: { ...off.rest, status: 0.5 } });
  });

  test('are forgotten by a reset', async () => {
    const { control } = await createFaulty({ webhook: { drop: 1 } });
    await control('POST', '/reset');
    assert.deepEqual((await control('GET', '/faults')).body, { seed: 1, ...off });
  });

  const refusals: [unknown, string][] = [
    [{ webhook: { drop: 2 } }, 'webhook.drop: takes a probability from 0 to 1'],
    [{ webhook: { drop: 'often' } }, 'webhook.drop: takes a probability from 0 to 1'],
    [{ webhook: { delay: 5 } }, 'webhook.delay: takes [shortest, longest] in whole milliseconds, at most an hour'],
    [{ webhook: { delay: [9, 1] } }, 'webhook.delay: takes [shortest, longest] in whole milliseconds, at most an hour'],
    [{ webhook: { retry: 1 } }, 'webhook.retry: takes true or false'],
    [{ webhook: { lose: 1 } }, 'webhook: there is no lose; there are delay, duplicate, reorder, drop, taskDelay, retry'],
    [{ webhooks: {} }, 'the body: there is no webhooks; there are seed, webhook, rest, bucket'],
    [{ seed: 'x' }, 'seed: takes a whole number'],
    [{ rest: 1 }, 'rest: takes an object of status, timeout, retryAfter'],
  ];
  for (const [body, message] of refusals) {
    test(`refuse ${JSON.stringify(body)} and change nothing`, async () => {
      const { control } = createStage();
      const answer = await control('PUT', '/faults', body);
      assert.deepEqual([answer.status, answer.body], [400, { code: 'invalid-request', message }]);
      assert.deepEqual((await control('GET', '/faults')).body, { seed: 1, ...off });
    });
  }
});

describe('webhook faults', () => {
  test('delay: all come, late, in their order', async () => {
    const stage = await createFaulty({ webhook: { delay: [1000, 5000] } });
    const chat = await stage.openChat();
    for (const text of ['one', 'two', 'three']) await stage.write(chat, text);
    await stage.pass(999);
    assert.equal(stage.webhooks.length, 0);
    await stage.pass(4001);
    assert.deepEqual(said(stage), ['one', 'two', 'three']);
    const late = stage.webhooks.map(({ headers }) => headers.get('X-Signature-Timestamp'));
    assert.ok(late.every((at) => at !== null && at >= '2026-01-02T10:00:01.000Z'), String(late));
    assert.equal(stage.webhooks[0]?.envelope.timestamp, '2026-01-02T10:00:00Z', 'when it happened');
  });

  test('duplicate: each comes twice, as the same bytes or signed again a second later', async () => {
    const stage = await createFaulty({ webhook: { duplicate: 1 } });
    const chat = await stage.openChat();
    for (let count = 0; count < 9; count += 1) await stage.write(chat, `message ${String(count)}`);
    await stage.pass(1000);
    const bodies = [...new Set(stage.webhooks.map(({ body }) => body))];
    assert.equal(bodies.length, 10);
    const ages = bodies.map((body) => {
      const pair = stage.webhooks.filter((webhook) => webhook.body === body);
      assert.equal(pair.length, 2);
      const [first, second] = pair.map(({ headers }) => headers.get('X-Signature'));
      const [begun, ended] = pair.map(({ headers }) => Date.parse(headers.get('X-Signature-Timestamp') ?? ''));
      const age = (ended ?? 0) - (begun ?? 0);
      assert.equal(first === second, age === 0);
      return age;
    });
    assert.deepEqual([...new Set(ages)].sort(), [0, 1000], 'both kinds occur');
    const { entries } = (await stage.control('GET', '/journal')).body as any;
    const kinds = new Set(entries.map((entry: any) => entry.duplicate));
    assert.deepEqual(kinds, new Set([undefined, 'same-bytes', 'signed-again']));
  });

  test('reorder: one comes after the next of its chat, and none is lost', async () => {
    const stage = await createFaulty({ webhook: { reorder: 1 } });
    const chat = await stage.openChat();
    for (const text of ['one', 'two', 'three']) await stage.write(chat, text);
    await stage.pass(2000);
    assert.deepEqual(stage.eventTypes().slice(0, 2), ['message_received', 'chat_created']);
    assert.deepEqual(said(stage), ['one', 'three', 'two']);
  });

  test('reorder: the last of a chat comes by itself after two seconds', async () => {
    const stage = await createFaulty({ webhook: { reorder: 1 } });
    await stage.openChat();
    await stage.pass(1999);
    assert.deepEqual(stage.eventTypes(), []);
    await stage.pass(1);
    assert.deepEqual(stage.eventTypes(), ['chat_created']);
  });

  test('drop: nothing comes, and the journal says what was lost and why', async () => {
    const stage = await createFaulty({ webhook: { drop: 1 } });
    await stage.write(await stage.openChat(), 'Hello');
    assert.equal(stage.webhooks.length, 0);
    const { entries, dropped } = (await stage.control('GET', '/journal')).body as any;
    assert.deepEqual(
      entries.map((entry: any) => entry.direction),
      ['in', 'in', 'in'],
    );
    assert.deepEqual(
      dropped.map((each: any) => [each.body.event_type, each.cause.entry]),
      [
        ['chat_created', 3],
        ['message_received', 4],
      ],
    );
  });

  /** A receiver that refuses until the test lets it accept. */
  function createStubborn(): { fetch: typeof fetch; accept: () => void; arrived: string[] } {
    let status = 503;
    const arrived: string[] = [];
    return {
      arrived,
      accept: () => {
        status = 204;
      },
      fetch: async (_, init) => {
        arrived.push((JSON.parse(init?.body as string) as { event_type: string }).event_type);
        return new Response(null, { status });
      },
    };
  }

  test('retry: a webhook comes again until it is accepted, and only then the next of its chat', async () => {
    const receiver = createStubborn();
    const stage = await createFaulty({ webhook: { retry: true } }, { fetch: receiver.fetch });
    const chat = await stage.openChat();
    await stage.write(chat, 'Hello');
    await stage.pass(20_000);
    assert.ok(receiver.arrived.length > 5, 'it came again and again');
    assert.deepEqual(new Set(receiver.arrived), new Set(['chat_created']));
    receiver.accept();
    await stage.pass(5000);
    assert.deepEqual(receiver.arrived.slice(-2), ['chat_created', 'message_received']);
    const { entries } = (await stage.control('GET', '/journal')).body as any;
    const attempts = entries.filter((entry: any) => entry.direction === 'out');
    const times = attempts.map((entry: any) => Date.parse(entry.at));
    const gaps = times.slice(1).map((time: number, index: number) => time - times[index]);
    assert.ok(Math.max(...gaps) <= 5000, String(gaps));
    assert.deepEqual([attempts[0].attempt, attempts[1].attempt], [undefined, 2]);
  });

  test('retry: it is given up after two minutes, and the next one begins', async () => {
    const receiver = createStubborn();
    const stage = await createFaulty({ webhook: { retry: true } }, { fetch: receiver.fetch });
    const chat = await stage.openChat();
    await stage.write(chat, 'Hello');
    await stage.pass(114_000);
    assert.ok(!receiver.arrived.includes('message_received'), 'the first one is still repeated');
    await stage.pass(6001);
    assert.ok(receiver.arrived.includes('message_received'), 'the next one has begun');
  });

  test('without retry a refused webhook does not come again', async () => {
    const receiver = createStubborn();
    const stage = createStage({ fetch: receiver.fetch });
    await stage.openChat();
    await stage.pass(120_000);
    assert.deepEqual(receiver.arrived, ['chat_created']);
  });

  test('hit the same webhooks whenever the seed is the same, and others with another one', async () => {
    const runs: unknown[] = [];
    for (const seed of [7, 7, 8]) {
      const stage = await createFaulty({ seed, webhook: { drop: 0.3, duplicate: 0.3, reorder: 0.3, delay: [0, 900] } });
      const chat = await stage.openChat();
      for (let count = 0; count < 9; count += 1) {
        await stage.write(chat, `message ${String(count)}`);
        await stage.pass(100);
      }
      await stage.pass(10_000);
      runs.push(stage.webhooks.map(({ headers, body }) => `${headers.get('X-Signature') ?? ''} ${body}`));
    }
    assert.deepEqual(runs[0], runs[1]);
    assert.notDeepEqual(runs[0], runs[2]);
  });
});

describe('faults of the platform’s API', () => {
  /** Sends the same request many times, with the limit on requests switched off. */
  async function repeat(rest: unknown, count = 40): Promise<{ stage: Stage; answers: Response[] }> {
    const stage = await createFaulty({ rest }, { switches: { rateLimit: 'off' } });
    const { subdomain, apiToken } = stage.emulator.credentials;
    const headers = { Authorization: `Basic ${btoa(`${subdomain}:${apiToken}`)}` };
    const answers: Response[] = [];
    for (let place = 0; place < count; place += 1) {
      const body = JSON.stringify({ identifier: `c-${String(place)}` });
      const request = new Request('http://127.0.0.1:5174/apps/api/v1/end_users', { method: 'POST', headers, body });
      answers.push(await stage.emulator.fetch(request));
    }
    return { stage, answers };
  }

  test('status: an error in the platform’s form or in HTML, and nothing is carried out', async () => {
    const { stage, answers } = await repeat({ status: 1 });
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([500, 502, 503, 504]));
    assert.ok(texts.includes('{"message":"Bad Gateway"}'), 'some in the platform’s form');
    assert.ok(texts.some((text) => text.startsWith('<html>')), 'some in HTML');
    const hints = answers.map((answer) => answer.headers.get('Retry-After'));
    assert.deepEqual(new Set(hints), new Set([null]));
    await stage.control('PUT', '/faults', {});
    assert.equal((await stage.platform('GET', '/end_users?identifier=c-0')).status, 404);
    const { entries } = (await stage.control('GET', '/journal')).body as any;
    assert.equal(entries[0].fault, 'status');
    assert.equal(entries[0].status, answers[0]?.status);
  });

  test('retryAfter: 429 or 503 that say when to come again', async () => {
    const { answers } = await repeat({ retryAfter: 1 });
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([429, 503]));
    const hints = answers.map((answer) => answer.headers.get('Retry-After'));
    assert.deepEqual(new Set(hints), new Set(['1']));
    assert.match((await answers[0]?.text()) ?? '', /^\{"message":"(Too Many Requests|Service Unavailable)"\}$/);
  });

  test('timeout: the answer is held back for half a minute, and some requests were carried out', async () => {
    const stage = await createFaulty({ rest: { timeout: 1 } }, { switches: { rateLimit: 'off' } });
    const identifiers = Array.from({ length: 20 }, (_, place) => `c-${String(place)}`);
    let answered = 0;
    const answers = identifiers.map(async (identifier) => {
      const { subdomain, apiToken } = stage.emulator.credentials;
      const headers = { Authorization: `Basic ${btoa(`${subdomain}:${apiToken}`)}` };
      const init = { method: 'POST', headers, body: JSON.stringify({ identifier }) };
      const answer = await stage.emulator.fetch(new Request('http://127.0.0.1/apps/api/v1/end_users', init));
      answered += 1;
      return answer.status;
    });
    await stage.pass(29_999);
    assert.equal(answered, 0);
    await stage.pass(1);
    assert.deepEqual(new Set(await Promise.all(answers)), new Set([504]));
    await stage.control('PUT', '/faults', {});
    const found = await Promise.all(
      identifiers.map(async (identifier) => (await stage.platform('GET', `/end_users?identifier=${identifier}`)).status),
    );
    assert.deepEqual(new Set(found), new Set([200, 404]), 'some were carried out and some were not');
  });

  test('leave the control API and the avatars alone', async () => {
    const { control, emulator } = await createFaulty({ rest: { status: 1 } });
    assert.equal((await control('GET', '/chats')).status, 200);
    assert.notEqual((await emulator.fetch(new Request('http://127.0.0.1/avatars/1.svg'))).status, 503);
  });
});
