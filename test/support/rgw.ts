/**
 * A real S3 server for one test run: Ceph's object gateway over one monitor and one storage daemon that keeps
 * everything in memory. Nothing of it outlives `stop`.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A gateway that runs, and who may use it. */
export interface Rgw {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly secret: string;
  stop(): Promise<void>;
}

const programs = ['radosgw', 'radosgw-admin', 'ceph', 'ceph-mon', 'ceph-osd', 'ceph-authtool', 'monmaptool'];
const folders = ['/usr/bin', '/usr/sbin', '/usr/local/bin'];
const run = promisify(execFile);

/** Which programs are missing, in one sentence; undefined when a gateway can be started here. */
export function whyNoRgw(): string | undefined {
  const missing = programs.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  return missing.length === 0
    ? undefined
    : `not installed: ${missing.join(', ')} (Debian: radosgw ceph-mon ceph-osd ceph-common)`;
}

/** Starts everything and waits until the gateway answers. */
export async function startRgw(): Promise<Rgw> {
  const home = await mkdtemp(join(tmpdir(), 'ccai-chat-rgw-'));
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.reverse().map(endProcess));
    await rm(home, { recursive: true, force: true });
  };
  try {
    return { ...(await startDaemons(home, children)), stop };
  } catch (error) {
    const logs = await Promise.all(
      ['mon', 'osd', 'client'].map((name) => readTail(join(home, `${name}.log`))),
    );
    await stop();
    throw new Error(`The gateway did not start.\n${logs.join('\n')}`, { cause: error });
  }
}

async function startDaemons(home: string, children: ChildProcess[]): Promise<Omit<Rgw, 'stop'>> {
  const [monitorPort, gatewayPort] = [await findPort(), await findPort()];
  const cluster = randomUUID();
  const monitor = `[v2:127.0.0.1:${monitorPort}]`;
  const config = join(home, 'ceph.conf');
  await writeFile(config, toConfig({ home, cluster, monitor, gatewayPort }));
  for (const folder of ['mon', 'osd', 'rgw']) await mkdir(join(home, folder));
  const call = (program: string, ...parameters: string[]) =>
    run(program, ['-c', config, ...parameters], { timeout: 30_000 });
  const start = (program: string, ...parameters: string[]): void => {
    children.push(spawn(program, ['-c', config, ...parameters, '-f'], { stdio: 'ignore' }));
  };

  const map = join(home, 'monmap');
  const keyring = join(home, 'keyring');
  await run('ceph-authtool', [keyring, '--create-keyring']);
  for (const name of ['mon.', 'osd.0', 'client.admin']) {
    const mayAll = ['--cap', 'mon', 'allow *', '--cap', 'osd', 'allow *'];
    await run('ceph-authtool', [keyring, '--gen-key', '-n', name, ...mayAll]);
  }
  await run('monmaptool', ['--create', '--fsid', cluster, '--addv', 'a', monitor, map]);
  await call('ceph-mon', '-i', 'a', '--mkfs', '--monmap', map, '--keyring', keyring);
  start('ceph-mon', '-i', 'a');
  const disk = randomUUID();
  await call('ceph', '--connect-timeout', '20', 'osd', 'new', disk);
  await call('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', disk);
  start('ceph-osd', '-i', '0');
  start('radosgw', '-n', 'client.admin');
  const url = `http://127.0.0.1:${gatewayPort}`;
  await waitFor(async () => (await fetch(url)).ok);
  const [accessKeyId, secret] = ['gateway-access', 'gateway-secret'];
  const keys = ['--access-key', accessKeyId, '--secret-key', secret];
  await call('radosgw-admin', 'user', 'create', '--uid', 'tester', '--display-name', 'Tester', ...keys);
  return { url, accessKeyId, secret };
}

function toConfig(options: {
  readonly home: string;
  readonly cluster: string;
  readonly monitor: string;
  readonly gatewayPort: number;
}): string {
  const { home, cluster, monitor, gatewayPort } = options;
  const settings = {
    fsid: cluster,
    'mon host': monitor,
    'mon initial members': 'a',
    'public addr': '127.0.0.1',
    'cluster addr': '127.0.0.1',
    keyring: join(home, 'keyring'),
    'mon data': join(home, 'mon'),
    'osd data': join(home, 'osd'),
    'rgw data': join(home, 'rgw'),
    'run dir': home,
    'admin socket': join(home, '$name.asok'),
    'pid file': join(home, '$name.pid'),
    'log file': join(home, '$type.log'),
    'osd objectstore': 'memstore',
    'memstore device bytes': 536_870_912,
    'osd pool default size': 1,
    'osd pool default min size': 1,
    'osd pool default pg num': 1,
    'osd pool default pg autoscale mode': 'off',
    'osd crush chooseleaf type': 0,
    'mon allow pool size one': true,
    'mon max pg per osd': 1000,
    // It must start on a disk that is nearly full, and at once.
    'mon data avail warn': 1,
    'mon data avail crit': 1,
    'paxos propose interval': 0.05,
    'paxos min wait': 0.01,
    'rgw frontends': `beast endpoint=127.0.0.1:${gatewayPort}`,
    'rgw thread pool size': 8,
    'rgw run sync thread': false,
    'rgw enable gc threads': false,
    'rgw enable lc threads': false,
    'rgw dynamic resharding': false,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return `[global]\n${lines.join('\n')}\n`;
}

/** A port that was free a moment ago. */
function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function waitFor(isReady: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    if (await isReady().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not answer within a minute.');
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGKILL'); // there is nothing to save
  });
}

async function readTail(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').slice(-15).join('\n');
}
