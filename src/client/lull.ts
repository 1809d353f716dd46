import type { ChatState } from './chat-state.js';
import { LULL_MILLISECONDS } from './presentation.js';
import { activeParticipant } from './selectors.js';

/**
 * Sees to it that the time between two virtual agents is known as such (see {@link ChatState.lull}): what `after` became of
 * `before`, at a time in milliseconds since 1970. The chat that is kept is the one before the first of them was gone.
 */
export function withLull<State extends ChatState>(before: ChatState, after: State, at: number): State {
  if (!isBetween(after)) return after.lull ? { ...after, lull: null } : after;
  const { lull, phase, chat } = before;
  const isNew = phase === 'virtual_agent' && (after.phase === 'waiting' || !isBetween(before));
  if (!isNew || !chat || (lull && at - lull.since < LULL_MILLISECONDS)) return after;
  return { ...after, lull: { since: at, chat, phase } };
}

/** Nobody is there, or at most the virtual agent that is about to leave or to answer, and nobody asked for a person. */
function isBetween({ phase, chat, escalation }: ChatState): boolean {
  if (escalation?.status === 'escalating') return false;
  const present = activeParticipant(chat)?.kind;
  return phase === 'waiting' ? !present || present === 'virtual_agent' : phase === 'virtual_agent' && !present;
}
