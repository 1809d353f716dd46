import { Hono } from 'hono';
import { createApi } from './api.js';
import { toAvatarResponse } from './avatars.js';
import { createChanges } from './changes.js';
import { wallClock, type EmulatorClock } from './clock.js';
import { createControl } from './control.js';
import { createCredentials, type EmulatorCredentials } from './credentials.js';
import type { Journal } from './journal.js';
import { findScript } from './scripts/index.js';
import { createIds } from './tenant.js';
import { createWorld, type World } from './world.js';

/** How an emulator is made. Everything has a default. */
export interface EmulatorOptions {
  /** Decides everything that looks random; default 1. */
  readonly seed?: number;
  /** Default: the clock on the wall. */
  readonly clock?: EmulatorClock;
  /** Name of a built-in script: `demo` (default) or `quiet`. */
  readonly script?: string;
  /** Where webhooks are posted; without it none are sent. See `setWebhookUrl`. */
  readonly webhookUrl?: string | undefined;
  /** The emulator's own origin, for avatar addresses; default: that of the request. */
  readonly publicUrl?: string;
  /** How webhooks leave; default: the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** Default: made from the seed. */
  readonly credentials?: Partial<EmulatorCredentials>;
}

/** The platform, emulated. */
export interface Emulator {
  /** Answers the platform's API, its control API and its avatars. */
  fetch(request: Request): Promise<Response>;
  readonly credentials: EmulatorCredentials;
  /** Changes where webhooks go, from the next one on; undefined: nowhere. */
  setWebhookUrl(url: string | undefined): void;
  /** Resolves when all webhooks queued so far are delivered or given up. */
  idle(): Promise<void>;
  /** Stops timers, webhooks and event streams. */
  stop(): void;
}

/**
 * Makes an emulator. It holds everything in memory and needs nothing but web standards.
 * @throws RangeError when there is no script of that name, TypeError when `webhookUrl` is not an absolute URL
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { seed = 1, clock = wallClock, publicUrl } = options;
  const credentials = createCredentials(seed, options.credentials);
  const changes = createChanges(clock);
  const script = findScript(options.script ?? 'demo');
  const ids = createIds();
  let webhookUrl = checkUrl(options.webhookUrl);
  // Looked up at each call, so that a runtime's later replacement of the global is used.
  const send: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));

  function begin(): { readonly world: World; readonly app: Hono } {
    const world = createWorld({
      seed,
      script,
      clock,
      credentials,
      fetch: send,
      webhookUrl: () => webhookUrl,
      ids,
      changes,
    });
    return { world, app: createApp(world) };
  }

  function createApp(world: World): Hono {
    const app = new Hono();
    app.route('/apps/api/v1', createApi({ world, credentials, publicUrl }));
    app.route('/emulator', createControl({ world, credentials, changes, reset }));
    app.get(
      '/avatars/:file',
      (context) => toAvatarResponse(context.req.param('file'), world.tenant.staff) ?? context.notFound(),
    );
    app.notFound((context) => context.json({ message: 'Not Found' }, 404));
    return app;
  }

  function reset(): void {
    current.world.stop();
    current = begin();
    changes.tell(null);
  }

  let current = begin();
  return {
    credentials,
    fetch: (request) => handle(request, current),
    setWebhookUrl: (url) => {
      webhookUrl = checkUrl(url);
    },
    idle: () => current.world.webhooks.idle(),
    stop: () => {
      current.world.stop();
      changes.stop();
    },
  };
}

async function handle(
  request: Request,
  { world, app }: { readonly world: World; readonly app: Hono },
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === '/emulator' || pathname.startsWith('/emulator/')) return app.fetch(request);
  return recordInJournal(world.journal, { request, pathname, answer: () => app.fetch(request) });
}

async function recordInJournal(
  journal: Journal,
  {
    request,
    pathname,
    answer,
  }: {
    readonly request: Request;
    readonly pathname: string;
    readonly answer: () => Response | Promise<Response>;
  },
): Promise<Response> {
  const text = await request.clone().text();
  const entry = journal.add({
    direction: 'in',
    method: request.method,
    path: pathname,
    body: toJournalBody(text),
  });
  const response = await answer();
  entry.status = response.status;
  return response;
}

function toJournalBody(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function checkUrl(url: string | undefined): string | undefined {
  if (url !== undefined && !URL.canParse(url)) throw new TypeError('The webhook URL must be absolute.');
  return url;
}
