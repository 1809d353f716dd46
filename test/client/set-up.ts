import assert from 'node:assert/strict';
import { createChatClient, type ChatClient, type HandleStorage } from '../../src/client/index.js';
import { createFakeClock } from '../support/fake-clock.js';
import { chatWith } from './conversation.js';
import { createFakeRelay } from './fake-relay.js';

/** A client before a relay made of answers. `kept` is what the browser keeps. */
export function setUp({ handle = null, authenticate }: { handle?: string | null; authenticate?: () => Promise<{ token: string }> } = {}) {
  const relay = createFakeRelay();
  const clock = createFakeClock();
  const kept = { handle };
  const storage: HandleStorage = { read: () => kept.handle, write: (next) => (kept.handle = next) };
  const client = createChatClient({ relayUrl: 'https://relay.example/', storage, authenticate, fetch: relay.fetch, clock, random: () => 0.5 });
  return { relay, clock, kept, client };
}

/** Lets pending work run until it is as wanted. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2_000; turn += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.fail(`It never came to be that ${isSo.toString()}`);
}

/** How far the message got, as it is shown. */
export const deliveryOf = (client: ChatClient, id: string) =>
  client.state.items.flatMap((item) => (item.kind === 'message' && item.message.id === id ? [item.message.delivery] : []))[0];

export const epoch = '00000000000000aa';
/** Lets pending work run for a while, to see that nothing comes of it. */
export const turns = async (number = 50) => {
  for (let turn = 0; turn < number; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** An answer that waits until it is let go. */
export function hold(answer: () => Response) {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  return {
    answer: async () => {
      await gate;
      return answer();
    },
    release: () => {
      release();
    },
  };
}

/** The bodies that a route was asked with, answered by `answer`. */
export function bodiesOf(relay: ReturnType<typeof createFakeRelay>, route: string, answer: () => Response = () => Response.json({})) {
  const bodies: Record<string, unknown>[] = [];
  relay.answer(route, ({ body }) => {
    bodies.push(body as Record<string, unknown>);
    return answer();
  });
  return bodies;
}

export const started = (token: string) => () => Response.json({ chat: chatWith('queued'), token, epoch }, { status: 201 });
export const count = (relay: { calls: string[] }, route: string) => relay.calls.filter((call) => call === route).length;

/** A client whose chat runs and is followed. */
export async function running(options: Parameters<typeof setUp>[0] = {}) {
  const world = setUp(options);
  await world.client.startChat();
  await until(() => world.client.state.connection === 'open');
  return world;
}
