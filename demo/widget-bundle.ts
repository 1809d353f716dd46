import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Rolldown } from 'vite';
import type { WidgetFiles } from '../src/relay/ports.js';
import { widgetBuild } from '../vite.config.js';

/** One file of a build that never touched the disk. */
export interface BuiltFile {
  readonly body: Uint8Array;
  /** Media type, ready for a `Content-Type` header. */
  readonly type: string;
}

/** File name -> file. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>;

const root = fileURLToPath(new URL('../', import.meta.url));

/** Builds the widget from its sources in about a second, so that a fresh clone needs no build step before `npm start`. */
export async function buildWidget(): Promise<WidgetFiles> {
  const manifest = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { version: string };
  const files = await buildInMemory(widgetBuild);
  const integrity = files.get('integrity.json');
  if (!integrity) throw new Error('The widget was built without its integrity.json.');
  return {
    version: manifest.version,
    read: (name) => files.get(name),
    integrity: JSON.parse(new TextDecoder().decode(integrity.body)) as Record<string, string>,
  };
}

/**
 * Builds the script of one demo page. `entry` is relative to the project, such as `demo/desk/main.ts`; the answer holds
 * its module as `<base name>.js` (`main.js`) and what that loads later.
 */
export function buildPage(entry: string): Promise<BuiltFiles> {
  return buildInMemory({
    ...widgetBuild,
    plugins: [],
    build: {
      target: 'es2022',
      sourcemap: 'inline',
      lib: { entry, formats: ['es'] },
      rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  });
}

async function buildInMemory(config: InlineConfig): Promise<BuiltFiles> {
  const result = await build({ ...config, logLevel: 'warn', build: { ...config.build, write: false } });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rolldown.RolldownOutput;
  const encoder = new TextEncoder();
  return new Map(
    output.map((file) => {
      const content = file.type === 'chunk' ? file.code : file.source;
      const body = typeof content === 'string' ? encoder.encode(content) : content;
      return [file.fileName, { body, type: mediaType(file.fileName) }] as const;
    }),
  );
}

function mediaType(name: string): string {
  if (name.endsWith('.js')) return 'text/javascript; charset=utf-8';
  return name.endsWith('.json') ? 'application/json' : 'text/plain; charset=utf-8';
}
