import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { WidgetFiles } from '../../relay/ports.js';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * The built widget of a folder (`dist/cdn`), read into memory once. Its version is that of the package it
 * lies in. Throws one sentence where nothing was built there.
 */
export function readWidgetFiles(directory: string): WidgetFiles {
  const files = new Map(readFiles(directory).map(({ name, body }) => [name, { body, type: toType(name) }]));
  if (!files.has('ccai-chat.js')) {
    throw new Error(`There is no widget in ${resolve(directory)}: build it first, with npm run build.`);
  }
  const listed = [...files].filter(([name]) => name !== 'integrity.json');
  return {
    version: readVersion(resolve(directory)),
    read: (name) => files.get(name),
    integrity: Object.fromEntries(listed.map(([name, { body }]) => [name, toIntegrity(body)])),
  };
}

function readFiles(directory: string): { readonly name: string; readonly body: Uint8Array }[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ name, body: readFileSync(join(directory, name)) }));
}

function toType(name: string): string {
  return types[extname(name)] ?? 'application/octet-stream';
}

function toIntegrity(body: Uint8Array): string {
  return `sha384-${createHash('sha384').update(body).digest('base64')}`;
}

/** Of the nearest `package.json` above. */
function readVersion(directory: string): string {
  const path = join(directory, 'package.json');
  if (existsSync(path)) {
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: string };
    if (version !== undefined) return version;
  }
  const parent = dirname(directory);
  if (parent === directory) throw new Error('The widget lies in no package: its version is not known.');
  return readVersion(parent);
}
