import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { createPlatformClient, PlatformError, type PlatformClient } from '../../src/platform/index.js';
import { createRecordedClient, credentials } from './recorder.js';

const read = (client: PlatformClient) => client.getChat(37);
const send = (client: PlatformClient) =>
  client.sendMessage(37, { fromUserId: 1, type: 'text', text: 'canary-words-of-the-visitor' });

async function failureOf(promise: Promise<unknown>): Promise<PlatformError> {
  const error = await promise.then(
    () => assert.fail('The call succeeded.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PlatformError, inspect(error));
  return error;
}

function brokenConnection(code: string, more: object = {}): Error {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error('canary in a message'), { code, ...more }),
  });
}

describe('an answer that is no success says whether the request was taken', () => {
  const answers: readonly [
    Response,
    { kind: string; retryAfterMs?: number | null; platformMessage?: string | null },
  ][] = [
    [
      Response.json({ message: 'Chat is already ended' }, { status: 400 }),
      { kind: 'refused', platformMessage: 'Chat is already ended' },
    ],
    [
      Response.json({ message: 'Not Found' }, { status: 404 }),
      { kind: 'refused', platformMessage: 'Not Found' },
    ],
    [new Response('no json', { status: 409 }), { kind: 'refused', platformMessage: null }],
    [Response.json({ message: 5 }, { status: 422 }), { kind: 'refused', platformMessage: null }],
    [Response.json({}, { status: 401 }), { kind: 'unauthorized' }],
    [Response.json({}, { status: 403 }), { kind: 'unauthorized' }],
    [
      new Response(null, { status: 302, headers: { location: 'http://127.0.0.1/' } }),
      { kind: 'unauthorized' },
    ],
    [new Response(null, { status: 308 }), { kind: 'unauthorized' }],
    [new Response(null, { status: 429 }), { kind: 'throttled', retryAfterMs: null }],
    [
      new Response(null, { status: 429, headers: { 'retry-after': '7' } }),
      { kind: 'throttled', retryAfterMs: 7_000 },
    ],
    [
      new Response(null, { status: 503, headers: { 'retry-after': '3600' } }),
      { kind: 'throttled', retryAfterMs: 60_000 },
    ],
    [
      new Response(null, {
        status: 503,
        headers: { date: 'Fri, 20 Nov 2026 13:00:00 GMT', 'retry-after': 'Fri, 20 Nov 2026 13:00:20 GMT' },
      }),
      { kind: 'throttled', retryAfterMs: 20_000 },
    ],
    [new Response(null, { status: 503 }), { kind: 'unknown', retryAfterMs: null }],
    [
      new Response(null, { status: 503, headers: { 'retry-after': 'soon' } }),
      { kind: 'unknown', retryAfterMs: null },
    ],
    [new Response('<h1>Bad gateway</h1>', { status: 502 }), { kind: 'unknown' }],
    [new Response(null, { status: 500 }), { kind: 'unknown' }],
    [new Response(null, { status: 504 }), { kind: 'unknown' }],
  ];

  for (const [response, expected] of answers) {
    const { status } = response;
    const hint = response.headers.get('retry-after') ?? expected.platformMessage ?? '';
    test(`status ${status} ${hint} is ${expected.kind}`, async () => {
      const error = await failureOf(send(createRecordedClient([response]).client));
      const { kind, retryAfterMs, platformMessage, method, path } = error;
      const found = { kind, retryAfterMs, platformMessage };
      assert.deepEqual(found, { retryAfterMs: null, platformMessage: null, ...expected });
      assert.deepEqual([error.status, method, path], [status, 'POST', '/chats/37/message']);
    });
  }

  test('a redirect that the runtime hides is one, too', async () => {
    const error = await failureOf(send(createRecordedClient([Response.error()]).client));
    assert.deepEqual([error.kind, error.status], ['unauthorized', null]);
  });
});

describe('a success', () => {
  for (const status of [200, 201, 202, 204]) {
    test(`of a message is any 2xx, as ${status}, whatever its body`, async () => {
      const answer = status === 204 ? new Response(null, { status }) : new Response('<html>', { status });
      await send(createRecordedClient([answer]).client);
    });
  }

  const unreadable: readonly [string, Response][] = [
    ['HTML', new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } })],
    ['nothing', new Response(null)],
    ['JSON of another form', Response.json({ id: 'thirty-seven', status: 'queued' })],
    ['more than a mebibyte', Response.json({ id: 37, status: 'queued', filler: 'x'.repeat(1024 * 1024) })],
  ];
  for (const [what, response] of unreadable) {
    test(`that brings ${what} where a chat is expected leaves open what happened`, async () => {
      const error = await failureOf(read(createRecordedClient([response]).client));
      assert.equal(error.kind, 'unknown');
    });
  }
});

