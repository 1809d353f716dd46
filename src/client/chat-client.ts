import { createNanoEvents, type Emitter } from 'nanoevents';
import type { Message } from '../protocol/index.js';
import { announce, messageOf } from './announce.js';
import type { ChatClient, ChatClientEvents, StartOptions } from './chat-client.types.js';
import { ChatError, toChatError } from './chat-error.js';
import { browserClock, type ClientClock } from './clock.js';
import { createConnection, type Connection } from './connection.js';
import { createLogReader, type LogReader } from './log-reader.js';
import { createOutbox, type Outbox } from './outbox.js';
import { emptyModel, reduce, type Action, type LogInput, type Model } from './reduce.js';
import { createRelayTransport, type RelayTransport } from './transport.js';

/** Port: where the visitor's handle outlives a reload. */
export interface HandleStorage {
  read(): string | null;
  /** Null forgets it. */
  write(handle: string | null): void;
}

export interface ChatClientOptions {
  /** Base URL of the relay. */
  readonly relayUrl: string;
  /** Null: the handle lives as long as this client. */
  readonly storage: HandleStorage | null;
  /** Default: the browser's. */
  readonly fetch?: typeof fetch;
  /** Default: the browser's. */
  readonly clock?: ClientClock;
  /** Jitter of reconnection, 0 to 1. Default: `Math.random`. */
  readonly random?: () => number;
}

/**
 * Makes a headless chat client. Nothing is requested before {@link ChatClient.connect} or the first message.
 *
 * @example
 * const client = createChatClient({ relayUrl: 'https://chat.example.com', storage: null });
 * client.on('change', (state) => render(state));
 * client.sendMessage('Hello');
 */
export function createChatClient(options: ChatClientOptions): ChatClient {
  return new RelayChatClient(options);
}

class RelayChatClient implements ChatClient {
  #model: Model = emptyModel;
  #token: string | null;
  #startOptions: StartOptions = {};
  readonly #storage: HandleStorage | null;
  readonly #clock: ClientClock;
  readonly #transport: RelayTransport;
  readonly #emitter: Emitter<ChatClientEvents> = createNanoEvents();
  readonly #connection: Connection;
  readonly #reader: LogReader;
  readonly #outbox: Outbox;
  readonly #once = createSingleFlight();
  /** Ids that the person wants sent once more, whatever became of them. */
  readonly #again = new Set<string>();

