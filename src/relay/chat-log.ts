import { formatCursor, type LogEntry, type LogEvent, type StreamSignal } from '../protocol/index.js';
import { orUnavailable } from './relay-error.js';
import type { Sealer } from './sealing.js';
import type { RelayStore } from './store.js';
import { isSecret, openEntry, sealEntry, toRemoved } from './stored-entry.js';
import { emptyView, extendView, hasEnded, type ChatView } from './view.js';

/** What to append, decided from what the log says at that moment. */
export interface Draft {
  /** De-duplication key within the chat; a known one appends nothing. */
  readonly key?: string | null;
  readonly entries: readonly LogEntry[];
}

/** An event, and its frame for the stream: made once, however many read it. */
export interface Published {
  readonly event: LogEvent;
  readonly frame: Uint8Array<ArrayBuffer>;
}

export type LogListener = (published: Published) => void;

export interface ChatLogOptions {
  readonly chatId: number;
  readonly store: RelayStore;
  readonly sealer: Sealer;
  readonly now: () => number;
}

const PAGE = 500;
/** How long a private message is kept, in milliseconds. */
const PRIVATE_FOR = 15 * 60_000;

/**
 * The log of one chat: appends in order, durable before anybody sees them, and tells its listeners.
 * Everything that changes a chat goes through {@link ChatLog.commit}, one after the other.
 */
export class ChatLog {
  readonly chatId: number;
  readonly #store: RelayStore;
  readonly #sealer: Sealer;
  readonly #now: () => number;
  readonly #listeners = new Set<LogListener>();
  #view: ChatView | null = null;
  /** An end is final, so it is known also while the view is not. */
  #isOver = false;
  #lane: Promise<unknown> = Promise.resolve();

  constructor(options: ChatLogOptions) {
    this.chatId = options.chatId;
    this.#store = options.store;
    this.#sealer = options.sealer;
    this.#now = options.now;
  }

  get epoch(): string {
    return this.#store.epoch;
  }

  /** Appends what `decide` makes of the log; null or a known key appends nothing. Answers the view after it. */
  commit(decide: (view: ChatView) => Draft | null): Promise<{ view: ChatView; appended: boolean }> {
    return this.#inTurn(async () => {
      const view = await this.#load();
      const draft = decide(view);
      if (!draft || (draft.entries.length === 0 && !draft.key)) return { view, appended: false };
      if (!(await this.#append(draft))) return { view, appended: false };
      const after = await this.#load();
      // What fails here is done when its time is over.
      if (hasEnded(after) && (!hasEnded(view) || draft.entries.some(isSecret))) void this.expire().catch(() => undefined);
      return { view: after, appended: true };
    });
  }

