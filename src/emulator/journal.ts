/** One line of the journal: a request that arrived, or a webhook that left. Headers are never kept. */
export interface JournalEntry {
  readonly direction: 'in' | 'out';
  /** ISO 8601 with milliseconds: when it arrived, or when it was sent. */
  readonly at: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** HTTP status of the answer; 0 while there is none, and for a webhook that nobody answered. */
  status: number;
  /** Parsed JSON; the text itself where it is not JSON; null where there is none. */
  readonly body: unknown;
}

/** Everything that passed between the emulated platform and its consumer, in the order it began. */
export interface Journal {
  /** Adds a line at once, so that the order is the order of arrival; the caller fills in `status` later. */
  add(entry: Omit<JournalEntry, 'at' | 'status'>): JournalEntry;
  entries(): readonly JournalEntry[];
}

/** Makes an empty journal. */
export function createJournal(now: () => number): Journal {
  const entries: JournalEntry[] = [];
  return {
    add: ({ direction, method, path, body }) => {
      const entry: JournalEntry = {
        direction,
        at: new Date(now()).toISOString(),
        method,
        path,
        status: 0,
        body,
      };
      entries.push(entry);
      return entry;
    },
    entries: () => entries,
  };
}
