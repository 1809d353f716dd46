import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import type { BuiltFiles } from './widget-bundle.js';

export interface SiteOptions {
  /** The desk's script, built. */
  readonly desk: BuiltFiles;
  readonly emulatorUrl: string;
}

const pages: Readonly<Record<string, { file: string; type: string }>> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/desk': { file: 'desk.html', type: 'text/html; charset=utf-8' },
  '/site.css': { file: 'site.css', type: 'text/css; charset=utf-8' },
};

/** The demo's site: plain files, as any customer's server would send them. */
export function createSite({ desk, emulatorUrl }: SiteOptions): Hono {
  const site = new Hono();
  for (const [path, { file, type }] of Object.entries(pages)) {
    site.get(path, async () => {
      const text = await readFile(fileURLToPath(new URL(file, import.meta.url)), 'utf8');
      return new Response(text.replaceAll('__EMULATOR__', emulatorUrl), { headers: { 'content-type': type } });
    });
  }
  site.get('/desk/:file', ({ req }) => {
    const file = desk.get(req.param('file'));
    return file ? new Response(new Uint8Array(file.body), { headers: { 'content-type': file.type } }) : new Response('Not found', { status: 404 });
  });
  return site;
}
