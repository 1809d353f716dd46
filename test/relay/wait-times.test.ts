import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codeOf } from './site.js';
import { call, createWorld, networkError, type World } from './world.js';

const route = 'GET /wait_times';
const item = (menuId: number, wait: object) => ({ menu_id: menuId, menu_type: 'web_menu', materialized_path: String(menuId), ...wait });

async function waitsOf(world: World, query = ''): Promise<unknown> {
  const response = await call(world, `GET /wait-times${query}`);
  assert.equal(response.status, 200);
  return ((await response.json()) as { waits: unknown }).waits;
}

const queriesOf = (world: World) => world.platform.calls.filter(({ path }) => path === '/wait_times').map(({ query }) => query);

describe('how long a queue makes wait', () => {
  test('is asked for the menu and language of the page', async () => {
    const world = createWorld();
    world.platform.answer(route, () => Response.json([item(100, { wait: 9 }), item(101, { wait: 4 })]));
    assert.deepEqual(await waitsOf(world, '?menu=orders&lang=de'), [{ menuId: 101, minutes: 4 }]);
    assert.deepEqual(queriesOf(world), [{ lang: 'de', menu_id: '101', channel_type: 'chat' }]);
    assert.deepEqual(await waitsOf(world), [{ menuId: 100, minutes: 9 }]);
  });

  const cases: [string, 'minutes' | 'seconds' | undefined, object, number | null][] = [
    ['minutes of the older form are sure', undefined, { wait: 4 }, 4],
    ['the newer form has no unit', undefined, { chat: 4 }, null],
    ['unless the operator knows: minutes', 'minutes', { chat: 4 }, 4],
    ['unless the operator knows: seconds, which make whole minutes', 'seconds', { chat: 61 }, 2],
    ['the older form is in minutes whatever the unit of the newer', 'seconds', { wait: 4 }, 4],
    ['half a minute is a minute', 'minutes', { chat: 0.5 }, 1],
    ['what 0 means nobody knows', 'minutes', { chat: 0 }, null],
    ['null is nothing', 'minutes', { chat: null }, null],
    ['less than nothing is nothing', 'minutes', { chat: -1 }, null],
    ['a word is nothing', 'minutes', { chat: 'soon' }, null],
  ];
  for (const [name, waitTimeUnit, wait, minutes] of cases) {
    test(name, async () => {
      const world = createWorld({ waitTimeUnit });
      world.platform.answer(route, () => Response.json([item(100, wait)]));
      assert.deepEqual(await waitsOf(world), minutes === null ? [] : [{ menuId: 100, minutes }]);
    });
  }

  test('is asked of the platform once in 30 seconds, however many pages ask', async () => {
    const world = createWorld();
    world.platform.answer(route, () => Response.json([item(100, { wait: 4 })]));
    await Promise.all([waitsOf(world), waitsOf(world), waitsOf(world)]);
    await world.clock.advance(29_000);
    await waitsOf(world);
    assert.equal(queriesOf(world).length, 1);
    await world.clock.advance(1_000);
    await waitsOf(world);
    assert.equal(queriesOf(world).length, 2);
  });

  test('is not asked of the platform without end, whatever languages somebody thinks of', async () => {
    const world = createWorld();
    world.platform.answer(route, () => Response.json([item(100, { wait: 4 })]));
    await waitsOf(world);
    for (let index = 0; index < 100; index += 1) {
      // There is room for nine calls in a second.
      if (index % 8 === 0) await world.clock.advance(1_000);
      await waitsOf(world, `?lang=xx-${index}`);
    }
    assert.equal(queriesOf(world).length, 30);
    assert.deepEqual(await waitsOf(world), [{ menuId: 100, minutes: 4 }]);
    await world.clock.advance(30_000);
    assert.deepEqual(await waitsOf(world, '?lang=de'), [{ menuId: 100, minutes: 4 }]);
  });

  const silent: [string, () => Response | Error][] = [
    ['fails', () => new Response('', { status: 500 })],
    ['has no room', () => new Response('', { status: 429, headers: { 'retry-after': '1' } })],
    ['is not there', () => networkError('ECONNREFUSED')],
    ['knows nothing of this menu', () => Response.json([item(101, { wait: 4 })])],
  ];
  for (const [name, answer] of silent) {
    test(`is unknown while the platform ${name}, which is asked once`, async () => {
      const world = createWorld();
      world.platform.answer(route, answer);
      assert.deepEqual(await waitsOf(world), []);
      assert.deepEqual(await waitsOf(world), []);
      assert.equal(queriesOf(world).length, 1);
    });
  }

  test('is unknown where there is no menu to wait in', async () => {
    const world = createWorld({ menus: [] });
    assert.deepEqual(await waitsOf(world), []);
    assert.deepEqual(queriesOf(world), []);
  });

  for (const [query, code] of [['?menu=vip', 'menu-not-offered'], ['?menu=', 'menu-not-offered'], ['?lang=', 'invalid-request'], ['?lang=../de', 'invalid-request'], [`?lang=${'x'.repeat(100)}`, 'invalid-request']] as const) {
    test(`${query.slice(0, 20)} is 400 ${code}`, async () => {
      const world = createWorld();
      const response = await call(world, `GET /wait-times${query}`);
      assert.deepEqual([response.status, await codeOf(response), queriesOf(world)], [400, code, []]);
    });
  }
});
