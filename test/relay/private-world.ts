import assert from 'node:assert/strict';
import { createEmulator } from '../../src/emulator/index.js';
import { createMemoryStore, type RelayStore } from '../../src/relay/index.js';
import { createFakeClock, type FakeClock } from '../support/fake-clock.js';
import { call, createWorld, newMessage, readHistory, type World } from './world.js';

/** No text of any test but this one, and none that a cipher makes by chance. */
export const canary = 'CANARY-4711-zebra';
/** Longer than private messages are kept, with the round in which they go; in milliseconds. */
export const kept = 16 * 60_000;

type Event = Awaited<ReturnType<typeof readHistory>>['events'][number];

/** A relay and an emulated platform, joined in one process, by a clock that stands still. */
export class PrivateWorld {
  readonly clock: FakeClock = createFakeClock();
  readonly platformCalls: string[] = [];
  /** Stands between relay and platform: what it answers is the platform's answer. */
  intercept: (call: string, pass: () => Promise<Response>) => Promise<Response> = (_call, pass) => pass();
  store: RelayStore;
  world: World;
  token = '';
  chatId = 0;
  readonly #emulator;
  readonly #lines: World['lines'][] = [];

  constructor(options: { switches?: Record<string, unknown>; store?: RelayStore } = {}) {
    this.store = options.store ?? createMemoryStore();
    this.#emulator = createEmulator({
      script: 'quiet',
      clock: this.clock,
      switches: { rateLimit: 'off', ...options.switches },
      inactivity: { dismissAfter: 24 * 3_600_000, timeOutAfter: 24 * 3_600_000 },
      webhookUrl: 'https://relay.example.com/webhooks/ccai',
      fetch: (input, init) => this.world.relay.fetch(new Request(input, init)),
    });
    this.world = this.#createWorld();
  }

  /** The process is gone without a word, and another one begins with the store that is left. */
  restart(store: RelayStore = this.store): void {
    this.store = store;
    this.world = this.#createWorld();
  }

  /** Everything any relay has logged. */
  get logged(): string {
    return JSON.stringify(this.#lines);
  }

  /** What the platform signs its webhooks with. */
  get secret(): string {
    return this.#emulator.credentials.webhookPrimarySecret;
  }

  /** Starts a chat and brings Jane in. */
  async start(): Promise<void> {
    const response = await call(this.world, 'POST /chats', { body: {} });
    const started = (await response.json()) as { token: string; chat: { id: number } };
    this.token = started.token;
    this.chatId = started.chat.id;
    await this.transfer({ to: 'agent' });
    // However late it is told.
    await this.pass(3_000);
  }

  /** Jane starts a task; answers the id of the task virtual agent, once the log has it at work. */
  async startTask(): Promise<number> {
    const { participant } = await this.transfer({ to: 'task_virtual_agent' });
    const { id } = participant as { id: number };
    await this.control('POST', `/chats/${this.chatId}/messages`, {
      from: 'task_virtual_agent',
      message: { type: 'text', content: 'What is the code?' },
    });
    await this.until((events) => events.some(({ message }) => message?.sender.kind === 'task_virtual_agent'));
    await this.pass(3_000);
    return id;
  }

  /** The task virtual agent leaves: from this moment on the platform shows the human agent what comes. */
  async endTask(): Promise<void> {
    await this.transfer({ to: 'agent' });
  }

  /** Posts a message for the task virtual agent, or for whom else it says, and answers its id. */
  async send(body: { text?: string; id?: string; to?: object | null; again?: boolean; anyway?: boolean; replyTo?: string }): Promise<string> {
    const { status, answer } = await this.post(body);
    assert.equal(status, 202, JSON.stringify(answer));
    return answer.id;
  }

  async post({ text = canary, to, ...rest }: Parameters<PrivateWorld['send']>[0]) {
    const body = { ...newMessage(text), ...rest, ...(to ? { to } : {}) };
    const response = await call(this.world, 'POST /chat/messages', { token: this.token, body });
    const answer = (await response.json()) as { id: string; seq: number; delivery: string; code?: string };
    return { status: response.status, answer };
  }

  /** What became of a message, once that is known: `sent`, or `failed (why)`. */
  async outcome(id: string): Promise<string> {
    const isSettled = ({ type, id: of, delivery }: Event) => type === 'message-updated' && of === id && delivery !== 'sending';
    const last = (await this.until((events) => isSettled(events.filter((event) => event['id'] === id).at(-1) ?? none))).filter(isSettled).at(-1);
    return last?.['code'] ? `${last['delivery']} (${last['code']})` : `${last?.['delivery']}`;
  }

  /** The log, once it is as wanted. */
  async until(isSo: (events: Event[]) => boolean): Promise<Event[]> {
    for (let turn = 0; turn < 500; turn += 1) {
      const { events } = await readHistory(this.world, this.token);
      if (isSo(events)) return events;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error('The log never became as wanted.');
  }

  /** What the human agent sees, as JSON. */
  async agentView(): Promise<string> {
    return JSON.stringify((await this.control('GET', `/chats/${this.chatId}`))['agentView']);
  }

  /** What all who take part have heard, as JSON. */
  async allHeard(): Promise<string> {
    return JSON.stringify((await this.control('GET', `/chats/${this.chatId}`))['all']);
  }

  pass(milliseconds: number): Promise<void> {
    return this.clock.advance(milliseconds, () => this.#emulator.idle());
  }

  async transfer(body: object): Promise<Record<string, unknown>> {
    const answer = this.control('POST', `/chats/${this.chatId}/transfers`, body);
    // It takes somebody 200 ms to come in.
    await this.pass(300);
    return answer;
  }

  async control(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const request = new Request(`http://localhost/emulator${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const response = await this.#emulator.fetch(request);
    const answer = (await response.json()) as Record<string, unknown>;
    assert.ok(response.ok, JSON.stringify(answer));
    return answer;
  }

  /** A call to the platform that is not the relay's. */
  async platform(method: string, path: string, body: object): Promise<void> {
    const { subdomain, apiToken } = this.#emulator.credentials;
    const headers = { authorization: `Basic ${btoa(`${subdomain}:${apiToken}`)}`, 'content-type': 'application/json' };
    const request = new Request(`http://127.0.0.1:5174/apps/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
    const { status } = await this.#emulator.fetch(request);
    assert.equal(status, 200);
  }

  #createWorld(): World {
    const { subdomain, apiToken, webhookPrimarySecret } = this.#emulator.credentials;
    const world = createWorld({
      platform: { origin: 'http://127.0.0.1:5174', subdomain, apiToken },
      webhookSecrets: { primary: webhookPrimarySecret },
      store: this.store,
      clock: this.clock,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const name = `${request.method} ${new URL(request.url).pathname.replace('/apps/api/v1', '').replace(/\d+/, ':id')}`;
        this.platformCalls.push(name);
        return this.intercept(name, () => this.#emulator.fetch(request));
      },
    });
    this.#lines.push(world.lines);
    return { ...world, clock: this.clock };
  }
}

const none: Event = { seq: 0, type: 'none' };
