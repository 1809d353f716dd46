import type { ChatState } from '../client/index.js';
import { LULL_MILLISECONDS, present } from '../client/presentation.js';

/**
 * What of a state is shown and told: {@link present}, kept as long as nothing in it changes. Calls back when a lull is over,
 * which no new state tells.
 */
export class Presenter {
  readonly #onLullOver: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: { readonly from: ChatState; readonly shown: ChatState } | null = null;

  constructor(onLullOver: () => void) {
    this.#onLullOver = onLullOver;
  }

  present(state: ChatState, hide: boolean): ChatState {
    const now = Date.now();
    const { items, chat, phase } = present(state, { hide, now });
    this.#wait(hide && state.lull ? state.lull.since + LULL_MILLISECONDS - now : 0);
    const { from, shown } = this.#last ?? {};
    if (from === state && shown?.items === items && shown.chat === chat && shown.phase === phase) return shown;
    this.#last = { from: state, shown: hide ? { ...state, items, chat, phase } : state };
    return this.#last.shown;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(left: number): void {
    clearTimeout(this.#timer);
    if (left > 0) this.#timer = setTimeout(this.#onLullOver, left);
  }
}
