import { ChatError } from '../client/chat-error.js';
import type { ChatClient, ChatProblem, SendOptions } from '../client/index.js';
import { isPrivateNow } from '../client/selectors.js';
import { CcaiBeforeLinkEvent, CcaiBeforeSendEvent, CcaiErrorEvent } from './events.js';
import { requestOf, type PanelRequest } from './panel-request.js';

/** Who carries out what the panel asks for. */
export interface RequestTarget {
  readonly client: ChatClient;
  start(): Promise<void>;
  send(text: string, options: SendOptions): string;
  hide(): void;
  /** Something about the requests changed. */
  update(): void;
}

/** Answers what the panel asks for, and remembers what could not be done. */
export class PanelRequests {
  readonly #page: EventTarget;
  readonly #target: RequestTarget;
  #pending = 0;
  #refused: { readonly problem: ChatProblem; readonly request: PanelRequest } | null = null;

  /** `page` may veto, and is told of failures. */
  constructor(page: EventTarget, target: RequestTarget) {
    this.#page = page;
    this.#target = target;
  }

  get isPending(): boolean {
    return this.#pending > 0;
  }

  /** What the visitor asked for in vain; "Try again" asks for it once more. */
  get problem(): ChatProblem | null {
    return this.#refused?.problem ?? null;
  }

  forget(): void {
    this.#refused = null;
  }

  readonly handle = (event: Event): void => {
    event.stopPropagation();
    const request = requestOf(event);
    if (!request || !this.#isAllowed(request)) event.preventDefault();
    else void this.#carryOut(request);
  };

  /** Lets the page veto what it may veto; what is private it need not read for that. */
  #isAllowed(request: PanelRequest): boolean {
    if (request.type === 'send') {
      const { text, to } = request;
      const isPrivate = to ? to.kind === 'task_virtual_agent' : isPrivateNow(this.#target.client.state);
      return this.#page.dispatchEvent(new CcaiBeforeSendEvent(isPrivate ? '' : text));
    }
    return request.type !== 'link' || this.#page.dispatchEvent(new CcaiBeforeLinkEvent(request.url));
  }

  async #carryOut(asked: PanelRequest): Promise<void> {
    const refused = this.#refused?.request;
    const request = asked.type === 'reconnect' && refused ? refused : asked;
    this.#refused = null;
    this.#count(1);
    try {
      await this.#perform(request);
    } catch (thrown) {
      const { code, retryable } = thrown instanceof ChatError ? thrown : { code: 'internal', retryable: true };
      this.#refused = { problem: { code, retryable }, request };
      this.#page.dispatchEvent(new CcaiErrorEvent({ code, retryable }));
    }
    this.#count(-1);
  }

  #count(change: number): void {
    this.#pending += change;
    this.#target.update();
  }

  #perform(request: PanelRequest): unknown {
    const { client } = this.#target;
    switch (request.type) {
      case 'send':
        return this.#target.send(request.text, request);
      case 'retry':
        client.retryMessage(request.id);
        return;
      case 'redirect':
        client.redirectMessage(request.id);
        return;
      case 'discard':
        client.discardMessage(request.id);
        return;
      case 'request-agent':
        return client.requestAgent();
      case 'end-chat':
        return client.endChat();
      case 'start-chat':
        return this.#target.start();
      case 'resume-chat':
        return client.resumeChat();
      case 'choose-deflection':
        return client.chooseDeflection(request.channel, request);
      case 'feedback':
        return client.sendFeedback(request);
      case 'reconnect':
        return client.connect();
      case 'close':
        this.#target.hide();
        return;
      case 'link':
        return;
    }
  }
}
