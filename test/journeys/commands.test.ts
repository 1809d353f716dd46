// A platform engineer starts what the README says, takes a port that is taken, and stops it again.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startDemo } from './support/demo.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

async function run(env: Record<string, string>, ...parameters: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server.ts', ...parameters], { cwd: root, env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

describe('npm start', () => {
  test('says where everything is, answers there, and ends when asked to', async () => {
    const demo = await startDemo({ script: 'quiet' });
    assert.match(await (await fetch(demo.site)).text(), /<ccai-chat/);
    assert.match(await (await fetch(demo.desk)).text(), /<agent-desk/);
    assert.equal((await fetch(`${demo.relay}/healthz`)).status, 200);
    assert.equal((await fetch(`${demo.emulator}/emulator/chats`)).status, 200);
    assert.ok(demo.log.some((line) => /relay\.db/.test(line)), 'the store is not named');
    await demo.stop();
    await assert.rejects(fetch(demo.site));
  });

  for (const variable of ['PORT', 'EMULATOR_PORT']) {
    test(`names ${variable} when that port is taken, and ends`, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const { code, output } = await run({ PORT: '0', EMULATOR_PORT: '0', [variable]: String(port) });
      server.close();
      assert.equal(code, 1);
      assert.match(output, new RegExp(`Port ${port} is taken.*${variable}`));
      assert.doesNotMatch(output, /at .*\.ts:/, 'a stack is no sentence');
    });
  }

  test('an unknown script is refused by name', async () => {
    const { code, output } = await run({ PORT: '0', EMULATOR_PORT: '0' }, '--script', 'karaoke');
    assert.equal(code, 1);
    assert.match(output, /karaoke/);
  });
});