describe('a connection', () => {
  const connections: readonly [Error, 'unsent' | 'unknown'][] = [
    [brokenConnection('ECONNREFUSED'), 'unsent'],
    [brokenConnection('ENOTFOUND'), 'unsent'],
    [brokenConnection('EAI_AGAIN'), 'unsent'],
    [brokenConnection('CERT_HAS_EXPIRED'), 'unsent'],
    [brokenConnection('ERR_TLS_CERT_ALTNAME_INVALID'), 'unsent'],
    [brokenConnection('UND_ERR_CONNECT_TIMEOUT'), 'unsent'],
    [brokenConnection('EHOSTUNREACH', { syscall: 'connect' }), 'unsent'],
    [brokenConnection('EHOSTUNREACH', { syscall: 'write' }), 'unknown'],
    [brokenConnection('ECONNRESET'), 'unknown'],
    [brokenConnection('UND_ERR_SOCKET'), 'unknown'],
    [brokenConnection('EPIPE'), 'unknown'],
    [new TypeError('fetch failed'), 'unknown'],
    [
      new TypeError('fetch failed', {
        cause: new AggregateError([brokenConnection('ENETUNREACH', { syscall: 'connect' }).cause]),
      }),
      'unsent',
    ],
  ];
  for (const [error, kind] of connections) {
    const { code, syscall } = (error.cause ?? {}) as { code?: string; syscall?: string };
    test(`that fails by ${code ?? error.cause?.constructor.name ?? 'nothing known'} ${syscall ?? ''} is ${kind}`, async () => {
      const failure = await failureOf(send(createRecordedClient([error]).client));
      assert.equal(failure.kind, kind);
      assert.equal(failure.status, null);
    });
  }

  test('to a port where nobody listens was surely not used', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    await once(server, 'close');
    const error = await failureOf(send(createPlatformClient({ origin, ...credentials })));
    assert.equal(error.kind, 'unsent');
    assert.match(error.message, /ECONNREFUSED/);
  });

  test('that is cut after the request was read leaves open what happened', async (t) => {
    const origin = await listen(t, (request) => {
      request.socket.destroy();
    });
    assert.equal((await failureOf(send(createPlatformClient({ origin, ...credentials })))).kind, 'unknown');
  });

  test('is given up when no answer comes in time, or its body does not end', async (t) => {
    const silent = await listen(t, () => undefined);
    const endless = await listen(t, (_request, response) => {
      response.writeHead(200).write('{"id":');
    });
    for (const origin of [silent, endless]) {
      const error = await failureOf(read(createPlatformClient({ origin, ...credentials, timeoutMs: 50 })));
      assert.deepEqual([error.kind, error.message], ['unknown', 'GET /chats/37: unknown (timeout)']);
    }
  });

  test('is never taken to where a redirect points', async (t) => {
    let visits = 0;
    const trap = await listen(t, (_request, response) => {
      visits += 1;
      response.end('{}');
    });
    const origin = await listen(t, (_request, response) => {
      response.writeHead(307, { location: `${trap}/apps/api/v1/chats/37/message` }).end();
    });
    const error = await failureOf(send(createPlatformClient({ origin, ...credentials })));
    assert.deepEqual([error.kind, error.status, visits], ['unauthorized', 307, 0]);
  });

  test('stays open for a large file after its headers came', async (t) => {
    let finish = (): void => undefined;
    const origin = await listen(t, (request, response) => {
      if (!request.url?.includes('/media/')) return;
      response.writeHead(200).write('first, ');
      finish = () => {
        response.end('last');
      };
    });
    const client = createPlatformClient({ origin, ...credentials, timeoutMs: 200 });
    const response = await client.downloadMedia(37, { mediaId: 1, mediaType: 'photo' });
    // Asked later and timed out: by then the limit of the file, if it had one, has passed, too.
    await failureOf(read(client));
    finish();
    assert.equal(await response.text(), 'first, last');
  });
});

async function listen(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('no error ever carries a credential, an identifier or what somebody wrote', async () => {
  const encoded = 'YWNtZTpjYW5hcnktdG9rZW4tNWYxYw==';
  const echo = { message: `you sent ${credentials.apiToken} and ${encoded}` };
  const answers = [
    Response.json(echo, { status: 400 }),
    Response.json({ message: 'canary-words-of-the-platform' }, { status: 500 }),
    new Response('canary-words-of-the-platform', { status: 401 }),
    Response.json({ id: 'canary-words-of-the-platform' }),
    brokenConnection('ECONNREFUSED'),
    new TypeError(`Failed to parse https://${encoded}@acme/?identifier=canary-person`),
  ];
  for (const answer of answers) {
    const { client } = createRecordedClient([answer]);
    for (const call of [
      client.findEndUser({ identifier: 'canary-person' }),
      client.upsertEndUser({ identifier: 'canary-person' }),
    ]) {
      const error = await failureOf(call);
      const shown = [
        JSON.stringify(error),
        inspect(error, { depth: 9, showHidden: true }),
        error.stack,
        String(error),
      ].join('\n');
      assert.doesNotMatch(shown, /canary|YWNtZ/);
      assert.match(error.message, /^(GET|POST) \/end_users: /);
    }
  }
  const { client } = createRecordedClient([Response.json(echo, { status: 400 })]);
  assert.equal((await failureOf(send(client))).platformMessage, null);
});

test('a client with credentials or an origin that cannot be right is not made', () => {
  const good = { origin: 'https://acme.uc1.ccaiplatform.com', ...credentials };
  for (const wrong of [
    { subdomain: '' },
    { subdomain: 'a:b' },
    { apiToken: '' },
    { origin: 'http://acme.uc1.ccaiplatform.com' },
    { origin: 'https://acme.uc1.ccaiplatform.com/' },
    { origin: 'https://user@acme.uc1.ccaiplatform.com' },
    { origin: 'http://169.254.169.254' },
  ]) {
    assert.throws(() => createPlatformClient({ ...good, ...wrong }));
  }
});
