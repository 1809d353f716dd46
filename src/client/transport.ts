import type * as z from 'zod/mini';
import {
  AcceptedMessage,
  Config,
  History,
  Problem,
  StartedChat,
  type SendMessage,
  type StartChat,
} from '../protocol/index.js';
import { ChatError } from './chat-error.js';

/** How long the relay may take to begin an answer, in milliseconds: two calls of the platform at their slowest, and some. */
const REQUEST_TIMEOUT = 30_000;

/** The relay's routes as functions. Each rejects with a {@link ChatError}: without a token with the relay's own word, `unauthorized`. */
export interface RelayTransport {
  getConfig(): Promise<Config>;
  startChat(request: StartChat): Promise<StartedChat>;
  getHistory(token: string, after: number): Promise<History>;
  sendMessage(token: string | null, message: SendMessage): Promise<AcceptedMessage>;
  requestAgent(token: string | null): Promise<void>;
  endChat(token: string | null): Promise<void>;
  /** Opens the event stream after `cursor`; any status may come back. Rejects when nothing does. */
  openStream(token: string, cursor: string | null, signal: AbortSignal): Promise<Response>;
}

export interface TransportOptions {
  /** Base URL of the relay, with or without a slash at its end. */
  readonly url: string;
  readonly fetch: typeof fetch;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string | null;
  readonly body?: object;
}

export function createRelayTransport(options: TransportOptions): RelayTransport {
  const base = options.url.replace(/\/+$/, '');
  // Called through a variable, or a browser complains of an illegal invocation.
  const request = (path: string, init: RequestInit) =>
    options.fetch.call(undefined, `${base}${path}`, { credentials: 'omit', redirect: 'error', ...init });

  async function call<Schema extends z.ZodMiniType>(route: Call & { answer: Schema }): Promise<z.output<Schema>> {
    const parsed = route.answer.safeParse(await readJson(await send(route)));
    if (!parsed.success) throw new ChatError('relay-unreadable', { retryable: true });
    return parsed.data;
  }

  async function send(route: Call): Promise<Response> {
    if (route.token === null) throw new ChatError('unauthorized', { retryable: false });
    const response = await request(route.path, {
      method: route.method,
      headers: headersOf(route),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
      ...(route.body ? { body: JSON.stringify(route.body) } : {}),
    }).catch((cause: unknown) => {
      throw new ChatError('relay-unreachable', { retryable: true, cause });
    });
    if (!response.ok) throw await toProblemError(response);
    return response;
  }

  return {
    getConfig: () => call({ method: 'GET', path: '/config', answer: Config }),
    startChat: (body) => call({ method: 'POST', path: '/chats', body, answer: StartedChat }),
    getHistory: (token, after) =>
      call({ method: 'GET', path: `/chat/history?after=${after}&limit=500`, token, answer: History }),
    sendMessage: (token, body) =>
      call({ method: 'POST', path: '/chat/messages', token, body, answer: AcceptedMessage }),
    // What these two answer comes by the log as well, and in its place.
    requestAgent: async (token) => {
      await send({ method: 'POST', path: '/chat/escalations', token, body: {} });
    },
    endChat: async (token) => {
      await send({ method: 'POST', path: '/chat/end', token, body: {} });
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

function headersOf(route: Call): Record<string, string> {
  return {
    ...(route.token ? { authorization: `Bearer ${route.token}` } : {}),
    ...(route.body ? { 'content-type': 'application/json' } : {}),
  };
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
