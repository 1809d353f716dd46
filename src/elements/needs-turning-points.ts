import type { ChatState } from '../client/index.js';

/** How long before a chat times out the visitor is asked, in milliseconds. */
const WARNING = 2 * 60_000;

/** True while there is more to say or to choose than a text chat needs: what `<ccai-turning-points>` is loaded for. */
export function needsTurningPoints(state: ChatState, now: number): boolean {
  const { phase, escalation, deflection } = state;
  const isAsking = phase !== 'agent' && (escalation?.status === 'escalating' || escalation?.status === 'deflecting');
  return deflection !== null || phase === 'dismissed' || phase === 'ended' || isAsking || untilWarning(state, now) <= 0;
}

/** Milliseconds until the chat is about to time out; NaN where it does not, or where nobody says when. */
export function untilWarning({ chat, phase }: ChatState, now: number): number {
  return phase === 'ended' ? NaN : Date.parse(chat?.timeoutAt ?? '') - now - WARNING;
}
