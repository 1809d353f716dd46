import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createSqliteStore } from '../../src/adapters/sqlite/index.js';
import { canary, kept, PrivateWorld } from '../relay/private-world.js';
import { call, readHistory } from '../relay/world.js';

const question = 'CANARY-question-0815';

async function begin(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'ccai-chat-private-'));
  const path = join(folder, 'relay.db');
  const scene = new PrivateWorld({ store: createSqliteStore({ path }) });
  t.after(async () => {
    await scene.store.close();
    rmSync(folder, { recursive: true });
  });
  await scene.start();
  const to = { kind: 'task_virtual_agent', id: await scene.startTask() };
  await scene.control('POST', `/chats/${scene.chatId}/messages`, { from: 'task_virtual_agent', message: { type: 'text', content: question } });
  const id = await scene.send({ to });
  assert.equal(await scene.outcome(id), 'sent');
  await scene.until((events) => JSON.stringify(events).includes(question));
  const secrets = await scene.store.listSecrets({ chatId: scene.chatId });
  const stored = await Promise.all(secrets.map(({ chatId, seq }) => scene.store.read(chatId, seq - 1, 1)));
  return { scene, path, id, to, sealed: stored.flat().map(({ body }) => body) };
}

function readFiles(path: string): string {
  const files = ['', '-wal', '-shm', '-journal'].map((end) => `${path}${end}`).filter((file) => existsSync(file));
  return files.map((file) => readFileSync(file, 'latin1')).join('\n');
}

/** Pieces of what was sealed, short enough to find one that only half survived. */
const toPieces = (sealed: readonly string[]) =>
  sealed.flatMap((body) => Array.from({ length: Math.floor((body.length - 40) / 16) }, (_, index) => body.slice(20 + index * 16, 40 + index * 16)));

function assertSealed(path: string, sealed: readonly string[]): void {
  const files = readFiles(path);
  assert.ok(!files.includes(canary) && !files.includes(question), 'in clear');
  for (const body of sealed) {
    assert.match(body, /^p1\./);
    assert.ok(files.includes(body));
  }
}

function assertGone(path: string, sealed: readonly string[]): void {
  const files = readFiles(path);
  assert.ok(!files.includes(canary) && !files.includes(question), 'in clear');
  assert.deepEqual(toPieces(sealed).filter((piece) => files.includes(piece)), []);
}

test('a code lies sealed in the files of the store, and nothing of it is left there after 15 minutes and a restart', async (t) => {
  const { scene, path, sealed, id, to } = await begin(t);
  assert.equal(sealed.length, 3);
  assertSealed(path, sealed);

  // The process ends without a word; another one goes on with the files.
  const before = scene.store;
  scene.restart(createSqliteStore({ path }));
  await before.close();
  assert.ok(JSON.stringify(await readHistory(scene.world, scene.token)).includes(canary));
  await scene.pass(kept);
  await scene.world.relay.start();
  assertGone(path, sealed);
  const { events } = await readHistory(scene.world, scene.token);
  assert.ok(!JSON.stringify(events).includes('CANARY'));
  assert.equal(events.filter(({ type }) => type === 'message-removed').length, 3);

  scene.restart(createSqliteStore({ path }));
  assert.deepEqual((await readHistory(scene.world, scene.token)).events, events);
  assert.equal((await scene.post({ id, to, text: 'whatever' })).answer.delivery, 'sent');
  assert.ok(!scene.logged.includes('CANARY'));
});

test('nothing of a code is left in the files of the store at the end of the chat', async (t) => {
  const { scene, path, sealed } = await begin(t);
  await call(scene.world, 'POST /chat/end', { token: scene.token, body: {} });
  await scene.until((events) => events.filter(({ type }) => type === 'message-removed').length === 3);
  while ((await scene.store.listSecrets({ chatId: scene.chatId })).length > 0) await new Promise((resolve) => setImmediate(resolve));
  assertGone(path, sealed);
});
