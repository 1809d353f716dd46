import type * as z from 'zod/mini';
import type { ProblemCode } from '../protocol/index.js';
import type { ChatLog } from './chat-log.js';
import type { RelayContext } from './context.js';
import { hashHandle, readHandle } from './handle.js';
import { readJsonBody } from './read-body.js';
import { RelayError, orUnavailable } from './relay-error.js';
import type { StoredChat } from './store.js';

/** What a handler may look at. */
export interface Call {
  readonly context: RelayContext;
  readonly request: Request;
  readonly url: URL;
  /** What stands in the path where the route has `:name`, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** The visitor behind a call: whose handle it is. */
export interface VisitorCall extends Call {
  readonly visitor: StoredChat;
  readonly log: ChatLog;
}

/** One route: how it is documented and how it answers. The table of these is the router and the OpenAPI document. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly summary: string;
  /** Who may call: anybody of a listed origin, the holder of a handle, or the platform. */
  readonly caller: 'page' | 'visitor' | 'platform' | 'operator' | 'anyone';
  readonly status: number;
  /** A second status for the same answer, and when. */
  readonly otherStatus?: { readonly status: number; readonly when: string };
  readonly request?: z.ZodMiniType;
  readonly response?: z.ZodMiniType;
  /** Query parameters by name. */
  readonly query?: Readonly<Record<string, { readonly type: 'integer' | 'string'; readonly description: string }>>;
  readonly problems: readonly ProblemCode[];
  readonly handle: (call: Call) => Promise<Response> | Response;
}

type Documentation = Pick<Route, 'method' | 'path' | 'summary' | 'status' | 'query' | 'problems'>;

/** A route that answers JSON of one schema. */
export function pageRoute<Output extends z.ZodMiniType>(
  route: Documentation & {
    caller: 'page' | 'operator';
    response: Output;
    handle: (call: Call) => Promise<z.input<Output>> | z.input<Output>;
  },
): Route {
  return { ...route, handle: async (call) => json(await route.handle(call), route.status) };
}

/** A route for the holder of a handle. */
export function visitorRoute<Output extends z.ZodMiniType>(
  route: Documentation & { response: Output; handle: (call: VisitorCall) => Promise<z.input<Output>> },
): Route {
  return {
    ...route,
    caller: 'visitor',
    handle: async (call) => json(await route.handle(await toVisitorCall(call)), route.status),
  };
}

/** A route for the holder of a handle that takes JSON. */
export function visitorBodyRoute<Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  route: Documentation & {
    request: Input;
    response: Output;
    handle: (call: VisitorCall, body: z.output<Input>) => Promise<z.input<Output>>;
  },
): Route {
  return {
    ...route,
    caller: 'visitor',
    handle: async (call) => {
      // Who asks comes before what they ask: a stranger learns nothing from validation.
      const visitorCall = await toVisitorCall(call);
      return json(await route.handle(visitorCall, await readJsonBody(call.request, route.request)), route.status);
    },
  };
}

/** Finds whose handle it is. A missing, malformed, unknown and foreign one all get the same answer. */
export async function toVisitorCall(call: Call): Promise<VisitorCall> {
  const handle = readHandle(call.request);
  if (handle === undefined) throw new RelayError('unauthorized');
  const hash = await hashHandle(handle);
  const visitor = await orUnavailable(() => call.context.store.findChatByHandle(hash));
  if (!visitor) throw new RelayError('unauthorized');
  return { ...call, visitor, log: call.context.logs.get(visitor.chatId) };
}

/** An answer that no cache may keep. */
export function json(body: unknown, status: number): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}
