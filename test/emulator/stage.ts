import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js';
import { createFakeClock, type FakeClock } from '../support/fake-clock.js';

/** A webhook as its receiver got it. */
export interface ReceivedWebhook {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  readonly envelope: {
    event_type: string;
    timestamp: string;
    chat_id: number;
    body: Record<string, unknown>;
  };
}

/** Somebody in an answer. */
export interface PersonInAnswer {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly avatar_url: string;
}

/**
 * What tests look up by name in an answer; nothing checks it, and whole documents are compared as they are.
 */
export interface AnswerBody {
  readonly id: number;
  readonly code: string;
  readonly message: string;
  readonly status: string;
  readonly ends_at: string | null;
  readonly agent: PersonInAnswer | null;
  readonly virtual_agent: PersonInAnswer | null;
  readonly all_agents: readonly unknown[];
  readonly all_virtual_agents: readonly unknown[];
  readonly menus: unknown;
  readonly menu: unknown;
  readonly endUser: unknown;
  readonly escalation: { readonly status: string };
  readonly participant: unknown;
  readonly participants: readonly PersonInAnswer[];
  readonly agentView: readonly unknown[];
  readonly all: readonly { readonly from: string; readonly content: string }[];
  readonly switches: Readonly<Record<string, unknown>>;
  readonly entries: readonly { readonly direction: string; readonly status: number }[];
}

/** The answer to a request, its body parsed. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
}

/** An emulator with a clock that stands still and a receiver that keeps every webhook. */
export interface Stage {
  readonly emulator: Emulator;
  readonly clock: FakeClock;
  readonly webhooks: ReceivedWebhook[];
  /** A request to the platform's API, with the right credentials; `path` begins after `/apps/api/v1`. */
  readonly platform: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** A request to the control API; `path` begins after `/emulator`. */
  readonly control: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Lets time pass, and the webhooks that are due arrive. */
  readonly pass: (milliseconds: number) => Promise<void>;
  /** Creates an end user and a chat, and lets the news of it arrive. */
  readonly openChat: (options?: {
    readonly name?: string;
    readonly menuId?: number;
  }) => Promise<{ chatId: number; endUserId: number }>;
  /** The end user writes; the echo has arrived when this resolves. */
  readonly write: (
    chat: { readonly chatId: number; readonly endUserId: number },
    text: string,
  ) => Promise<void>;
  /** Hands the chat over, and waits until that is done. */
  readonly transfer: (chatId: number, request: unknown) => Promise<Answer>;
  /** Event types received so far, in order. */
  readonly eventTypes: () => string[];
  /** Texts of the conversation so far, as `kind: text`. */
  readonly conversation: (chatId: number) => Promise<string[]>;
}

export const origin = 'http://127.0.0.1:5174';

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text) as AnswerBody };
}

export function createStage(options: EmulatorOptions = {}): Stage {
  const clock = createFakeClock();
  const webhooks: ReceivedWebhook[] = [];
  const receive: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = await request.text();
    const envelope = JSON.parse(body) as ReceivedWebhook['envelope'];
    webhooks.push({ url: request.url, headers: request.headers, body, envelope });
    return new Response(null, { status: 204 });
  };
  const emulator = createEmulator({
    clock,
    fetch: receive,
    script: 'quiet',
    webhookUrl: 'https://relay.example/webhooks/ccai',
    ...options,
    // The clock stands still: a second never passes by itself.
    switches: { rateLimit: 'off', ...options.switches },
  });
  const authorization = `Basic ${btoa(`${emulator.credentials.subdomain}:${emulator.credentials.apiToken}`)}`;

  async function call(
    method: string,
    url: string,
    headers: Record<string, string>,
    body: unknown,
  ): Promise<Answer> {
    const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    return read(
      await emulator.fetch(
        new Request(url, { method, headers: { ...headers, 'Content-Type': 'application/json' }, ...init }),
      ),
    );
  }

  const stage: Stage = {
    emulator,
    clock,
    webhooks,
    platform: (method, path, body) =>
      call(method, `${origin}/apps/api/v1${path}`, { Authorization: authorization }, body),
    control: (method, path, body) => call(method, `${origin}/emulator${path}`, {}, body),
    pass: async (milliseconds) => {
      await clock.advance(milliseconds, () => emulator.idle());
      await emulator.idle();
    },
    openChat: async ({ name, menuId = 100 } = {}) => {
      const endUser = await stage.platform('POST', '/end_users', { identifier: 'c-9f31', name });
      const endUserId = endUser.body.id;
      const chat = await stage.platform('POST', '/chats', {
        chat: { menu_id: menuId, end_user_id: endUserId, lang: 'en' },
      });
      await stage.pass(0);
      return { chatId: chat.body.id, endUserId };
    },
    write: async ({ chatId, endUserId }, text) => {
      const message = { type: 'text', content: text };
      const answer = await stage.platform('POST', `/chats/${chatId}/message`, {
        from_user_id: endUserId,
        message,
      });
      if (answer.status !== 200) throw new Error(`The message was refused with ${answer.status}.`);
      await emulator.idle();
    },
    transfer: async (chatId, request) => {
      const done = stage.control('POST', `/chats/${chatId}/transfers`, request);
      await clock.advance(1000, () => emulator.idle());
      const answer = await done;
      await emulator.idle();
      return answer;
    },
    eventTypes: () => webhooks.map(({ envelope }) => envelope.event_type),
    conversation: async (chatId) => {
      const { body } = await stage.control('GET', `/chats/${chatId}`);
      return body.all.map(({ from, content }) => `${from}: ${content}`);
    },
  };
  return stage;
}
