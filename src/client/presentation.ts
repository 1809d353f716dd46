import type { Chat } from '../protocol/index.js';
import type { ChatItem, ChatState } from './chat-state.js';

/** How long the queue between two virtual agents is held back at most, in milliseconds. */
export const LULL_MILLISECONDS = 3_000;

/** What is shown of a state. */
export interface Presentation {
  /** The same array as long as nothing in it changes. */
  readonly items: readonly ChatItem[];
  readonly chat: Chat | null;
  readonly phase: ChatState['phase'];
}

/**
 * What a page shows of a state, and tells of it. `hide`: no trace of a transfer between virtual agents, neither its notice nor
 * the queue that it passes through, for at most {@link LULL_MILLISECONDS}: present anew when those are over. `now`:
 * milliseconds since 1970. Hiding is a choice of presentation: the state keeps everything, so that it applies at once.
 *
 * @example
 * const hide = client.state.config?.hideVaToVaSystemMessages ?? false;
 * const { items, chat, phase } = present(client.state, { hide, now: Date.now() });
 */
export function present(state: ChatState, { hide, now }: { hide: boolean; now: number }): Presentation {
  if (!hide) return state;
  const { chat, phase } = state.lull && now - state.lull.since < LULL_MILLISECONDS ? state.lull : state;
  return { items: withoutHidden(state.items), chat, phase };
}

const hidden = new WeakMap<readonly ChatItem[], readonly ChatItem[]>();

function withoutHidden(items: readonly ChatItem[]): readonly ChatItem[] {
  const shown = hidden.get(items) ?? items.filter((item) => !isVaToVaNotice(item));
  hidden.set(items, shown);
  return shown;
}

/** True for the notice of a transfer whose two ends are virtual agents. */
function isVaToVaNotice(item: ChatItem): boolean {
  const transfer = item.kind === 'notice' ? item.notice.transfer : null;
  return transfer?.from?.kind === 'virtual_agent' && transfer.to.kind === 'virtual_agent';
}
