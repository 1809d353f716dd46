import * as z from 'zod/mini';

/**
 * Who can take part in a chat, in the platform's own words.
 * `task_virtual_agent` is the assistant that a human agent starts for one private task.
 */
export const ParticipantKind = z.literal(['end_user', 'agent', 'virtual_agent', 'task_virtual_agent']);
export type ParticipantKind = z.infer<typeof ParticipantKind>;

/** Points at somebody. `id` is the platform's; null where the platform did not say. */
export const ParticipantRef = z.object({ kind: ParticipantKind, id: z.nullable(z.number()) });
export type ParticipantRef = z.infer<typeof ParticipantRef>;

/**
 * Somebody who takes or took part in the chat.
 * `name` and `avatarUrl` come from the platform's chat object: data, never HTML.
 */
export const Participant = z.object({
  kind: ParticipantKind,
  id: z.nullable(z.number()),
  name: z.nullable(z.string()),
  avatarUrl: z.nullable(z.string()),
  /** True for whoever is assigned to the chat now. */
  active: z.boolean(),
});
export type Participant = z.infer<typeof Participant>;

/** True for both kinds of virtual agent: they are always labelled as automated. */
export function isAutomated(kind: ParticipantKind): boolean {
  return kind === 'virtual_agent' || kind === 'task_virtual_agent';
}
