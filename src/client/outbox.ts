import type { ChatError } from './chat-error.js';
import { wait, type ClientClock } from './clock.js';

/** Delays before the second, third and fourth try, in milliseconds. */
const RETRY_DELAYS = [500, 1_500, 4_000];

export interface OutboxOptions {
  /** Runs before the first try of a message; what it rejects with ends that message and all that wait. */
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
    const { signal } = this.#running;
    void this.#drain(signal, () => signal.aborted);
  }

  clear(): void {
    this.#waiting = [];
    this.#running?.abort();
    this.#running = null;
  }

  async #drain(signal: AbortSignal, isCleared: () => boolean): Promise<void> {
    for (let id = this.#waiting[0]; id !== undefined; id = this.#waiting[0]) {
      const unprepared = await this.#options.prepare().then(() => null, this.#options.toError);
      if (isCleared()) return;
      const error = unprepared ?? (await this.#tryDelivery(id, signal));
      if (isCleared()) return;
      // What cannot be prepared for one cannot be for those behind it.
      const done = this.#waiting.splice(0, unprepared ? this.#waiting.length : 1);
      if (error) for (const failed of done) this.#options.onFailed(failed, error);
      if (isCleared()) return;
    }
    this.#running = null;
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
