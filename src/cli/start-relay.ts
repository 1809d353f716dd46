import { resolve } from 'node:path';
import { listen, toNodeHandler } from '../adapters/node/index.js';
import { createPinoLog } from '../adapters/pino/index.js';
import { createSqliteStore } from '../adapters/sqlite/index.js';
import {
  createMemoryStore,
  createRelay,
  type Relay,
  type RelayHooks,
  type RelayLog,
  type RelayStore,
  type WidgetFiles,
} from '../relay/index.js';
import type { RelayEnvironment, StoreChoice } from './relay-environment.js';
import type { Running } from './running.js';

export interface StartRelayOptions {
  /** Where to listen, instead of what the environment says. */
  readonly port?: number | undefined;
  /** Default: `any`, every address of this machine. */
  readonly host?: string | undefined;
  readonly widget?: WidgetFiles | undefined;
  /** What the site adds; the environment can give none. */
  readonly hooks?: RelayHooks | undefined;
  /** Default: lines of JSON on standard output. */
  readonly log?: RelayLog | undefined;
}

/**
 * Makes the relay that the environment describes, not yet started. Throws where its store cannot be opened.
 */
export function createConfiguredRelay(
  environment: RelayEnvironment,
  { widget, hooks, log = createPinoLog(environment.logLevel) }: StartRelayOptions = {},
): Relay {
  const { store: choice, logLevel: _logLevel, port: _port, ...options } = environment;
  const store = openStore(choice, log);
  return createRelay({ ...options, store, widget, hooks, log });
}

/** Starts it on a port of its own. */
export async function startRelay(
  environment: RelayEnvironment,
  options: StartRelayOptions = {},
): Promise<Running> {
  const relay = createConfiguredRelay(environment, options);
  try {
    const { port = environment.port, host = 'any' } = options;
    await relay.start();
    const server = await listen(toNodeHandler(relay), { port, host });
    return {
      url: server.url,
      stop: async () => {
        // First no new requests, then goodbye to the streams, which would keep the server open.
        const closed = server.close();
        await relay.stop();
        await closed;
      },
    };
  } catch (error) {
    await relay.stop();
    throw error;
  }
}

function openStore(choice: StoreChoice, log: RelayLog): RelayStore {
  if (choice.kind === 'memory') {
    log.warn('the store is in memory: no chat survives a restart');
    return createMemoryStore();
  }
  const location = resolve(choice.path);
  const store = createSqliteStore({ path: location });
  log.info('store opened', { location });
  return store;
}
