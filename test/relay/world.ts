import { createHmac, randomUUID } from 'node:crypto';
import { createMemoryStore, createRelay, type LogFields, type Relay, type RelayOptions, type RelayStore } from '../../src/relay/index.js';
import { createFakeClock, type FakeClock } from '../support/fake-clock.js';

export const site = 'https://shop.example.com';
const secret = 'primary-secret';

interface PlatformCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown> | undefined;
}

type PlatformAnswer = Response | Error | Promise<Response>;

/** The platform as a function: literal documents, and whatever a test makes it say instead. */
export function createPlatform() {
  const calls: PlatformCall[] = [];
  const overrides = new Map<string, (call: PlatformCall) => PlatformAnswer>();
  let chat: Record<string, unknown> = platformChat('queued');

  const answers: Record<string, (call: PlatformCall) => PlatformAnswer> = {
    'POST /end_users': () => Response.json({ id: 12345, identifier: 'visitor' }),
    'POST /chats': () => Response.json(chat),
    'GET /chats/37': () => Response.json(chat),
    'PATCH /chats/37': () => Response.json((chat = { ...chat, status: 'finished' })),
    'POST /chats/37/message': () => Response.json({}),
    'POST /chats/37/escalations': () => Response.json({ id: 55, chat_id: 37, status: 'escalating' }),
    'PATCH /chats/37/escalations/55': ({ body }) =>
      Response.json({ id: 55, chat_id: 37, status: body?.['deflection_channel'] === 'human_agent' ? 'escalating' : 'deflected' }),
    'PATCH /chats/37/resume': () => Response.json((chat = { ...chat, status: 'queued' })),
    'POST /chats/37/custom_data': () => Response.json({}),
    'POST /chats/37/end-user': () => Response.json({ message: 'accepted' }, { status: 202 }),
    'GET /chats/37/customer_flag': () => Response.json({ verified_customer: false, bad_actor: true, repeat_customer: null }),
    'POST /chats/37/customer_flag': () => Response.json({}),
  };

  return {
    calls,
    setChat: (next: Record<string, unknown>) => (chat = next),
    answer: (route: string, answer: (call: PlatformCall) => PlatformAnswer) => overrides.set(route, answer),
    heal: (route: string) => overrides.delete(route),
    fetch: (async (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const path = url.pathname.replace('/apps/api/v1', '');
      const text = await request.text();
      const call = { method: request.method, path, query: Object.fromEntries(url.searchParams), body: text ? JSON.parse(text) : undefined };
      calls.push(call);
      const answer = await (overrides.get(`${call.method} ${path}`) ?? answers[`${call.method} ${path}`])?.(call);
      if (answer instanceof Error) throw answer;
      return answer ?? Response.json({ message: 'Not Found' }, { status: 404 });
    }) as typeof fetch,
  };
}

const ava = { id: 15, name: 'Ava', avatar_url: 'https://cdn.example.com/ava.png', status: 'connected' };
const max = { id: 16, name: 'Max', avatar_url: null, status: 'connected' };
const jane = { id: 7, name: 'Jane Doe', first_name: 'Jane', avatar_url: null, status: 'connected' };
export const people = { ava, max, jane };

