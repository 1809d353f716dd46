import type { LogInput } from '../../src/client/reduce.js';
import { problems, type ProblemCode } from '../../src/protocol/index.js';
import { at, chatWith } from './conversation.js';

type Answer = (request: { body: unknown; url: URL; headers: Headers; signal: AbortSignal | null }) => Response | Promise<Response>;

const epoch = '00000000000000aa';

/** A relay made of answers, for what a real one would be too well-behaved to do. */
export function createFakeRelay() {
  const calls: string[] = [];
  const log: LogInput[] = [];
  const answers = new Map<string, Answer>();
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  const encode = (event: object) => new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`);

  const defaults: Record<string, Answer> = {
    'GET /config': () => Response.json({ languages: ['en'], menus: [], hideVaToVaSystemMessages: false, features: [] }),
    'POST /chats': () => Response.json({ chat: chatWith('queued'), token: 'token', epoch }, { status: 201 }),
    'GET /chat/history': ({ url }) => {
      const after = Number(url.searchParams.get('after'));
      return Response.json({ epoch, first: 1, head: log.at(-1)?.seq ?? 0, events: log.filter(({ seq }) => seq > after) });
    },
    'POST /chat/messages': ({ body }) => Response.json({ ...(body as object), seq: 1, delivery: 'sending' }, { status: 202 }),
    'GET /chat/events': ({ signal }) => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          stream = controller;
          signal?.addEventListener('abort', () => controller.error(signal.reason));
          controller.enqueue(encode({ type: 'hello', epoch, first: 1, head: log.length, resumed: 'yes', heartbeat: 15 }));
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    },
  };

  return {
    /** `METHOD /path`, in the order asked. */
    calls,
    /** What the history holds. */
    log,
    answer: (route: string, answer: Answer) => answers.set(route, answer),
    /** Says something on the open stream. */
    say: (event: object) => stream?.enqueue(encode(event)),
    cutStream: () => stream?.error(new Error('connection reset')),
    fetch: (async (input: string, init: RequestInit = {}) => {
      const url = new URL(input);
      const route = `${init.method ?? 'GET'} ${url.pathname}`;
      calls.push(route);
      const answer = answers.get(route) ?? defaults[route];
      if (!answer) throw new TypeError(`nothing answers ${route}`);
      return answer({ url, headers: new Headers(init.headers), signal: init.signal ?? null, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined });
    }) as typeof fetch,
  };
}

export function problem(code: ProblemCode): Response {
  const { status, title, retryable } = problems[code];
  return Response.json({ type: `urn:ccai-chat:problem:${code}`, title, status, code, retryable, requestId: 'r' }, { status });
}

export const logged = (seq: number, entry: object): LogInput => ({ seq, at, ...entry }) as unknown as LogInput;
