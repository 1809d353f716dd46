import type { Chat } from '../protocol/index.js';
import { askWho } from './ask-who.js';
import type { ChatClientOptions, StartOptions } from './chat-client.types.js';
import { toChatError } from './chat-error.js';
import { createLogFollower, type LogFollower, type LogFollowerOptions } from './log-follower.js';
import type { Action, Model } from './reduce.js';
import type { ChatAtRelay, RelayTransport } from './transport.js';

export interface VisitOptions extends Pick<LogFollowerOptions, 'applyLive' | 'onRefused' | 'clock' | 'random'> {
  readonly transport: RelayTransport;
  /** Read anew each time: a page may say late how to authenticate. */
  readonly site: Pick<ChatClientOptions, 'storage' | 'authenticate'>;
  readonly model: () => Model;
  readonly dispatch: (action: Action) => void;
  /** A new chat began: not one that was found. */
  readonly onStarted: (chat: Chat) => void;
}

/** One visitor's time here: the handle, the chat it is good for, and the log of that chat. */
export interface Visit {
  /** Null: no chat. */
  readonly token: string | null;
  /** True while the log is being followed, well or waiting for better times. */
  readonly isFollowing: boolean;
  /** True from {@link Visit.close} to the visitor's next wish: what is still on its way opens nothing. */
  isClosed: boolean;
  close(): void;
  /** Starts a chat, unless there is one. The relay may answer the ongoing one of the same identity. Rejects with a `ChatError`. */
  start(options: StartOptions): Promise<void>;
  /** Goes on with the chat whose handle was kept, else with the ongoing one of the visitor's identity; without any, with none. */
  resume(): Promise<void>;
  /** The next visitor may come: nothing that this one still waits for may touch what follows. */
  forget(): void;
}

export function createVisit(options: VisitOptions): Visit {
  return new VisitAtRelay(options);
}

class VisitAtRelay implements Visit {
  token: string | null;
  isClosed = false;
  readonly #options: VisitOptions;
  /** Null while no log is followed. */
  #follower: LogFollower | null = null;
  /** Another object for each visitor. */
  #visitor = {};
  #search: Promise<void> | null = null;

  constructor(options: VisitOptions) {
    this.#options = options;
    this.token = options.site.storage?.read() ?? null;
  }

  get isFollowing(): boolean {
    return this.#follower !== null && this.#options.model().connection !== 'stopped';
  }

  close(): void {
    this.isClosed = true;
    this.#letGo();
  }

  forget(): void {
    this.#letGo();
    this.#visitor = {};
    this.#search = null;
    this.#remember(null);
  }

  async start(options: StartOptions): Promise<void> {
    const { dispatch, transport } = this.#options;
    const visitor = this.#visitor;
    // Two answers for one visitor would be two streams.
    if (this.#search) await this.#search.catch(() => undefined);
    if (visitor !== this.#visitor || this.token !== null) return;
    dispatch({ type: 'chat-starting' });
    try {
      const started = await this.#ask(options);
      if (visitor === this.#visitor) await this.#take(started);
      // Forgotten before it began: nobody would ever answer whoever takes it.
      else if (started.isNew) transport.command(started.token, 'POST /chat/end').catch(() => undefined);
    } catch (thrown) {
      if (visitor === this.#visitor) dispatch({ type: 'start-failed' });
      throw toChatError(thrown);
    }
  }

  async resume(): Promise<void> {
    if (this.isClosed || this.isFollowing) return;
    if (this.token !== null) await this.#readLog(this.token);
    else if (this.#options.site.authenticate && this.#options.model().phase !== 'starting') {
      await (this.#search = this.#find());
    }
  }

  /** Looks for the visitor's ongoing chat, in another tab or on another device. */
  async #find(): Promise<void> {
    const visitor = this.#visitor;
    try {
      const found = await this.#ask({ existing: true });
      if (visitor === this.#visitor && this.token === null) await this.#take(found);
    } catch (thrown) {
      if (visitor === this.#visitor && toChatError(thrown).code !== 'no-ongoing-chat') throw thrown;
    }
  }

  async #ask(options: StartOptions & { existing?: true }): Promise<ChatAtRelay> {
    const { site, transport } = this.#options;
    return transport.startChat({ ...options, ...(site.authenticate && { identityToken: await askWho(site) }) });
  }

  async #take({ chat, token, epoch, isNew }: ChatAtRelay): Promise<void> {
    this.#remember(token);
    this.#options.dispatch({ type: 'chat-started', chat, epoch });
    if (isNew) this.#options.onStarted(chat);
    if (this.isClosed) return;
    if (isNew) this.#follow(token).start();
    else await this.#readLog(token);
  }

  async #readLog(token: string): Promise<void> {
    const follower = this.#follow(token);
    this.#options.dispatch({ type: 'chat-resuming' });
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
      ...this.#options,
      token,
      cursor: () => this.#options.model().cursor,
    }));
  }

  #letGo(): void {
    this.#follower?.stop();
    this.#follower = null;
  }

  #remember(token: string | null): void {
    this.token = token;
    this.#options.site.storage?.write(token);
  }
}
