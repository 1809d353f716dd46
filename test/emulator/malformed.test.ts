import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStage, origin, type Stage } from './stage.js';

/* Bad input: the platform answers 400, 401 or 404 with `{"message"}`, the control API `{code, message}`. */

const bodies: readonly (string | undefined)[] = [
  ...[undefined, '', '{', 'null', '[]', '"text"', '7', '{}', '[[{}]]', '\u0000', '{"__proto__":{"a":1}}'],
  ...['chat', 'message', 'end_user', 'data', 'photo', 'video', 'signed_data', 'identifier'].flatMap((name) =>
    ['null', '[]', '"x"', '7', '{}', 'true', '[null]', '[[]]'].map((value) => `{"${name}":${value}}`),
  ),
  '{"chat":{"menu_id":"x","end_user_id":501}}',
  '{"chat":{"menu_id":100,"end_user_id":1e99}}',
  '{"chat":{"menu_id":{},"end_user_id":[]}}',
  '{"chat":{"status":{}}}',
  '{"chat":{"status":"finished","deflection_channel":{},"escalation_id":{}}}',
  '{"from_user_id":501,"message":{"type":{}}}',
  '{"from_user_id":501,"message":{"type":"text","content":[]}}',
  '{"from_user_id":501,"message":{"type":"photo","content":{"media_id":{}}}}',
  '{"signed":true,"signed_data":"a.b.c"}',
  '{"signed":false,"data":{"a":null}}',
  '{"reason":{},"force_escalate":"x"}',
  '{"deflection_channel":[]}',
  '{"verified_customer":"x"}',
  '{"photo":[{"s3_path":{}}]}',
  '{"video":{"gcs_path":[]}}',
  '{"hide_va_to_va_system_messages":"yes"}',
];

const routes: readonly [string, string][] = [
  ...(['/end_users', '/chats'] as const).map((path): [string, string] => ['POST', path]),
  ...['PATCH /chats/1', 'PATCH /chats/1/resume', 'POST /chats/1/message', 'POST /chats/1/escalations'],
  ...['PATCH /chats/1/escalations/55', 'POST /chats/1/photos', 'POST /chats/1/videos'],
  ...['POST /chats/1/customer_flag', 'POST /chats/1/custom_data', 'POST /chats/1/end-user'],
  ...['PATCH /settings/chat'],
].map((route) => (typeof route === 'string' ? (route.split(' ') as [string, string]) : route));

async function send(
  { emulator }: Stage,
  [method, path]: readonly [string, string],
  { body, authorization }: { readonly body?: string | undefined; readonly authorization?: string | undefined },
): Promise<{ status: number; body: any }> {
  const headers = authorization === undefined ? {} : { Authorization: authorization };
  const init = { method, headers, ...(body !== undefined && { body }) };
  const answer = await emulator.fetch(new Request(`${origin}${path}`, init));
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

/** A stage that gives each body a running chat of its own, whatever became of the last one. */
async function createMill(): Promise<{ stage: Stage; toPath: (path: string) => Promise<string> }> {
  const stage = createStage({ webhookUrl: undefined });
  await stage.platform('POST', '/end_users', { identifier: 'c-9f31' });
  const toPath = async (path: string): Promise<string> => {
    const { body } = await stage.platform('POST', '/chats', { chat: { menu_id: 100, end_user_id: 501 } });
    return path.replace('/1', `/${body.id}`);
  };
  return { stage, toPath };
}

function toBasic({ emulator: { credentials } }: Stage): string {
  return `Basic ${btoa(`${credentials.subdomain}:${credentials.apiToken}`)}`;
}

describe('malformed requests to the platform', () => {
  for (const [method, path] of routes) {
    test(`${method} ${path} are never answered but in the platform’s way`, async () => {
      const { stage, toPath } = await createMill();
      for (const body of bodies) {
        const route = [method, `/apps/api/v1${await toPath(path)}`] as const;
        const answer = await send(stage, route, { body, authorization: toBasic(stage) });
        const what = `${String(body)}: ${answer.status} ${JSON.stringify(answer.body)}`;
        assert.ok([200, 201, 202, 400, 404].includes(answer.status), what);
        if (answer.status < 400) continue;
        assert.deepEqual(Object.keys(answer.body), ['message'], what);
        assert.equal(typeof answer.body.message, 'string', what);
      }
    });

    test(`${method} ${path} with wrong credentials are 401, whatever they say`, async () => {
      const stage = createStage();
      for (const authorization of [undefined, '', 'Basic', 'Basic ???', `Basic ${btoa('a:b')}`, 'Bearer x']) {
        const answer = await send(stage, [method, `/apps/api/v1${path}`], { body: '{', authorization });
        assert.deepEqual(answer, { status: 401, body: { message: 'Unauthorized' } });
      }
    });
  }

  test('an id that is none is 404 like one that nobody has', async () => {
    const stage = createStage();
    for (const id of ['0', '-1', '1.5', 'x', '%00', '99999999999999999999', '__proto__']) {
      const answer = await send(stage, ['GET', `/apps/api/v1/chats/${id}`], { authorization: toBasic(stage) });
      assert.deepEqual(answer, { status: 404, body: { message: 'Not Found' } }, id);
    }
  });
});

describe('malformed control calls', () => {
  const controls = [
    ...['POST /chats', 'POST /chats/1/messages', 'POST /chats/1/files', 'POST /chats/1/transfers'],
    ...['POST /chats/1/deflections', 'POST /chats/1/fail', 'PUT /switches', 'POST /replay'],
  ];
  for (const route of controls) {
    test(`${route} say what is wrong`, async () => {
      const [method = '', path = ''] = route.split(' ');
      const { stage, toPath } = await createMill();
      for (const body of bodies) {
        const answer = await send(stage, [method, `/emulator${await toPath(path)}`], { body });
        const isFine = route === 'POST /chats' && answer.status === 201;
        if (isFine) continue;
        assert.ok([400, 409].includes(answer.status), `${String(body)}: ${answer.status}`);
        assert.deepEqual(Object.keys(answer.body), ['code', 'message'], body);
      }
    });
  }
});
