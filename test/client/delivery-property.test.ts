import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createChatClient } from '../../src/client/index.js';
import type { LogInput } from '../../src/client/reduce.js';
import { createFakeClock } from '../support/fake-clock.js';
import { added, ava, chatWith, messageFrom, textsOf } from './conversation.js';
import { createFakeRelay, logged } from './fake-relay.js';
import { turns } from './set-up.js';

const epoch = '00000000000000aa';

/** What may happen to an event on its way to the reader. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant('said' as const) },
  { weight: 2, arbitrary: fc.constant('lost' as const) },
  { weight: 2, arbitrary: fc.constant('said twice' as const) },
  { weight: 1, arbitrary: fc.constant('unknown' as const) },
  { weight: 2, arbitrary: fc.constant('heartbeat' as const) },
  { weight: 2, arbitrary: fc.constant('cut' as const) },
  { weight: 1, arbitrary: fc.constant('reset' as const) },
  { weight: 1, arbitrary: fc.constant('history fails' as const) },
  { weight: 1, arbitrary: fc.constant('moved' as const) },
);

/** A relay that keeps the rules of the wire, over lines that keep none. */
function createStage() {
  const relay = createFakeRelay();
  let failing = 0;
  const encode = (event: object) => new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`);
  let stream: ReadableStreamDefaultController<Uint8Array> | null = null;
  const head = () => relay.log.length;

  relay.answer('GET /chat/history', ({ url }) => {
    if (failing > 0) {
      failing -= 1;
      throw new TypeError('network');
    }
    const after = Number(url.searchParams.get('after'));
    return Response.json({ epoch, first: 1, head: head(), events: relay.log.slice(after, after + 3) });
  });
  relay.answer('GET /chat/events', ({ signal, headers }) => {
    const cursor = headers.get('last-event-id');
    const from = cursor === null ? head() : Number(cursor.split('.')[1]);
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        stream = controller;
        signal?.addEventListener('abort', () => {
          if (stream === controller) stream = null;
          controller.error(signal.reason);
        });
        controller.enqueue(encode({ type: 'hello', epoch, first: 1, head: head(), resumed: cursor === null ? 'no' : 'yes', heartbeat: 15 }));
        for (const event of relay.log.slice(from)) controller.enqueue(encode(event));
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });

  return {
    relay,
    say: (event: object) => stream?.enqueue(encode(event)),
    cut: () => {
      stream?.error(new Error('connection reset'));
      stream = null;
    },
    failNextHistory: () => (failing += 1),
    heal: () => (failing = 0),
    head,
  };
}

describe('whatever happens on the way', () => {
  test('each message is shown once and in order, and told to listeners at most once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const stage = createStage();
        const { relay } = stage;
        const clock = createFakeClock();
        const client = createChatClient({ relayUrl: 'https://relay.example', storage: null, fetch: relay.fetch, clock, random: () => 0 });
        const told: string[] = [];
        client.on('message-received', ({ text }) => told.push(text));
        relay.log.push(logged(1, { type: 'chat-updated', chat: chatWith('va_assigned', ava) }));
        await client.startChat();
        await turns(6);
        for (const one of steps) {
          await play(one, { stage, client });
          await turns(6);
        }
        for (let round = 0; round < 4; round += 1) await clock.advance(50_000);
        // From here on nothing goes wrong any more; a person would press "Try again".
        stage.heal();
        await client.connect();
        stage.say({ type: 'heartbeat', head: stage.head() });
        await turns(30);
        const expected = relay.log.flatMap((event) => (event.type === 'message-added' ? [(event as unknown as { message: { text: string } }).message.text] : []));
        assert.deepEqual(textsOf(client.state as never), expected);
        assert.equal(new Set(told).size, told.length, `told twice: ${told.join(', ')}`);
        assert.equal(client.state.connection, 'open');
        client.close();
      }),
      { numRuns: 60 },
    );
  });
});

async function play(step: string, { stage, client }: { stage: ReturnType<typeof createStage>; client: ReturnType<typeof createChatClient> }) {
  const append = (event: (seq: number) => LogInput) => {
    const next = event(stage.head() + 1);
    stage.relay.log.push(next);
    return next;
  };
  const message = () => append((seq) => added(seq, messageFrom(ava, `message ${seq}`)));
  switch (step) {
    case 'said':
      stage.say(message());
      return;
    case 'said twice': {
      const event = message();
      stage.say(event);
      stage.say(event);
      return;
    }
    case 'lost':
      message();
      return;
    case 'unknown':
      stage.say(append((seq) => logged(seq, { type: 'moon-risen', moon: { phase: 'full' } })));
      return;
    case 'heartbeat':
      stage.say({ type: 'heartbeat', head: stage.head() });
      return;
    case 'cut':
      stage.cut();
      return;
    case 'reset':
      stage.say({ type: 'reset', epoch, head: stage.head() });
      return;
    case 'history fails':
      stage.failNextHistory();
      return;
    case 'moved':
      client.close();
      await client.connect();
      return;
  }
}
