import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A folder of test data that nobody on this project wrote, or why a test must be skipped without it. */
export function findFixtures(name: string): { readonly path: string; readonly skip: string | false } {
  const path = join(resolve(process.env['FIXTURES_DIR'] ?? '../shared/fixtures'), name);
  return { path, skip: existsSync(path) ? false : `no fixtures at ${path}: set FIXTURES_DIR` };
}
