import { chatPhase } from '../protocol/index.js';
import type { ChatLog } from './chat-log.js';
import type { ChatView } from './view.js';

/** Entries read at once. */
const PAGE = 500;

/**
 * True while a person is being sought, or the visitor is asked what to do instead. That the search is over need not be told
 * by an event (OQ-10): a chat that waited and was taken since is no longer seeking.
 */
export async function isBeingEscalated(log: ChatLog, { escalation, chat, head }: ChatView): Promise<boolean> {
  if (escalation?.status !== 'escalating' && escalation?.status !== 'deflecting') return false;
  const phase = chat ? chatPhase(chat.status) : 'waiting';
  // Right after the request the virtual agent may not have left yet.
  return phase !== 'virtual_agent' || !(await hasWaitedSince(log, escalation.id, head));
}

async function hasWaitedSince(log: ChatLog, escalationId: number, head: number): Promise<boolean> {
  let hasWaited = false;
  for (let at = 0; at < head; ) {
    const events = await log.read(at, PAGE);
    for (const event of events) {
      if (event.type === 'escalation-updated' && event.escalation.id === escalationId) hasWaited = false;
      if (event.type === 'chat-updated' && chatPhase(event.chat.status) === 'waiting') hasWaited = true;
    }
    at = events.at(-1)?.seq ?? head;
  }
  return hasWaited;
}
