import { LogEnvelope, formatCursor, parseStreamSignal, type History, type StreamSignal } from '../protocol/index.js';
import { ChatError } from './chat-error.js';
import { createConnection, type Connection, type ConnectionOptions } from './connection.js';
import type { Action, Cursor, LogInput } from './reduce.js';
import type { RelayTransport } from './transport.js';

export interface LogFollowerOptions extends Pick<ConnectionOptions, 'onRefused' | 'clock' | 'random'> {
  readonly transport: RelayTransport;
  /** The handle of the chat whose log this is. */
  readonly token: string;
  readonly cursor: () => Cursor | null;
  readonly dispatch: (action: Action) => void;
  /** Applies an event that happened just now, and tells listeners. */
  readonly applyLive: (event: LogInput) => void;
}

/**
 * Follows the log of one chat: each event exactly once and in order, gaps filled from the history.
 * Once stopped it is over: nothing that was still on its way is told any more.
 */
export interface LogFollower {
  /** Follows the stream from the cursor. */
  start(): void;
  /** Reads the whole log, then follows the stream. */
  resume(): Promise<void>;
  stop(): void;
}

export function createLogFollower(options: LogFollowerOptions): LogFollower {
  return new GaplessFollower(options);
}

class GaplessFollower implements LogFollower {
  readonly #options: LogFollowerOptions;
  readonly #connection: Connection;
  #isOver = false;

  constructor(options: LogFollowerOptions) {
    const { transport, token, cursor, dispatch } = options;
    this.#options = options;
    this.#connection = createConnection({
      ...options,
      open: (signal) => {
        const place = cursor();
        return transport.openStream(token, place && formatCursor(place.epoch, place.seq), signal);
      },
      onData: (data) => this.#receive(data),
      onStatus: (connection) => {
        dispatch({ type: 'connection-changed', connection });
      },
    });
  }

  start(): void {
    this.#connection.start();
  }

  async resume(): Promise<void> {
    await this.#loadAll();
    this.#connection.start();
  }

  stop(): void {
    this.#isOver = true;
    this.#connection.stop();
  }

  get #seq(): number {
    return this.#options.cursor()?.seq ?? 0;
  }

  /** Takes the data of one stream event. Rejects when a gap could not be filled: the stream must then be opened anew. */
  async #receive(data: string): Promise<void> {
    if (this.#isOver) return;
    const value = parseJson(data);
    const event = LogEnvelope.safeParse(value);
    const signal = event.success ? undefined : parseStreamSignal(value);
    if (event.success) await this.#receiveEvent(event.data);
    if (signal) await this.#receiveSignal(signal);
  }

  async #receiveEvent(event: LogInput): Promise<void> {
    if (event.seq > this.#seq + 1) await this.#fillGap();
    if (event.seq === this.#seq + 1) this.#options.applyLive(event);
  }

  async #receiveSignal(signal: StreamSignal): Promise<void> {
    const { dispatch, onRefused } = this.#options;
    switch (signal.type) {
      case 'hello':
        // A cursor that could not be honoured is followed by `reset`, which loads the history: once.
        dispatch({ type: 'connection-changed', connection: 'open' });
        dispatch({ type: 'problem-changed', problem: null });
        return;
      case 'heartbeat':
        if (signal.head > this.#seq) await this.#fillGap();
        return;
      case 'reset':
        await this.#loadAll();
        return;
      case 'bye':
        this.#connection.delayNextTry(signal.in);
        return;
      case 'expired':
        onRefused(new ChatError('unauthorized', { retryable: false }));
        return;
    }
  }

  async #loadAll(): Promise<void> {
    const events: LogInput[] = [];
    for (let epoch: string | undefined; ; ) {
      const page = await this.#loadPage(events.at(-1)?.seq ?? 0);
      // A log that was lost between two pages begins anew.
      if (page.epoch !== (epoch ??= page.epoch)) return this.#loadAll();
      events.push(...page.events);
      if (page.events.length === 0 || (events.at(-1)?.seq ?? 0) >= page.head) {
        this.#options.dispatch({ type: 'history-loaded', epoch, events, at: this.#options.clock.now() });
        return;
      }
    }
  }

  /** What the stream skipped happened just now, as far as the reader knows: it is told like live events. */
  async #fillGap(): Promise<void> {
    for (;;) {
      const page = await this.#loadPage(this.#seq);
      if (page.epoch !== this.#options.cursor()?.epoch) return this.#loadAll();
      page.events.forEach(this.#options.applyLive);
      if (page.events.length === 0 || this.#seq >= page.head) return;
    }
  }

  async #loadPage(after: number): Promise<History> {
    const page = await this.#options.transport.getHistory(this.#options.token, after);
    if (this.#isOver) throw new Error('Nobody follows this log any more.');
    return page;
  }
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
