import type { Message, SendMessage } from '../protocol/index.js';
import { toChatError, type ChatError } from './chat-error.js';
import { wait, type ClientClock } from './clock.js';
import { messageItemOf, type Action, type Model } from './reduce.js';

/** Delays before the second, third and fourth try, in milliseconds. */
const RETRY_DELAYS = [500, 1_500, 4_000];

export interface MessageDeliveryOptions {
  readonly model: () => Model;
  readonly dispatch: (action: Action) => void;
  /** Sees to it that there is a chat; what it rejects with ends every message that waits. */
  readonly prepare: () => Promise<void>;
  /** Rejects with a {@link ChatError}. Trying again is safe: the relay knows the ids. */
  readonly send: (message: SendMessage) => Promise<void>;
  /** Given up; the person may try again. */
  readonly onFailed: (error: ChatError) => void;
  readonly clock: ClientClock;
}

/** Brings composed messages to the relay, one after the other, in the order they were written. */
export interface MessageDelivery {
  add(id: string): void;
  /** Once more, whatever became of it, on the person's word. `anyway`: although nobody can tell who will read it. */
  addAgain(id: string, anyway?: boolean): void;
  /** Lets go; {@link MessageDelivery.resume} goes on with what that left open. */
  stop(): void;
  resume(): void;
}

export function createMessageDelivery(options: MessageDeliveryOptions): MessageDelivery {
  return new FifoDelivery(options);
}

class FifoDelivery implements MessageDelivery {
  readonly #options: MessageDeliveryOptions;
  /** Sent again on the person's word; true: whoever may read it. */
  readonly #again = new Map<string, boolean>();
  #waiting: string[] = [];
  #running: AbortController | null = null;

  constructor(options: MessageDeliveryOptions) {
    this.#options = options;
  }

  add(id: string): void {
    if (!this.#waiting.includes(id)) this.#waiting.push(id);
    if (this.#running) return;
    this.#running = new AbortController();
    void this.#drain(this.#running);
  }

  addAgain(id: string, anyway = false): void {
    this.#again.set(id, anyway);
    this.#options.dispatch({ type: 'delivery-changed', id, delivery: 'sending', code: null });
    this.add(id);
  }

  stop(): void {
    this.#waiting = [];
    this.#running?.abort();
    this.#running = null;
  }

  resume(): void {
    for (const item of this.#options.model().items) {
      const message = item.kind === 'message' && this.#openMessage(item.message.id);
      if (!message) continue;
      // Whom it was for may be gone by now: what is private goes out once, or on the person's word.
      if (message.private && !this.#waiting.includes(message.id)) this.#giveUp(message.id, null);
      else this.add(message.id);
    }
  }

  /** The message while only this browser answers for it: for what the log has, the log speaks. */
  #openMessage(id: string): Message | undefined {
    const item = messageItemOf(this.#options.model(), id);
    const isOpen = item?.message.delivery === 'sending' && (item.seq === null || this.#again.has(id));
    return isOpen ? item.message : undefined;
  }

  async #drain(running: AbortController): Promise<void> {
    for (let id = this.#waiting[0]; id !== undefined; id = this.#waiting[0]) {
      const unprepared = await this.#options.prepare().then(() => null, toChatError);
      const error = unprepared ?? (await this.#tryDelivery(id, running.signal));
      if (this.#running !== running) return;
      // What cannot be prepared for one cannot be for those behind it.
      const done = this.#waiting.splice(0, unprepared ? this.#waiting.length : 1);
      for (const settled of done) this.#settle(settled, error);
      if (this.#running !== running) return;
    }
    this.#running = null;
  }

  #settle(id: string, error: ChatError | null): void {
    const isLost = error !== null && this.#openMessage(id) !== undefined;
    this.#again.delete(id);
    if (isLost) this.#giveUp(id, error.code);
    if (isLost || error?.code === 'unauthorized') this.#options.onFailed(error);
  }

  #giveUp(id: string, code: string | null): void {
    this.#options.dispatch({ type: 'delivery-changed', id, delivery: 'failed', code });
  }

  async #tryDelivery(id: string, signal: AbortSignal): Promise<ChatError | null> {
    for (let attempt = 0; ; attempt += 1) {
      const message = this.#openMessage(id);
      if (signal.aborted || !message) return null;
      try {
        await this.#options.send(toRequest(message, this.#again.get(id)));
        return null;
      } catch (thrown) {
        const error = toChatError(thrown);
        const delay = RETRY_DELAYS[attempt];
        if (!error.retryable || message.private || delay === undefined) return error;
        await wait(this.#options.clock, delay, signal);
      }
    }
  }
}

/** What is undefined does not travel. */
function toRequest({ id, text, to, replyTo }: Message, anyway: boolean | undefined): SendMessage {
  const again = anyway !== undefined || undefined;
  return { id, text, to: to ?? undefined, replyTo: replyTo ?? undefined, again, anyway: anyway || undefined };
}
