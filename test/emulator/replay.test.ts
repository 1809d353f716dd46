import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, origin, type Stage } from './stage.js';

/** What the receiver got: signature, time and bytes of each webhook. */
function received({ webhooks }: Stage): string[] {
  return webhooks.map(
    ({ headers, body }) =>
      `${headers.get('X-Signature') ?? ''} ${headers.get('X-Signature-Timestamp') ?? ''} ${body}`,
  );
}

/** A whole conversation with scripted people, somebody at the desk, a switch, and webhooks that go wrong. */
async function record(): Promise<{ stage: Stage; journal: any }> {
  const stage = createStage({ script: 'demo' });
  await stage.control('PUT', '/faults', { seed: 5, webhook: { delay: [0, 700], duplicate: 0.3, drop: 0.1 } });
  const chat = await stage.openChat({ name: 'Ann' });
  await stage.pass(10_000);
  for (const text of ['talk to a person', 'verify me', '123456', 'send me the receipt']) {
    await stage.write(chat, text);
    await stage.pass(10_000);
  }
  await stage.control('PUT', '/switches', { switches: { senderId: 'participant' } });
  await stage.control('POST', '/credentials/rotate');
  await stage.control('POST', '/chats/1/messages', { from: 'agent', message: { type: 'text', content: 'By hand' } });
  await stage.transfer(1, { to: 'virtual_agent' });
  await stage.platform('GET', '/chats/1');
  await stage.pass(10_000);
  await stage.control('POST', '/chats/1/end');
  await stage.pass(10_000);
  return { stage, journal: (await stage.control('GET', '/journal')).body };
}

