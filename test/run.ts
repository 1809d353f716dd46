/**
 * `npm test`: every proof the project has, one step after the other, and a last line that adds them up.
 * `npm test -- --only node,journeys` runs only those steps.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureChromium } from './support/chromium.js';
import { addCounts, formatCounts, noCounts, parseCounts, parseSpecSummary } from './support/counts.js';
import { runSteps, type Step, type StepResult } from './support/steps.js';

const root = fileURLToPath(new URL('../', import.meta.url));
process.chdir(root);

const steps: readonly Step[] = [
  { name: 'lint', ...localProgram('eslint/bin/eslint.js', '.', '--max-warnings', '0') },
  { name: 'types', ...localProgram('typescript/bin/tsc', '-b') },
  { name: 'borders', ...script('test/borders.ts') },
  { name: 'size', ...script('test/size.ts') },
  { name: 'elements', ...script('test/support/browser-tests.ts'), count: parseCounts },
  { name: 'node', ...nodeTests(findTests('test', ['elements', 'journeys', 'readings', 'package'])) },
  { name: 'journeys', ...nodeTests(findTests('test/journeys'), '--test-concurrency=1') },
  // The same journeys on platforms that tell less, or otherwise, than is documented.
  { name: 'readings', ...nodeTests(findTests('test/readings'), '--test-concurrency=1'), onRequest: true },
  // Looks at dist/, so it needs `npm run build` first.
  { name: 'package', ...nodeTests(findTests('test/package')), onRequest: true },
];
const browserSteps = ['elements', 'node', 'journeys', 'readings'];

const chosen = chooseSteps();
if (chosen.some(({ name }) => browserSteps.includes(name))) process.env['CHROME_PATH'] = ensureChromium();
const results = await runSteps(chosen, 2);
printTable(results);
const total = results.map(({ counts }) => counts).reduce(addCounts, noCounts);
console.log(`\n${formatCounts(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;

function chooseSteps(): readonly Step[] {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return steps.filter((step) => !step.onRequest);
  const names = values.only.split(',');
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length === 0) return steps.filter((step) => names.includes(step.name));
  const known = steps.map(({ name }) => name).join(', ');
  console.error(`There is no step called ${unknown.join(' or ')}; the steps are ${known}.`);
  process.exit(1);
}

function localProgram(path: string, ...parameters: string[]): Pick<Step, 'program' | 'parameters'> {
  return { program: process.execPath, parameters: [join('node_modules', path), ...parameters] };
}

function script(path: string): Pick<Step, 'program' | 'parameters'> {
  return { program: process.execPath, parameters: ['--import', 'tsx', path] };
}

function nodeTests(files: readonly string[], ...options: string[]): Omit<Step, 'name'> {
  // Without a file, node --test would go and search by rules of its own.
  const paths = files.length > 0 ? files : ['test/no-tests-found'];
  const runner = ['--import', 'tsx', '--test', '--test-reporter=spec', '--test-timeout=120000'];
  return { program: process.execPath, parameters: [...runner, ...options, ...paths], count: parseSpecSummary };
}

/** Test files below a folder, sorted. Node 20 expands no patterns by itself. */
function findTests(folder: string, exceptFolders: readonly string[] = []): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => !exceptFolders.some((name) => path.startsWith(join(folder, name))))
    .sort();
}

function printTable(rows: readonly StepResult[]): void {
  console.log(`\n── summary ${'─'.repeat(69)}`);
  for (const { name, counts, seconds } of rows) {
    const mark = counts.failed > 0 ? '✖' : '✔';
    console.log(`${mark} ${name.padEnd(12)}${formatCounts(counts).padEnd(44)}${seconds.toFixed(1).padStart(6)} s`);
  }
}
