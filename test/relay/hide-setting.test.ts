import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RelayOptions } from '../../src/relay/index.js';
import { letPass } from './site.js';
import { call, createWorld, networkError, type World } from './world.js';

const route = 'GET /settings/chat';
const settings = (hide: unknown) => () => Response.json({ hide_va_to_va_system_messages: hide });

async function isHidden(world: World): Promise<boolean> {
  return ((await (await call(world, 'GET /config')).json()) as { hideVaToVaSystemMessages: boolean }).hideVaToVaSystemMessages;
}

const readings = (world: World) => world.platform.calls.filter(({ path }) => path === '/settings/chat').length;

async function started(answer: () => Response | Error | Promise<Response>, options: Partial<RelayOptions> = {}): Promise<World> {
  const world = createWorld(options);
  world.platform.answer(route, answer);
  await letPass(world, world.relay.start());
  return world;
}

describe('whether transfers between virtual agents are hidden', () => {
  test('is the platform\'s word, from the start', async () => {
    for (const hide of [true, false]) {
      const world = await started(settings(hide));
      assert.equal(await isHidden(world), hide);
      await world.relay.stop();
    }
  });

  test('follows the platform within 5 minutes', async () => {
    const world = await started(settings(true));
    world.platform.answer(route, settings(false));
    await world.clock.advance(4 * 60_000);
    assert.equal(await isHidden(world), true);
    await world.clock.advance(2 * 60_000);
    assert.equal(await isHidden(world), false);
    await world.relay.stop();
  });

  test('is the relay\'s own word where it has one, and nobody is asked', async () => {
    for (const [own, platform] of [[true, false], [false, true]]) {
      const world = await started(settings(platform), { hideVaToVaSystemMessages: own });
      assert.deepEqual([await isHidden(world), readings(world)], [own, 0]);
      await world.relay.stop();
    }
  });

  const silent: [string, () => Response | Error][] = [
    ['does not know the address', () => Response.json({ message: 'Not Found' }, { status: 404 })],
    ['does not let it be read', () => Response.json({ message: 'no' }, { status: 403 })],
    ['is not there', () => networkError('ECONNREFUSED')],
  ];
  for (const [name, answer] of silent) {
    test(`is no where the platform ${name}; the relay starts, and says so once`, async () => {
      const world = await started(answer);
      assert.equal(await isHidden(world), false);
      await world.clock.advance(60 * 60_000);
      assert.ok(readings(world) > 10);
      const events = world.lines.map(({ event }) => event);
      assert.equal(events.filter((event) => event.includes('hide_va_to_va_system_messages')).length, 1);
      // Who is away is told of besides; who is there and refuses is not.
      assert.deepEqual(events.slice(1), name === 'is not there' ? ['the platform does not answer: calls are held back'] : []);
      await world.relay.stop();
    });
  }

  test('is what was told last, while the platform is away', async () => {
    const world = await started(settings(true));
    for (const answer of [() => networkError('ECONNREFUSED'), settings('perhaps'), settings(undefined)]) {
      world.platform.answer(route, answer);
      await world.clock.advance(6 * 60_000);
      assert.equal(await isHidden(world), true);
    }
    await world.relay.stop();
  });

  test('holds no start up for longer than 3 seconds', async () => {
    const world = createWorld();
    let answer: (response: Response) => void = () => undefined;
    world.platform.answer(route, () => new Promise((resolve) => (answer = resolve)));
    const { took } = await letPass(world, world.relay.start());
    assert.ok(took >= 3_000 && took < 4_000, String(took));
    answer(settings(true)());
    await world.clock.advance(0);
    assert.equal(await isHidden(world), true);
    await world.relay.stop();
  });

  test('is not asked any more after the stop', async () => {
    const world = await started(settings(true));
    await world.relay.stop();
    const before = readings(world);
    await world.clock.advance(60 * 60_000);
    assert.equal(readings(world), before);
  });

  test('nor after a stop in the middle of a reading', async () => {
    const world = createWorld();
    let answer: (response: Response) => void = () => undefined;
    world.platform.answer(route, () => new Promise((resolve) => (answer = resolve)));
    await letPass(world, world.relay.start());
    await world.relay.stop();
    answer(settings(true)());
    await world.clock.advance(60 * 60_000);
    assert.equal(readings(world), 1);
  });
});
