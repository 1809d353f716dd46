import type { Hono } from 'hono';
import type { Cause } from './causes.js';
import { HOLD_MILLISECONDS, type RestFault } from './faults.js';
import { toJournalBody, type RequestEntry } from './journal.js';
import { toId, toParameters } from './parameters.js';
import { unknownKeys } from './unknown-keys.js';
import type { World } from './world.js';

/** Where a request goes. */
export interface GatewayOptions {
  readonly world: World;
  /** Makes the routes for one request, which does what it does because of `cause`. */
  readonly createApp: (cause: Cause) => Hono;
}

/** The platform's API, on both bases that its settings may have (OQ-17a). */
const api = /^\/(apps\/api\/)?v1\//;

/**
 * What stands in front of everything: writes the journal, says of each request that it is the cause of what
 * it does, and lets requests to the platform's API go wrong where the faults say so.
 */
export async function passGateway(request: Request, options: GatewayOptions): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === '/emulator' || pathname.startsWith('/emulator/')) return control(request, options);
  const { world, createApp } = options;
  const isApi = api.test(pathname);
  const entry = await addToJournal(request, { world, pathname, isApi });
  const cause: Cause = { kind: 'request', entry: entry.number, method: request.method, path: pathname };
  const answer = async (): Promise<Response> => createApp(cause).fetch(request);
  const fault = isApi ? world.faults.nextRest() : undefined;
  if (fault !== undefined) entry.fault = fault.kind;
  const response = fault === undefined ? await answer() : await goWrong(world, fault, answer);
  entry.status = response.status;
  entry.body ??= world.storage.findUpload(request) ?? null;
  return isApi && world.switches.get('unknownKeys') === 'sprinkled' ? addUnknownKey(response) : response;
}

async function control(request: Request, { world, createApp }: GatewayOptions): Promise<Response> {
  const { method } = request;
  const path = new URL(request.url).pathname;
  // Whoever only looks causes nothing; a replay is a journal itself.
  if (method === 'GET' || method === 'OPTIONS' || path === '/emulator/replay')
    return createApp({ kind: 'control', entry: 0, method, path }).fetch(request);
  const body = isFile(request) ? null : toJournalBody(await request.clone().text());
  const entry = world.journal.addControl({ method, path, body });
  const response = await createApp({ kind: 'control', entry: entry.number, method, path }).fetch(request);
  const file = isFile(request) ? await readFileName(response, world) : undefined;
  if (file !== undefined) entry.body = { file };
  return response;
}

/** Of an agent's file only its name is kept. */
async function readFileName(response: Response, { media, tenant }: World): Promise<string | undefined> {
  const sent = toParameters(toJournalBody(await response.clone().text()));
  const id = toId(toParameters(sent?.content)?.media_id);
  const files = [...tenant.chats.values()].map((chat) => media.find(chat, id));
  return files.find((file) => file !== undefined)?.name;
}

async function addToJournal(
  request: Request,
  { world, pathname, isApi }: { readonly world: World; readonly pathname: string; readonly isApi: boolean },
): Promise<RequestEntry> {
  const { search } = new URL(request.url);
  return world.journal.addRequest({
    method: request.method,
    path: pathname,
    // Elsewhere the query may be a signature, which is a credential.
    ...(isApi && search !== '' && { query: search }),
    body: isFile(request) ? null : toJournalBody(await request.clone().text()),
  });
}

function isFile(request: Request): boolean {
  return /^(multipart|image|video|audio)\//i.test(request.headers.get('Content-Type') ?? '');
}

async function goWrong(
  world: World,
  fault: RestFault,
  answer: () => Promise<Response>,
): Promise<Response> {
  if (fault.kind === 'timeout') {
    if (fault.isCarriedOut) await answer();
    await world.timers.pause(HOLD_MILLISECONDS);
    return toFailure(504, true);
  }
  const response = toFailure(fault.status, fault.kind === 'status' && fault.isHtml);
  if (fault.kind === 'retry-after') response.headers.set('Retry-After', '1');
  return response;
}

const phrases = {
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
} as const;

/** A failure in the platform's form (platform: Errors), or as whatever stands in front of it words it. */
function toFailure(status: keyof typeof phrases, isHtml: boolean): Response {
  const phrase = phrases[status];
  if (!isHtml) return Response.json({ message: phrase }, { status });
  const page = `<html><head><title>${status} ${phrase}</title></head><body><h1>${phrase}</h1></body></html>`;
  return new Response(page, { status, headers: { 'Content-Type': 'text/html' } });
}

/** New keys may appear in any answer at any time (platform: Errors, forward compatibility). */
async function addUnknownKey(response: Response): Promise<Response> {
  if (!(response.headers.get('Content-Type') ?? '').startsWith('application/json')) return response;
  const text = await response.text();
  const answer = toParameters(toJournalBody(text));
  const { status, headers } = response;
  if (answer === undefined) return new Response(text, { status, headers });
  return Response.json({ ...answer, ...unknownKeys }, { status, headers });
}
