import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A program of ours in a process of its own. */
export interface Program {
  /** Everything the process has printed so far, line by line. */
  readonly log: readonly string[];
  /** Sends a signal, such as the one that leaves no time for anything. */
  kill(signal: NodeJS.Signals): void;
  /** Ends the process; resolves when it is gone. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts a TypeScript file of the project and answers when it printed `ready {json}`, with what that said.
 * Rejects with its output where it is not ready in a minute. `PORT` is any free one unless told otherwise.
 */
export async function startProgram(
  parameters: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Program & { ready: unknown }> {
  const child = spawn(process.execPath, ['--import', 'tsx', ...parameters], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: '0', ...env },
  });
  const log: string[] = [];
  const stop = (): Promise<void> => stopProcess(child);
  try {
    return { ready: await readReadyLine(child, log), log, stop, kill: (signal) => void child.kill(signal) };
  } catch (error) {
    await stop();
    throw new Error(`${parameters[0] ?? 'It'} did not become ready.\n${log.join('\n')}`, { cause: error });
  }
}

function readReadyLine(child: ChildProcess, log: string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => {
      reject(new Error('A minute has passed.'));
    }, 60_000);
    const readLine = (line: string): void => {
      log.push(line);
      if (!line.startsWith('ready ')) return;
      clearTimeout(giveUp);
      resolve(JSON.parse(line.slice('ready '.length)));
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
  // A process that does not end when it is asked to must not keep the tests from ending.
  const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(force);
}
