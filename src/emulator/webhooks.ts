import type { Causes } from './causes.js';
import type { Timers } from './clock.js';
import type { Faults } from './faults.js';
import type { Journal } from './journal.js';
import { createActivity, type Activity } from './webhook-activity.js';
import { createCourier, type Courier, type Parcel } from './webhook-courier.js';
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

interface QueuedWebhook extends Parcel {
  readonly chatId: number;
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
  readonly #activity: Activity;
  readonly #courier: Courier;

  constructor(options: WebhookOptions) {
    this.#options = options;
    this.#activity = createActivity(options.timers);
    this.#courier = createCourier({ ...options, activity: this.#activity });
  }

  send(envelope: WebhookEnvelope): void {
    const { url, timers, faults, causes, journal } = this.#options;
    if (url() === undefined || this.#activity.isStopped()) return;
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
    return this.#activity.idle();
  }

  stop(): void {
    this.#activity.stop();
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
    this.#activity.begin();
    this.#lanes.set(chatId, { waiting, done: this.#deliverAll(chatId, waiting) });
  }

  async #deliverAll(chatId: number, waiting: QueuedWebhook[]): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (await this.#activity.pause(next.due - this.#options.timers.now())) await this.#courier.deliver(next);
    }
    // In the same step in which the lane was found empty: whatever comes now opens a new one.
    this.#lanes.delete(chatId);
    this.#activity.end();
  }
}
