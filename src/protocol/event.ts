import * as z from 'zod/mini';
import { Chat, Escalation } from './chat.js';
import { Delivery, Message, Notice } from './message.js';
import { Participant } from './participant.js';

/**
 * What the log of a chat can say, without its place in the log.
 * Names are noun-verb. The set is open: a reader skips types it does not know, but counts their seq.
 */
export const LogEntry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('chat-updated'), at: z.string(), chat: Chat }),
  z.object({ type: z.literal('participant-joined'), at: z.string(), participant: Participant }),
  z.object({ type: z.literal('participant-left'), at: z.string(), participant: Participant }),
  z.object({ type: z.literal('message-added'), at: z.string(), message: Message }),
  z.object({
    type: z.literal('message-updated'),
    at: z.string(),
    id: z.string(),
    delivery: Delivery,
    /** With `failed`: the stable code of the reason. */
    code: z.optional(z.string()),
  }),
  z.object({ type: z.literal('notice-added'), at: z.string(), notice: Notice }),
  z.object({ type: z.literal('escalation-updated'), at: z.string(), escalation: Escalation }),
]);
export type LogEntry = z.infer<typeof LogEntry>;

/** An entry at its place: `seq` counts from 1 without gaps within one chat. */
export type LogEvent = LogEntry & { seq: number };

/** The envelope that every logged event has, known or not. */
export const LogEnvelope = z.looseObject({ seq: z.number(), type: z.string() });

/** What the stream says besides the log; these carry no seq and are never replayed. */
export const StreamSignal = z.discriminatedUnion('type', [
  /** First of each stream. `resumed`: `yes` from the given cursor, `no` without one, `gap` when it could not be honoured. */
  z.object({
    type: z.literal('hello'),
    epoch: z.string(),
    first: z.number(),
    head: z.number(),
    resumed: z.enum(['yes', 'no', 'gap']),
    /** Seconds between heartbeats. */
    heartbeat: z.number(),
  }),
  z.object({ type: z.literal('heartbeat'), head: z.number() }),
  /** The cursor is worthless: take the whole history again. */
  z.object({ type: z.literal('reset'), epoch: z.string(), head: z.number() }),
  /** The relay goes away; come back after `in` milliseconds. */
  z.object({ type: z.literal('bye'), in: z.number() }),
  /** The handle is no longer good. */
  z.object({ type: z.literal('expired') }),
]);
export type StreamSignal = z.infer<typeof StreamSignal>;

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
