import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const tenant = {
  CCAI_SUBDOMAIN: 'acme',
  CCAI_API_TOKEN: 'canary-token',
  CCAI_WEBHOOK_PRIMARY_SECRET: 'canary-primary',
  RELAY_ENCRYPTION_KEYS: Buffer.alloc(32, 7).toString('base64'),
};

type Variables = Readonly<Record<string, string>>;

/** Runs the command with these variables and no others. */
function run(parameters: readonly string[], variables: Variables = {}, cwd = process.cwd()) {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, ...parameters], {
    cwd,
    env: { PATH: process.env['PATH'], ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { out: '', error: '' };
  child.stderr.on('data', (chunk: Buffer) => (output.error += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => (output.out += `${line}\n`));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { child, lines, ended, output };
}

/** Waits for the line that a server prints once it listens. */
async function start(t: TestContext, parameters: readonly string[], variables: Variables, cwd?: string) {
  const started = run(parameters, variables, cwd);
  t.after(async () => {
    started.child.kill('SIGKILL');
    await started.ended;
  });
  const ready = (async () => {
    for await (const line of started.lines) {
      if (line.startsWith('ready ')) return JSON.parse(line.slice('ready '.length)) as Record<string, string>;
    }
    throw new Error(`It never got ready: ${started.output.error}`);
  })();
  return { ...started, ready: await ready };
}

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ccai-chat-cli-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

describe('the command line', () => {
  test('explains itself and tells its version', async () => {
    const [help, told] = await Promise.all([run(['--help']).ended, run(['--version']).ended]);
    assert.match(help.out, /ccai-chat <command>[^]*relay[^]*emulator/);
    assert.deepEqual([help.code, told.code, told.out], [0, 0, `${version}\n`]);
  });

  const misunderstood: readonly (readonly string[])[] = [
    ['chat'],
    ['relay', 'emulator'],
    ['relay', '--loud'],
    ['relay', '--script', 'quiet'],
    ['emulator', '--script', 'opera'],
  ];
  for (const parameters of misunderstood) {
    test(`answers ${parameters.join(' ')} by one sentence`, async () => {
      const { code, error, out } = await run(parameters).ended;
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, /^[A-Z][^\n]+\.\n$/);
    });
  }

  test('says file, line and what was expected when a script is wrong, and does not start', async (t) => {
    const folder = makeFolder(t);
    const script = join(folder, 'shop.yaml');
    writeFileSync(script, 'queues:\n  100: Help\npeople:\n  Kim:\n    role: bot\n');
    const missing = join(folder, 'none.yaml');
    const [wrong, absent] = await Promise.all([
      run(['emulator', '--script', script]).ended,
      run(['emulator', '--script', missing]).ended,
    ]);
    const expected = 'people.Kim.role takes agent, virtual_agent or task_virtual_agent';
    assert.deepEqual([wrong.code, wrong.out, wrong.error], [2, '', `${script}:5: ${expected}.\n`]);
    const why = `The script ${missing} cannot be played: there is no such file.\n`;
    assert.deepEqual([absent.code, absent.error], [2, why]);
  });

  test('answers a wrong environment by one sentence', async () => {
    const { code, error } = await run(['relay'], { ...tenant, CCAI_HOST: 'https://canary.example' }).ended;
    assert.equal(code, 1);
    assert.match(error, /^CCAI_HOST [^\n]+\.\n$/);
    assert.doesNotMatch(error, /canary/);
  });

  test('says which variable moves it from a taken port', async (t) => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    t.after(() => other.close());
    const taken = String((other.address() as AddressInfo).port);
    const host = { ...tenant, CCAI_HOST: 'http://127.0.0.1:9', RELAY_STORE: 'memory:' };
    const [relay, emulator] = await Promise.all([
      run(['relay'], { ...host, PORT: taken }).ended,
      run(['emulator'], { EMULATOR_PORT: taken }).ended,
    ]);
    assert.equal(relay.error, `Port ${taken} is taken. Set PORT to a free one.\n`);
    assert.equal(emulator.error, `Port ${taken} is taken. Set EMULATOR_PORT to a free one.\n`);
    assert.deepEqual([relay.code, emulator.code], [1, 1]);
  });
});

