import * as z from 'zod/mini';
import { Participant } from './participant.js';

/**
 * A chat as the page may know it.
 * `status` is the platform's word; the set is open, so read it through {@link chatPhase}.
 */
export const Chat = z.object({
  /** The platform's id of the chat. */
  id: z.number(),
  status: z.string(),
  /** Everybody known besides the end user, those who left included. */
  participants: z.array(Participant),
  /** When the chat will time out unless somebody writes, ISO 8601; null where the platform does not say. */
  timeoutAt: z.nullable(z.string()),
});
export type Chat = z.infer<typeof Chat>;

/** What a status means to the person who chats; `unknown` is a status newer than this code. */
export type ChatPhase = 'waiting' | 'virtual_agent' | 'agent' | 'dismissed' | 'ended' | 'unknown';

const phases: Readonly<Record<string, ChatPhase>> = {
  queued: 'waiting',
  va_assigned: 'virtual_agent',
  assigned: 'agent',
  dismissed: 'dismissed',
  va_dismissed: 'dismissed',
  finished: 'ended',
  failed: 'ended',
};

/** Reads a platform status (platform.md §2.3). */
export function chatPhase(status: string): ChatPhase {
  return Object.hasOwn(phases, status) ? (phases[status] ?? 'unknown') : 'unknown';
}

/** The states of an escalation record: escalating, escalated, canceled, deflecting, deflected (platform: Escalate); the set is open. */
export const Escalation = z.object({ id: z.number(), status: z.string() });
export type Escalation = z.infer<typeof Escalation>;

/**
 * One way on when no person can be had as asked.
 * `channel`: `email`, `human_agent` (keep waiting), `external_link` or `virtual_agent`; the set is open, and one that is
 * not known is told, not offered. `label` and `url` are the platform's, data only.
 */
export const DeflectionChannel = z.object({
  channel: z.string(),
  label: z.nullable(z.string()),
  url: z.nullable(z.string()),
});
export type DeflectionChannel = z.infer<typeof DeflectionChannel>;

/** The choice that the platform offers instead of a person (platform: Deflection). `reason`: `over_capacity`, `after_hours`, … */
export const Deflection = z.object({
  escalationId: z.number(),
  reason: z.nullable(z.string()),
  channels: z.array(DeflectionChannel),
});
export type Deflection = z.infer<typeof Deflection>;
