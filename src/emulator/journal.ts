import type { Cause } from './causes.js';
import type { RunStart } from './recording.js';

/** What every line has. Headers are never kept, so that no credentials are. */
interface JournalLine {
  /** Counts requests and webhooks together, from 1. */
  readonly number: number;
  /** ISO 8601 with milliseconds: when it arrived, or when it was sent. */
  readonly at: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** HTTP status of the answer; 0 while there is none, and for a webhook that nobody answered. */
  status: number;
  /** Parsed JSON; the text itself where it is not JSON; of an upload what upload-note.ts keeps of it; else null. */
  body: unknown;
}

/** A request that arrived. */
export interface RequestEntry extends JournalLine {
  readonly direction: 'in';
  /** With its question mark; absent where there was none, and where it carries a signature. */
  readonly query?: string;
  /** The fault that was put upon it. */
  fault?: string;
}

/** A webhook that left. */
export interface WebhookEntry extends JournalLine {
  readonly direction: 'out';
  /** What made the platform send it. */
  readonly cause: Cause;
  /** From 2 on: a repetition, because nobody had answered with 2xx. */
  readonly attempt?: number;
  /** It had left before; a fault sent it again. */
  readonly duplicate?: 'same-bytes' | 'signed-again';
}

export type JournalEntry = RequestEntry | WebhookEntry;

/** A control call that changed something: not part of what passed, but needed to play it once more. */
export interface ControlEntry {
  readonly number: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** Parsed JSON; `{file}` with its name where an agent's file came. */
  body: unknown;
}

/** A webhook that a fault lost. */
export interface DroppedWebhook {
  readonly at: string;
  readonly body: unknown;
  readonly cause: Cause;
}

type New<Line> = Omit<Line, 'number' | 'at' | 'status' | 'direction'>;

/** Everything that passed between the emulated platform and its consumer, in the order it began. */
export interface Journal {
  /** A request, at once, so that the order is the order of arrival; the caller fills in `status` later. */
  addRequest(entry: New<RequestEntry>): RequestEntry;
  addWebhook(entry: New<WebhookEntry>): WebhookEntry;
  addControl(entry: New<ControlEntry>): ControlEntry;
  addDropped(webhook: Omit<DroppedWebhook, 'at'>): void;
  /** Everything so far. */
  records(): {
    readonly run: RunStart;
    readonly entries: readonly JournalEntry[];
    readonly controls: readonly ControlEntry[];
    readonly dropped: readonly DroppedWebhook[];
  };
}

/** Makes an empty journal. */
export function createJournal({ now, run }: { readonly now: () => number; readonly run: RunStart }): Journal {
  const entries: JournalEntry[] = [];
  const controls: ControlEntry[] = [];
  const dropped: DroppedWebhook[] = [];
  let last = 0;
  const at = (): string => new Date(now()).toISOString();
  const next = (): number => (last += 1);

  return {
    addRequest: (entry) => {
      const line: RequestEntry = { number: next(), direction: 'in', at: at(), status: 0, ...entry };
      entries.push(line);
      return line;
    },
    addWebhook: (entry) => {
      const line: WebhookEntry = { number: next(), direction: 'out', at: at(), status: 0, ...entry };
      entries.push(line);
      return line;
    },
    addControl: (entry) => {
      const line: ControlEntry = { number: next(), at: at(), ...entry };
      controls.push(line);
      return line;
    },
    addDropped: (webhook) => {
      dropped.push({ at: at(), ...webhook });
    },
    records: () => ({ run, entries, controls, dropped }),
  };
}

/** A body as the journal keeps it: parsed JSON, the text itself, or null for nothing. */
export function toJournalBody(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
