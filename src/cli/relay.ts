import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readWidgetFiles } from '../adapters/node/index.js';
import { createPinoLog } from '../adapters/pino/index.js';
import type { RelayLog, WidgetFiles } from '../relay/index.js';
import type { Environment } from './environment.js';
import { readRelayEnvironment } from './relay-environment.js';
import { announce } from './running.js';
import { startRelay } from './start-relay.js';

/** `ccai-chat relay`: the relay with the widget, configured by the environment. */
export async function runRelay(variables: Environment): Promise<void> {
  const environment = readRelayEnvironment(variables);
  const log = createPinoLog(environment.logLevel);
  if (environment.allowedOrigins.length === 0) {
    log.warn('no site may use this relay: set RELAY_ALLOWED_ORIGINS');
  }
  announce('relay', await startRelay(environment, { widget: findWidget(log), log }));
}

/** Beside the package's own code, built or not: `dist/cdn`. */
function findWidget(log: RelayLog): WidgetFiles | undefined {
  const directory = fileURLToPath(new URL('../../dist/cdn', import.meta.url));
  if (existsSync(directory)) return readWidgetFiles(directory);
  log.warn('no widget to serve: it was not built', { location: directory });
  return undefined;
}