  constructor(options: ChatClientOptions) {
    this.#storage = options.storage;
    this.#token = options.storage?.read() ?? null;
    this.#clock = options.clock ?? browserClock;
    this.#transport = createRelayTransport({ url: options.relayUrl, fetch: options.fetch ?? globalThis.fetch });
    this.#reader = this.#createReader();
    this.#connection = createConnection({
      open: (signal) => this.#transport.openStream(this.#requireToken(), this.#reader.resumeFrom(), signal),
      onData: (data) => this.#reader.receive(data),
      onStatus: (connection) => {
        this.#dispatch({ type: 'connection-changed', connection });
      },
      onRefused: (error) => {
        this.#handleFailure(error);
      },
      clock: this.#clock,
      random: options.random ?? Math.random,
    });
    this.#outbox = createOutbox({
      // A chat is never asked for twice without a person's word: the platform would queue both.
      prepare: () => this.startChat(),
      deliver: (id) => this.#deliver(id),
      onFailed: (id, error) => {
        this.#dispatch({ type: 'delivery-changed', id, delivery: 'failed' });
        this.#handleFailure(error);
      },
      toError: toChatError,
      clock: this.#clock,
    });
  }

  get state(): Model {
    return this.#model;
  }

  on<Name extends keyof ChatClientEvents>(name: Name, listener: ChatClientEvents[Name]): () => void {
    return this.#emitter.on(name, listener);
  }

  connect(): Promise<void> {
    return this.#once('connect', async () => {
      try {
        this.#dispatch({ type: 'config-loaded', config: await this.#transport.getConfig() });
        this.#dispatch({ type: 'problem-changed', problem: null });
        if (this.#token !== null && this.#model.connection === 'idle') await this.#resume();
      } catch (thrown) {
        this.#handleFailure(toChatError(thrown));
      }
    });
  }

  startChat(options?: StartOptions): Promise<void> {
    if (options) this.#startOptions = options;
    return this.#once('start', async () => {
      if (this.#model.phase === 'ended') this.reset();
      if (this.#token !== null) return;
      this.#dispatch({ type: 'chat-starting' });
      try {
        const started = await this.#transport.startChat(this.#startOptions);
        this.#remember(started.token);
        this.#dispatch({ type: 'chat-started', chat: started.chat, epoch: started.epoch });
        this.#emitter.emit('chat-started', started.chat);
        this.#connection.start();
      } catch (thrown) {
        this.#dispatch({ type: 'start-failed' });
        throw toChatError(thrown);
      }
    });
  }

  sendMessage(text: string): string {
    if (this.#model.phase === 'ended') this.reset();
    const message: Message = {
      id: randomId(),
      type: 'text',
      text,
      sender: { kind: 'end_user', id: null },
      at: new Date(this.#clock.now()).toISOString(),
      private: false,
      delivery: 'sending',
    };
    this.#dispatch({ type: 'message-composed', message });
    this.#outbox.add(message.id);
    return message.id;
  }

  retryMessage(id: string): void {
    this.#again.add(id);
    this.#dispatch({ type: 'delivery-changed', id, delivery: 'sending' });
    this.#outbox.add(id);
  }

  requestAgent(): Promise<void> {
    return this.#once('escalate', async () => {
      await this.#transport.requestAgent(this.#requireToken());
    });
  }

  endChat(): Promise<void> {
    return this.#once('end', async () => {
      await this.#transport.endChat(this.#requireToken());
    });
  }

  reset(): void {
    this.close();
    this.#again.clear();
    this.#remember(null);
    this.#dispatch({ type: 'chat-forgotten' });
  }

  close(): void {
    this.#outbox.clear();
    this.#connection.stop();
  }

  #createReader(): LogReader {
    return createLogReader({
      cursor: () => this.#model.cursor,
      dispatch: (action) => {
        this.#dispatch(action);
      },
      applyLive: (event) => {
        this.#applyLive(event);
      },
      loadPage: (after) => this.#transport.getHistory(this.#requireToken(), after),
      onOpen: () => {
        this.#dispatch({ type: 'connection-changed', connection: 'open' });
        this.#dispatch({ type: 'problem-changed', problem: null });
      },
      onBye: (milliseconds) => {
        this.#connection.delayNextTry(milliseconds);
      },
      onExpired: () => {
        this.#handleFailure(new ChatError('unauthorized', { retryable: false }));
      },
    });
  }

  async #resume(): Promise<void> {
    this.#dispatch({ type: 'chat-resuming' });
    await this.#reader.loadAll();
    this.#connection.start();
  }

  async #deliver(id: string): Promise<void> {
    const message = messageOf(this.#model, id);
    if (!message) return;
    const again = this.#again.has(id) ? { again: true } : {};
    const request = { id, text: message.text, ...again };
    const accepted = await this.#transport.sendMessage(this.#requireToken(), request);
    this.#again.delete(id);
    // The log speaks for itself where it is being read; its word may even have come first.
    if (this.#model.connection !== 'open') {
      this.#dispatch({ type: 'delivery-changed', id, delivery: accepted.delivery });
      if (this.#model.connection === 'idle') void this.connect();
    }
  }

  #applyLive(event: LogInput): void {
    const before = this.#model;
    this.#dispatch({ type: 'event-received', event });
    announce(this.#emitter, event, { before, after: this.#model });
  }

  /** A handle that is no longer good is forgotten in silence: the next message starts a new chat. */
  #handleFailure(error: ChatError): void {
    if (error.code === 'unauthorized') {
      this.close();
      this.#remember(null);
      this.#dispatch({ type: 'handle-lost' });
      return;
    }
    const problem = { code: error.code, retryable: error.retryable };
    this.#dispatch({ type: 'problem-changed', problem });
    this.#emitter.emit('error', problem);
  }

  #remember(token: string | null): void {
    this.#token = token;
    this.#storage?.write(token);
  }

  #requireToken(): string {
    if (this.#token === null) throw new ChatError('unauthorized', { retryable: false });
    return this.#token;
  }

  #dispatch(action: Action): void {
    const next = reduce(this.#model, action);
    if (next === this.#model) return;
    this.#model = Object.freeze(next);
    this.#emitter.emit('change', next);
  }
}

/** Calls by one name share one run: two taps are one request. */
function createSingleFlight() {
  const running = new Map<string, Promise<void>>();
  return (name: string, run: () => Promise<void>): Promise<void> => {
    const flight = running.get(name) ?? run().finally(() => running.delete(name));
    running.set(name, flight);
    return flight;
  };
}

/** A version 4 UUID; `crypto.randomUUID` is missing on pages served over plain http. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    if (index === 6) return ((byte & 0x0f) | 0x40).toString(16);
    return (index === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0');
  });
  return [4, 6, 8, 10].reduceRight((cut, at) => [...cut.slice(0, at), '-', ...cut.slice(at)], hex).join('');
}
