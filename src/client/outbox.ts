import type { ChatError } from './chat-error.js';
import { wait, type ClientClock } from './clock.js';

/** Delays before the second, third and fourth try, in milliseconds. */
const RETRY_DELAYS = [500, 1_500, 4_000];

export interface OutboxOptions {
  /** Runs once before the first try of a message; what it rejects with ends that message. */
  readonly prepare: () => Promise<void>;
  /** Delivers one message; rejects with a {@link ChatError}. */
  readonly deliver: (id: string) => Promise<void>;
  /** Given up; the person may try again. */
  readonly onFailed: (id: string, error: ChatError) => void;
  readonly toError: (error: unknown) => ChatError;
  readonly clock: ClientClock;
}

/** Delivers messages one after the other, in the order they were written. Trying again is safe: the relay knows their ids. */
export interface Outbox {
  add(id: string): void;
  clear(): void;
}

export function createOutbox(options: OutboxOptions): Outbox {
  return new FifoOutbox(options);
}

class FifoOutbox implements Outbox {
  readonly #options: OutboxOptions;
  #waiting: string[] = [];
  #running: AbortController | null = null;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  add(id: string): void {
    if (!this.#waiting.includes(id)) this.#waiting.push(id);
    if (this.#running) return;
    this.#running = new AbortController();
    void this.#drain(this.#running.signal);
  }

  clear(): void {
    this.#waiting = [];
    this.#running?.abort();
    this.#running = null;
  }

  async #drain(signal: AbortSignal): Promise<void> {
    for (let id = this.#waiting[0]; id !== undefined; id = this.#waiting[0]) {
      const error = (await this.#prepare()) ?? (await this.#tryDelivery(id, signal));
      if (signal.aborted) return;
      this.#waiting.shift();
      if (error) this.#options.onFailed(id, error);
    }
    this.#running = null;
  }

  async #prepare(): Promise<ChatError | null> {
    return this.#options.prepare().then(() => null, this.#options.toError);
  }

  async #tryDelivery(id: string, signal: AbortSignal): Promise<ChatError | null> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.#options.deliver(id);
        return null;
      } catch (thrown) {
        const error = this.#options.toError(thrown);
        const delay = RETRY_DELAYS[attempt];
        if (!error.retryable || delay === undefined) return error;
        await wait(this.#options.clock, delay, signal);
        if (signal.aborted) return error;
      }
    }
  }
}
