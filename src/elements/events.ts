import type { Chat, Deflection, Escalation, Message, Participant } from '../protocol/index.js';
import type { ChatState } from '../client/index.js';

/** Base of all events of `<ccai-chat>`: they bubble and leave shadow roots. */
class CcaiEvent<Detail = undefined> extends Event {
  readonly detail: Detail;

  constructor(name: string, detail: Detail, cancelable = false) {
    super(name, { bubbles: true, composed: true, cancelable });
    this.detail = detail;
  }
}

/** The element has taken over from the slotted link; its methods may be called. */
export class CcaiReadyEvent extends CcaiEvent {
  constructor() {
    super('ccai-ready', undefined);
  }
}

/** The panel was opened. */
export class CcaiShowEvent extends CcaiEvent {
  constructor() {
    super('ccai-show', undefined);
  }
}

/** The panel was closed; the chat goes on. */
export class CcaiHideEvent extends CcaiEvent {
  constructor() {
    super('ccai-hide', undefined);
  }
}

/** A chat was created. */
export class CcaiChatStartedEvent extends CcaiEvent<{ readonly chat: Chat }> {
  constructor(chat: Chat) {
    super('ccai-chat-started', { chat });
  }
}

/** The chat is over, whoever ended it. */
export class CcaiChatEndedEvent extends CcaiEvent<{ readonly chat: Chat }> {
  constructor(chat: Chat) {
    super('ccai-chat-ended', { chat });
  }
}

/** Somebody else wrote, live; never for history. Of a private message text and parts are left out. */
export class CcaiMessageReceivedEvent extends CcaiEvent<{ readonly message: Message }> {
  constructor(message: Message) {
    super('ccai-message-received', { message });
  }
}

/** The platform took a message of the visitor. */
export class CcaiMessageSentEvent extends CcaiEvent<{ readonly message: Message }> {
  constructor(message: Message) {
    super('ccai-message-sent', { message });
  }
}

/** The phase of the chat or the state of the connection changed. */
export class CcaiStatusEvent extends CcaiEvent<Pick<ChatState, 'phase' | 'connection'>> {
  constructor(status: Pick<ChatState, 'phase' | 'connection'>) {
    super('ccai-status', status);
  }
}

/** How many messages came while the panel was closed; 0 once it is opened. */
export class CcaiUnreadEvent extends CcaiEvent<{ readonly count: number }> {
  constructor(count: number) {
    super('ccai-unread', { count });
  }
}

/** Somebody joined or left the chat; of virtual agents not where transfers between them are hidden. */
export class CcaiParticipantEvent extends CcaiEvent<{
  readonly participant: Participant;
  readonly change: 'joined' | 'left';
}> {
  constructor(participant: Participant, change: 'joined' | 'left') {
    super('ccai-participant', { participant, change });
  }
}

/** The request for a person moved on. `deflection`: what is offered instead, when that is what happened; else null. */
export class CcaiEscalationEvent extends CcaiEvent<{
  readonly escalation: Escalation;
  readonly deflection: Deflection | null;
}> {
  constructor(escalation: Escalation, deflection: Deflection | null) {
    super('ccai-escalation', { escalation, deflection });
  }
}

/** Something failed. `code` is stable: a problem code, `relay-not-found` or `widget-unavailable`. */
export class CcaiErrorEvent extends CcaiEvent<{ readonly code: string; readonly retryable: boolean }> {
  constructor(problem: { readonly code: string; readonly retryable: boolean }) {
    super('ccai-error', problem);
  }
}

/** The visitor is about to send this text (empty where it is private). Prevented: nothing is sent and the draft stays. */
export class CcaiBeforeSendEvent extends CcaiEvent<{ readonly text: string }> {
  constructor(text: string) {
    super('ccai-before-send', { text }, true);
  }
}

/** The visitor is about to follow a link in a message. Prevented: the page takes care of it. */
export class CcaiBeforeLinkEvent extends CcaiEvent<{ readonly url: string }> {
  constructor(url: string) {
    super('ccai-before-link', { url }, true);
  }
}

declare global {
  interface HTMLElementEventMap {
    'ccai-ready': CcaiReadyEvent;
    'ccai-show': CcaiShowEvent;
    'ccai-hide': CcaiHideEvent;
    'ccai-chat-started': CcaiChatStartedEvent;
    'ccai-chat-ended': CcaiChatEndedEvent;
    'ccai-message-received': CcaiMessageReceivedEvent;
    'ccai-message-sent': CcaiMessageSentEvent;
    'ccai-status': CcaiStatusEvent;
    'ccai-unread': CcaiUnreadEvent;
    'ccai-participant': CcaiParticipantEvent;
    'ccai-escalation': CcaiEscalationEvent;
    'ccai-error': CcaiErrorEvent;
    'ccai-before-send': CcaiBeforeSendEvent;
    'ccai-before-link': CcaiBeforeLinkEvent;
  }
}
