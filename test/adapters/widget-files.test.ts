import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readWidgetFiles } from '../../src/adapters/node/index.js';

function build(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'ccai-chat-widget-'));
  t.after(() => {
    rmSync(root, { recursive: true });
  });
  const directory = join(root, 'dist', 'cdn');
  mkdirSync(join(directory, 'folder'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"version":"1.2.3"}');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

test('the built widget is read with its version, its types and what a page may check it by', (t) => {
  const files = {
    'ccai-chat.js': 'script',
    'panel-1a2b3c4d.js': 'chunk',
    'a.css': 'style',
    'integrity.json': '{}',
    b: 'x',
  };
  const directory = build(t, files);
  const widget = readWidgetFiles(directory);
  rmSync(directory, { recursive: true });

  assert.equal(widget.version, '1.2.3');
  assert.equal(new TextDecoder().decode(widget.read('ccai-chat.js')?.body), 'script');
  const types = Object.keys(files).map((name) => widget.read(name)?.type);
  const script = 'text/javascript; charset=utf-8';
  assert.deepEqual(types, [
    script,
    script,
    'text/css; charset=utf-8',
    'application/json',
    'application/octet-stream',
  ]);
  const digest = createHash('sha384').update('chunk').digest('base64');
  assert.equal(widget.integrity['panel-1a2b3c4d.js'], `sha384-${digest}`);
  assert.equal(widget.integrity['integrity.json'], undefined);
  for (const name of ['../../package.json', 'folder', '', '__proto__', 'toString', 'ccai-chat.js/']) {
    assert.equal(widget.read(name), undefined, name);
  }
});

test('a folder where nothing was built is told by one sentence', (t) => {
  const directory = build(t, { 'other.js': '' });
  for (const place of [directory, join(directory, 'nowhere')]) {
    assert.throws(
      () => readWidgetFiles(place),
      /^Error: There is no widget in \/.*: build it first, with npm run build\.$/,
    );
  }
});
