import type * as z from 'zod/mini';
import { toBasicAuth } from './basic-auth.js';
import { toNetworkError, toStatusError } from './failures.js';
import { PlatformError } from './platform-error.js';
import { assertPlatformOrigin } from './platform-origin.js';
import { readBounded } from './read-bounded.js';

/** How a call stands in line, where {@link Pace} makes calls wait. */
export interface Turn {
  /** It is as urgent as what somebody said, because that hangs on it. Default: by method and path. */
  readonly pacingClass?: 'message' | undefined;
  /** Longest wait for its turn in milliseconds; then it is not to be begun at all. Default: the pace's own. */
  readonly patienceMs?: number | undefined;
  /** Its turn has come: the request leaves now. */
  readonly onBegin?: (() => void) | undefined;
}

/** One request to the platform. Keys that are undefined are left out of query and body. */
export interface Call extends Turn {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below `/apps/api/v1`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/**
 * When a call begins: runs `begin` in its turn, at most once, and answers what it answers. Where it never does, it rejects
 * with a `PlatformError` of kind `unsent`.
 */
export type Pace = <Result>(call: Call, begin: () => Promise<Result>) => Promise<Result>;

/**
 * The one way to the platform: credentials, timeout, no redirects, and failures told apart. Rejects with
 * `PlatformError` only.
 */
export interface Transport {
  /** The answer, read by its schema. */
  read<Schema extends z.ZodMiniType>(schema: Schema, call: Call): Promise<z.output<Schema>>;
  /** For calls whose answer tells nothing: any 2xx will do, whatever its body. */
  send(call: Call): Promise<void>;
  /** The answer with its body unread; the timeout ends with its headers. */
  open(call: Call): Promise<Response>;
}

export interface TransportOptions {
  readonly origin: string;
  readonly subdomain: string;
  readonly apiToken: string;
  readonly fetch?: typeof fetch | undefined;
  readonly timeoutMs?: number | undefined;
  readonly pace?: Pace | undefined;
}

/** Largest answer that is read, in bytes. */
const BODY_LIMIT = 1024 * 1024;
const TIMEOUT = 10_000;

export function createTransport(options: TransportOptions): Transport {
  const base = `${assertPlatformOrigin(options.origin)}/apps/api/v1`;
  const authorization = toBasicAuth(options);
  const secrets = [options.apiToken, authorization.slice('Basic '.length)];
  const isSecret = (text: string) => secrets.some((secret) => text.includes(secret));
  const pace: Pace = options.pace ?? ((_call, begin) => begin());

  async function run<Result>(call: Call, consume: (response: Response) => Promise<Result>): Promise<Result> {
    return pace(call, () => begin(call, consume));
  }

  async function begin<Result>(call: Call, consume: (response: Response) => Promise<Result>): Promise<Result> {
    call.onBegin?.();
    const timeout = new AbortController();
    const timer = setTimeout(() => {
      timeout.abort();
    }, options.timeoutMs ?? TIMEOUT);
    try {
      const request = toRequestInit(call, authorization, timeout.signal);
      const response = await (options.fetch ?? fetch)(base + call.path + toQuery(call.query), request);
      if (!response.ok) throw await toStatusError(call, response, { isSecret, limit: BODY_LIMIT });
      return await consume(response);
    } catch (error) {
      throw error instanceof PlatformError ? error : toNetworkError(call, error, timeout.signal.aborted);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    read: (schema, call) => run(call, (response) => readAs(schema, call, response)),
    send: (call) =>
      run(call, async (response) => {
        // Read for the sake of the connection only; the status has said that the request was taken.
        await readBounded(response, BODY_LIMIT).catch(() => undefined);
      }),
    open: (call) => run(call, (response) => Promise.resolve(response)),
  };
}

function toRequestInit(call: Call, authorization: string, signal: AbortSignal): RequestInit {
  const headers = { authorization, accept: 'application/json' };
  const common = { method: call.method, redirect: 'manual', signal } as const;
  if (!call.body) return { ...common, headers };
  const body = JSON.stringify(call.body);
  return { ...common, headers: { ...headers, 'content-type': 'application/json' }, body };
}

function toQuery(query: Call['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text && `?${text}`;
}

async function readAs<Schema extends z.ZodMiniType>(
  schema: Schema,
  call: Call,
  response: Response,
): Promise<z.output<Schema>> {
  const text = await readBounded(response, BODY_LIMIT);
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const { method, path } = call;
  const { status } = response;
  throw new PlatformError({ kind: 'unknown', method, path, status, code: 'unreadable answer' });
}

/** Undefined, which no schema of an answer takes, where it is not JSON: an error page of some proxy, say. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
