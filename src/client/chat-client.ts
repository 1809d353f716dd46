import { createNanoEvents, type Emitter } from 'nanoevents';
import { announce } from './announce.js';
import type { ChatClient, ChatClientEvents, ChatClientOptions, StartOptions } from './chat-client.types.js';
import { toChatError, type ChatError } from './chat-error.js';
import { browserClock, type ClientClock } from './clock.js';
import { composeMessage } from './compose-message.js';
import { createLogFollower, type LogFollower } from './log-follower.js';
import { createMessageDelivery, type MessageDelivery } from './message-delivery.js';
import { emptyModel, messageItemOf, reduce, type Action, type Model } from './reduce.js';
import { createSingleFlight } from './single-flight.js';
import { createRelayTransport, type RelayTransport } from './transport.js';

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
  /** Null while no log is followed. */
  #follower: LogFollower | null = null;
  /** True from {@link close} to the next wish: what is still on its way opens nothing. */
  #isClosed = false;
  /** One visitor's time here; another one begins when the chat is forgotten. */
  #visit = {};
  readonly #options: ChatClientOptions;
  readonly #clock: ClientClock;
  readonly #transport: RelayTransport;
  readonly #emitter: Emitter<ChatClientEvents> = createNanoEvents();
  readonly #delivery: MessageDelivery;
  readonly #once = createSingleFlight();

  constructor(options: ChatClientOptions) {
    this.#options = options;
    this.#token = options.storage?.read() ?? null;
    this.#clock = options.clock ?? browserClock;
    this.#transport = createRelayTransport({ url: options.relayUrl, fetch: options.fetch ?? globalThis.fetch });
    this.#delivery = createMessageDelivery({
      model: () => this.#model,
      dispatch: this.#dispatch,
      // A chat is never asked for without a person's word: not twice, and not when one has ended.
      prepare: async () => {
        if (this.#token === null) await this.startChat();
      },
      send: async (message) => {
        await this.#transport.sendMessage(this.#token, message);
        // What becomes of it is told by the log.
        if (!this.#isFollowing && !this.#isClosed) void this.connect();
      },
      onFailed: this.#handleFailure,
      clock: this.#clock,
    });
  }

  /** True while the log is being followed, well or waiting for better times. */
  get #isFollowing(): boolean {
    return this.#follower !== null && this.#model.connection !== 'stopped';
  }

  get state(): Model {
    return this.#model;
  }

  on<Name extends keyof ChatClientEvents>(name: Name, listener: ChatClientEvents[Name]): () => void {
    const call = listener as (...told: unknown[]) => void;
    const guarded = (...told: unknown[]) => {
      try {
        call(...told);
      } catch (error) {
        // The page's own fault: reported as such, and the chat goes on.
        queueMicrotask(() => {
          throw error;
        });
      }
    };
    return this.#emitter.on(name, guarded);
  }

  connect(): Promise<void> {
    this.#isClosed = false;
    return this.#once.run('connect', async () => {
      try {
        this.#dispatch({ type: 'config-loaded', config: await this.#transport.getConfig() });
        this.#dispatch({ type: 'problem-changed', problem: null });
        if (this.#token !== null && !this.#isFollowing && !this.#isClosed) await this.#resume(this.#token);
        if (!this.#isClosed) this.#delivery.resume();
      } catch (thrown) {
        this.#handleFailure(toChatError(thrown));
      }
    });
  }

  startChat(options?: StartOptions): Promise<void> {
    this.#isClosed = false;
    if (options) this.#startOptions = options;
    return this.#once.run('start', async () => {
      if (this.#model.phase === 'ended') this.reset();
      if (this.#token === null) await this.#start();
    });
  }

  sendMessage(text: string): string {
    this.#isClosed = false;
    if (this.#model.phase === 'ended') this.reset();
    const message = composeMessage(text, this.#clock.now());
    this.#dispatch({ type: 'message-composed', message });
    this.#delivery.add(message.id);
    return message.id;
  }

  retryMessage(id: string): void {
    const message = messageItemOf(this.#model, id)?.message;
    if (message?.delivery !== 'failed' && message?.delivery !== 'uncertain') return;
    this.#isClosed = false;
    // An ended chat takes nothing more; the text is the first message of the next one.
    if (this.#model.phase === 'ended') this.sendMessage(message.text);
    else this.#delivery.addAgain(id);
  }

  requestAgent(): Promise<void> {
    return this.#once.run('escalate', () => this.#transport.requestAgent(this.#token));
  }

  endChat(): Promise<void> {
    return this.#once.run('end', () => this.#transport.endChat(this.#token));
  }

  reset(): void {
    this.#forget({ type: 'chat-forgotten' });
  }

  close(): void {
    this.#isClosed = true;
    this.#letGo();
  }

  #letGo(): void {
    this.#once.forget('connect');
    this.#delivery.stop();
    this.#follower?.stop();
    this.#follower = null;
  }

  /** Begins a new visit: nothing that the old one still waits for may touch it. */
  #forget(action: Action): void {
    this.#letGo();
    this.#visit = {};
    this.#once.forget();
    this.#remember(null);
    this.#dispatch(action);
  }

  async #start(): Promise<void> {
    const visit = this.#visit;
    this.#dispatch({ type: 'chat-starting' });
    try {
      const started = await this.#transport.startChat(this.#startOptions);
      if (visit !== this.#visit) {
        // Forgotten before it began: nobody would ever answer whoever takes it.
        this.#transport.endChat(started.token).catch(() => undefined);
        return;
      }
      this.#remember(started.token);
      this.#dispatch({ type: 'chat-started', chat: started.chat, epoch: started.epoch });
      this.#emitter.emit('chat-started', started.chat);
      if (!this.#isClosed) this.#follow(started.token).start();
    } catch (thrown) {
      if (visit === this.#visit) this.#dispatch({ type: 'start-failed' });
      throw toChatError(thrown);
    }
  }

  async #resume(token: string): Promise<void> {
    const follower = this.#follow(token);
    this.#dispatch({ type: 'chat-resuming' });
    try {
      await follower.resume();
    } catch (thrown) {
      if (this.#follower !== follower) return;
      this.#follower = null;
      throw thrown;
    }
  }

  #follow(token: string): LogFollower {
    return (this.#follower = createLogFollower({
      transport: this.#transport,
      token,
      cursor: () => this.#model.cursor,
      dispatch: this.#dispatch,
      applyLive: (event) => {
        const before = this.#model;
        this.#dispatch({ type: 'event-received', event });
        if (this.#model !== before) announce(this.#emitter, event, { before, after: this.#model });
      },
      onRefused: this.#handleFailure,
      clock: this.#clock,
      random: this.#options.random ?? Math.random,
    }));
  }

  /** A handle that is no longer good is forgotten in silence: the next message starts a new chat. */
  readonly #handleFailure = (error: ChatError): void => {
    if (error.code === 'unauthorized') {
      this.#forget({ type: 'handle-lost' });
      return;
    }
    const problem = { code: error.code, retryable: error.retryable };
    this.#dispatch({ type: 'problem-changed', problem });
    this.#emitter.emit('error', problem);
  };

  #remember(token: string | null): void {
    this.#token = token;
    this.#options.storage?.write(token);
  }

  readonly #dispatch = (action: Action): void => {
    const next = reduce(this.#model, action);
    if (next === this.#model) return;
    this.#model = Object.freeze(next);
    this.#emitter.emit('change', next);
  };
}
