import type { Delivery, Message } from '../protocol/index.js';
import { announce } from './announce.js';
import { askWho } from './ask-who.js';
import type {
  ChatClient,
  ChatClientEvents,
  ChatClientOptions,
  QueueOptions,
  SendOptions,
  StartOptions,
} from './chat-client.types.js';
import { ChatError, toChatError } from './chat-error.js';
import { createChatEvents } from './chat-events.js';
import { browserClock, type ClientClock } from './clock.js';
import { composeMessage } from './compose-message.js';
import { createMessageDelivery, type MessageDelivery } from './message-delivery.js';
import { emptyModel, messageItemOf, reduce, type Action, type Model } from './reduce.js';
import { addresseeOf } from './selectors.js';
import { createSingleFlight } from './single-flight.js';
import { createRelayTransport, type Command, type RelayTransport } from './transport.js';
import { createVisit, type Visit } from './visit.js';

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
  #startOptions: StartOptions = {};
  readonly #options: ChatClientOptions;
  readonly #clock: ClientClock;
  readonly #transport: RelayTransport;
  readonly #visit: Visit;
  readonly #events = createChatEvents();
  readonly #delivery: MessageDelivery;
  readonly #once = createSingleFlight();

  constructor(options: ChatClientOptions) {
    this.#options = options;
    const clock = (this.#clock = options.clock ?? browserClock);
    const transport = createRelayTransport({ url: options.relayUrl, fetch: options.fetch ?? globalThis.fetch });
    this.#transport = transport;
    const shared = { transport, clock, model: () => this.#model, dispatch: this.#dispatch };
    this.#visit = createVisit({
      ...shared,
      site: options,
      onStarted: (chat) => {
        this.#events.emit('chat-started', chat);
      },
      applyLive: (event) => {
        const before = this.#model;
        this.#dispatch({ type: 'event-received', event, at: clock.now() });
        if (this.#model !== before) announce(this.#events, event, { before, after: this.#model });
      },
      onRefused: this.#handleFailure,
      random: options.random ?? Math.random,
    });
    this.#delivery = createMessageDelivery({
      ...shared,
      // A chat is never asked for without a person's word: not twice, and not when one has ended.
      prepare: async () => {
        if (this.#visit.token === null) await this.startChat();
      },
      send: async (message) => {
        await transport.command(this.#visit.token, 'POST /chat/messages', message);
        // What becomes of it is told by the log.
        if (!this.#visit.isFollowing && !this.#visit.isClosed) void this.connect();
      },
      onFailed: this.#handleFailure,
    });
  }

  get state(): Model {
    return this.#model;
  }

  on<Name extends keyof ChatClientEvents>(name: Name, listener: ChatClientEvents[Name]): () => void {
    return this.#events.on(name, listener);
  }

  connect(): Promise<void> {
    this.#visit.isClosed = false;
    return this.#once.run('connect', async () => {
      try {
        this.#dispatch({ type: 'config-loaded', config: await this.#transport.getConfig() });
        this.#dispatch({ type: 'problem-changed', problem: null });
        await this.#visit.resume();
        if (!this.#visit.isClosed) this.#delivery.resume();
      } catch (thrown) {
        this.#handleFailure(toChatError(thrown));
      }
    });
  }

  startChat(options?: StartOptions): Promise<void> {
    this.#visit.isClosed = false;
    if (options) this.#startOptions = options;
    return this.#once.run('start', async () => {
      // One that sleeps would be found again instead of a new one.
      if (this.#model.phase === 'dismissed') {
        await this.endChat();
        this.#forget({ type: 'chat-forgotten' });
      }
      this.#leaveEnded();
      return this.#visit.start(this.#startOptions);
    });
  }

  sendMessage(text: string, options: SendOptions = {}): string {
    this.#visit.isClosed = false;
    this.#leaveEnded();
    const addressee = addresseeOf(this.#model);
    // An ordinary text goes to whoever is there when it arrives: the relay knows that first.
    const to = options.to ?? (addressee?.kind === 'task_virtual_agent' ? addressee : undefined);
    const message = composeMessage(text, { ...options, to, now: this.#clock.now() });
    this.#dispatch({ type: 'message-composed', message });
    this.#delivery.add(message.id);
    return message.id;
  }

  retryMessage(id: string): void {
    const message = this.#findUnsent(id) ?? this.#findUnsent(id, 'uncertain');
    if (!message) return;
    this.#visit.isClosed = false;
    if (this.#model.phase !== 'ended') this.#delivery.addAgain(id);
    // An ended chat takes nothing more; the text is the first message of the next one, unless it was for one listener alone.
    else if (!message.private) this.sendMessage(message.text);
  }

  redirectMessage(id: string): void {
    const message = this.#findUnsent(id);
    if (!message?.private || this.#model.phase === 'ended') return;
    const next = addresseeOf(this.#model);
    // Still the same as far as anybody knows, only that nobody can be sure.
    if (next?.kind === message.to?.kind && next?.id === message.to?.id) {
      this.#visit.isClosed = false;
      this.#delivery.addAgain(id, messageItemOf(this.#model, id)?.code === 'addressee-gone');
      return;
    }
    this.discardMessage(id);
    this.sendMessage(message.text, { to: next ?? undefined });
  }

  discardMessage(id: string): void {
    if (this.#findUnsent(id)) this.#dispatch({ type: 'message-discarded', id });
  }

  requestAgent(): Promise<void> {
    return this.#command('POST /chat/escalations');
  }

  endChat(): Promise<void> {
    return this.#command('POST /chat/end');
  }

  resumeChat(): Promise<void> {
    return this.#command('POST /chat/resume');
  }

  // What callers have besides stays with them: the relay refuses what it does not know.
  async chooseDeflection(channel: string, options?: { readonly email?: string }): Promise<void> {
    const { deflection } = this.#model;
    if (!deflection) throw new ChatError('deflection-not-offered', { retryable: false });
    await this.#command(`PATCH /chat/escalations/${deflection.escalationId}`, { channel, email: options?.email });
  }

  sendFeedback({ rating, comment }: { readonly rating: number; readonly comment?: string }): Promise<void> {
    return this.#command('POST /chat/feedback', { rating, comment });
  }

  async identify(): Promise<void> {
    const { token } = this.#visit;
    if (token === null) return this.connect();
    const identityToken = await askWho(this.#options);
    // Somebody else's chat by now is not to become this person's.
    if (token === this.#visit.token) await this.#command('PATCH /chat/end-user', { identityToken });
  }

  async getWaitMinutes(queue: QueueOptions = this.#startOptions): Promise<number | null> {
    const { waits } = await this.#transport.getWaitTimes(queue);
    return waits[0]?.minutes ?? null;
  }

  reset(): void {
    this.#startOptions = {};
    this.#forget({ type: 'chat-forgotten' });
  }

  close(): void {
    this.#letGo();
    this.#visit.close();
  }

  /** Two taps are one request. */
  #command(command: Command, body?: object): Promise<void> {
    return this.#once.run(command, () => this.#transport.command(this.#visit.token, command, body));
  }

  /** An own message that got no further than this; what is left of a removed one is none. */
  #findUnsent(id: string, delivery: Delivery = 'failed'): Message | undefined {
    const message = messageItemOf(this.#model, id)?.message;
    return message?.delivery === delivery && message.type !== 'removed' ? message : undefined;
  }

  #letGo(): void {
    this.#once.forget('connect');
    this.#delivery.stop();
  }

  /** After a chat that has ended comes another one. */
  #leaveEnded(): void {
    if (this.#model.phase === 'ended') this.#forget({ type: 'chat-forgotten' });
  }

  #forget(action: Action): void {
    this.#letGo();
    this.#visit.forget();
    this.#once.forget();
    this.#dispatch(action);
  }

  /** A handle that is no longer good is forgotten in silence: the next message starts a new chat. */
  readonly #handleFailure = (error: ChatError): void => {
    if (error.code === 'unauthorized') {
      this.#forget({ type: 'handle-lost' });
      return;
    }
    const problem = { code: error.code, retryable: error.retryable };
    this.#dispatch({ type: 'problem-changed', problem });
    this.#events.emit('error', problem);
  };

  readonly #dispatch = (action: Action): void => {
    const next = reduce(this.#model, action);
    if (next === this.#model) return;
    this.#model = Object.freeze(next);
    this.#events.emit('change', next);
  };
}
