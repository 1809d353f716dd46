import { type ChatError } from './chat-error.js';
import { wait, type ClientClock } from './clock.js';
import type { ConnectionStatus } from './chat-state.js';
import { readEventStream } from './event-stream.js';
import { toProblemError } from './transport.js';

/** Longest silence before a line counts as dead: two heartbeats and a bit (K3), in milliseconds. */
const SILENCE_LIMIT = 40_000;
/** First and longest delay before a new try (K1), in milliseconds. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
/** A stream that lived this long (ms) was healthy: the next loss starts counting anew. */
const HEALTHY_AFTER = 10_000;

export interface ConnectionOptions {
  /** Opens a stream at the reader's place. */
  readonly open: (signal: AbortSignal) => Promise<Response>;
  /** One event's data, in order; the next waits until this is done. */
  readonly onData: (data: string) => Promise<void>;
  readonly onStatus: (status: ConnectionStatus) => void;
  /** The relay said no for good (K7). */
  readonly onRefused: (error: ChatError) => void;
  readonly clock: ClientClock;
  /** 0 to 1, for the jitter. */
  readonly random: () => number;
}

export interface Connection {
  start(): void;
  stop(): void;
  /** The relay asked to come back after so many milliseconds (K2). */
  delayNextTry(milliseconds: number): void;
}

/** Keeps one event stream open until it is stopped or refused for good. */
export function createConnection(options: ConnectionOptions): Connection {
  return new RetryingConnection(options);
}

class RetryingConnection implements Connection {
  readonly #options: ConnectionOptions;
  #running: AbortController | null = null;
  #failures = 0;
  #requestedDelay: number | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#running) return;
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
    this.#failures = 0;
    this.#options.onStatus('idle');
  }

  delayNextTry(milliseconds: number): void {
    this.#requestedDelay = milliseconds;
  }

  async #run(signal: AbortSignal): Promise<void> {
    this.#options.onStatus('connecting');
    for (;;) {
      const outcome = await this.#readOnce(signal);
      if (signal.aborted) return;
      if (outcome !== 'lost') {
        this.#running = null;
        this.#options.onStatus('stopped');
        this.#options.onRefused(outcome);
        return;
      }
      this.#options.onStatus('waiting');
      await wait(this.#options.clock, this.#nextDelay(), signal);
    }
  }

  /** Reads one stream to its end; answers why there will be no other, where the relay said so. */
  async #readOnce(signal: AbortSignal): Promise<'lost' | ChatError> {
    const { clock } = this.#options;
    const attempt = new AbortController();
    const abort = () => {
      attempt.abort();
    };
    signal.addEventListener('abort', abort, { once: true });
    const watch = createSilenceWatch(clock, abort);
    const began = clock.now();
    try {
      const response = await this.#options.open(attempt.signal);
      if (isFinal(response.status)) return await toProblemError(response);
      if (isEventStream(response)) await this.#consume(response.body, watch.heard);
    } catch {
      // Every fault of the line ends here, and means the same: try again.
    } finally {
      watch.stop();
      signal.removeEventListener('abort', abort);
      abort();
    }
    if (clock.now() - began > HEALTHY_AFTER) this.#failures = 0;
    return 'lost';
  }

  async #consume(body: ReadableStream<Uint8Array>, heard: () => void): Promise<void> {
    for await (const event of readEventStream(body, heard)) await this.#options.onData(event.data);
  }

  /** Full jitter: random between 0 and the doubled limit. */
  #nextDelay(): number {
    const limit = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#failures);
    this.#failures += 1;
    const delay = this.#requestedDelay ?? this.#options.random() * limit;
    this.#requestedDelay = null;
    return delay;
  }
}

/** Calls `onSilence` when nothing was heard for too long. */
function createSilenceWatch(clock: ClientClock, onSilence: () => void) {
  let cancel = clock.setTimeout(onSilence, SILENCE_LIMIT);
  return {
    heard: () => {
      cancel();
      cancel = clock.setTimeout(onSilence, SILENCE_LIMIT);
    },
    stop: () => {
      cancel();
    },
  };
}

/** Answers that will not change by asking again. */
function isFinal(status: number): boolean {
  return status === 204 || (status >= 400 && status < 500 && status !== 408 && status !== 429);
}

/** A login page of a hotel network answers 200 too. */
function isEventStream(response: Response): response is Response & { body: ReadableStream<Uint8Array> } {
  const type = response.headers.get('content-type') ?? '';
  return response.status === 200 && /^text\/event-stream *(;|$)/i.test(type) && response.body !== null;
}
