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

/**
 * Internal: leaves ask, `<ccai-chat>` decides. It never leaves the element; cancelled means "not done, keep what you have".
 *
 * @internal
 */
export class PanelRequestEvent extends Event {
  static readonly type = 'ccai-panel-request';
  readonly request: PanelRequest;

  constructor(request: PanelRequest) {
    super(PanelRequestEvent.type, { bubbles: true, composed: true, cancelable: true });
    this.request = request;
  }
}

/** Asks; true unless refused. */
export function ask(element: EventTarget, request: PanelRequest): boolean {
  return element.dispatchEvent(new PanelRequestEvent(request));
}
