import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readEventStream } from '../../src/client/event-stream.js';
import { call, createWorld, joined, people, platformChat, readHistory, said, startChat, webhook, type World } from './world.js';

type StreamEvent = { type: string; seq?: number } & Record<string, any>;

async function openStream(world: World, token: string, lastEventId?: string) {
  const response = await call(world, 'GET /chat/events', { token, ...(lastEventId === undefined ? {} : { headers: { 'last-event-id': lastEventId } }) });
  assert.equal(response.status, 200);
  assert.ok(response.body);
  const events = readEventStream(response.body);
  return {
    response,
    next: async (): Promise<StreamEvent> => {
      const result = await events.next();
      if (result.done === true) throw new Error('the stream ended');
      return JSON.parse(result.value.data) as StreamEvent;
    },
    isOver: async () => (await events.next()).done === true,
    close: () => events.return(),
  };
}

describe('the event stream', () => {
  test('passes proxies: nothing may hold it back or keep it', async () => {
    const world = createWorld();
    const { response, close } = await openStream(world, await startChat(world));
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
    assert.match(response.headers.get('cache-control') ?? '', /no-store.*no-transform/);
    assert.equal(response.headers.get('x-accel-buffering'), 'no');
    await close();
  });

  test('says hello, replays what was missed, and goes on without a gap or a double', async () => {
    const world = createWorld();
    const token = await startChat(world);
    await webhook(world, said('agent', 7, 'one'));
    await webhook(world, said('agent', 7, 'two'));
    const { epoch, head, events } = await readHistory(world, token);
    const firstMessage = events.find(({ type }) => type === 'message-added')?.seq ?? 0;
    const stream = await openStream(world, token, `${epoch}.${firstMessage}`);
    const hello = await stream.next();
    assert.deepEqual([hello.type, hello['resumed'], hello['head']], ['hello', 'yes', head]);
    await webhook(world, said('agent', 7, 'three'));
    const texts = [];
    while (texts.length < 2) {
      const event = await stream.next();
      if (event.type === 'message-added') texts.push(event['message'].text);
    }
    assert.deepEqual(texts, ['two', 'three']);
    await stream.close();
  });

  for (const [name, lastEventId] of [
    ['of another epoch', 'ffffffffffffffff.1'],
    ['ahead of the log', 'EPOCH.999'],
    ['that is rubbish', 'hello'],
    ['that tries to be a header', '1\u00e9'],
  ] as const) {
    test(`a cursor ${name} is answered by a reset, never by a part of the history`, async () => {
      const world = createWorld();
      const token = await startChat(world);
      await webhook(world, said('agent', 7, 'one'));
      const { epoch } = await readHistory(world, token);
      const stream = await openStream(world, token, lastEventId.replace('EPOCH', epoch));
      assert.equal((await stream.next())['resumed'], 'gap');
      assert.equal((await stream.next()).type, 'reset');
      await stream.close();
    });
  }

  test('beats every 15 seconds with the newest seq', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const stream = await openStream(world, token);
    await stream.next();
    await world.clock.advance(15_000);
    for (let event = await stream.next(); ; event = await stream.next()) {
      if (event.type !== 'heartbeat') continue;
      assert.equal(event['head'], (await readHistory(world, token)).head);
      break;
    }
    await stream.close();
  });

  test('a text full of stream syntax stays one message', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const { epoch, head } = await readHistory(world, token);
    const nasty = 'x\n\nevent: reset\ndata: {}\n\n\r\n\u2028\u2029\u0000\ufeff';
    await webhook(world, said('agent', 7, nasty));
    const stream = await openStream(world, token, `${epoch}.${head}`);
    await stream.next();
    for (let event = await stream.next(); ; event = await stream.next()) {
      if (event.type !== 'message-added') continue;
      assert.equal(event['message'].text, nasty);
      break;
    }
    await stream.close();
  });

  test('says goodbye when the relay stops, with a time to come back', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const stream = await openStream(world, token);
    await stream.next();
    await world.relay.stop();
    for (let event = await stream.next(); ; event = await stream.next()) {
      if (event.type !== 'bye') continue;
      assert.ok(event['in'] >= 0 && event['in'] <= 5_000);
      break;
    }
    assert.equal(await stream.isOver(), true);
  });

  test('a reader who does not read is cut off, the others are not', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const { epoch, head } = await readHistory(world, token);
    const slow = await call(world, 'GET /chat/events', { token });
    for (let index = 0; index < 30; index += 1) await webhook(world, said('agent', 7, `${index} ${'x'.repeat(5_000)}`));
    const quick = await openStream(world, token, `${epoch}.${head}`);
    let size = 0;
    for await (const chunk of slow.body as unknown as AsyncIterable<Uint8Array>) size += chunk.byteLength;
    assert.ok(size < 120_000, `${size} bytes were kept for somebody who does not read`);
    assert.equal((await quick.next())['resumed'], 'yes');
    await quick.close();
  });
});

