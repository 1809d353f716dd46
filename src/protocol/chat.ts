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

/** The states of an escalation record (platform.md §3.4); the set is open. */
export const Escalation = z.object({ id: z.number(), status: z.string() });
export type Escalation = z.infer<typeof Escalation>;
