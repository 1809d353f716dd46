import type { Cause, Causes } from './causes.js';
import type { Timers } from './clock.js';
import type { Faults, WebhookFate } from './faults.js';
import type { Journal } from './journal.js';
import type { Delivery } from './webhook-delivery.js';

/** What a webhook carries (platform: Webhooks, Envelope). The keys stand in the documented order. */
export interface WebhookEnvelope {
  readonly event_type: string;
  /** ISO 8601, UTC, second precision. */
  readonly timestamp: string;
  readonly chat_id: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The queue of webhooks. */
export interface Webhooks {
  /** Queues one; without a receiver nothing is sent. */
  send(envelope: WebhookEnvelope): void;
  /** Resolves when everything queued so far for this chat is delivered or given up. */
  settle(chatId: number): Promise<void>;
  /** Resolves when nothing is under way: what is left waits for its time to come. */
  idle(): Promise<void>;
  /** Gives up what is queued. */
  stop(): void;
}

interface WebhookOptions {
  readonly timers: Timers;
  readonly faults: Faults;
  readonly causes: Causes;
  readonly journal: Journal;
  readonly delivery: Delivery;
  /** Where they go, read at each delivery. */
  readonly url: () => string | undefined;
}

interface QueuedWebhook {
  readonly chatId: number;
  readonly body: string;
  readonly cause: Cause;
  readonly fate: WebhookFate;
  /** Not before this moment, in milliseconds since 1970. */
  readonly due: number;
}

/** The webhooks of one chat, one behind the other. */
interface Lane {
  readonly waiting: QueuedWebhook[];
  /** Resolves when nothing waits any more. */
  readonly done: Promise<void>;
}

/** How long a reordered webhook waits for the one that is to pass it, in milliseconds. */
const LONGEST_HOLD_MILLISECONDS = 2000;
/** After this a webhook that was signed again comes: late enough for another timestamp in any form. */
const SECOND_COPY_MILLISECONDS = 1000;
const RETRY = { first: 250, longest: 5000, until: 120_000 } as const;

/**
 * Makes the queue: in order within a chat, one request at a time; chats do not wait for one another. Faults
 * may delay, drop, double and reorder. A webhook that is not answered with 2xx is dropped unless faults say
 * that it is repeated: no retry is documented (OQ-12).
 */
export function createWebhooks(options: WebhookOptions): Webhooks {
  return new WebhookQueue(options);
}

class WebhookQueue implements Webhooks {
  readonly #options: WebhookOptions;
  /** What waits behind one another, for each chat that has something to wait for. */
  readonly #lanes = new Map<number, Lane>();
  /** At most one a chat: it waits to be passed by the next one. */
  readonly #held = new Map<number, QueuedWebhook>();
  readonly #waiters: (() => void)[] = [];
  /** How many lanes, and second copies, are under way and do not wait for their time. */
  #active = 0;
  #isStopped = false;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  send(envelope: WebhookEnvelope): void {
    const { url, timers, faults, causes, journal } = this.#options;
    if (url() === undefined || this.#isStopped) return;
    const fate = faults.nextWebhook();
    const cause = causes.current();
    if (fate.isDropped) {
      journal.addDropped({ body: envelope, cause });
      return;
    }
    const due = timers.now() + fate.delayMilliseconds;
    const queued = { chatId: envelope.chat_id, body: JSON.stringify(envelope), cause, fate, due };
    if (fate.isReordered && !this.#held.has(queued.chatId)) {
      this.#hold(queued);
      return;
    }
    this.#enqueue(queued);
    this.#release(queued.chatId);
  }

  settle(chatId: number): Promise<void> {
    return this.#lanes.get(chatId)?.done ?? Promise.resolve();
  }

  idle(): Promise<void> {
    return this.#active === 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          this.#waiters.push(resolve);
        });
  }

  stop(): void {
    this.#isStopped = true;
  }

  #hold(webhook: QueuedWebhook): void {
    this.#held.set(webhook.chatId, webhook);
    this.#options.timers.after(LONGEST_HOLD_MILLISECONDS, () => {
      if (this.#held.get(webhook.chatId) === webhook) this.#release(webhook.chatId);
    });
  }

  #release(chatId: number): void {
    const held = this.#held.get(chatId);
    this.#held.delete(chatId);
    if (held !== undefined) this.#enqueue(held);
  }

  #enqueue(webhook: QueuedWebhook): void {
    const { chatId } = webhook;
    const lane = this.#lanes.get(chatId);
    if (lane !== undefined) {
      lane.waiting.push(webhook);
      return;
    }
    const waiting = [webhook];
    this.#begin();
    this.#lanes.set(chatId, { waiting, done: this.#deliverAll(chatId, waiting) });
  }

  async #deliverAll(chatId: number, waiting: QueuedWebhook[]): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await this.#deliver(next);
    // In the same step in which the lane was found empty: whatever comes now opens a new one.
    this.#lanes.delete(chatId);
    this.#end();
  }

  async #deliver(webhook: QueuedWebhook): Promise<void> {
    const { timers, delivery } = this.#options;
    if (!(await this.#pause(webhook.due - timers.now()))) return;
    const { body, cause, fate } = webhook;
    const sent = await this.#deliverWithRetries(body, cause);
    if (sent === undefined || fate.duplicate === 'none') return;
    if (fate.duplicate === 'same-bytes') {
      await delivery.post(sent, { cause, duplicate: 'same-bytes' });
      return;
    }
    // Nobody waits for the second copy: whatever comes in the meantime may pass it.
    timers.after(SECOND_COPY_MILLISECONDS, () => {
      this.#begin();
      void this.#deliverAgain(body, cause).finally(() => {
        this.#end();
      });
    });
  }

  async #deliverAgain(body: string, cause: Cause): Promise<void> {
    const { url, delivery } = this.#options;
    const target = url();
    if (target === undefined || this.#isStopped) return;
    await delivery.post(await delivery.sign(target, body), { cause, duplicate: 'signed-again' });
  }

  /** @returns what was sent in the end; undefined when there is nobody to send it to any more */
  async #deliverWithRetries(
    body: string,
    cause: Cause,
  ): Promise<Awaited<ReturnType<Delivery['sign']>> | undefined> {
    const { url, timers, faults, delivery } = this.#options;
    const giveUpAt = timers.now() + RETRY.until;
    for (let attempt = 1, wait: number = RETRY.first; ; attempt += 1, wait = Math.min(wait * 2, RETRY.longest)) {
      const target = url();
      if (target === undefined || this.#isStopped) return undefined;
      const signed = await delivery.sign(target, body);
      const isAccepted = await delivery.post(signed, { cause, ...(attempt > 1 && { attempt }) });
      const mayRepeat = faults.settings().webhook.retry && timers.now() + wait <= giveUpAt;
      if (isAccepted || !mayRepeat) return signed;
      if (!(await this.#pause(wait))) return undefined;
    }
  }

  /** Waits without being under way. False when everything was stopped. */
  async #pause(milliseconds: number): Promise<boolean> {
    if (milliseconds <= 0) return !this.#isStopped;
    this.#end();
    const elapsed = await this.#options.timers.pause(milliseconds);
    this.#begin();
    return elapsed && !this.#isStopped;
  }

  #begin(): void {
    this.#active += 1;
  }

  #end(): void {
    this.#active -= 1;
    if (this.#active === 0) for (const resolve of this.#waiters.splice(0)) resolve();
  }
}
