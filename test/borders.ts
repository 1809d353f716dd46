/** `npm run borders`: the sources keep the borders between the rooms, and trespassers are really caught. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { borderTrespasses, globalTrespasses, type GlobalTrespass } from './borders/trespasses.js';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly totalDependenciesCruised: number;
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

const root = fileURLToPath(new URL('../', import.meta.url));
const failures = [...(await checkSources()), ...(await checkTrespassers()), ...globalTrespasses.flatMap(checkGlobal)];
for (const failure of failures) console.error(`✖ ${failure}`);
if (failures.length > 0) process.exitCode = 1;

async function checkSources(): Promise<string[]> {
  const { modules, summary } = await cruise(root);
  const cruised = new Set(modules.map((module) => module.source));
  const sources = (await readdir(join(root, 'src'), { recursive: true })).filter((name) => name.endsWith('.ts'));
  // Silence would be a trap: a cruise that looked at nothing finds nothing.
  const missed = sources.map((name) => `src/${name.replaceAll('\\', '/')}`).filter((name) => !cruised.has(name));
  const { violations, totalDependenciesCruised } = summary;
  console.log(`${sources.length} sources, ${totalDependenciesCruised} imports, ${violations.length} violations`);
  return [
    ...violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    ...missed.map((name) => `${name} was not looked at`),
  ];
}

/** Lays every trespasser into a copy of the sources; each must be stopped by its rule, and each rule must stop one. */
async function checkTrespassers(): Promise<string[]> {
  const copy = await mkdtemp(join(tmpdir(), 'ccai-chat-borders-'));
  try {
    for (const name of ['src', 'package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) {
      await cp(join(root, name), join(copy, name), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    for (const { files } of borderTrespasses) await writeFiles(copy, files);
    const { summary } = await cruise(copy);
    const escaped = borderTrespasses.filter(({ rule, files }) => {
      const trespasser = Object.keys(files)[0];
      return !summary.violations.some((found) => found.rule.name === rule && found.from === trespasser);
    });
    const tried = new Set(borderTrespasses.map(({ rule }) => rule));
    const untried = summary.ruleSetUsed.forbidden.filter(({ name }) => !tried.has(name));
    console.log(`${borderTrespasses.length - escaped.length} of ${borderTrespasses.length} trespassing imports caught`);
    return [
      ...escaped.map(({ rule, files }) => `${rule} let ${String(Object.keys(files)[0])} through`),
      ...untried.map(({ name }) => `${name} has no trespasser in test/borders/trespasses.ts`),
    ];
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, source] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, source);
  }
}

/** Runs dependency-cruiser over `src` of a folder with that folder's own rules. */
function cruise(folder: string): Promise<Cruise> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const parameters = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, parameters, { cwd: folder, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      // Violations give an exit code of their own; only an answer that is no JSON is a failed run.
      if (stdout.startsWith('{')) resolve(JSON.parse(stdout) as Cruise);
      else reject(new Error(`dependency-cruiser did not run: ${stderr || stdout}`, { cause: error }));
    });
  });
}

/** Compiles one trespasser, in memory, with its room's own options; the compiler must not know the global. */
function checkGlobal({ room, name, source }: GlobalTrespass): string[] {
  const file = join(root, 'src', room, 'trespasser.ts');
  const disk = ts.createCompilerHost({});
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => path === file || disk.fileExists(path),
    getSourceFile: (path, version) =>
      path === file ? ts.createSourceFile(path, source, version) : disk.getSourceFile(path, version),
  };
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([file], roomOptions(room), host));
  const messages = diagnostics.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '));
  const caught = messages.length > 0 && messages.every((message) => message.startsWith(`Cannot find name '${name}'`));
  console.log(`src/${room} ${caught ? 'does not know' : 'KNOWS'} ${name}`);
  return caught ? [] : [`src/${room}/tsconfig.json lets ${name} through (${messages.join('; ') || 'no error'})`];
}

function roomOptions(room: string): ts.CompilerOptions {
  const config = join(root, 'src', room, 'tsconfig.json');
  const parsed = ts.getParsedCommandLineOfConfigFile(config, { composite: false, noEmit: true }, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '));
    },
  });
  if (!parsed) throw new Error(`${config} could not be read.`);
  return parsed.options;
}
