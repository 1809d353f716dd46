import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
  bin: Record<string, string>;
  exports: Record<string, string | { types?: string; default: string }>;
};

/** Every name a customer can import, with the file behind it; `./i18n/*` is spelled out. */
const entries = Object.entries(manifest.exports).flatMap(([name, target]) => {
  const file = typeof target === 'string' ? target : target.default;
  if (!name.includes('*')) return [{ name, file }];
  const folder = file.slice(0, file.indexOf('*'));
  return readdirSync(join(root, folder))
    .filter((found) => found.endsWith('.js'))
    .map((found) => ({ name: name.replace('*', basename(found, '.js')), file: `${folder}${found}` }));
});

/** Runs a module in a plain Node process of its own, which imports the package by its name like a customer does. */
function runModule(source: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '--eval', source], { cwd: root, encoding: 'utf8' });
}

describe('the built package', () => {
  for (const { name, file } of entries) {
    const specifier = manifest.name + name.slice(1);
    if (file.endsWith('.json')) {
      test(`${specifier} is a JSON file`, () => {
        assert.ok(JSON.parse(readFileSync(join(root, file), 'utf8')));
      });
      continue;
    }
    test(`${specifier} can be imported on a server, where there is no document`, () => {
      const names = JSON.parse(runModule(`console.log(JSON.stringify(Object.keys(await import('${specifier}'))))`)) as string[];
      assert.notDeepEqual(names, [], 'it exports nothing');
    });
    test(`${specifier} brings its types`, () => {
      assert.ok(existsSync(join(root, file.replace(/\.js$/, '.d.ts'))));
    });
  }

  test('the command says its version or its help, and ends', () => {
    const program = join(root, manifest.bin['ccai-chat'] ?? '');
    assert.match(readFileSync(program, 'utf8'), /^#!\/usr\/bin\/env node\n/);
    const output = execFileSync(process.execPath, [program, '--help'], { encoding: 'utf8' });
    assert.match(output, /relay/);
    assert.match(output, /emulator/);
  });

  test('the script-tag build lists the integrity of each of its files', () => {
    const folder = join(root, 'dist/cdn');
    const integrity = JSON.parse(readFileSync(join(folder, 'integrity.json'), 'utf8')) as Record<string, string>;
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
    assert.ok(scripts.includes('ccai-chat.js'));
    assert.deepEqual(Object.keys(integrity).sort(), scripts.sort());
    for (const hash of Object.values(integrity)) assert.match(hash, /^sha384-[A-Za-z0-9+/]{64}$/);
  });

  test('custom-elements.json describes <ccai-chat> with its attributes and events', () => {
    const elements = readFileSync(join(root, 'dist/custom-elements.json'), 'utf8');
    const { modules } = JSON.parse(elements) as { modules: { path: string; declarations?: ElementDeclaration[] }[] };
    const [found] = modules.flatMap(({ declarations }) => declarations ?? []).filter((one) => one.tagName === 'ccai-chat');
    assert.ok(found, 'no declaration has the tag name ccai-chat');
    assert.ok(found.attributes?.some(({ name }) => name === 'relay-url'));
    assert.ok(found.events?.some(({ name }) => name === 'ccai-ready'));
    for (const { path } of modules) assert.ok(existsSync(join(root, path)), `${path} is not in the package`);
  });
});

interface ElementDeclaration {
  readonly tagName?: string;
  readonly attributes?: readonly { readonly name: string }[];
  readonly events?: readonly { readonly name: string }[];
}

describe('what npm would publish', () => {
  const npm = process.env['npm_execpath'];
  const [program, ...parameters] = npm ? [process.execPath, npm] : ['npm'];
  const output = execFileSync(program, [...parameters, 'pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [pack] = JSON.parse(output) as { files: { path: string }[] }[];
  const paths = pack?.files.map(({ path }) => path) ?? [];

  test('every entry, the bundle, the manifest and the licence are in it', () => {
    const wanted = [...entries.map(({ file }) => file), ...Object.values(manifest.bin)].map((file) => file.slice(2));
    const all = [...wanted, 'dist/cdn/ccai-chat.js', 'dist/custom-elements.json', 'LICENSE', 'README.md', 'CHANGELOG.md'];
    assert.deepEqual(all.filter((path) => !paths.includes(path)), []);
  });

  test('sources, tests, build leftovers and secrets are not', () => {
    const unwanted = paths.filter((path) => /^(src|test|demo|data)\/|\.tsbuildinfo$|\.env|\.db$|\.test\./.test(path));
    assert.deepEqual(unwanted, []);
  });
});
