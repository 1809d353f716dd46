import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chat, emptyChat, endpointCases } from './endpoint-cases.js';
import { createRecordedClient } from './recorder.js';

describe('each endpoint is asked as it is documented', () => {
  for (const { endpoint, run, method, address, body, answer, ...rest } of endpointCases) {
    test(endpoint, async () => {
      const { client, requests } = createRecordedClient([Response.json(answer)]);
      const result = await run(client);
      assert.deepEqual(result, 'result' in rest ? rest.result : answer);
      assert.deepEqual(requests, [
        {
          method,
          address,
          // base64 of acme:canary-token-5f1c
          authorization: 'Basic YWNtZTpjYW5hcnktdG9rZW4tNWYxYw==',
          contentType: body === undefined ? null : 'application/json',
          body,
          redirect: 'manual',
        },
      ]);
    });
  }
});

test('a chat is created with everything that is known of it, each thing in its documented place', async () => {
  const transcript = [
    {
      sender: 'virtual_agent',
      timestamp: '2021-03-15 12:00:00Z',
      content: [{ type: 'text', text: 'Hello!' }],
    },
  ] as const;
  const { client, requests } = createRecordedClient([Response.json(chat, { status: 201 })]);
  const created = await client.createChat({
    menuId: 100,
    endUserId: 12345,
    lang: 'en',
    email: 'ann@example.com',
    context: { foo: 'bar' },
    transcript,
    phone: '+16175550100',
  });
  assert.deepEqual(created, emptyChat('queued'));
  assert.deepEqual(requests[0]?.body, {
    chat: {
      menu_id: 100,
      end_user_id: 12345,
      lang: 'en',
      email: 'ann@example.com',
      context: { value: { foo: 'bar' } },
      transcript,
    },
    end_user: { phone: '+16175550100' },
  });
});

test('what is not known of a new chat is left out', async () => {
  const { client, requests } = createRecordedClient([Response.json(chat)]);
  await client.createChat({ endUserId: 12345 });
  assert.deepEqual(requests[0]?.body, { chat: { end_user_id: 12345 } });
});

test('text can be written as an object, for a tenant that wants it so', async () => {
  const { client, requests } = createRecordedClient([Response.json({})], { messageContent: 'object' });
  await client.sendMessage(37, { fromUserId: 12345, type: 'text', text: 'Hello' });
  assert.deepEqual(requests[0]?.body, {
    from_user_id: 12345,
    message: { type: 'text', content: { text: 'Hello' } },
  });
});

test('a chat is read with its people, and nothing that was not foreseen comes along', async () => {
  const { client } = createRecordedClient([
    Response.json({
      id: '37',
      status: 'assigned',
      status_text: '<b>x</b>',
      features: ['a', 7],
      created_at: '2026-01-02T10:00:00Z',
      ends_at: null,
      agent: { id: 7, name: 'Jane Doe', first_name: 'Jane', avatar_url: 'https://x/y.png', secret: 'canary' },
      virtual_agent: 'nobody',
      all_agents: [{ id: 7, name: 'Jane Doe' }, { name: 'without an id' }, null],
      menus: [{ id: 100, name: 'Billing' }],
      end_user: { id: 12345, identifier: 'c-9f31', token: 'canary' },
      internal: { deep: 'canary' },
    }),
  ]);
  const read = await client.getChat(37);
  assert.deepEqual(read, {
    ...emptyChat('assigned'),
    status_text: '<b>x</b>',
    features: ['a'],
    created_at: '2026-01-02T10:00:00Z',
    agent: { id: 7, name: 'Jane Doe', first_name: 'Jane', avatar_url: 'https://x/y.png', status: null },
    all_agents: [{ id: 7, name: 'Jane Doe', first_name: null, avatar_url: null, status: null }],
    menus: [{ id: 100, name: 'Billing' }],
    end_user: { id: 12345, identifier: 'c-9f31' },
  });
});

describe('where the documents disagree, the other spelling is tried once', () => {
  const missing = () => Response.json({ message: 'Not Found' }, { status: 404 });

  test('of the path that updates an end user', async () => {
    const { client, requests } = createRecordedClient([
      missing(),
      Response.json({ message: 'accepted' }, { status: 202 }),
    ]);
    await client.updateEndUser(37, { identifier: 'c-9f31' });
    assert.deepEqual(
      requests.map(({ address }) => address),
      ['/apps/api/v1/chats/37/end-user', '/apps/api/v1/chats/37/end_user'],
    );
  });

  test('but an update that is refused is not sent again', async () => {
    const { client, requests } = createRecordedClient([
      Response.json({ message: 'Duplicate request' }, { status: 400 }),
    ]);
    await assert.rejects(client.updateEndUser(37, { identifier: 'c-9f31' }), {
      kind: 'refused',
      status: 400,
    });
    assert.equal(requests.length, 1);
  });

  test('of whose id it is that a deflection is chosen by', async () => {
    const menus = [{ id: 100, name: 'Support' }, { id: 101, name: 'Orders' }];
    const { client, requests } = createRecordedClient([
      missing(),
      Response.json({ id: 37, status: 'queued', menus }),
      Response.json({ id: 55, chat_id: 37, status: 'escalating' }),
    ]);
    assert.equal((await client.chooseDeflection(37, 55, 'human_agent')).status, 'escalating');
    const tried = ['/apps/api/v1/chats/37/escalations/55', '/apps/api/v1/chats/37', '/apps/api/v1/chats/37/escalations/101'];
    assert.deepEqual(requests.map(({ address }) => address), tried);
  });

  test('of the address of a file, and the one that works is remembered', async () => {
    const file = () => new Response('bytes', { headers: { 'content-type': 'image/png' } });
    const { client, requests } = createRecordedClient([missing(), file(), file()]);
    const first = await client.downloadMedia(37, { mediaId: 992, mediaType: 'photo' });
    assert.equal(await first.text(), 'bytes');
    assert.equal(first.headers.get('content-type'), 'image/png');
    await client.downloadMedia(38, { mediaId: 993, mediaType: 'document' });
    assert.deepEqual(
      requests.map(({ address }) => address),
      [
        '/apps/api/v1/chats/37/media/992',
        '/apps/api/v1/chats/37/media?media_id=992&media_type=photo',
        '/apps/api/v1/chats/38/media?media_id=993&media_type=document',
      ],
    );
  });

  test('a file that is in neither place is not found, and both are tried for the next', async () => {
    const { client, requests } = createRecordedClient([missing()]);
    for (const mediaId of [1, 2]) {
      await assert.rejects(client.downloadMedia(37, { mediaId, mediaType: 'photo' }), { status: 404 });
    }
    assert.equal(requests.length, 4);
  });
});
