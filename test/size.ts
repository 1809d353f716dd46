/** `npm run size`: what a visitor downloads, against the budgets that the README prints; and what must never be in it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { widgetBuild } from '../vite.config.js';

type Chunk = Rolldown.OutputChunk;

interface Budget {
  readonly what: string;
  readonly chunks: ReadonlySet<Chunk>;
  /** Bytes after gzip -9, all files together. */
  readonly limit: number;
}

/** What few chats need: richer messages, and what happens to a chat besides talking. A plainly running one does without. */
const later = /\/src\/elements\/(markdown|rich-message|turning-points)\.ts$/;

/** One of many: a visitor loads a single language. */
const dictionary = /\/src\/i18n\/[a-z]{2,3}(-[a-z]+)?\.ts$/i;

/** Traces of the platform's own API and of its credentials. A browser must never carry them. */
const forbidden = ['/apps/api/v1', 'Basic ', 'company_secret'];

const chunks = await buildChunks();
const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
const entry = chunks.find((chunk) => chunk.isEntry);
if (!entry) throw new Error('The build has no entry.');

const launcher = withImports([entry]);
const textChat = withImports([entry, ...lazyPartsOfTextChat()]);
const budgets: readonly Budget[] = [
  { what: 'script tag to visible launcher', chunks: launcher, limit: 9_000 },
  { what: 'open panel with a text chat', chunks: textChat, limit: 35_000 },
];
const failures = [...printBudgets(), ...findTraces(), ...(await findSyntaxErrors())];
for (const failure of failures) console.error(`✖ ${failure}`);
if (failures.length > 0) process.exitCode = 1;

async function buildChunks(): Promise<readonly Chunk[]> {
  const result = await build({ ...widgetBuild, logLevel: 'warn', build: { ...widgetBuild.build, write: false } });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rolldown.RolldownOutput;
  return output.filter((file) => file.type === 'chunk');
}

/** Chunks and everything that they import at once. */
function withImports(starts: readonly Chunk[]): Set<Chunk> {
  const reached = new Set<Chunk>();
  const visit = (chunk: Chunk | undefined): void => {
    if (!chunk || reached.has(chunk)) return;
    reached.add(chunk);
    for (const name of chunk.imports) visit(byName.get(name));
  };
  starts.forEach(visit);
  return reached;
}

/** Every lazy chunk counts unless it is one of those for later; of the dictionaries, the heaviest. */
function lazyPartsOfTextChat(): Chunk[] {
  const lazy = chunks.filter((chunk) => chunk.isDynamicEntry && !later.test(chunk.facadeModuleId ?? ''));
  const isDictionary = (chunk: Chunk): boolean => dictionary.test(chunk.facadeModuleId ?? '');
  const dictionaries = lazy.filter(isDictionary).sort((one, other) => gzipSize(other) - gzipSize(one));
  return [...lazy.filter((chunk) => !isDictionary(chunk)), ...dictionaries.slice(0, 1)];
}

function gzipSize(chunk: Chunk): number {
  return gzipSync(chunk.code, { level: 9 }).length;
}

function printBudgets(): string[] {
  for (const chunk of chunks) {
    const use = launcher.has(chunk) ? 'launcher' : textChat.has(chunk) ? 'text chat' : 'later';
    console.log(`  ${chunk.fileName.padEnd(40)}${format(gzipSize(chunk))}  ${use}`);
  }
  return budgets.flatMap(({ what, chunks: parts, limit }) => {
    const size = [...parts].reduce((sum, chunk) => sum + gzipSize(chunk), 0);
    console.log(`${what.padEnd(42)}${format(size)} of ${format(limit)} B gzip`);
    return size > limit ? [`${what}: ${size} B, ${size - limit} more than the budget`] : [];
  });
}

function format(bytes: number): string {
  return bytes.toLocaleString('en').padStart(7);
}

function findTraces(): string[] {
  return chunks.flatMap(({ fileName, code }) =>
    forbidden.filter((trace) => code.includes(trace)).map((trace) => `${fileName} contains "${trace}"`),
  );
}

/** A bundler passes on syntax that it does not lower; the engine has the last word. */
async function findSyntaxErrors(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ccai-chat-size-'));
  try {
    const checks = chunks.map(async ({ fileName, code }) => {
      const path = join(folder, `${fileName}.mjs`);
      await writeFile(path, code);
      const error = await promisify(execFile)(process.execPath, ['--check', path]).then(() => '', String);
      return error && `${fileName} cannot be parsed: ${error}`;
    });
    return (await Promise.all(checks)).filter(Boolean);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
