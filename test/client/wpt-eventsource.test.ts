import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createConnection } from '../../src/client/connection.js';
import { readEventStream } from '../../src/client/event-stream.js';
import { createRelayTransport } from '../../src/client/transport.js';

// The cases of web-platform-tests for the browser's own EventSource, which this client does without: streams must be
// read alike; where our connection answers otherwise on purpose, it is said below.

interface StreamCase {
  readonly name: string;
  readonly file: string;
  readonly stream_base64: string;
  readonly events: readonly { readonly data: string }[];
}

interface HttpCase {
  readonly file: string;
  readonly response?: { readonly status: number; readonly content_type?: string; readonly then?: string };
  readonly request_header?: Readonly<Record<string, string>>;
}

const file = join(process.env['FIXTURES_DIR'] ?? '../shared/fixtures', 'wpt-eventsource', 'cases.json');
const isThere = existsSync(file);
const skip = !isThere && `${file} is absent; FIXTURES_DIR names another place`;
const cases = isThere
  ? (JSON.parse(readFileSync(file, 'utf8')) as { stream_cases: StreamCase[]; http_cases: HttpCase[] })
  : { stream_cases: [], http_cases: [] };

describe('the streams of web-platform-tests', { skip }, () => {
  test('are all there', () => {
    assert.equal(cases.stream_cases.length, 26);
  });

  for (const { name, file: source, stream_base64: base64, events } of cases.stream_cases) {
    test(`${source}: ${name}`, async () => {
      const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
      // An event's kind is in its data, and its place too: the reader tells nothing else.
      const expected = events.map(({ data }) => data);
      assert.deepEqual(await read([bytes]), expected, 'whole');
      assert.deepEqual(await read([...bytes].map((byte) => Uint8Array.of(byte))), expected, 'byte by byte');
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        assert.deepEqual(await read([bytes.subarray(0, cut), bytes.subarray(cut)]), expected, `cut at ${cut}`);
      }
    });
  }
});

describe('the answers of web-platform-tests', { skip }, () => {
  for (const { file: source, response, request_header: header } of cases.http_cases) {
    if (response) {
      const { status, content_type: type = '', then } = response;
      const outcome = expectedOutcome(response);
      test(`${source}: ${[status, type, then].filter(Boolean).join(', ')}: ${outcome}`, async () => {
        assert.equal(await connectTo(response), outcome);
      });
    }
    for (const [name, value] of Object.entries(header ?? {})) {
      test(`${source}: the request says ${name}: ${value}`, async () => {
        const { requests } = await follow(answerWith({ status: 204 }), (world) => world.requests.length > 0);
        assert.equal(requests[0]?.headers[name], value);
      });
    }
  }

  test('an answer of a type that only begins like a stream’s is none', async () => {
    assert.equal(await connectTo({ status: 200, content_type: 'text/event-streamx' }), 'asked again');
    assert.equal(await connectTo({ status: 200, content_type: 'Text/Event-Stream ; charset=utf-8' }), 'read');
  });

  test('are all there', () => {
    assert.equal(cases.http_cases.length, 17);
  });
});

type Outcome = 'read' | 'read and asked again' | 'asked again' | 'given up';

/**
 * As EventSource does, with two exceptions: an answer that may be some proxy's for a while (503, a page of a hotel
 * network, an unheard-of 2xx) is asked again where EventSource would be silent for ever, and a redirect is never
 * followed, because the request carries a visitor's handle.
 */
function expectedOutcome({ status, content_type: type = '', then }: NonNullable<HttpCase['response']>): Outcome {
  if ([204, 404, 410].includes(status)) return 'given up';
  if (status !== 200 || !type.startsWith('text/event-stream')) return 'asked again';
  return then === 'EOF' ? 'read and asked again' : 'read';
}

async function connectTo(response: NonNullable<HttpCase['response']>): Promise<Outcome> {
  const { data, isRefused, requests } = await follow(answerWith(response), (world) => {
    return world.isRefused || world.requests.length > 1 || (world.data.length > 0 && response.then !== 'EOF');
  });
  // Nothing of an answer that is no stream may be taken for one.
  assert.ok(data.every((each) => each === 'event'));
  assert.ok(requests.every(({ url }) => url === '/chat/events'), 'nowhere else');
  if (isRefused) return 'given up';
  if (requests.length > 1) return data.length > 0 ? 'read and asked again' : 'asked again';
  return 'read';
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Whatever the status says, the body would be a stream of one event. */
function answerWith({ status, content_type: type, then }: NonNullable<HttpCase['response']>): Answer {
  return (request, response) => {
    const isRedirect = status > 300 && status < 400 && request.url === '/chat/events';
    response.writeHead(isRedirect || request.url === '/chat/events' ? status : 200, {
      ...(isRedirect ? { location: '/elsewhere' } : {}),
      'content-type': type ?? 'text/event-stream',
    });
    response.write('data: event\n\n');
    if (then === 'EOF' || status !== 200) response.end();
  };
}

interface World {
  readonly requests: IncomingMessage[];
  readonly data: string[];
  isRefused: boolean;
}

/** Lets our connection meet a server that answers so, until it is as wanted. */
async function follow(answer: Answer, isDone: (world: World) => boolean): Promise<World> {
  const world: World = { requests: [], data: [], isRefused: false };
  const server = createServer((request, response) => {
    world.requests.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const transport = createRelayTransport({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, fetch });
  const connection = createConnection({
    open: (signal) => transport.openStream('token', null, signal),
    onData: async (data) => void world.data.push(data),
    onStatus: () => undefined,
    onRefused: () => (world.isRefused = true),
    clock: {
      now: () => Date.now(),
      // Nobody waits for a next try here; only the watch over silence, which is longer, must not bark.
      setTimeout: (callback, milliseconds) => {
        const timer = setTimeout(callback, milliseconds > 30_000 ? milliseconds : 0);
        return () => {
          clearTimeout(timer);
        };
      },
    },
    random: () => 0.5,
  });
  connection.start();
  while (!isDone(world)) await new Promise((resolve) => setImmediate(resolve));
  connection.stop();
  server.closeAllConnections();
  server.close();
  return world;
}

async function read(pieces: readonly Uint8Array[]): Promise<string[]> {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const texts: string[] = [];
  for await (const { data } of readEventStream(body)) texts.push(data);
  return texts;
}
