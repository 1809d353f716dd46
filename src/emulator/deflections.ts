import { findConnected, findOpenEscalation } from './chat.js';
import type { Chat, Deflection, Escalation } from './chat.js';
import type { Chats } from './chats.js';

/**
 * Nobody can come as asked: the escalation is `deflecting` until the end user chooses (platform: Deflection).
 * Where nobody asked for a human yet, a virtual agent does now.
 * @returns undefined while a human has the chat: there is nothing to deflect
 */
export function offerDeflection(
  chats: Chats,
  chat: Chat,
  { reason, channels }: Deflection,
): Escalation | undefined {
  if (findConnected(chat, 'agent') !== undefined) return undefined;
  const escalation = findOpenEscalation(chat) ?? chats.escalate(chat, 'by_virtual_agent');
  for (const each of chat.participants) if (each.status === 'waiting') chats.leave(chat, each);
  escalation.status = 'deflecting';
  escalation.deflection = { reason, channels };
  chats.events.emit('deflected', chat, escalation);
  return escalation;
}

/** True if this way out was offered; keeping waiting only makes sense where everybody is busy. */
export function isOffered({ deflection }: Escalation, channel: string): boolean {
  if (channel === 'human_agent' && deflection?.reason !== 'over_capacity') return false;
  return deflection?.channels.some((offer) => offer.channel === channel) ?? false;
}

/**
 * The end user chose: keeping waiting puts the escalation back among those that wait for a human, anything
 * else settles it. Callers check that the channel was offered.
 */
export function chooseDeflection(chats: Chats, chat: Chat, chosen: ChosenDeflection): void {
  const { escalation, channel } = chosen;
  escalation.deflectionChannel = channel;
  escalation.status = channel === 'human_agent' ? 'escalating' : 'deflected';
  chats.events.emit('deflectionChosen', chat, escalation);
}

/** The escalation, and what was chosen of what it offers. */
export interface ChosenDeflection {
  readonly escalation: Escalation;
  readonly channel: string;
}
