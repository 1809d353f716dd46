import { spawn } from 'node:child_process';
import { formatCounts, noCounts, type Counts } from './counts.js';

/** One step of `npm test`: a program of its own, which is judged by its exit code and by the tests it counted. */
export interface Step {
  readonly name: string;
  readonly program: string;
  readonly parameters: readonly string[];
  /** Reads the counts out of everything printed. Absent: the step is a gate and counts as one. */
  readonly count?: (output: string) => Counts | undefined;
  /** True: runs only when asked for by name. */
  readonly onRequest?: boolean;
}

/** How a step ended. */
export interface StepResult {
  readonly name: string;
  readonly counts: Counts;
  readonly seconds: number;
}

/** A step that hangs is a failed step. */
const timeLimitMs = 10 * 60_000;

/** Runs one step and prints it: all at once when it is over, or at once as it comes where `live`. */
export async function runStep(step: Step, options: { readonly live: boolean }): Promise<StepResult> {
  const start = performance.now();
  if (options.live) console.log(heading(step.name));
  const { output, succeeded } = await runProgram(step, options.live);
  const seconds = (performance.now() - start) / 1000;
  const counts = judge(step, output, succeeded);
  if (!options.live) console.log(`${heading(step.name)}\n${output.trimEnd()}`);
  if (step.count && isEmpty(step.count(output) ?? noCounts)) console.log('No test was found here.');
  console.log(`${counts.failed > 0 ? '✖' : '✔'} ${step.name}: ${formatCounts(counts)} (${seconds.toFixed(1)} s)`);
  return { name: step.name, counts, seconds };
}

/** Runs steps in their order, at most `lanes` at a time; all of them, whatever fails. */
export async function runSteps(steps: readonly Step[], lanes: number): Promise<StepResult[]> {
  const waiting = [...steps.entries()];
  const results: StepResult[] = [];
  const runLane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, step] = next;
      results[index] = await runStep(step, { live: steps.length === 1 });
    }
  };
  await Promise.all(Array.from({ length: lanes }, runLane));
  return results;
}

function heading(name: string): string {
  return `\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}`;
}

function judge(step: Step, output: string, succeeded: boolean): Counts {
  if (!step.count) return succeeded ? { ...noCounts, passed: 1 } : { ...noCounts, failed: 1 };
  const counts = step.count(output) ?? noCounts;
  // A run that found nothing, or broke outside of its tests, must not look like a good one.
  const broken = counts.failed === 0 && (isEmpty(counts) || !succeeded);
  return broken ? { ...counts, failed: 1 } : counts;
}

function isEmpty({ passed, failed, skipped }: Counts): boolean {
  return passed + failed + skipped === 0;
}

function runProgram(step: Step, live: boolean): Promise<{ readonly output: string; readonly succeeded: boolean }> {
  return new Promise((resolve) => {
    const child = spawn(step.program, step.parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeLimitMs,
      env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
      if (live) process.stdout.write(chunk);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => {
      resolve({ output: `${output}\n${String(error)}`, succeeded: false });
    });
    child.on('close', (code) => {
      resolve({ output, succeeded: code === 0 });
    });
  });
}
