import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatProblem } from '../client/index.js';
import { ask, type PanelRequest } from './panel-request.js';

/** Two taps within this time are one, however soon the first is answered. */
const DOUBLE_TAP = 500;

interface RequestsHost extends ReactiveControllerHost, EventTarget {
  readonly pending: boolean;
  readonly problem: ChatProblem | null;
}

/** Asks for one thing at a time, and remembers what until it is answered. */
export class TurningRequests implements ReactiveController {
  /** Name of what is asked for; null while everything may be. */
  asked: string | null = null;
  /** Name of what was last asked for in vain, until something else is. */
  refused: string | null = null;
  readonly #host: RequestsHost;
  readonly #onSettled: (name: string, problem: ChatProblem | null) => void;
  #wasPending = false;
  #hold: ReturnType<typeof setTimeout> | undefined;

  constructor(host: RequestsHost, onSettled: (name: string, problem: ChatProblem | null) => void) {
    this.#host = host;
    this.#onSettled = onSettled;
    host.addController(this);
  }

  get isBusy(): boolean {
    return this.#host.pending || this.asked !== null;
  }

  /** False where something is asked for already, or where it was refused at once: then nothing has happened. */
  request(request: PanelRequest, name: string): boolean {
    if (this.isBusy || !ask(this.#host, request)) return false;
    this.asked = name;
    this.#hold = setTimeout(this.#handleHeld, DOUBLE_TAP);
    this.#host.requestUpdate();
    return true;
  }

  hostUpdate(): void {
    const { pending } = this.#host;
    if (this.#wasPending && !pending) this.#settle();
    this.#wasPending = pending;
  }

  hostDisconnected(): void {
    clearTimeout(this.#hold);
    this.#hold = undefined;
    this.asked = null;
  }

  readonly #handleHeld = (): void => {
    this.#hold = undefined;
    this.#settle();
  };

  /** What was refused may have been tried again from elsewhere. */
  #settle(): void {
    const { pending, problem } = this.#host;
    const name = this.asked ?? this.refused;
    if (this.#hold !== undefined || pending || name === null) return;
    this.asked = null;
    this.refused = problem ? name : null;
    this.#onSettled(name, problem);
    this.#host.requestUpdate();
  }
}
