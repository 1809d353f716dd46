import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { builtInScriptNames, type Emulator } from '../../src/emulator/index.js';
import { FaultsInput } from '../../src/emulator/fault-settings.js';
import { readScript } from '../../src/emulator/script-reader.js';
import { switchValues } from '../../src/emulator/switches.js';
import { createStage } from './stage.js';

const root = new URL('../../', import.meta.url);
const page = await readFile(new URL('docs/emulator.md', root), 'utf8');
const readme = await readFile(new URL('README.md', root), 'utf8');

/** The blocks of code in a language, as they stand. */
function findCode(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '');
}

describe('the example for a customer’s own tests', () => {
  const folders: string[] = [];
  after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  /** Runs code of a page against the sources, and gives what it calls `names`. */
  async function run(code: string, names: readonly string[]): Promise<any> {
    const folder = await mkdtemp(join(tmpdir(), 'ccai-chat-example-'));
    folders.push(folder);
    const source = code.replace("'ccai-chat/emulator'", `'${new URL('src/emulator/index.ts', root).href}'`);
    assert.notEqual(source, code, 'it imports what a customer would import');
    const path = join(folder, 'example.mjs');
    await writeFile(path, `${source}\nexport { ${names.join(', ')} };\n`);
    return import(pathToFileURL(path).href);
  }

  test('of the README has five lines and gets the platform’s answer', async () => {
    const [code = ''] = findCode(readme.slice(readme.indexOf('## The emulator')), 'js');
    assert.equal(code.trim().split('\n').length, 5);
    const { answer, emulator } = (await run(code, ['answer', 'emulator'])) as {
      answer: Response;
      emulator: Emulator;
    };
    assert.deepEqual([answer.status, await answer.json()], [404, { message: 'Not Found' }]);
    emulator.stop();
  });

  test('of the emulator’s page gets the credentials', async () => {
    const [code = ''] = findCode(page, 'js');
    const { apiToken, emulator } = (await run(code, ['apiToken', 'emulator'])) as {
      apiToken: string;
      emulator: Emulator;
    };
    assert.equal(apiToken, emulator.credentials.apiToken);
    emulator.stop();
  });
});

describe('the emulator’s page', () => {
  for (const [name, values] of Object.entries(switchValues)) {
    test(`has the switch ${name} with its values, the default first`, () => {
      const row = page.split('\n').find((line) => line.includes(`| \`${name}\`:`));
      assert.ok(row !== undefined, 'it stands in the table');
      assert.ok(row.endsWith(` \`${name}\`: ${values.map((value) => `\`${String(value)}\``).join(', ')} |`), row);
    });
  }

  test('has no switch that there is not', () => {
    const documented = [...page.matchAll(/\| `(\w+)`: `[^|]*\|$/gm)].map((match) => match[1]);
    assert.deepEqual([...documented].sort(), Object.keys(switchValues).sort());
  });

  test('answers every open question, by a switch or by saying why there is nothing to switch', () => {
    const table = page.slice(page.indexOf('## What the documents say'));
    const rows = table.split('\n').filter((line) => line.startsWith('| ') && /OQ-\d/.test(line));
    for (let number = 1; number <= 59; number += 1) {
      const answers = rows.filter((row) => new RegExp(`\\bOQ-${number}(?!\\d)`).test(row));
      assert.ok(answers.length > 0, `OQ-${number}`);
      for (const row of answers) assert.match(row, /`\w+`: `|nothing to switch|Nothing to switch/, row);
    }
  });

  test('names the open question of every switch that has one', async () => {
    const files = ['switches', 'chat-switches', 'webhook-switches'];
    const sources = files.map((file) => readFile(new URL(`src/emulator/${file}.ts`, root), 'utf8'));
    const code = (await Promise.all(sources)).join('\n');
    for (const name of Object.keys(switchValues)) {
      const [, comment = ''] = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*${name}: \\[`).exec(code) ?? [];
      assert.notEqual(comment, '', `${name} has a doc comment`);
      const row = page.split('\n').find((line) => line.includes(`| \`${name}\`:`)) ?? '';
      for (const [number = ''] of comment.matchAll(/OQ-\d+/g)) assert.ok(row.includes(number), `${name}: ${number}`);
    }
  });

  test('has every placeholder of a template, and the templates that there are', async () => {
    const [example = ''] = findCode(page, 'jsonc');
    const { control } = createStage();
    assert.deepEqual((await control('GET', '/templates')).body, JSON.parse(example));
    const { body } = await control('PUT', '/templates', { deflected: { event_type: 'x', body: { a: '{b}' } } });
    const names = body.message.replace(/^.*there are /, '').split(', ');
    assert.equal(names.length, 8);
    for (const name of names) assert.ok(page.includes(`\`{${name}}\``), name);
  });

  test('has every built-in scenario', () => {
    for (const name of builtInScriptNames) assert.ok(page.includes(`| \`${name}\` |`), name);
  });

  test('has every fault, in an example that is accepted', async () => {
    const [example = ''] = findCode(page, 'json');
    const answer = await createStage().control('PUT', '/faults', example);
    assert.deepEqual([answer.status, answer.body], [200, JSON.parse(example)]);
    const { webhook, rest, bucket } = FaultsInput.parse({});
    for (const [group, faults] of Object.entries({ webhook, rest, bucket }))
      for (const fault of Object.keys(faults)) assert.ok(page.includes(`\`${group}.${fault}\``), `${group}.${fault}`);
  });

  test('has an example of a scenario that can be played', async () => {
    const [example = ''] = findCode(page, 'yaml');
    assert.equal(readScript('my-shop.yaml', example).cast.length, 4);
    const stage = createStage({ scripts: { shop: example }, script: 'shop' });
    const chat = await stage.openChat({ name: 'Ann' });
    await stage.pass(5000);
    await stage.write(chat, 'repair 4711 please');
    await stage.pass(5000);
    assert.deepEqual((await stage.conversation(1)).slice(0, 3), [
      'virtual_agent: Hello Ann! What is broken?',
      'end_user: repair 4711 please',
      'virtual_agent: Repair **4711** is ready.',
    ]);
  });

  test('has every control route, and none that there is not', async () => {
    const stage = createStage();
    await stage.openChat();
    const rows = page.split('\n').filter((line) => /^\| `(GET|POST)`? ?(\/|\/emulator|`?)/.test(line));
    const routes = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/\/emulator\/[\w/:<>-]+/g)].map(([path]) => path),
    );
    assert.ok(routes.length >= 15, routes.join(' '));
    for (const route of routes) {
      const path = route.replace('/emulator', '').replace(':id', '1').replace('<key>', 'none');
      const { body } = await stage.control('DELETE', path);
      assert.equal(body.code, 'method-not-allowed', route);
    }
  });
});
