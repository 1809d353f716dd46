import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { after, describe, test } from 'node:test';
import { createFaultProxy, type FaultProxy, type ProxyClock } from './fault-proxy.js';

/** Time that passes when a test says so; `timers` are what the proxy waits for. */
function createHandClock() {
  const timers = new Map<() => void, number>();
  let now = 0;
  const clock: ProxyClock = {
    now: () => now,
    setTimeout: (callback, milliseconds) => {
      const run = () => callback();
      timers.set(run, now + milliseconds);
      return () => void timers.delete(run);
    },
  };
  /** Waits until the proxy waits, then lets that time pass; answers how long it was. */
  async function passNext(): Promise<number> {
    await until(() => timers.size > 0);
    const [run, due] = [...timers].sort(([, left], [, right]) => left - right)[0] ?? assert.fail();
    const passed = due - now;
    timers.delete(run);
    now = due;
    run();
    return passed;
  }
  return { clock, timers, passNext };
}

async function until(isSo: () => boolean): Promise<void> {
  for (const limit = Date.now() + 20_000; !isSo(); ) {
    assert.ok(Date.now() < limit, `It never came to be that ${isSo.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What one end of a connection has seen. */
function watch(socket: Socket) {
  const seen = { text: '', packets: 0, end: null as 'closed' | 'reset' | null };
  socket.on('data', (bytes: Buffer) => {
    seen.text += bytes.toString('latin1');
    seen.packets += 1;
  });
  socket.on('end', () => (seen.end ??= 'closed'));
  socket.on('error', () => (seen.end = 'reset'));
  return seen;
}

const openProxies = new Set<FaultProxy>();
after(async () => {
  for (const proxy of openProxies) await proxy.close();
});

/** A proxy before a server that keeps its side of each connection open. */
async function setUp() {
  const accepted: { socket: Socket; seen: ReturnType<typeof watch> }[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => accepted.push({ socket, seen: watch(socket) }));
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const hand = createHandClock();
  const proxy = await createFaultProxy({ target: { port: (server.address() as AddressInfo).port }, clock: hand.clock, seed: 3 });
  openProxies.add(proxy);

  async function open() {
    const before = accepted.length;
    const client = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const seen = watch(client);
    await until(() => accepted.length > before || seen.end !== null);
    return { client, seen, far: accepted[before] ?? assert.fail('refused') };
  }
  return { proxy, open, ...hand };
}

/** A round trip in the other direction and back: what was to arrive would have. */
async function nothingMoves(seen: { text: string }, way: () => Promise<void>): Promise<void> {
  const before = seen.text;
  await way();
  assert.equal(seen.text, before);
}

describe('the fault proxy', () => {
  test('is a line like any other until a toxic is added, ends included', async () => {
    const { open, proxy, timers } = await setUp();
    const { client, seen, far } = await open();
    client.write('question');
    far.socket.write('answer');
    await until(() => far.seen.text === 'question' && seen.text === 'answer');
    client.end();
    await until(() => far.seen.end === 'closed');
    far.socket.end('last words');
    await until(() => seen.end === 'closed' && proxy.connections === 0);
    assert.equal(seen.text, 'answerlast words');
    assert.equal(timers.size, 0);
  });

  test('carries more than fits on the way, whole and in order', async () => {
    const { open } = await setUp();
    const { client, far } = await open();
    const text = Array.from({ length: 200_000 }, (_, index) => String(index)).join(' ');
    client.end(text);
    await until(() => far.seen.end === 'closed');
    assert.equal(far.seen.text === text, true);
  });

  test('latency: what is said arrives so much later in that direction alone', async () => {
    const { open, proxy, passNext } = await setUp();
    proxy.add('downstream', { type: 'latency', latency: 2_000 });
    const { client, seen, far } = await open();
    far.socket.write('late');
    await nothingMoves(seen, async () => {
      client.write('at once');
      await until(() => far.seen.text === 'at once');
    });
    assert.equal(await passNext(), 2_000);
    await until(() => seen.text === 'late');
  });

  test('latency: ends with its toxic, also for what is on the way', async () => {
    const { open, proxy, timers } = await setUp();
    const remove = proxy.add('upstream', { type: 'latency', latency: 60_000, jitter: 1_000 });
    const { client, far } = await open();
    client.write('late');
    await until(() => timers.size === 1);
    remove();
    await until(() => far.seen.text === 'late');
  });

  test('bandwidth: so many thousand bytes a second', async () => {
    const { open, proxy, passNext } = await setUp();
    proxy.add('upstream', { type: 'bandwidth', rate: 2 });
    const { client, far } = await open();
    client.write('x'.repeat(300));
    let passed = 0;
    for (let portion = 0; portion < 3; portion += 1) {
      await until(() => far.seen.text.length === (portion + 1) * 100);
      passed += await passNext();
    }
    assert.equal(passed, 150);
  });

  test('slicer: small packets, none lost', async () => {
    const { open, proxy, passNext } = await setUp();
    proxy.add('downstream', { type: 'slicer', averageSize: 1, delay: 5 });
    const { seen, far } = await open();
    far.socket.write('slices');
    for (let packet = 1; packet < 6; packet += 1) {
      await until(() => seen.packets === packet);
      assert.equal(await passNext(), 5);
    }
    await until(() => seen.text === 'slices');
    assert.equal(seen.packets, 6);
  });

  test('timeout: a black hole, and what fell in comes when it is gone', async () => {
    const { open, proxy } = await setUp();
    const { client, seen, far } = await open();
    const remove = proxy.add('upstream', { type: 'timeout', timeout: 0 });
    client.write('held');
    client.end();
    await nothingMoves(far.seen, async () => {
      far.socket.write('still here');
      await until(() => seen.text === 'still here');
    });
    assert.equal(far.seen.end, null);
    remove();
    await until(() => far.seen.text === 'held' && far.seen.end === 'closed');
  });

  test('timeout: closes the connection after its time', async () => {
    const { open, proxy, passNext } = await setUp();
    const { seen, far } = await open();
    proxy.add('downstream', { type: 'timeout', timeout: 3_000 });
    far.socket.write('lost');
    assert.equal(await passNext(), 3_000);
    await until(() => seen.end === 'closed' && proxy.connections === 0);
    assert.equal(seen.text, '');
  });

  test('slow_close: the end comes later than the last byte', async () => {
    const { open, proxy, passNext } = await setUp();
    proxy.add('downstream', { type: 'slow_close', delay: 700 });
    const { seen, far } = await open();
    far.socket.end('bye');
    await until(() => seen.text === 'bye');
    assert.equal(seen.end, null);
    assert.equal(await passNext(), 700);
    await until(() => seen.end === 'closed');
  });

  test('reset_peer: both ends see a reset, in an open connection and in a new one', async () => {
    const { open, proxy, passNext } = await setUp();
    const { seen, far } = await open();
    proxy.add('downstream', { type: 'reset_peer', timeout: 0 });
    proxy.add('upstream', { type: 'latency', latency: 10 });
    assert.equal(await passNext(), 0);
    await until(() => seen.end === 'reset' && far.seen.end === 'reset');
    const next = await open();
    await passNext();
    await until(() => next.seen.end === 'reset');
  });

  test('limit_data: closes after so many bytes, to the byte', async () => {
    const { open, proxy } = await setUp();
    proxy.add('downstream', { type: 'limit_data', bytes: 5 });
    const { seen, far } = await open();
    far.socket.write('abc');
    await until(() => seen.text === 'abc');
    far.socket.write('defghi');
    await until(() => seen.end === 'closed');
    assert.equal(seen.text, 'abcde');
  });

  test('down: refuses, cuts what is open, and comes up again at the same port', async () => {
    const { open, proxy } = await setUp();
    const { port } = proxy;
    const { seen } = await open();
    await proxy.down();
    await until(() => seen.end === 'reset');
    const refused = connect(port, '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNREFUSED');
    await proxy.up();
    assert.equal(proxy.port, port);
    const { client, far } = await open();
    client.write('again');
    await until(() => far.seen.text === 'again');
    assert.equal(proxy.accepted, 2);
  });

  test('cut: ends what is open and nothing else', async () => {
    const { open, proxy } = await setUp();
    const first = await open();
    proxy.cut('close');
    await until(() => first.seen.end === 'closed' && first.far.seen.end === 'closed');
    const second = await open();
    proxy.cut('reset');
    await until(() => second.seen.end === 'reset');
    await open();
    await until(() => proxy.connections === 1);
  });

  test('clear takes every toxic away', async () => {
    const { open, proxy } = await setUp();
    proxy.add('upstream', { type: 'timeout', timeout: 0 });
    proxy.add('downstream', { type: 'latency', latency: 9_000 });
    const { client, seen, far } = await open();
    client.write('up');
    far.socket.write('down');
    proxy.clear();
    await until(() => far.seen.text === 'up' && seen.text === 'down');
  });

  test('a server that is not there is a connection that breaks', async () => {
    const proxy = await createFaultProxy({ target: { port: 1 } });
    openProxies.add(proxy);
    const client = connect(proxy.port, '127.0.0.1');
    const seen = watch(client);
    await until(() => seen.end !== null && proxy.connections === 0);
  });
});
