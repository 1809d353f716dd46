/** Sources that break one rule of `.dependency-cruiser.cjs`; they are laid into a copy of `src/` and must be caught. */
export interface BorderTrespass {
  /** The rule that must stop it. */
  readonly rule: string;
  /** Path in the project -> source. The first file is the trespasser, others are what it needs to exist. */
  readonly files: Readonly<Record<string, string>>;
}

/** A source that names a global which its room must not have; the room's own tsconfig must refuse it. */
export interface GlobalTrespass {
  readonly room: string;
  /** The global, as the compiler names it. */
  readonly name: string;
  readonly source: string;
}

function trespass(rule: string, file: string, source: string, others: Record<string, string> = {}): BorderTrespass {
  return { rule, files: { [file]: source, ...others } };
}

const secret = { 'src/platform/secret.ts': 'export const secret = 1;\n' };
const client = { 'src/client/live.ts': 'export const live = 1;\n' };

export const borderTrespasses: readonly BorderTrespass[] = [
  trespass('protocol-stands-alone', 'src/protocol/t1.ts', "export * from '../client/live.js';", client),
  trespass('platform-stands-alone', 'src/platform/t2.ts', "export * from '../protocol/index.js';"),
  trespass('styles-stand-alone', 'src/styles/t3.ts', "export * from '../client/live.js';", client),
  trespass('dictionaries-stand-alone', 'src/i18n/t4.ts', "export * from '../client/live.js';", client),
  trespass('the-relay-joins-protocol-and-platform', 'src/relay/t5.ts', "export * from '../client/live.js';", client),
  trespass('adapters-fill-the-relays-ports', 'src/adapters/t6.ts', "export * from '../platform/secret.js';", secret),
  trespass('the-client-knows-only-the-protocol', 'src/client/t7.ts', "export * from '../platform/secret.js';", secret),
  trespass('elements-are-the-face-of-the-client', 'src/elements/t8.ts', "export * from '../relay/ports.js';"),
  trespass('the-emulator-knows-only-the-platform', 'src/emulator/t9.ts', "export * from '../relay/ports.js';"),
  trespass('the-cli-joins-the-servers', 'src/cli/t10.ts', "export * from '../client/live.js';", client),
  trespass('the-browser-never-sees-platform', 'src/elements/t11.ts', "export { secret } from '../client/way.js';", {
    'src/client/way.ts': "export { secret } from '../platform/secret.js';",
    ...secret,
  }),
  // A type is enough to tie the client to the platform.
  trespass('the-browser-never-sees-platform', 'src/client/t12.ts', "export type { Secret } from '../platform/types.js';", {
    'src/platform/types.ts': 'export type Secret = string;',
  }),
  trespass('leaf-elements-never-see-the-client', 'src/elements/t13.ts', "export { live } from '../client/live.js';", client),
  trespass('the-emulator-takes-only-schemas', 'src/emulator/t14.ts', "export { secret } from '../platform/secret.js';", secret),
  trespass('only-adapters-and-cli-know-node', 'src/relay/t15.ts', "export { readFile } from 'node:fs/promises';"),
  trespass('zod-only-mini', 'src/protocol/t16.ts', "export { z } from 'zod';"),
  trespass('the-client-is-light', 'src/client/t17.ts', "export { LitElement } from 'lit';"),
  trespass('the-face-is-light', 'src/elements/t18.ts', "export { Hono } from 'hono';"),
  trespass('servers-run-anywhere', 'src/relay/t19.ts', "export { serve } from '@hono/node-server';"),
  trespass('nothing-imports-demo-or-test', 'src/cli/t20.ts', "export * from '../../demo/page.js';", {
    'demo/page.ts': 'export const page = 1;',
  }),
  trespass('what-ships-needs-only-what-it-declares', 'src/cli/t21.ts', "export { build } from 'vite';"),
  trespass('every-import-resolves', 'src/client/t22.ts', "export * from './nowhere.js';"),
  trespass('no-cycles', 'src/client/t23.ts', "import { b } from './t23b.js';\nexport const a = () => b;", {
    'src/client/t23b.ts': "import { a } from './t23.js';\nexport const b = () => a;",
  }),
  trespass('no-module-is-alone', 'src/client/t24.ts', 'export const alone = 1;'),
];

export const globalTrespasses: readonly GlobalTrespass[] = [
  { room: 'protocol', name: 'document', source: 'export const title = document.title;' },
  { room: 'client', name: 'document', source: 'export const title = document.title;' },
  { room: 'client', name: 'process', source: 'export const path = process.env;' },
  { room: 'relay', name: 'process', source: 'export const path = process.env;' },
  { room: 'relay', name: 'Buffer', source: "export const bytes = Buffer.from('');" },
  { room: 'platform', name: 'Buffer', source: "export const bytes = Buffer.from('');" },
  { room: 'emulator', name: 'process', source: 'export const path = process.env;' },
  { room: 'elements', name: 'process', source: 'export const path = process.env;' },
  { room: 'i18n', name: 'document', source: 'export const title = document.title;' },
  { room: 'adapters', name: 'document', source: 'export const title = document.title;' },
];