describe('a stream that has nobody or nothing left', () => {
  /** How many streams the relay would say goodbye to, and how many timers run, is told by its clock alone. */
  const beats = async (world: World) => {
    let running = 0;
    const setTimeout = world.clock.setTimeout.bind(world.clock);
    world.clock.setTimeout = (callback, milliseconds) => {
      if (milliseconds === 15_000) running += 1;
      return setTimeout(callback, milliseconds);
    };
    await world.clock.advance(16_000);
    return running;
  };

  test('of a chat that was forgotten is told so, and ends', async () => {
    const world = createWorld({ retentionMs: 60_000 });
    await world.relay.start();
    const token = await startChat(world);
    const stream = await openStream(world, token);
    await call(world, 'POST /chat/end', { token, body: {} });
    await world.clock.advance(180_000);
    const types: string[] = [];
    for (let event = await stream.next(); types.at(-1) !== 'expired'; event = await stream.next()) {
      types.push(event.type);
      if (event.type === 'expired') break;
    }
    assert.equal(await stream.isOver(), true);
    await world.relay.stop();
  });

  test('asked for by HEAD is never begun', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const response = await call(world, 'HEAD /chat/events', { token });
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
    assert.equal(await beats(world), 0);
  });

  test('whose reader went before it began, ends', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const gone = new AbortController();
    const headers = { authorization: `Bearer ${token}` };
    const request = new Request('https://relay.example.com/chat/events', { headers, signal: gone.signal });
    const answer = world.relay.fetch(request);
    gone.abort();
    const { body } = await answer;
    await new Response(body).text();
    assert.equal(await beats(world), 0);
  });

  test('whose reader goes in the middle, ends', async () => {
    const world = createWorld();
    const stream = await openStream(world, await startChat(world));
    await stream.next();
    await stream.close();
    assert.equal(await beats(world), 0);
  });
});

describe('a long absence', () => {
  test('is replayed in one go, also when what was missed is long', async () => {
    const world = createWorld();
    world.platform.setChat(platformChat('assigned', { agent: people.jane }));
    const token = await startChat(world);
    await webhook(world, joined('agent', 7));
    const { epoch, head } = await readHistory(world, token);
    for (let index = 0; index < 20; index += 1) await webhook(world, said('agent', 7, `${index} ${'x'.repeat(10_000)}`));
    const stream = await openStream(world, token, `${epoch}.${head}`);
    assert.equal((await stream.next())['resumed'], 'yes');
    for (let index = 0; index < 20; index += 1) assert.equal((await stream.next()).seq, head + index + 1);
    await webhook(world, said('agent', 7, 'and now'));
    assert.equal((await stream.next())['message'].text, 'and now');
    await stream.close();
  });

  test('of more than a megabyte is left to the history', async () => {
    const world = createWorld();
    const token = await startChat(world);
    const { epoch, head } = await readHistory(world, token);
    for (let index = 0; index < 6; index += 1) await webhook(world, said('agent', 7, `${index} ${'x'.repeat(200_000)}`));
    const stream = await openStream(world, token, `${epoch}.${head}`);
    assert.equal((await stream.next())['resumed'], 'gap');
    assert.equal((await stream.next()).type, 'reset');
    await stream.close();
  });
});

describe('the history', () => {
  test('comes in pages that join without a gap', async () => {
    const world = createWorld();
    const token = await startChat(world);
    for (let index = 0; index < 12; index += 1) await webhook(world, said('agent', 7, `message ${index}`));
    const all = await readHistory(world, token);
    const seqs: number[] = [];
    for (let after = 0; after < all.head; ) {
      const page = await readHistory(world, token, `?after=${after}&limit=5`);
      assert.ok(page.events.length <= 5);
      seqs.push(...page.events.map(({ seq }) => seq));
      after = seqs.at(-1) ?? all.head;
    }
    assert.deepEqual(seqs, Array.from({ length: all.head }, (_, index) => index + 1));
  });

  for (const query of ['?after=-1', '?after=x', '?limit=0', '?limit=1e3', '?after=9999999999999999999', '?limit=']) {
    test(`${query} is a request that says what is wrong`, async () => {
      const world = createWorld();
      const response = await call(world, `GET /chat/history${query}`, { token: await startChat(world) });
      assert.equal(response.status, 400);
      assert.deepEqual(((await response.json()) as { paths: string[] }).paths, [query.slice(1).split('=')[0]]);
    });
  }

  test('a limit of 100,000 is as much as one may have', async () => {
    const world = createWorld();
    const response = await call(world, 'GET /chat/history?limit=100000', { token: await startChat(world) });
    assert.equal(response.status, 200);
  });
});