  /** Removes private messages whose time is over, after the end of the chat all: one `message-removed` each. */
  expire(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#load();
      const due = await this.#listDue();
      const events = (await Promise.all(due.map((seq) => this.#readStored(seq - 1, 1)))).flat();
      const at = new Date(this.#now()).toISOString();
      // Told before it is done: whoever is stopped in between does the rest later, and the key keeps it from being told twice.
      for (const event of events) {
        if (event.type !== 'message-added' || !isSecret(event)) continue;
        await this.#append({ key: `removed ${event.seq}`, entries: [{ type: 'message-removed', at, id: event.message.id }] });
      }
      await Promise.all(events.map((event) => this.#replace(event)));
    });
  }

  /** What the log adds up to now. */
  view(): Promise<ChatView> {
    return this.#inTurn(() => this.#load());
  }

  /** Events after a seq, at most `limit`. A private message whose time is over is `removed`, whether or not it lies there still. */
  async read(after: number, limit: number): Promise<LogEvent[]> {
    const events = await this.#readStored(after, limit);
    if (!events.some(isSecret)) return events;
    const due = new Set(await this.#listDue());
    // Read anew: between the two questions one may have been removed, and would then be due no more.
    return (await this.#readStored(after, limit)).map((event) => (due.has(event.seq) ? toRemoved(event) : event));
  }

  /** {@link ChatLog.read}, ready for a stream. */
  async readFrames(after: number, limit: number): Promise<Published[]> {
    return (await this.read(after, limit)).map((event) => this.toPublished(event));
  }

  /** Calls `listener` for every event after `after`, without a gap or a double between what was and what comes. */
  async subscribe(after: number, listener: LogListener): Promise<() => void> {
    await this.#inTurn(async () => {
      const view = await this.#load();
      for (let at = after; at < view.head; ) {
        const missed = await this.readFrames(at, PAGE);
        if (missed.length === 0) break;
        for (const published of missed) listener(published);
        at = missed.at(-1)?.event.seq ?? view.head;
      }
      this.#listeners.add(listener);
    });
    return () => this.#listeners.delete(listener);
  }

  #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#lane.then(task);
    this.#lane = result.catch(() => undefined);
    return result;
  }

  /** Reads the log once; from then on the view is kept by what is appended here. */
  async #load(): Promise<ChatView> {
    if (this.#view) return this.#view;
    let view = emptyView;
    for (;;) {
      const events = await this.read(view.head, PAGE);
      if (events.length === 0) break;
      view = events.reduce((sum, event) => extendView(sum, event, event.seq), view);
    }
    this.#keep(view);
    return view;
  }

  #keep(view: ChatView): void {
    this.#view = view;
    this.#isOver ||= hasEnded(view);
  }

  /** Appends and tells; false where the key was known. */
  async #append({ key = null, entries }: Draft): Promise<boolean> {
    const bodies = await Promise.all(entries.map((entry) => sealEntry(this.#sealer, this.chatId, entry)));
    const at = this.#now();
    const secretUntil = entries.some(isSecret) ? at + PRIVATE_FOR : null;
    const known = this.#view;
    // Until the store has answered, only the store knows what it holds.
    this.#view = null;
    const result = await orUnavailable(() => this.#store.append({ chatId: this.chatId, key, bodies, at, secretUntil }));
    if (result.duplicate || result.first === (known?.head ?? 0) + 1) this.#view = known;
    if (result.duplicate) return false;
    entries.forEach((entry, index) => {
      this.#publish({ ...entry, seq: result.first + index });
    });
    return true;
  }

  async #readStored(after: number, limit: number): Promise<LogEvent[]> {
    const stored = await orUnavailable(() => this.#store.read(this.chatId, after, limit));
    return Promise.all(
      stored.map(async ({ seq, body }) => ({ ...(await openEntry(this.#sealer, this.chatId, body)), seq })),
    );
  }

  /** Seqs of what lies in the store though it must be gone. */
  async #listDue(): Promise<number[]> {
    const { chatId } = this;
    const listed = await orUnavailable(() => this.#store.listSecrets(this.#isOver ? { chatId } : { until: this.#now() }));
    return listed.filter((place) => place.chatId === chatId).map(({ seq }) => seq);
  }

  async #replace({ seq, ...entry }: LogEvent): Promise<void> {
    const body = await sealEntry(this.#sealer, this.chatId, toRemoved(entry));
    await orUnavailable(() => this.#store.replace({ chatId: this.chatId, seq, body }));
  }

  #publish(event: LogEvent): void {
    if (this.#view) this.#keep(extendView(this.#view, event, event.seq));
    const published = this.toPublished(event);
    for (const listener of this.#listeners) listener(published);
  }

  /** An event of this log, ready for a stream. */
  toPublished(event: LogEvent): Published {
    return { event, frame: toFrame(event, formatCursor(this.epoch, event.seq)) };
  }
}

/** One event of the stream. JSON is one line, so no text of anybody can end a frame. */
export function toFrame(event: LogEvent | StreamSignal, id?: string): Uint8Array<ArrayBuffer> {
  const head = id === undefined ? '' : `id: ${id}\n`;
  return new TextEncoder().encode(`${head}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}
