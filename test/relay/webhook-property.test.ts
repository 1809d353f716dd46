import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readEventStream } from '../../src/client/event-stream.js';
import { chatPhase, parseLogEntry } from '../../src/protocol/index.js';
import { call, createWorld, joined, left, people, platformChat, readHistory, said, startChat, webhook, type WebhookInput, type World } from './world.js';

const kind = fc.constantFrom('agent', 'virtual_agent', 'task_virtual_agent', 'end_user', 'supervisor', '__proto__');
const id = fc.constantFrom(7, 15, 16, 71);
const event: fc.Arbitrary<WebhookInput> = fc.oneof(
  fc.tuple(kind, id).map(([type, person]) => joined(type, person)),
  fc.tuple(kind, id).map(([type, person]) => left(type, person)),
  fc.tuple(kind, id, fc.string({ unit: 'binary' }), fc.constantFrom({}, { visibility: 'all' }, { visibility: 'end_user' }, { visibility: 5 }))
    .map(([type, person, text, extra]) => said(type, person, text, extra)),
  fc.constantFrom('chat_created', 'chat_ended', 'chat_dismissed', 'moon_risen', 'toString').map((event_type) => ({ event_type })),
  fc.tuple(fc.constantFrom('message_received', 'participant_joined', 'participant_left'), fc.object())
    .map(([event_type, body]) => ({ event_type, body })),
);
const platformState = fc.constantFrom(
  platformChat('queued'),
  platformChat('va_assigned', { virtual_agent: people.ava }),
  platformChat('assigned', { agent: people.jane }),
  platformChat('levitating'),
  platformChat('finished'),
);

/**
 * The log when nothing more comes: why a chat has ended is asked once more before its end is told, and not all that is under way
 * can be waited for by the clock.
 */
async function readQuiet(world: World, token: string): ReturnType<typeof readHistory> {
  for (let before = -1; ; ) {
    await world.clock.advance(5_000);
    const history = await readHistory(world, token);
    if (history.head === before) return history;
    before = history.head;
  }
}

/** What was private is gone from the log at the end, and was not when it was told. */
function withoutSecrets(event: any): unknown {
  return event.message?.private ? { ...event, message: event.message.id } : event;
}

describe('whatever the platform sends, in whatever order', () => {
  test('the stream tells what the log keeps, without a gap or a double; an end is told once and stays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(event, platformState), { maxLength: 15 }), async (steps) => {
        const world = createWorld();
        const token = await startChat(world);
        const stream = await call(world, 'GET /chat/events', { token, headers: { 'last-event-id': `${world.store.epoch}.0` } });
        assert.ok(stream.body);
        for (const [one, state] of steps) {
          world.platform.setChat(state);
          assert.equal((await webhook(world, one)).status, 204);
          await world.clock.advance(600);
        }
        const { events, head } = await readQuiet(world, token);
        assert.deepEqual(events.map(({ seq }) => seq), Array.from({ length: head }, (_, index) => index + 1));
        for (const entry of events) assert.ok(parseLogEntry(entry), JSON.stringify(entry));

        const phases = events.flatMap(({ type, chat }) => (type === 'chat-updated' ? [chatPhase(chat.status)] : []));
        const end = phases.indexOf('ended');
        if (end !== -1) assert.ok(phases.slice(end).every((phase) => phase === 'ended'), phases.join());
        assert.equal(events.filter(({ notice }) => notice?.kind === 'ended').length, end === -1 ? 0 : 1);

        await world.relay.stop();
        const streamed: { seq?: number }[] = [];
        for await (const { data } of readEventStream(stream.body)) {
          const told = JSON.parse(data) as { seq?: number };
          if (told.seq !== undefined) streamed.push(told);
        }
        assert.deepEqual(streamed.map(withoutSecrets), events.map(withoutSecrets));
      }),
      { numRuns: 60 },
    );
  });
});
