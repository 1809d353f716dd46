import type * as z from 'zod/mini';
import {
  Accepted,
  Config,
  History,
  Problem,
  StartedChat,
  WaitTimes,
  type StartChat,
} from '../protocol/index.js';
import type { QueueOptions, StartOptions } from './chat-client.types.js';
import { ChatError } from './chat-error.js';

/** How long the relay may take to begin an answer, in milliseconds: two calls of the platform at their slowest, and some. */
const REQUEST_TIMEOUT = 30_000;

/** What a chat is asked for, as method and path. What becomes of it comes by the log; the answer only proves that it was the relay's. */
export type Command = `${'POST' | 'PATCH'} /chat/${string}`;

/** A chat and its handle; `isNew`: it was created just now, and is not the visitor's ongoing one. */
export type ChatAtRelay = StartedChat & { readonly isNew: boolean };

/** The relay's routes as functions. Each rejects with a {@link ChatError}: without a token with the relay's own word, `unauthorized`. */
export interface RelayTransport {
  getConfig(): Promise<Config>;
  startChat(request: StartOptions & Pick<StartChat, 'identityToken' | 'existing'>): Promise<ChatAtRelay>;
  getHistory(token: string, after: number): Promise<History>;
  getWaitTimes(queue: QueueOptions): Promise<WaitTimes>;
  /** `body`: default `{}`. */
  command(token: string | null, command: Command, body?: object): Promise<void>;
  /** Opens the event stream after `cursor`; any status may come back. Rejects when nothing does. */
  openStream(token: string, cursor: string | null, signal: AbortSignal): Promise<Response>;
}

export interface TransportOptions {
  /** Base URL of the relay, with or without a slash at its end. */
  readonly url: string;
  readonly fetch: typeof fetch;
}

interface Call {
  /** Null: none is known, so that asking is in vain. */
  readonly token?: string | null;
  readonly body?: object;
}

export function createRelayTransport(options: TransportOptions): RelayTransport {
  const base = options.url.replace(/\/+$/, '');
  // Called through a variable, or a browser complains of an illegal invocation.
  const request = (path: string, init: RequestInit) =>
    options.fetch.call(undefined, `${base}${path}`, { redirect: 'error', ...init });

  /** `route`: method and path. */
  async function send(route: string, { token, body }: Call): Promise<Response> {
    if (token === null) throw new ChatError('unauthorized', { retryable: false });
    const [method, path] = route.split(' ') as [string, string];
    const response = await request(path, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
    }).catch((cause: unknown) => {
      throw new ChatError('relay-unreachable', { retryable: true, cause });
    });
    if (!response.ok) throw await toProblemError(response);
    return response;
  }

  async function ask<Schema extends z.ZodMiniType>(route: string, answer: Schema, call: Call = {}) {
    return read(await send(route, call), answer);
  }

  return {
    getConfig: () => ask('GET /config', Config),
    startChat: async (body) => {
      const response = await send('POST /chats', { body });
      return { ...(await read(response, StartedChat)), isNew: response.status === 201 };
    },
    getHistory: (token, after) => ask(`GET /chat/history?after=${after}&limit=500`, History, { token }),
    getWaitTimes: ({ menu, lang }) => {
      const query = new URLSearchParams({ ...(menu && { menu: String(menu) }), ...(lang && { lang }) });
      return ask(`GET /wait-times?${query.toString()}`, WaitTimes);
    },
    command: async (token, command, body = {}) => {
      await ask(command, Accepted, { token, body });
    },
    openStream: (token, cursor, signal) =>
      request('/chat/events', {
        headers: {
          accept: 'text/event-stream',
          authorization: `Bearer ${token}`,
          ...(cursor === null ? {} : { 'last-event-id': cursor }),
        },
        cache: 'no-store',
        signal,
      }),
  };
}

async function read<Schema extends z.ZodMiniType>(response: Response, schema: Schema): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await readJson(response));
  if (!parsed.success) throw new ChatError('relay-unreadable', { retryable: true });
  return parsed.data;
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** A body that is no problem document came from something between us and the relay: worth another try on 5xx and 429. */
export async function toProblemError(response: Response): Promise<ChatError> {
  const problem = Problem.safeParse(await readJson(response));
  if (problem.success) return new ChatError(problem.data.code, problem.data);
  return new ChatError('relay-unreadable', { retryable: response.status >= 500 || response.status === 429 });
}