test('relay and emulator that were given the same variables talk to each other, and stop when asked', async (t) => {
  const folder = makeFolder(t);
  const emulator = await start(t, ['emulator', '--script', 'quiet'], { ...tenant, EMULATOR_PORT: '0' });
  const { emulator: platform = '' } = emulator.ready;
  assert.match(platform, /^http:\/\/127\.0\.0\.1:\d+$/);
  const credentials = (await (await fetch(`${platform}/emulator/credentials`)).json()) as Record<
    string,
    string
  >;
  assert.equal(credentials['subdomain'], 'acme');
  assert.equal(credentials['apiToken'], 'canary-token');
  assert.equal(credentials['webhookPrimarySecret'], 'canary-primary');

  const variables = {
    ...tenant,
    CCAI_HOST: platform,
    PORT: '0',
    RELAY_MENUS: 'support=100',
    RELAY_STORE: 'sqlite:./data/relay.db',
  };
  const relay = await start(t, ['relay'], variables, folder);
  const { relay: url = '' } = relay.ready;
  assert.deepEqual((await (await fetch(`${url}/healthz`)).json()) as unknown, { status: 'ok', version });
  const headers = { 'content-type': 'application/json' };
  const started = await fetch(`${url}/chats`, { method: 'POST', headers, body: '{}' });
  assert.equal(started.status, 201, await started.text());

  relay.child.kill('SIGTERM');
  emulator.child.kill('SIGINT');
  const [stopped, ended] = await Promise.all([relay.ended, emulator.ended]);
  assert.deepEqual([stopped.code, ended.code], [0, 0]);
  assert.deepEqual([stopped.error, ended.error], ['', '']);
  const opened = stopped.out.split('\n').find((line) => line.includes('store opened')) ?? '{}';
  assert.equal((JSON.parse(opened) as { location?: string }).location, join(folder, 'data', 'relay.db'));
  assert.match(stopped.out, /no site may use this relay/);
  assert.doesNotMatch(stopped.out, /canary|BwcHBwcH/);
});

test('an emulator plays the scenario of a file', async (t) => {
  const script = join(makeFolder(t), 'shop.yaml');
  writeFileSync(script, 'queues: { 100: Help }\nnew_chat: agent\npeople: { Kim: { role: agent } }\n');
  const { ready } = await start(t, ['emulator', '--script', script], { ...tenant, EMULATOR_PORT: '0' });
  const journal = (await (await fetch(`${ready['emulator'] ?? ''}/emulator/journal`)).json()) as {
    run: { script: { name: string } };
  };
  assert.equal(journal.run.script.name, script);
});

test('a relay with its store in memory warns that nothing lasts', async (t) => {
  const variables = { ...tenant, CCAI_HOST: 'http://127.0.0.1:9', PORT: '0', RELAY_STORE: 'memory:' };
  const relay = await start(t, ['relay'], variables);
  relay.child.kill('SIGTERM');
  const { code, out } = await relay.ended;
  assert.equal(code, 0);
  assert.match(out, /"level":"warn"[^\n]*no chat survives a restart/);
});

test('a relay that is stopped says goodbye to its streams instead of cutting them', async (t) => {
  const emulator = await start(t, ['emulator', '--script', 'quiet'], { ...tenant, EMULATOR_PORT: '0' });
  const variables = {
    ...tenant,
    CCAI_HOST: emulator.ready['emulator'] ?? '',
    PORT: '0',
    RELAY_STORE: 'memory:',
    RELAY_MENUS: 'support=100',
  };
  const relay = await start(t, ['relay'], variables);
  const url = relay.ready['relay'] ?? '';
  const started = await fetch(`${url}/chats`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { token } = (await started.json()) as { token: string };
  const stream = await fetch(`${url}/chat/events`, { headers: { authorization: `Bearer ${token}` } });
  relay.child.kill('SIGTERM');
  assert.match(await stream.text(), /"bye"[^]*$/);
  assert.equal((await relay.ended).code, 0);
});