describe('a replay', () => {
  test('sends the same webhooks, byte for byte, and writes the same journal', async () => {
    const { stage, journal } = await record();
    assert.ok(stage.webhooks.length > 20, 'a conversation worth its name');
    // Another script, other switches, another time of day: the recording knows its own.
    const other = createStage({ script: 'quiet', switches: { signatureTimestamp: 'epoch' } });
    await other.pass(86_400_000);
    const { status, body } = await other.control('POST', '/replay', journal);
    assert.deepEqual([status, body], [200, { webhooks: stage.webhooks.length, differences: [] }]);
    assert.deepEqual(received(other), received(stage));
    assert.deepEqual((await other.control('GET', '/journal')).body, journal);
    assert.deepEqual((await other.control('GET', '/chats/1')).body, (await stage.control('GET', '/chats/1')).body);
  });

  test('can be played again and again, on the emulator that recorded it as well', async () => {
    const { stage, journal } = await record();
    const first = received(stage);
    for (let time = 0; time < 2; time += 1) {
      stage.webhooks.length = 0;
      assert.deepEqual((await stage.control('POST', '/replay', journal)).body, {
        webhooks: first.length,
        differences: [],
      });
      assert.deepEqual(received(stage), first);
    }
  });

  test('of a run after a reset keeps the numbers of that run', async () => {
    const stage = createStage();
    await stage.openChat();
    await stage.control('POST', '/reset');
    await stage.openChat();
    const { body: journal } = await stage.control('GET', '/journal');
    const other = createStage();
    assert.deepEqual((await other.control('POST', '/replay', journal)).body, { webhooks: 1, differences: [] });
    assert.equal(other.webhooks[0]?.envelope.chat_id, 2);
  });

  test('leaves a world that goes on: its chats can be written in, and time passes', async () => {
    const recorder = createStage({ script: 'demo' });
    const chat = await recorder.openChat();
    await recorder.pass(5000);
    const { body: journal } = await recorder.control('GET', '/journal');
    const stage = createStage();
    await stage.control('POST', '/replay', journal);
    await stage.write(chat, 'When are you open?');
    await stage.pass(5000);
    assert.match((await stage.conversation(1)).at(-1) ?? '', /Our shops are open/);
    assert.equal(stage.webhooks.at(-1)?.envelope.timestamp.slice(0, 16), '2026-01-02T10:00');
  });

  test('attaches a placeholder where the bytes of an upload are not in the journal', async () => {
    const recorder = createStage();
    const { endUserId } = await recorder.openChat();
    const form = (await recorder.platform('POST', '/chats/1/photos/upload')).body as any;
    const data = new FormData();
    for (const [name, value] of Object.entries<string>(form.fields)) data.set(name, value);
    data.set('file', new Blob([new Uint8Array(2000)], { type: 'image/jpeg' }));
    const stored = await recorder.emulator.fetch(new Request(form.url, { method: 'POST', body: data }));
    assert.equal(stored.status, 201);
    const attached = (await recorder.platform('POST', '/chats/1/photos', {
      photo: [{ s3_path: form.fields.key }],
    })) as any;
    const message = { type: 'photo', content: { media_id: attached.body.media_id } };
    await recorder.platform('POST', '/chats/1/message', { from_user_id: endUserId, message });
    await recorder.pass(0);
    await recorder.transfer(1, { to: 'agent' });
    const file = new FormData();
    file.set('file', new Blob(['a,b']), 'list.csv');
    const url = `${origin}/emulator/chats/1/files`;
    assert.equal((await recorder.emulator.fetch(new Request(url, { method: 'POST', body: file }))).status, 201);
    await recorder.pass(0);
    const { body: journal } = await recorder.control('GET', '/journal');
    assert.doesNotMatch(JSON.stringify(journal), /x-amz-signature/i);
    const stage = createStage();
    assert.deepEqual((await stage.control('POST', '/replay', journal)).body, { webhooks: 4, differences: [] });
    assert.deepEqual(received(stage), received(recorder));
    const [uploaded] = ((await stage.control('GET', '/chats/1')).body as any).media;
    assert.deepEqual([uploaded.contentType, uploaded.size], ['image/jpeg', 2000], 'as large as it was');
  });

  test('of transfers that fail and are told late is as faithful', async () => {
    const switches = { participantLeftWebhook: 'after-joined', participantJoinedWebhook: 'late' };
    const recorder = createStage({ script: 'orders', switches });
    await recorder.control('PUT', '/faults', { webhook: { taskDelay: [200, 1500], reorder: 0.3 } });
    const chat = await recorder.openChat();
    for (const text of ['invoice', 'order 4711', 'a return', 'a person', 'my password', '123456']) {
      await recorder.pass(6000);
      await recorder.write(chat, text);
    }
    await recorder.pass(6000);
    const { body: journal } = await recorder.control('GET', '/journal');
    assert.match(JSON.stringify(journal), /"type":"task_virtual_agent"/);
    const stage = createStage();
    const { webhooks } = recorder;
    assert.deepEqual((await stage.control('POST', '/replay', journal)).body, {
      webhooks: webhooks.length,
      differences: [],
    });
    assert.deepEqual(received(stage), received(recorder));
  });

  test('plays a scenario of one’s own, which is in the recording', async () => {
    const scripts = { mine: 'queues: {100: Help}\nnew_chat: agent\npeople: {Kim: {role: agent, greets: Moin}}' };
    const recorder = createStage({ scripts, script: 'mine' });
    await recorder.openChat();
    await recorder.pass(5000);
    const { body: journal } = await recorder.control('GET', '/journal');
    const stage = createStage();
    assert.deepEqual((await stage.control('POST', '/replay', journal)).body, { webhooks: 3, differences: [] });
    assert.match(stage.webhooks.at(-1)?.body ?? '', /Moin/);
  });

  test('tells where it went another way', async () => {
    const { journal } = await record();
    const { entries } = journal;
    const [changed] = entries.filter((entry: any) => entry.body?.event_type === 'message_received');
    const index = entries.filter((entry: any) => entry.direction === 'out').indexOf(changed) as number;
    changed.body.body.message.content = 'Something else';
    const { differences } = (await createStage().control('POST', '/replay', journal)).body as any;
    assert.equal(differences.length, 1);
    assert.equal(differences[0].webhook, index + 1);
    assert.match(differences[0].recorded, /Something else/);
    assert.match(differences[0].replayed, /I’m Ava/);
  });

  const at = '2026-01-02T10:00:00.000Z';
  const run = { seed: 1, startedAt: at, script: { name: 'quiet' }, ids: {}, switches: {} };
  const whole = { run: { ...run, inactivity: { timeOutAfter: 1 } }, entries: [], controls: [] };
  const refusals: [string, unknown, string, RegExp][] = [
    ['nothing', {}, 'invalid-request', /^run: takes what the journal says of its run/],
    ['no JSON', '{', 'invalid-json', /not JSON/],
    ['a broken entry', { ...whole, entries: [{ at }] }, 'invalid-request', /^entries\.0: takes an entry/],
    [
      'a script that there is not',
      { ...whole, run: { ...whole.run, script: { name: 'opera' } } },
      'invalid-recording',
      /There is no script "opera"/,
    ],
    [
      'a switch that there is not',
      { ...whole, run: { ...whole.run, switches: { nonsense: 1 } } },
      'invalid-recording',
      /There is no switch "nonsense"/,
    ],
  ];
  for (const [what, body, code, message] of refusals) {
    test(`refuses ${what}, and leaves the run as it is`, async () => {
      const stage = createStage();
      await stage.openChat();
      const answer = await stage.control('POST', '/replay', body);
      assert.deepEqual([answer.status, answer.body.code], [400, code]);
      assert.match(answer.body.message, message);
      assert.equal((await stage.platform('GET', '/chats/1')).status, 200);
    });
  }
});
