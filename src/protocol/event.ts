import * as z from 'zod/mini';
import { Chat, Deflection, Escalation } from './chat.js';
import { Delivery, Message, Notice } from './message.js';
import { Participant } from './participant.js';

// Type -> the rest. A table instead of a union: a type that is not in it is from the future, not wrong.
const logEntries = {
  'chat-updated': z.object({ at: z.string(), chat: Chat }),
  'participant-joined': z.object({ at: z.string(), participant: Participant }),
  'participant-left': z.object({ at: z.string(), participant: Participant }),
  'message-added': z.object({ at: z.string(), message: Message }),
  'message-updated': z.object({
    at: z.string(),
    id: z.string(),
    delivery: Delivery,
    /** With `failed`: the stable code of the reason. Else null. */
    code: z.nullable(z.string()),
  }),
  /** A private message is gone for good: its time is over. At its own place in the log it now has no text either. */
  'message-removed': z.object({ at: z.string(), id: z.string() }),
  'notice-added': z.object({ at: z.string(), notice: Notice }),
  'escalation-updated': z.object({ at: z.string(), escalation: Escalation }),
  'deflection-offered': z.object({ at: z.string(), deflection: Deflection }),
};

/**
 * What the log of a chat can say, without its place in the log.
 * Names are noun-verb. The set is open: a reader skips types it does not know, but counts their seq.
 */
export type LogEntry = Typed<typeof logEntries>;

/** An entry at its place: `seq` counts from 1 without gaps within one chat. */
export type LogEvent = LogEntry & { seq: number };

/** The envelope that every logged event has, known or not. */
export const LogEnvelope = z.looseObject({ seq: z.number(), type: z.string() });

const streamSignals = {
  hello: z.object({
    epoch: z.string(),
    first: z.number(),
    head: z.number(),
    resumed: z.literal(['yes', 'no', 'gap']),
    heartbeat: z.number(),
  }),
  heartbeat: z.object({ head: z.number() }),
  reset: z.object({ epoch: z.string(), head: z.number() }),
  bye: z.object({ in: z.number() }),
  expired: z.looseObject({}),
};

/**
 * What the stream says besides the log; these carry no seq and are never replayed.
 *
 * - `hello`: first of each stream. `resumed`: `yes` from the given cursor, `no` without one, `gap` when it could not be
 *   honoured. `heartbeat`: seconds between heartbeats.
 * - `heartbeat`: the line lives; `head` is the newest seq.
 * - `reset`: the cursor is worthless, take the whole history again.
 * - `bye`: the relay goes away; come back after `in` milliseconds.
 * - `expired`: the handle is no longer good.
 */
export type StreamSignal = Typed<typeof streamSignals>;

/** Reads an entry of the log; undefined where the type is not known here or the form is not the documented one. */
export function parseLogEntry(value: unknown): LogEntry | undefined {
  return parseByType(logEntries, value);
}

/** Reads a signal of the stream; undefined where it is not one. */
export function parseStreamSignal(value: unknown): StreamSignal | undefined {
  return parseByType(streamSignals, value);
}

type Table = Readonly<Record<string, z.ZodMiniType<object>>>;
type Typed<Of extends Table> = { [Type in keyof Of]: { type: Type } & Keys<z.output<Of[Type]>> }[keyof Of];
/** An object without keys is inferred as one that forbids every key, `type` too. */
type Keys<Shape> = string extends keyof Shape ? unknown : Shape;

function parseByType<Of extends Table>(table: Of, value: unknown): Typed<Of> | undefined {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  const parsed = typeof type === 'string' && Object.hasOwn(table, type) ? table[type]?.safeParse(value).data : undefined;
  return parsed && ({ ...parsed, type } as Typed<Of>);
}

const cursorPattern = /^([0-9a-f]{16})\.(\d{1,15})$/;

/** Writes a stream cursor: `<epoch>.<seq>`. */
export function formatCursor(epoch: string, seq: number): string {
  return `${epoch}.${seq}`;
}

/** Reads a stream cursor; anything else than `<16 hex>.<seq>` is undefined. */
export function parseCursor(cursor: string): { epoch: string; seq: number } | undefined {
  const match = cursorPattern.exec(cursor);
  return match?.[1] && match[2] ? { epoch: match[1], seq: Number(match[2]) } : undefined;
}
