import * as z from 'zod/mini';
import type { Inactivity } from './inactivity.js';
import type { ControlEntry, JournalEntry } from './journal.js';
import { toId, toParameters } from './parameters.js';

const Line = {
  number: z.int({ error: 'takes a whole number' }),
  at: z.string({ error: 'takes a time' }).check(z.refine(isTime, { error: 'takes an ISO 8601 time' })),
  method: z.string({ error: 'takes a method' }).check(z.regex(/^[A-Z]+$/, 'takes a method')),
  path: z.string({ error: 'takes a path' }).check(z.startsWith('/', 'takes a path')),
  body: z.unknown(),
};

const status = z.int({ error: 'takes a status' });

/** Body of `POST /emulator/replay`: what `GET /emulator/journal` gave. Further keys do no harm. */
export const RecordingInput = z.object(
  {
    run: z.object(
      {
        seed: z.int({ error: 'takes a whole number' }),
        startedAt: Line.at,
        script: z.object({
          name: z.string({ error: 'takes a name' }),
          /** Where it was no built-in one. */
          text: z.optional(z.string()),
        }),
        ids: z.record(z.string(), z.int()),
        switches: z.record(z.string(), z.unknown()),
        templates: z.optional(z.record(z.string(), z.unknown())),
        inactivity: z.object({ dismissAfter: z.optional(z.int()), timeOutAfter: z.int() }),
      },
      { error: 'takes what the journal says of its run' },
    ),
    entries: z.array(
      z.union(
        [
          z.object({ ...Line, direction: z.literal('in'), query: z.optional(z.string()), status }),
          z.object({ ...Line, direction: z.literal('out'), status }),
        ],
        { error: 'takes an entry of the journal' },
      ),
      { error: 'takes the entries of the journal' },
    ),
    controls: z.array(z.object(Line), { error: 'takes the controls of the journal' }),
  },
  { error: 'takes a journal as GET /emulator/journal gives it' },
);

/** A run that can be played once more. */
export type Recording = z.output<typeof RecordingInput>;

/** What a run began with: everything that decides how it goes on, besides what arrives. */
export interface RunStart {
  readonly seed: number;
  /** ISO 8601 with milliseconds. */
  readonly startedAt: string;
  readonly script: { readonly name: string; readonly text?: string | undefined };
  /** The numbers that were next. */
  readonly ids: Readonly<Record<string, number>>;
  /** Those that were not at their default. */
  readonly switches: Readonly<Record<string, unknown>>;
  /** Those of events that were given; absent: none. */
  readonly templates?: Readonly<Record<string, unknown>> | undefined;
  readonly inactivity: Inactivity;
}

/** Something that came from outside. */
export interface Stimulus {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  /** What it was answered; undefined for control calls. */
  readonly status: number | undefined;
}

/** What came from outside in a recording, in its order. Uploads are left out: their bytes are not kept. */
export function toStimuli({ entries, controls }: Recording): readonly Stimulus[] {
  const requests = entries.filter((entry) => entry.direction === 'in' && /^\/(apps|v1)\//.test(entry.path));
  const all = [...requests, ...controls.map((entry) => ({ ...entry, status: undefined }))];
  return all
    .map((entry) => ({ ...entry, query: 'query' in entry ? (entry.query ?? '') : '', at: Date.parse(entry.at) }))
    .sort((left, right) => left.number - right.number);
}

/** How many bytes were uploaded, by key. The greatest that a form allows is the most that is believed. */
export function toUploads({ entries }: Recording): ReadonlyMap<string, number> {
  const uploads = new Map<string, number>();
  for (const { path, body } of entries) {
    const { fields, file } = path.startsWith('/bucket/') ? (toParameters(body) ?? {}) : {};
    const key = toParameters(fields)?.key;
    const size = toId(toParameters(file)?.size);
    if (typeof key === 'string' && size !== undefined) uploads.set(key, Math.min(size, MOST_BYTES));
  }
  return uploads;
}

/** Twenty megabytes. */
const MOST_BYTES = 20 * 1024 * 1024;

/** The webhooks of a recording, in the order they left. */
export function toWebhooks(entries: readonly (JournalEntry | Recording['entries'][number])[]): readonly {
  readonly number: number;
  readonly body: unknown;
}[] {
  return entries.filter((entry) => entry.direction === 'out');
}

/** The last moment that a recording tells of, in milliseconds since 1970. */
export function toEnd({ run, entries, controls }: Recording): number {
  const moments: readonly Pick<ControlEntry, 'at'>[] = [...entries, ...controls];
  return Math.max(Date.parse(run.startedAt), ...moments.map(({ at }) => Date.parse(at)));
}

function isTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}
