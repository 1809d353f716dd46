import { listen, toNodeHandler } from '../adapters/node/index.js';
import type { Emulator, EmulatorCredentials } from '../emulator/index.js';
import { readParsed, readPort, readText, type Environment } from './environment.js';
import { announce, type Running } from './running.js';
import { createScriptedEmulator } from './script-file.js';
import { readSubdomain } from './tenant-environment.js';

const DEFAULT_PORT = 5174;

export interface EmulatorRunOptions {
  /** Name of a built-in script, or the path of a file with one. Default: the emulator's. */
  readonly script?: string | undefined;
}

/**
 * `ccai-chat emulator`: the platform, emulated, on this machine only. Takes its tenant's secrets from the
 * relay's variables.
 */
export async function runEmulator(environment: Environment, options: EmulatorRunOptions = {}): Promise<void> {
  announce('emulator', await startEmulator(environment, options));
}

async function startEmulator(environment: Environment, { script }: EmulatorRunOptions): Promise<Running> {
  const emulator = createConfiguredEmulator(environment, script);
  const port = readPort(environment, 'EMULATOR_PORT') ?? DEFAULT_PORT;
  const server = await listen(toNodeHandler(emulator), { port, variable: 'EMULATOR_PORT' });
  return {
    url: server.url,
    stop: async () => {
      // Its event streams would keep the server open.
      emulator.stop();
      await server.close();
    },
  };
}

function createConfiguredEmulator(environment: Environment, script: string | undefined): Emulator {
  const webhookUrl = readWebhookUrl(environment);
  const credentials = readCredentials(environment);
  return createScriptedEmulator(script, { webhookUrl, credentials });
}

function readWebhookUrl(environment: Environment): string | undefined {
  const parse = (text: string) => (/^https?:\/\//.test(text) && URL.canParse(text) ? text : undefined);
  return readParsed(environment, 'EMULATOR_WEBHOOK_URL', { form: 'an http or https address', parse });
}

/** Those that are set; the emulator makes the others up. */
function readCredentials(environment: Environment): Partial<EmulatorCredentials> {
  const given: Readonly<Record<keyof EmulatorCredentials, string | undefined>> = {
    subdomain: readSubdomain(environment),
    apiToken: readText(environment, 'CCAI_API_TOKEN'),
    companySecret: readText(environment, 'CCAI_COMPANY_SECRET'),
    webhookPrimarySecret: readText(environment, 'CCAI_WEBHOOK_PRIMARY_SECRET'),
    webhookSecondarySecret: readText(environment, 'CCAI_WEBHOOK_SECONDARY_SECRET'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
