import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, type Stage } from './stage.js';

async function createSwitched(switches: Record<string, unknown>): Promise<Stage> {
  const stage = createStage();
  assert.equal((await stage.control('PUT', '/switches', { switches })).status, 200);
  return stage;
}

describe('switches', () => {
  test('stand at the documented reading', async () => {
    const { control } = createStage();
    const { switches } = (await control('GET', '/switches')).body;
    const expected = {
      messageContent: 'both',
      webhookTextContent: 'string',
      chatCreatedWebhook: 'after',
      endUserCreated: 201,
      chatCreated: 200,
      signatureTimestamp: 'iso',
      senderId: 'person',
      bucketFamily: 's3',
      bucketCors: 'allowed',
      uploadSuccess: 201,
      photoMegabytes: 2,
      photoType: 'optional',
      photoAnswer: 'object',
      videoBody: 'video',
      mediaAddress: 'both',
      mediaUrlSeconds: 604_800,
      agentFileTypes: 'any-page',
    };
    assert.deepEqual({ ...switches, ...expected }, switches);
  });

  test('keep what is not named', async () => {
    const { control } = await createSwitched({ endUserCreated: 200 });
    const { body } = await control('PUT', '/switches', { switches: { chatCreated: 201 } });
    assert.equal(body.switches.endUserCreated, 200);
    assert.equal(body.switches.chatCreated, 201);
  });

  const refusals: [unknown, string, RegExp][] = [
    [
      { switches: { nonsense: 1 } },
      'invalid-switch',
      /There is no switch "nonsense"; there are messageContent, /,
    ],
    [{ switches: { constructor: 'x' } }, 'invalid-switch', /There is no switch "constructor"/],
    [{ switches: { messageContent: 'xml' } }, 'invalid-switch', /takes "both" or "string" or "object"\.$/],
    [{ messageContent: 'string' }, 'invalid-request', /^switches: /],
  ];
  for (const [body, code, message] of refusals) {
    test(`refuse ${JSON.stringify(body)} and change nothing`, async () => {
      const { control } = createStage();
      const answer = await control('PUT', '/switches', body);
      assert.equal(answer.status, 400);
      assert.equal(answer.body.code, code);
      assert.match(answer.body.message, message);
      assert.equal((await control('GET', '/switches')).body.switches.messageContent, 'both');
    });
  }

  test('refuse a whole request for one wrong name', async () => {
    const { control } = createStage();
    await control('PUT', '/switches', { switches: { endUserCreated: 200, nonsense: 1 } });
    assert.equal((await control('GET', '/switches')).body.switches.endUserCreated, 201);
  });
});

describe('each switch has its effect', () => {
  for (const [position, accepted, refused] of [
    ['string', 'Hi', { text: 'Hi' }],
    ['object', { text: 'Hi' }, 'Hi'],
  ] as const) {
    test(`messageContent: ${position} refuses the other form`, async () => {
      const { openChat, platform } = await createSwitched({ messageContent: position });
      const { endUserId: from_user_id } = await openChat();
      const send = (content: unknown) =>
        platform('POST', '/chats/1/message', { from_user_id, message: { type: 'text', content } });
      assert.equal((await send(accepted)).status, 200);
      const answer = await send(refused);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { message: 'param is missing or the value is empty: content' });
    });
  }

  test('webhookTextContent: object', async () => {
    const { openChat, write, webhooks } = await createSwitched({ webhookTextContent: 'object' });
    await write(await openChat(), 'Hello');
    assert.deepEqual(webhooks.at(-1)?.envelope.body.message, { type: 'text', content: { text: 'Hello' } });
  });

  test('endUserCreated: 200', async () => {
    const { platform } = await createSwitched({ endUserCreated: 200 });
    assert.equal((await platform('POST', '/end_users', { identifier: 'new' })).status, 200);
  });

  test('chatCreated: 201', async () => {
    const { platform } = await createSwitched({ chatCreated: 201 });
    await platform('POST', '/end_users', { identifier: 'c-9f31' });
    assert.equal(
      (await platform('POST', '/chats', { chat: { menu_id: 100, end_user_id: 501 } })).status,
      201,
    );
  });

  test('signatureTimestamp: epoch', async () => {
    const { openChat, webhooks } = await createSwitched({ signatureTimestamp: 'epoch' });
    await openChat();
    assert.equal(webhooks[0]?.headers.get('X-Signature-Timestamp'), '1767348000');
  });

  test('senderId: participant', async () => {
    const { openChat, write, webhooks } = await createSwitched({ senderId: 'participant' });
    await write(await openChat(), 'Hello');
    assert.equal((webhooks.at(-1)?.envelope.body.sender as { id: number }).id, 2001);
  });
});
