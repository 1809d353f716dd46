import type { EmulatorCredentials } from './credentials.js';
import { passGateway, type GatewayOptions } from './gateway.js';
import { toParameters } from './parameters.js';
import { toEnd, toStimuli, toUploads, toWebhooks, type Recording, type Stimulus } from './recording.js';
import type { ReplayClock } from './replay-clock.js';
import type { World } from './world.js';

/** What came of a replay. */
export interface ReplayResult {
  /** How many webhooks were sent. */
  readonly webhooks: number;
  /** Where these are not byte for byte those of the recording, in their order; empty in a faithful replay. */
  readonly differences: readonly {
    /** Counts the webhooks from 1. */
    readonly webhook: number;
    /** Null where there was none. */
    readonly recorded: string | null;
    readonly replayed: string | null;
  }[];
}

/** A world in which nothing has happened yet, and whose time is the recording's. */
export interface ReplayStage extends GatewayOptions {
  readonly clock: ReplayClock;
  readonly credentials: EmulatorCredentials;
}

/** Turns of the event loop after which a request that is not answered waits for time to pass. */
const PATIENCE_TURNS = 20;
/** The same after which nothing goes on any more, where nothing is known to. */
const QUIET_TURNS = 4;

/**
 * Plays a recording once more: what came from outside comes again, in its order and at its time, and time in
 * between passes as fast as it can. Webhooks go where they go now.
 */
export async function replay(recording: Recording, stage: ReplayStage): Promise<ReplayResult> {
  const { clock, world } = stage;
  const recorded = toWebhooks(recording.entries);
  const open = new Set<Promise<unknown>>();
  const uploads = toUploads(recording);
  for (const stimulus of toStimuli(recording)) {
    await passTime(stage, open, {
      until: stimulus.at,
      webhooks: recorded.filter(({ number }) => number < stimulus.number).length,
    });
    await putPlaceholders(stimulus, { world, uploads });
    const answer = passGateway(toRequest(stimulus, stage), stage)
      .then((response) => response.body?.cancel())
      .catch(() => undefined) // a connection that a fault lost
      .finally(() => open.delete(answer));
    open.add(answer);
    await becomeQuiet(world, open);
  }
  await passTime(stage, open, { until: toEnd(recording), webhooks: recorded.length });
  clock.release();
  return compare(recorded, toWebhooks(world.journal.records().entries));
}

/** Until a moment; of what is due in that very moment, what is needed for that many webhooks. */
async function passTime(
  { clock, world }: ReplayStage,
  open: ReadonlySet<Promise<unknown>>,
  { until, webhooks }: { readonly until: number; readonly webhooks: number },
): Promise<void> {
  const isBehind = (): boolean => toWebhooks(world.journal.records().entries).length < webhooks;
  for (;;) {
    const due = clock.nextDue();
    if (due === undefined || due > until || (due === until && !isBehind())) break;
    clock.fireNext();
    await becomeQuiet(world, open);
  }
  clock.setNow(until);
}

/** Resolves when nothing goes on any more before time passes. */
async function becomeQuiet(world: World, open: ReadonlySet<Promise<unknown>>): Promise<void> {
  for (let turn = 0; turn < (open.size > 0 ? PATIENCE_TURNS : QUIET_TURNS); turn += 1) {
    await world.webhooks.idle();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await world.webhooks.idle();
}

function toRequest({ method, path, query, body, status }: Stimulus, stage: ReplayStage): Request {
  const url = `http://127.0.0.1${path}${query}`;
  const file = toParameters(body)?.file;
  if (typeof file === 'string') {
    const form = new FormData();
    form.set('file', new Blob(['A file of a recording.']), file);
    return new Request(url, { method, body: form });
  }
  const headers = {
    'Content-Type': 'application/json',
    // Whoever was not let in must not be let in now.
    ...(status !== 401 && { Authorization: toAuthorization(path, stage) }),
  };
  if (body === null || body === undefined) return new Request(url, { method, headers });
  return new Request(url, { method, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

/** Basic auth, but for the one route that a switch gives another form (OQ-7). */
function toAuthorization(path: string, { credentials, world }: ReplayStage): string {
  const { subdomain, apiToken } = credentials;
  const isBearer = /\/end[-_]user$/.test(path) && world.switches.get('endUserAuthorization') === 'bearer';
  if (isBearer) return `Bearer ${apiToken}`;
  const bytes = new TextEncoder().encode(`${subdomain}:${apiToken}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/** Where something was attached that was uploaded, as many zeros stand for its bytes, which are not kept. */
async function putPlaceholders(
  { path, body }: Stimulus,
  { world: { storage }, uploads }: { readonly world: World; readonly uploads: ReadonlyMap<string, number> },
): Promise<void> {
  const kind = /\/chats\/\d+\/(photo|video)s$/.exec(path)?.[1];
  if (kind === undefined) return;
  const wanted = [toParameters(body)?.[kind]].flat();
  for (const item of wanted) {
    const { s3_path, gcs_path } = toParameters(item) ?? {};
    const key = s3_path ?? gcs_path;
    if (typeof key !== 'string' || storage.bucket.find(key) !== undefined) continue;
    const contentType = kind === 'photo' ? 'image/jpeg' : 'video/mp4';
    await storage.bucket.put(key, { bytes: new Uint8Array(uploads.get(key) ?? 1), contentType });
  }
}

function compare(
  recorded: readonly { readonly body: unknown }[],
  replayed: readonly { readonly body: unknown }[],
): ReplayResult {
  const toText = (webhook: { readonly body: unknown } | undefined): string | null =>
    webhook === undefined ? null : JSON.stringify(webhook.body);
  const count = Math.max(recorded.length, replayed.length);
  const pairs = Array.from({ length: count }, (_, index) => ({
    webhook: index + 1,
    recorded: toText(recorded[index]),
    replayed: toText(replayed[index]),
  }));
  return {
    webhooks: replayed.length,
    differences: pairs.filter((pair) => pair.recorded !== pair.replayed),
  };
}