/** What Node's fetch rejects with: the code of the socket's error is in its cause. */
export function networkError(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

/** A chat object as the platform documents it. */
export function platformChat(status: string, who: { agent?: object; virtual_agent?: object } = {}) {
  return {
    id: 37,
    status,
    status_text: '<b>ignored</b>',
    features: [],
    created_at: '2026-01-02T10:00:00Z',
    ends_at: null,
    timeout_at: null,
    agent: null,
    virtual_agent: null,
    all_agents: who.agent ? [who.agent] : [],
    all_virtual_agents: who.virtual_agent ? [who.virtual_agent] : [],
    lang: 'en',
    menus: [{ id: 100, name: 'Support' }],
    end_user: { id: 12345, identifier: 'visitor' },
    ...who,
  };
}

export interface World {
  readonly relay: Relay;
  readonly platform: ReturnType<typeof createPlatform>;
  readonly store: RelayStore;
  readonly clock: FakeClock;
  /** What the operator read. */
  readonly lines: { level: string; event: string; fields: LogFields | undefined }[];
}

export function createWorld(options: Partial<RelayOptions> = {}): World {
  const platform = createPlatform();
  const store = options.store ?? createMemoryStore();
  const clock = createFakeClock();
  const lines: World['lines'] = [];
  const write = (level: string) => (event: string, fields?: LogFields) => lines.push({ level, event, fields });
  const relay = createRelay({
    platform: { origin: 'https://acme.example.com', subdomain: 'acme', apiToken: 'api-token' },
    webhookSecrets: { primary: secret },
    store,
    // One for all worlds, so that another one can go on with the same store.
    encryptionKeys: [new Uint8Array(32).fill(7)],
    allowedOrigins: [site],
    menus: [{ id: 100, name: 'support' }, { id: 101, name: 'orders' }],
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    clock,
    fetch: platform.fetch,
    ...options,
  });
  return { relay, platform, store, clock, lines };
}

/** Calls the relay as a page would. */
export function call(world: World, route: string, options: { token?: string; body?: unknown; headers?: Record<string, string> } = {}) {
  const [method, path] = route.split(' ');
  return world.relay.fetch(
    new Request(`https://relay.example.com${path ?? ''}`, {
      method: method ?? 'GET',
      headers: {
        origin: site,
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
    }),
  );
}

/** Starts a chat and answers its token. */
export async function startChat(world: World): Promise<string> {
  const response = await call(world, 'POST /chats', { body: {} });
  return ((await response.json()) as { token: string }).token;
}

export interface WebhookInput {
  readonly event_type: string;
  readonly chat_id?: number;
  readonly body?: object;
  readonly timestamp?: string;
}

/** Posts a webhook as the platform signs it. */
export function webhook(world: World, event: WebhookInput, options: { signature?: string } = {}): Promise<Response> {
  const body = JSON.stringify({ timestamp: '2026-01-02T10:00:00Z', chat_id: 37, body: {}, ...event });
  return postRaw(world, body, options);
}

export function postRaw(world: World, body: string | Uint8Array<ArrayBuffer>, options: { signature?: string; timestamp?: string } = {}): Promise<Response> {
  const timestamp = options.timestamp ?? new Date(world.clock.now()).toISOString();
  const signature = createHmac('sha256', secret).update(timestamp).update(body).digest('base64');
  const headers = { 'x-signature': options.signature ?? `primary=${signature}`, 'x-signature-timestamp': timestamp };
  return world.relay.fetch(new Request('https://relay.example.com/webhooks/ccai', { method: 'POST', headers, body }));
}

export const joined = (type: string, id: number) => ({ event_type: 'participant_joined', body: { participant: { id, type, status: 'connected' } } });
export const left = (type: string, id: number) => ({ event_type: 'participant_left', body: { participant: { id, type, status: 'disconnected' } } });
export const said = (type: string, id: number, content: unknown, extra: object = {}) => ({
  event_type: 'message_received',
  body: { sender: { id, type, status: 'connected' }, message: { type: 'text', content, ...extra } },
});

type LoggedEvent = { seq: number; type: string } & Record<string, any>;

export async function readHistory(world: World, token: string, query = ''): Promise<{ epoch: string; head: number; events: LoggedEvent[] }> {
  const response = await call(world, `GET /chat/history${query}`, { token });
  return (await response.json()) as { epoch: string; head: number; events: LoggedEvent[] };
}

/** Waits, without the clock, until the log of the chat is as wanted. */
export async function untilLogged(world: World, token: string, isSo: (events: LoggedEvent[]) => boolean): Promise<LoggedEvent[]> {
  for (let turn = 0; turn < 500; turn += 1) {
    const { events } = await readHistory(world, token);
    if (isSo(events)) return events;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`The log never became as wanted: ${JSON.stringify((await readHistory(world, token)).events)}`);
}

export const newMessage = (text: string, id: string = randomUUID()) => ({ id, text });

/** What the log says, in short: one word and what it is about, each. */
export function inShort(events: readonly LoggedEvent[]): string[] {
  return events.map((event) => {
    switch (event.type) {
      case 'chat-updated':
        return `chat ${event['chat'].status}`;
      case 'message-added':
        return `${event['message'].sender.kind}: ${event['message'].text}`;
      case 'message-updated':
        return `message ${event['delivery']}${event['code'] ? ` (${event['code']})` : ''}`;
      case 'notice-added':
        return event['notice'].transfer
          ? `transfer ${event['notice'].transfer.from?.kind ?? 'nobody'} -> ${event['notice'].transfer.to.kind} ${event['notice'].transfer.to.id}`
          : `notice ${event['notice'].kind}`;
      case 'participant-joined':
      case 'participant-left':
        return `${event.type.slice(12)} ${event['participant'].kind} ${event['participant'].id}`;
      case 'escalation-updated':
        return `escalation ${event['escalation'].status}`;
      default:
        return event.type;
    }
  });
}
