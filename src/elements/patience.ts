import type { LitElement, ReactiveController } from 'lit';
import type { ChatState } from '../client/index.js';
import { untilWarning } from './needs-turning-points.js';

interface Patient extends LitElement {
  readonly state: ChatState;
  /** Milliseconds before a wait is worth a word. */
  readonly patience: number;
}

/** Has its host drawn again when time alone changes what is to be said: a wait grows long, or a chat is about to time out. */
export class Patience implements ReactiveController {
  /** True once the present wait has lasted long enough to be worth a word. */
  isOver = false;
  readonly #host: Patient;
  #wait = '';
  #waitTimer: ReturnType<typeof setTimeout> | undefined;
  #warningTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Patient) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { state, patience } = this.#host;
    clearTimeout(this.#warningTimer);
    const left = untilWarning(state, Date.now());
    // Timers longer than 2^31 - 1 ms fire at once.
    if (left > 0) this.#warningTimer = setTimeout(this.#draw, Math.min(left, 2 ** 31 - 1));

    // Begins anew whenever the chat waits for something else than before.
    const wait = state.connection === 'waiting' ? 'connection' : state.phase === 'waiting' ? 'queue' : '';
    if (wait === this.#wait) return;
    clearTimeout(this.#waitTimer);
    this.#wait = wait;
    this.isOver = false;
    if (wait) this.#waitTimer = setTimeout(this.#handleLongWait, patience);
  }

  hostDisconnected(): void {
    clearTimeout(this.#waitTimer);
    clearTimeout(this.#warningTimer);
    this.#wait = '';
  }

  readonly #draw = (): void => {
    this.#host.requestUpdate();
  };

  readonly #handleLongWait = (): void => {
    this.isOver = true;
    this.#draw();
  };
}
