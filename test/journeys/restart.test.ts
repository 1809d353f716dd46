// A platform engineer's relay is killed in the middle of a chat and comes back: nothing that was acknowledged is gone.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startProgram, type Program } from './support/program.js';

interface Page {
  readonly epoch: string;
  readonly head: number;
  readonly events: readonly { readonly seq: number; readonly message?: { readonly text: string } }[];
}

const tenant = { CCAI_SUBDOMAIN: 'acme', CCAI_API_TOKEN: 'token', CCAI_WEBHOOK_PRIMARY_SECRET: 'secret' };

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('a relay that is killed', () => {
  let folder: string;
  let emulator: Program & { ready: any };
  let relay: Program & { ready: any };
  let token: string;
  let chatId: number;
  let pageBefore: Page;
  const env: Record<string, string> = {};

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'restart-'));
    const port = String(await findFreePort());
    emulator = await startProgram(['src/cli/main.ts', 'emulator', '--script', 'quiet'], {
      ...tenant,
      EMULATOR_PORT: '0',
      EMULATOR_WEBHOOK_URL: `http://127.0.0.1:${port}/webhooks/ccai`,
    });
    Object.assign(env, tenant, {
      PORT: port,
      CCAI_HOST: emulator.ready.emulator,
      CCAI_MENU_ID: '100',
      RELAY_STORE: `sqlite:${join(folder, 'relay.db')}`,
      RELAY_ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
    });
    relay = await startProgram(['src/cli/main.ts', 'relay'], env);
  });
  after(async () => {
    await relay.stop();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${relay.ready.relay}${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  const history = async (): Promise<Page> => (await ask('GET', '/chat/history')).body;
  const textsOf = (page: Page) => page.events.flatMap(({ message }) => (message ? [message.text] : []));
  const speak = async (content: string) => {
    const response = await fetch(`${emulator.ready.emulator}/emulator/chats/${chatId}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: 'agent', message: { type: 'text', content } }),
    });
    assert.ok(response.ok, await response.text());
  };
  const untilRead = async (text: string): Promise<Page> => {
    for (let turn = 0; turn < 2_000; turn += 1) {
      const page = await history();
      if (textsOf(page).includes(text)) return page;
    }
    throw new Error(`"${text}" never reached the log`);
  };

  test('had a conversation, and no word of it is in clear on the disk', async () => {
    const started = await ask('POST', '/chats', {});
    assert.equal(started.status, 201);
    token = started.body.token;
    chatId = started.body.chat.id;
    await fetch(`${emulator.ready.emulator}/emulator/chats/${chatId}/transfers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: 'agent' }),
    });
    await ask('POST', '/chat/messages', { id: randomUUID(), text: 'CANARY from the visitor' });
    await speak('CANARY from the agent');
    pageBefore = await untilRead('CANARY from the agent');
    for (const name of await readdir(folder)) {
      assert.ok(!(await readFile(join(folder, name))).includes('CANARY'), `${name} holds a message in clear`);
      assert.ok(!(await readFile(join(folder, name))).includes(token), `${name} holds the handle`);
    }
  });

  test('by kill -9 comes back with the same log, for the same handle', async () => {
    relay.kill('SIGKILL');
    await relay.stop();
    relay = await startProgram(['src/cli/main.ts', 'relay'], env);
    const page = await history();
    assert.equal(page.epoch, pageBefore.epoch);
    assert.deepEqual(page.events.slice(0, pageBefore.events.length), pageBefore.events);
  });

  test('goes on: both sides are heard, and no number is missing or doubled', async () => {
    await ask('POST', '/chat/messages', { id: randomUUID(), text: 'Still there?' });
    await speak('Of course');
    const page = await untilRead('Of course');
    assert.deepEqual(textsOf(page), ['CANARY from the visitor', 'CANARY from the agent', 'Still there?', 'Of course']);
    assert.deepEqual(page.events.map(({ seq }) => seq), page.events.map((_event, index) => index + 1));
  });
});
