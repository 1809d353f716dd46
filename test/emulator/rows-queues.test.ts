import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, origin, read, type Stage } from './stage.js';

/* Copied from the platform's reference (Wait times; Endpoints 22 and 24; Settings). */

function createSwitched(switches: Record<string, unknown>): Stage {
  return createStage({ switches });
}

describe('row 21: GET /wait_times', () => {
  test('answers an item for each queue; whoever waits makes it longer', async () => {
    const { openChat, platform } = createStage();
    await openChat();
    await openChat();
    const answer = await platform('GET', '/wait_times?lang=en');
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, [
      {
        menu_id: 100,
        menu_type: 'web_menu',
        chat: 4,
        voice_call: null,
        materialized_path: '100',
        logged_in_agents: 1,
        available_agents: 1,
        breakthrough_agents: 0,
      },
      {
        menu_id: 101,
        menu_type: 'web_menu',
        chat: 0,
        voice_call: null,
        materialized_path: '101',
        logged_in_agents: 1,
        available_agents: 1,
        breakthrough_agents: 0,
      },
    ]);
  });

  test('counts an agent who has a chat as not available', async () => {
    const { openChat, platform, transfer } = createStage();
    const { chatId } = await openChat();
    await transfer(chatId, { to: 'agent' });
    const { body } = await platform('GET', '/wait_times?lang=en&menu_id=100');
    const [item] = body as unknown as { logged_in_agents: number; available_agents: number }[];
    assert.deepEqual([item?.logged_in_agents, item?.available_agents], [1, 0]);
  });

  test('needs a language', async () => {
    const answer = await createStage().platform('GET', '/wait_times?menu_id=100');
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, { message: 'param is missing or the value is empty: lang' });
  });

  const filters: [string, number[]][] = [
    ['menu_id=101', [101]],
    ['menu_id=999', []],
    ['menu_type=web_menu', [100, 101]],
    ['menu_type=ivr_menu', []],
    ['wait[from]=1', [100]],
    ['wait%5Bto%5D=1', [101]],
    ['wait[from]=0&wait[to]=4', [100, 101]],
    ['channel_type=chat', [100, 101]],
    ['channel_type=voice_call&wait[from]=0', []],
  ];
  for (const [query, menuIds] of filters) {
    test(`filters by ${query}`, async () => {
      const { openChat, platform } = createStage();
      await openChat();
      const { body } = await platform('GET', `/wait_times?lang=en&${query}`);
      assert.deepEqual(
        (body as unknown as { menu_id: number }[]).map((item) => item.menu_id),
        menuIds,
      );
    });
  }

  test('waitTimes (OQ-29): the newer items, or those of the older page', async () => {
    const { openChat, platform } = createSwitched({ waitTimes: 'older' });
    await openChat();
    assert.deepEqual((await platform('GET', '/wait_times?lang=en&menu_id=100')).body, [
      { menu_id: 100, wait: 2, materialized_path: '100' },
    ]);
  });

  test('waitTimeUnit and waitTimeEstimate (OQ-29): minutes, seconds, or nothing known', async () => {
    for (const [switches, expected] of [
      [{}, 2],
      [{ waitTimeUnit: 'seconds' }, 120],
      [{ waitTimeEstimate: 'null' }, null],
    ] as const) {
      const { openChat, platform } = createSwitched(switches);
      await openChat();
      const { body } = await platform('GET', '/wait_times?lang=en&menu_id=100');
      assert.equal((body as unknown as { chat: number | null }[])[0]?.chat, expected);
    }
  });
});

describe('row 22: GET /queues/status', () => {
  test('tells of each queue how long it takes and whether it is open; the form is ours', async () => {
    const { platform } = createStage();
    const answer = await platform('GET', '/queues/status');
    assert.equal(answer.status, 200);
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
    const hours = { timezone: 'UTC', days: days.map((day) => ({ day, from: '09:00', to: '19:00' })) };
    assert.deepEqual(answer.body, {
      queues: [
        { menu_id: 100, name: 'Support', available: true, estimated_wait_time: 0, hours, holidays: [] },
        { menu_id: 101, name: 'Orders', available: true, estimated_wait_time: 0, hours, holidays: [] },
      ],
    });
  });

  test('is not available after hours', async () => {
    const { body } = await createSwitched({ openingHours: 'closed' }).platform('GET', '/queues/status');
    const { queues } = body as unknown as { queues: { available: boolean }[] };
    assert.ok(queues.every(({ available }) => !available));
  });
});

