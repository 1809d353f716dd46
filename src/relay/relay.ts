import { Hono, type Context } from 'hono';
import { assertWebhookSecrets, type WebhookSecrets } from '../platform/index.js';
import type { OfferedMenu, RelayContext } from './context.js';
import { createContext } from './create-context.js';
import type { RelayHooks } from './hooks.js';
import { toOpenApi } from './openapi.js';
import { createOriginRules, type OriginRules } from './origins.js';
import type { Clock, RelayLog, WidgetFiles } from './ports.js';
import { RelayError, toProblemResponse } from './relay-error.js';
import { createRetention } from './retention.js';
import { routes } from './routes.js';
import type { Route } from './route.js';
import type { RelayStore } from './store.js';

export interface RelayOptions {
  /** The tenant: origin of its host, and the basic-auth pair of its API. They never leave the relay. */
  readonly platform: { readonly origin: string; readonly subdomain: string; readonly apiToken: string };
  /** A webhook is good when either secret fits, so that they can be rotated. */
  readonly webhookSecrets: WebhookSecrets;
  readonly store: RelayStore;
  /** 32 bytes each, the current one first. Without any, one that ends with the process: only for a store in memory. */
  readonly encryptionKeys?: readonly Uint8Array[] | undefined;
  /** Origins of the sites that may use the relay, letter by letter: `https://shop.example.com`. */
  readonly allowedOrigins: readonly string[];
  /** Queues that visitors may choose. */
  readonly menus: readonly OfferedMenu[];
  /** The queue for those who do not choose; default: the first of `menus`. */
  readonly defaultMenuId?: number | undefined;
  /**
   * For pages that do not say: hide transfers between virtual agents. Default: the platform's own setting, read at the start
   * and every 5 minutes, else false.
   */
  readonly hideVaToVaSystemMessages?: boolean | undefined;
  /** The tenant's company secret: checks the site's identity tokens and signs its data. Without it there are neither. */
  readonly companySecret?: string | undefined;
  /** What the site adds on its own server. */
  readonly hooks?: RelayHooks | undefined;
  /**
   * Unit of the platform's estimated waits (key `chat`), where the operator knows it: it is not documented (OQ-29). Default:
   * only waits of the older form, which are in minutes, are told.
   */
  readonly waitTimeUnit?: 'minutes' | 'seconds' | undefined;
  /** How long a chat is kept after its end, in milliseconds. Default: 24 hours. */
  readonly retentionMs?: number | undefined;
  /** The built widget, to be served under `/widget/`. */
  readonly widget?: WidgetFiles | undefined;
  readonly log: RelayLog;
  /** Default: the wall clock. */
  readonly clock?: Clock | undefined;
  /** How the platform is reached. Default: the runtime's. */
  readonly fetch?: typeof fetch | undefined;
}

/** A running relay. `fetch` is all a server needs. */
export interface Relay {
  fetch(request: Request): Promise<Response>;
  /** Begins to forget what is older than the retention. */
  start(): Promise<void>;
  /** Says goodbye to every stream, lets messages under way arrive (5 s at most; what waits for its turn fails) and closes the store. */
  stop(): Promise<void>;
}

/**
 * Makes a relay: web requests in, web responses out, on any runtime.
 *
 * @example
 * const relay = createRelay({ platform, webhookSecrets, store: createSqliteStore({ path }), encryptionKeys,
 *   allowedOrigins: ['https://shop.example.com'], menus: [{ id: 100, name: 'billing' }], log });
 * await relay.start();
 * http.createServer(toNodeHandler(relay)).listen(8080);
 */
export function createRelay(options: RelayOptions): Relay {
  assertWebhookSecrets(options.webhookSecrets);
  const context = createContext(options);
  const { hideVaToVaSystemMessages: hideSetting } = context;
  const retention = createRetention({ ...context, retentionMs: options.retentionMs });
  const app = createApp(context, createOriginRules(options.allowedOrigins));
  if (context.hooks.signedData && context.companySecret === undefined) {
    context.log.warn('nothing can be signed: set the company secret', { hook: 'signedData' });
  }

  return {
    fetch: async (request) => app.fetch(request),
    start: async () => {
      await Promise.all([retention.start(), hideSetting.start()]);
    },
    stop: async () => {
      retention.stop();
      hideSetting.stop();
      context.refresher.stop();
      context.streams.endAll();
      context.pacer.stop();
      await context.sender.stop();
      await context.store.close();
    },
  };
}

function createApp(context: RelayContext, origins: OriginRules): Hono {
  const app = new Hono();
  const openApi = toOpenApi(routes, context.version);
  for (const route of routes) {
    app.on(route.method, route.path, (hono) => answer(hono, context, { route, origins }));
    if (isForPages(route)) app.on('OPTIONS', route.path, (hono) => preflight(hono, origins));
  }
  app.get('/openapi.json', () => Response.json(openApi));
  app.notFound((hono) => answerUnknown(hono, context, origins));
  app.onError((error, hono) => fail(hono, error, { log: context.log, origins }));
  return app;
}

async function answer(
  hono: Context,
  context: RelayContext,
  { route, origins }: { route: Route; origins: OriginRules },
): Promise<Response> {
  const request = hono.req.raw;
  if (isForPages(route)) origins.check(request);
  const response = await route.handle({ context, request, url: new URL(request.url), params: hono.req.param() });
  return withHeaders(response, isForPages(route) ? origins.headersFor(request) : {});
}

function preflight(hono: Context, origins: OriginRules): Response {
  origins.check(hono.req.raw);
  return origins.preflight(hono.req.raw);
}

function answerUnknown(hono: Context, { log }: RelayContext, origins: OriginRules): Response {
  const methods = methodsOf(hono.req.path);
  const error = new RelayError(methods.length > 0 ? 'method-not-allowed' : 'not-found');
  const response = fail(hono, error, { log, origins });
  if (methods.length > 0) response.headers.set('allow', methods.join(', '));
  return response;
}

function fail(hono: Context, error: unknown, { log, origins }: { log: RelayLog; origins: OriginRules }): Response {
  const requestId = crypto.randomUUID();
  const response = toProblemResponse(toRelayError(error, { log, requestId }), requestId);
  return withHeaders(response, origins.headersFor(hono.req.raw));
}

/** Anything that is not ours to explain hides behind `internal`; the operator gets its class. */
function toRelayError(error: unknown, { log, requestId }: { log: RelayLog; requestId: string }): RelayError {
  if (error instanceof RelayError) {
    const { code, cause } = error;
    if (code === 'store-unavailable') log.error('store unavailable', { requestId, error: nameOf(cause) });
    return error;
  }
  log.error('unexpected error', { requestId, error: nameOf(error) });
  return new RelayError('internal', { cause: error });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  const answered = new Response(response.body, response);
  for (const [name, value] of Object.entries(headers)) answered.headers.set(name, value);
  answered.headers.set('x-content-type-options', 'nosniff');
  return answered;
}

function isForPages({ caller }: Route): boolean {
  return caller === 'page' || caller === 'visitor';
}

/** What an address takes; nothing where there is no such address. */
function methodsOf(path: string): string[] {
  if (path === '/openapi.json') return ['GET'];
  const isHere = (route: Route) => new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(path);
  return routes.filter(isHere).map(({ method }) => method);
}
