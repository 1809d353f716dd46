import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { SignJWT, type JWTPayload } from 'jose';
import type { BuiltFiles } from './widget-bundle.js';

export interface SiteOptions {
  /** The desk's script, built. */
  readonly desk: BuiltFiles;
  readonly emulatorUrl: string;
  /** Signs who is logged in, as any customer's server would. */
  readonly companySecret: string;
}

const pages: Readonly<Record<string, { file: string; type: string }>> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/desk': { file: 'desk.html', type: 'text/html; charset=utf-8' },
  '/site.css': { file: 'site.css', type: 'text/css; charset=utf-8' },
};

/** The demo's site: plain files, as any customer's server would send them. */
export function createSite({ desk, emulatorUrl, companySecret }: SiteOptions): Hono {
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
  // A real shop asks its session who this is, never the address: here anybody may try being Ann.
  site.get('/identity', async ({ req }) => {
    const visitor = visitors.get(req.query('as') ?? '');
    if (!visitor) return new Response('Nobody of that name', { status: 404 });
    return Response.json({ token: await signIdentity(visitor, companySecret) }, { headers: { 'cache-control': 'no-store' } });
  });
  return site;
}

const visitors: ReadonlyMap<string, JWTPayload> = new Map([
  [
    'ann',
    {
      identifier: 'customer-ann',
      name: 'Ann Harper',
      email: 'ann@example.com',
      phone: '+16175550100',
      custom_data: { customer_since: { label: 'Customer since', value: 2019 }, reserved_verified_customer: { value: true } },
    },
  ],
  ['ben', { identifier: 'customer-ben', name: 'Ben Lund', email: 'ben@example.com' }],
]);

/** The token of the official web SDK: HS256, ten minutes, a little before now for clocks that differ. */
function signIdentity(visitor: JWTPayload, secret: string): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT(visitor)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt(now - 5)
    .setExpirationTime(now + 600)
    .sign(new TextEncoder().encode(secret));
}
