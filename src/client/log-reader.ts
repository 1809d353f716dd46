import { LogEnvelope, formatCursor, parseStreamSignal, type History, type StreamSignal } from '../protocol/index.js';
import { ChatError } from './chat-error.js';
import type { Action, Cursor, LogInput } from './reduce.js';

export interface LogReaderOptions {
  readonly cursor: () => Cursor | null;
  readonly dispatch: (action: Action) => void;
  /** Applies an event that happened just now, and tells listeners. */
  readonly applyLive: (event: LogInput) => void;
  /** One page of the log after a seq. */
  readonly loadPage: (after: number) => Promise<History>;
  readonly onOpen: () => void;
  /** The relay goes away for so many milliseconds. */
  readonly onBye: (milliseconds: number) => void;
  /** The handle is no longer good. */
  readonly onRefused: (error: ChatError) => void;
}

/** Turns what the stream says into state, each event exactly once and in order; fills gaps from the history. */
export interface LogReader {
  /** The cursor to resume a stream from. */
  resumeFrom(): string | null;
  /** Takes the data of one stream event. Rejects when a gap could not be filled: the stream must then be opened anew. */
  receive(data: string): Promise<void>;
  /** Reads the whole log from its start. */
  loadAll(): Promise<void>;
}

export function createLogReader(options: LogReaderOptions): LogReader {
  return new GaplessReader(options);
}

class GaplessReader implements LogReader {
  readonly #options: LogReaderOptions;

  constructor(options: LogReaderOptions) {
    this.#options = options;
  }

  get #seq(): number {
    return this.#options.cursor()?.seq ?? 0;
  }

  resumeFrom(): string | null {
    const cursor = this.#options.cursor();
    return cursor && formatCursor(cursor.epoch, cursor.seq);
  }

  async receive(data: string): Promise<void> {
    const value = parseJson(data);
    const event = LogEnvelope.safeParse(value);
    if (event.success) {
      await this.#receiveEvent(event.data);
      return;
    }
    const signal = parseStreamSignal(value);
    if (signal) await this.#receiveSignal(signal);
  }

  async loadAll(): Promise<void> {
    const events: LogInput[] = [];
    for (let epoch: string | undefined; ; ) {
      const page = await this.#options.loadPage(events.at(-1)?.seq ?? 0);
      // A log that was lost between two pages begins anew.
      if (page.epoch !== (epoch ??= page.epoch)) return this.loadAll();
      events.push(...page.events);
      if (page.events.length === 0 || (events.at(-1)?.seq ?? 0) >= page.head) {
        this.#options.dispatch({ type: 'history-loaded', epoch, events });
        return;
      }
    }
  }

  async #receiveEvent(event: LogInput): Promise<void> {
    if (event.seq > this.#seq + 1) await this.#fillGap();
    if (event.seq === this.#seq + 1) this.#options.applyLive(event);
  }

  async #receiveSignal(signal: StreamSignal): Promise<void> {
    switch (signal.type) {
      case 'hello':
        if (signal.resumed === 'gap' || signal.epoch !== this.#options.cursor()?.epoch) await this.loadAll();
        this.#options.onOpen();
        return;
      case 'heartbeat':
        if (signal.head > this.#seq) await this.#fillGap();
        return;
      case 'reset':
        await this.loadAll();
        return;
      case 'bye':
        this.#options.onBye(signal.in);
        return;
      case 'expired':
        this.#options.onRefused(new ChatError('unauthorized', { retryable: false }));
        return;
    }
  }

  /** What the stream skipped happened just now, as far as the reader knows: it is told like live events. */
  async #fillGap(): Promise<void> {
    for (;;) {
      const page = await this.#options.loadPage(this.#seq);
      if (page.epoch !== this.#options.cursor()?.epoch) {
        await this.loadAll();
        return;
      }
      for (const event of page.events) this.#options.applyLive(event);
      if (page.events.length === 0 || this.#seq >= page.head) return;
    }
  }
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
