import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A running demo: site, relay and emulator in a process of their own, on free ports of this machine. */
export interface Demo {
  /** Origin of the customer's site. */
  readonly site: string;
  /** Base URL of the relay. */
  readonly relay: string;
  /** Origin of the emulated platform, and of its control API. */
  readonly emulator: string;
  /** Address of the agent desk. */
  readonly desk: string;
  /** Everything the process has printed so far, line by line. */
  readonly log: readonly string[];
  /** Ends the process; resolves when it is gone. May be called twice. */
  stop(): Promise<void>;
}

/** What {@link startDemo} can be told. */
export interface DemoOptions {
  /** Which scripted people there are; `quiet` has none, so that the test speaks for everyone. Default: the demo's. */
  readonly script?: string;
  /** More environment variables, such as `RELAY_STORE`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts what `npm start` starts and answers when it is ready. Rejects with its output where it is not, in a minute. */
export async function startDemo({ script, env }: DemoOptions = {}): Promise<Demo> {
  const parameters = ['--import', 'tsx', 'demo/server.ts', ...(script === undefined ? [] : ['--script', script])];
  const child = spawn(process.execPath, parameters, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: '0', EMULATOR_PORT: '0', ...env },
  });
  const log: string[] = [];
  const stop = (): Promise<void> => stopProcess(child);
  try {
    return { ...(await readAddresses(child, log)), log, stop };
  } catch (error) {
    await stop();
    throw new Error(`The demo did not become ready.\n${log.join('\n')}`, { cause: error });
  }
}

type Addresses = Pick<Demo, 'site' | 'relay' | 'emulator' | 'desk'>;

function readAddresses(child: ChildProcess, log: string[]): Promise<Addresses> {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => {
      reject(new Error('A minute has passed.'));
    }, 60_000);
    const readLine = (line: string): void => {
      log.push(line);
      if (!line.startsWith('ready ')) return;
      clearTimeout(giveUp);
      resolve(JSON.parse(line.slice('ready '.length)) as Addresses);
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', readLine);
    }
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(giveUp);
      reject(new Error(`It ended with exit code ${String(code)}.`));
    });
  });
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  // A demo that does not end when it is asked to must not keep the tests from ending.
  const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(force);
}
