import type { ChatClient, ChatState } from '../client/index.js';
import { isConnectingToPerson } from './banner.js';

/** Asks once per wait how long a person will take. */
export class WaitEstimate {
  /** Null: nobody is waited for, or nobody knows for sure. */
  minutes: number | null = null;
  #isWaiting = false;
  readonly #client: ChatClient;
  readonly #onChange: () => void;

  constructor(client: ChatClient, onChange: () => void) {
    this.#client = client;
    this.#onChange = onChange;
  }

  watch(state: ChatState): void {
    const isWaiting = isConnectingToPerson(state, true);
    if (isWaiting === this.#isWaiting) return;
    this.#isWaiting = isWaiting;
    this.minutes = null;
    if (isWaiting) void this.#ask();
  }

  async #ask(): Promise<void> {
    const minutes = await this.#client.getWaitMinutes().catch(() => null);
    if (!this.#isWaiting) return;
    this.minutes = minutes;
    this.#onChange();
  }
}
