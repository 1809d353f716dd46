import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import {
  listen,
  PortTakenError,
  toNodeHandler,
  type FetchHandler,
  type Listening,
} from '../../src/adapters/node/index.js';

/** As they were before any server was made. */
const originals = { Request, Response };

async function serve(t: TestContext, fetch: FetchHandler['fetch'], basePath?: string): Promise<Listening> {
  const server = await listen(toNodeHandler({ fetch }, { basePath }), { port: 0 });
  t.after(() => server.close());
  return server;
}

function defer(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('a web handler on Node', () => {
  test('gets the request as it was sent, and its answer arrives as it was given', async (t) => {
    const { url } = await serve(t, async (request) => {
      const { pathname, search } = new URL(request.url);
      const sent = [request.method, pathname, search, request.headers.get('x-mine'), await request.text()];
      const headers: [string, string][] = [
        ['content-type', 'application/json'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ];
      return new Response(JSON.stringify(sent), { status: 201, headers });
    });
    const response = await fetch(`${url}/a%20b?c=d`, {
      method: 'PUT',
      headers: { 'x-mine': 'ü' },
      body: 'text 💬',
    });
    assert.equal(response.status, 201);
    assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2']);
    assert.deepEqual(await response.json(), ['PUT', '/a%20b', '?c=d', 'ü', 'text 💬']);
  });

  test('sees addresses without the base path, and nothing from outside of it', async (t) => {
    const { url } = await serve(
      t,
      (request) => new Response(new URL(request.url).pathname + new URL(request.url).search),
      '/relay/',
    );
    const answers = await Promise.all(
      [
        '/relay',
        '/relay/',
        '/relay?x=1',
        '/relay/chats?x=1',
        '/relay/relay',
        '/relayed',
        '/',
        '/other/relay',
      ].map(async (path) => {
        const response = await fetch(url + path);
        return response.ok ? response.text() : response.status;
      }),
    );
    assert.deepEqual(answers, ['/', '/', '/?x=1', '/chats?x=1', '/relay', 404, 404, 404]);
  });

  test('streams each piece when it comes, and learns at once that the reader has gone', async (t) => {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const cancelled = defer();
    const aborted = defer();
    const { url } = await serve(t, (request) => {
      request.signal.addEventListener('abort', () => {
        aborted.resolve();
      });
      const body = new ReadableStream<Uint8Array>({
        start: (started) => {
          controller = started;
        },
        cancel: () => {
          cancelled.resolve();
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    });
    const leave = new AbortController();
    const response = await fetch(url, { signal: leave.signal });
    const reader = response.body?.getReader();
    for (const piece of ['data: 1\n\n', 'data: 2\n\n']) {
      controller?.enqueue(new TextEncoder().encode(piece));
      assert.equal(new TextDecoder().decode((await reader?.read())?.value), piece);
    }
    leave.abort();
    await Promise.all([cancelled.promise, aborted.promise]);
  });

  test('that throws answers 500 without a word of why', async (t) => {
    const { url } = await serve(t, () => Promise.reject(new Error('canary')));
    const response = await fetch(url);
    assert.deepEqual([response.status, await response.text()], [500, '']);
  });

  test('that loses the connection leaves its caller without an answer, and serves the next one', async (t) => {
    let isLost = true;
    const server = await serve(t, () => {
      if (isLost) throw Object.assign(new Error('lost'), { name: 'ConnectionLostError' });
      return new Response('here');
    });
    await assert.rejects(fetch(server.url));
    isLost = false;
    assert.equal(await (await fetch(server.url)).text(), 'here');
  });

  test('leaves the runtime’s own Request and Response alone', async (t) => {
    await serve(t, () => new Response());
    assert.ok(globalThis.Request === originals.Request && globalThis.Response === originals.Response);
  });

  test('may refuse a body in the middle, without reading the rest', async (t) => {
    const { port } = await serve(t, () => new Response(null, { status: 413 }));
    const request = httpRequest({
      port,
      method: 'POST',
      host: '127.0.0.1',
      headers: { 'content-length': '1000000000' },
    });
    request.on('error', () => undefined);
    request.write('x'.repeat(1_000));
    const [response] = (await once(request, 'response')) as [{ statusCode: number }];
    assert.equal(response.statusCode, 413);
    request.destroy();
  });
});

describe('listening', () => {
  test('tells the port that was free, and is reached by this machine alone', async (t) => {
    const server = await serve(t, () => new Response('here'));
    assert.equal(server.url, `http://127.0.0.1:${server.port}`);
    assert.equal(await (await fetch(server.url)).text(), 'here');
    const everywhere = await listen(toNodeHandler({ fetch: () => new Response('everywhere') }), {
      port: 0,
      host: 'any',
    });
    t.after(() => everywhere.close());
    assert.equal(await (await fetch(everywhere.url)).text(), 'everywhere');
  });

  test('on a taken port says which variable to set', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    t.after(() => other.close());
    const { port } = other.address() as { port: number };
    const handler = toNodeHandler({ fetch: () => new Response() });
    await assert.rejects(
      listen(handler, { port }),
      (error) =>
        error instanceof PortTakenError && error.message === `Port ${port} is taken. Set PORT to a free one.`,
    );
    await assert.rejects(listen(handler, { port, variable: 'EMULATOR_PORT' }), {
      message: /Set EMULATOR_PORT/,
    });
  });

  test('on an address that this machine does not have says what the system says', async () => {
    const handler = toNodeHandler({ fetch: () => new Response() });
    await assert.rejects(listen(handler, { port: 0, host: '192.0.2.1' }), { code: 'EADDRNOTAVAIL' });
  });

  test('ends when the last answer is out, and takes nobody new meanwhile', async (t) => {
    const arrived = defer();
    const finish = defer();
    const server = await serve(t, async () => {
      arrived.resolve();
      await finish.promise;
      return new Response('done');
    });
    const reserve = connect(server.port, '127.0.0.1');
    reserve.on('error', () => undefined);
    await once(reserve, 'connect');
    const response = fetch(server.url);
    await arrived.promise;
    const closed = server.close();
    await once(reserve, 'close');
    const newcomer = connect(server.port, '127.0.0.1');
    const [error] = (await once(newcomer, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNREFUSED');
    finish.resolve();
    assert.equal(await (await response).text(), 'done');
    await closed;
  });
});
