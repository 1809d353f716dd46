import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listen, toNodeHandler } from '../src/adapters/node/index.js';
import { readRelayEnvironment } from '../src/cli/relay-environment.js';
import { createScriptedEmulator } from '../src/cli/script-file.js';
import { createConfiguredRelay } from '../src/cli/start-relay.js';
import type { Emulator } from '../src/emulator/index.js';
import type { Relay, RelayHooks, WidgetFiles } from '../src/relay/index.js';
import { createSite } from './site.js';
import { buildPage, buildWidget } from './widget-bundle.js';

// The whole product in one process: a shop's site with the relay under /relay, and the platform, emulated, beside it.

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function main(): Promise<void> {
  const { values: flags } = parseArgs({ options: { script: { type: 'string', default: 'demo' } } });
  const folder = await mkdtemp(join(tmpdir(), 'ccai-chat-'));
  const [widget, desk] = await Promise.all([buildWidget(), buildPage('demo/desk/main.ts')]);

  const emulator = createScriptedEmulator(flags.script);
  const emulatorServer = await listen(toNodeHandler(emulator), { port: readPort('EMULATOR_PORT', 5174), variable: 'EMULATOR_PORT' });

  // The port is known once the server listens, the relay needs it before: until then the site asks for patience.
  let handle: Handler = (_request, response) => response.writeHead(503, { 'retry-after': '1' }).end();
  const siteServer = await listen((request, response) => { handle(request, response); }, { port: readPort('PORT', 5173), variable: 'PORT' });

  const relay = createDemoRelay({ emulator, emulatorUrl: emulatorServer.url, siteUrl: siteServer.url, folder, widget });
  const relayHandler = toNodeHandler(relay, { basePath: '/relay' });
  const siteHandler = toNodeHandler(
    createSite({ desk, emulatorUrl: emulatorServer.url, companySecret: emulator.credentials.companySecret }),
  );
  handle = (request, response) => {
    (isForRelay(request) ? relayHandler : siteHandler)(request, response);
  };
  emulator.setWebhookUrl(`${siteServer.url}/relay/webhooks/ccai`);
  await relay.start();

  stopOnSignal(async () => {
    await relay.stop();
    emulator.stop();
    await Promise.all([siteServer.close(), emulatorServer.close()]);
    await rm(folder, { recursive: true, force: true });
  });
  announce({ site: siteServer.url, emulator: emulatorServer.url });
}

interface DemoRelayOptions {
  readonly emulator: Emulator;
  readonly emulatorUrl: string;
  readonly siteUrl: string;
  readonly folder: string;
  readonly widget: WidgetFiles;
}

/**
 * The relay as a customer would run it: by the same variables, of which the emulated tenant gives its own.
 * Its store ends with the demo unless `RELAY_STORE` names another.
 */
function createDemoRelay({ emulator, emulatorUrl, siteUrl, folder, widget }: DemoRelayOptions): Relay {
  const { credentials } = emulator;
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value?.trim()));
  const environment = readRelayEnvironment({
    RELAY_STORE: `sqlite:${join(folder, 'relay.db')}`,
    RELAY_ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
    RELAY_MENUS: 'support=100,orders=101',
    ...given,
    CCAI_HOST: emulatorUrl,
    CCAI_SUBDOMAIN: credentials.subdomain,
    CCAI_API_TOKEN: credentials.apiToken,
    CCAI_WEBHOOK_PRIMARY_SECRET: credentials.webhookPrimarySecret,
    CCAI_WEBHOOK_SECONDARY_SECRET: credentials.webhookSecondarySecret,
    CCAI_COMPANY_SECRET: credentials.companySecret,
    CCAI_WAIT_TIME_UNIT: 'minutes',
    RELAY_ALLOWED_ORIGINS: [given['RELAY_ALLOWED_ORIGINS'], siteUrl, siteUrl.replace('127.0.0.1', 'localhost')]
      .filter(Boolean)
      .join(','),
  });
  return createConfiguredRelay(environment, { widget, hooks });
}

/** A shop would send a mail and keep the stars; this one has neither, and what visitors say is nobody's business on a console. */
const hooks: RelayHooks = {
  onEmailDeflection: ({ chatId }) => {
    console.log(`Chat ${chatId}: the visitor would rather be answered by e-mail.`);
  },
  onFeedback: ({ chatId }) => {
    console.log(`Chat ${chatId}: the visitor told how it was.`);
  },
};

function readPort(variable: string, fallback: number): number {
  const text = process.env[variable]?.trim();
  if (!text) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`${variable} must be a port number from 0 to 65535.`);
}

function isForRelay(request: IncomingMessage): boolean {
  return /^\/relay(\/|\?|$)/.test(request.url ?? '');
}

function announce({ site, emulator }: { site: string; emulator: string }): void {
  console.log(`
  Shop with the chat   ${site}
  Agent desk           ${site}/desk
  Platform, emulated   ${emulator}
  Relay                ${site}/relay
`);
  console.log(`ready ${JSON.stringify({ site, relay: `${site}/relay`, emulator, desk: `${site}/desk` })}`);
}

function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void stop().finally(() => process.exit(0));
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