describe('row 24: GET and PATCH /settings/chat', () => {
  const setting = { hide_va_to_va_system_messages: true };

  test('shows nothing hidden until it is set', async () => {
    const { platform } = createStage();
    const path = '/settings/chat';
    assert.deepEqual((await platform('GET', path)).body, { hide_va_to_va_system_messages: false });
    const answer = await platform('PATCH', path, setting);
    assert.equal(answer.status, 200);
    assert.deepEqual((await platform('GET', path)).body, setting);
    await platform('PATCH', path, { hide_va_to_va_system_messages: false });
    assert.deepEqual((await platform('GET', path)).body, { hide_va_to_va_system_messages: false });
  });

  for (const hide of [undefined, 'true', null]) {
    const body = { hide_va_to_va_system_messages: hide };
    test(`refuses ${JSON.stringify(body)}`, async () => {
      const answer = await createStage().platform('PATCH', '/settings/chat', body);
      assert.equal(answer.status, 400);
      const message = 'param is missing or the value is empty: hide_va_to_va_system_messages';
      assert.deepEqual(answer.body, { message });
    });
  }

  test('settingsBase (OQ-17a): is under the Apps API, or under /v1', async () => {
    for (const [position, there, elsewhere] of [
      ['apps', '/apps/api/v1', '/v1'],
      ['root', '/v1', '/apps/api/v1'],
    ] as const) {
      const { emulator } = createSwitched({ settingsBase: position });
      const { subdomain, apiToken } = emulator.credentials;
      const headers = { Authorization: `Basic ${btoa(`${subdomain}:${apiToken}`)}` };
      const get = async (base: string, init?: RequestInit) =>
        (await read(await emulator.fetch(new Request(`${origin}${base}/settings/chat`, init)))).status;
      assert.equal(await get(there, { headers }), 200);
      assert.equal(await get(elsewhere, { headers }), 404);
      assert.equal(await get(there), 401, 'it needs credentials wherever it is');
    }
  });

  test('settingsNesting (OQ-17b): is at the top, or inside chat', async () => {
    const { platform } = createSwitched({ settingsNesting: 'chat' });
    const flat = await platform('PATCH', '/settings/chat', setting);
    assert.deepEqual([flat.status, flat.body.message], [400, 'param is missing or the value is empty: chat']);
    assert.equal((await platform('PATCH', '/settings/chat', { chat: setting })).status, 200);
    assert.deepEqual((await platform('GET', '/settings/chat')).body, { chat: setting });
  });

  test('settingsReadable (OQ-17c): can be read, or only written', async () => {
    const { platform } = createSwitched({ settingsReadable: 'no' });
    assert.equal((await platform('GET', '/settings/chat')).status, 404);
    assert.equal((await platform('PATCH', '/settings/chat', setting)).status, 200);
  });
});

describe('the rate limit (10 requests per second per customer)', () => {
  const ask = async (stage: Stage, times: number): Promise<number[]> => {
    const statuses: number[] = [];
    for (let time = 0; time < times; time += 1)
      statuses.push((await stage.platform('GET', '/queues/status')).status);
    return statuses;
  };

  test('answers 429 to the eleventh within a second, and goes on when the second has passed', async () => {
    const stage = createSwitched({ rateLimit: 'on' });
    assert.deepEqual(await ask(stage, 6), Array<number>(6).fill(200));
    await stage.clock.advance(600);
    assert.deepEqual(await ask(stage, 5), [200, 200, 200, 200, 429]);
    await stage.clock.advance(400);
    assert.deepEqual(await ask(stage, 7), [200, 200, 200, 200, 200, 200, 429], 'six have left the window');
  });

  test('is the tenant’s: control calls and strangers do not count', async () => {
    const stage = createSwitched({ rateLimit: 'on' });
    for (let time = 0; time < 20; time += 1) {
      await stage.control('GET', '/chats');
      await stage.emulator.fetch(new Request(`${origin}/apps/api/v1/chats/1`));
    }
    assert.deepEqual(await ask(stage, 10), Array<number>(10).fill(200));
    assert.equal((await stage.platform('GET', '/chats/1')).status, 429);
  });

  test('retryAfter (OQ-30): says when to come back, or not', async () => {
    for (const [position, header] of [
      ['sent', '1'],
      ['absent', null],
    ] as const) {
      const stage = createSwitched({ rateLimit: 'on', retryAfter: position });
      await ask(stage, 10);
      const answer = await stage.platform('GET', '/queues/status');
      assert.equal(answer.status, 429);
      assert.equal(answer.headers.get('Retry-After'), header);
      assert.deepEqual(answer.body, { message: 'Too Many Requests' });
    }
  });

  test('rateLimit: can be switched off', async () => {
    assert.deepEqual(await ask(createSwitched({ rateLimit: 'off' }), 30), Array<number>(30).fill(200));
  });
});
