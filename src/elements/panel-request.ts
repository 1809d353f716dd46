import type { ParticipantRef } from '../protocol/index.js';

/** What a leaf element asks its owner for. */
export type PanelRequest =
  /** `to`: whom it was typed for. `replyTo`: the message whose quick reply was tapped. */
  | { readonly type: 'send'; readonly text: string; readonly to?: ParticipantRef; readonly replyTo?: string }
  | { readonly type: 'retry'; readonly id: string }
  | { readonly type: 'redirect'; readonly id: string }
  | { readonly type: 'discard'; readonly id: string }
  | { readonly type: 'link'; readonly url: string }
  | { readonly type: 'request-agent' }
  | { readonly type: 'end-chat' }
  | { readonly type: 'start-chat' }
  | { readonly type: 'resume-chat' }
  | { readonly type: 'choose-deflection'; readonly channel: string; readonly email?: string }
  | { readonly type: 'feedback'; readonly rating: number; readonly comment?: string }
  | { readonly type: 'reconnect' }
  | { readonly type: 'close' };

const requests = new WeakMap<Event, PanelRequest>();

/**
 * Internal: leaves ask, `<ccai-chat>` decides; cancelled means "not done, keep what you have". On its way it passes the page,
 * whose listeners at the window come first, so that {@link requestOf} alone tells what is asked for: it may be private.
 *
 * @internal
 */
export class PanelRequestEvent extends Event {
  static readonly type = 'ccai-panel-request';

  constructor(request: PanelRequest) {
    super(PanelRequestEvent.type, { bubbles: true, composed: true, cancelable: true });
    requests.set(this, request);
  }
}

/** What an event asks for; undefined for one that the page made up. */
export function requestOf(event: Event): PanelRequest | undefined {
  return requests.get(event);
}

/** Asks; true unless refused. */
export function ask(element: EventTarget, request: PanelRequest): boolean {
  return element.dispatchEvent(new PanelRequestEvent(request));
}
