import type { ChatClient } from '../client/index.js';
import type { Message, Participant } from '../protocol/index.js';
import {
  CcaiChatEndedEvent,
  CcaiChatStartedEvent,
  CcaiErrorEvent,
  CcaiEscalationEvent,
  CcaiMessageReceivedEvent,
  CcaiMessageSentEvent,
  CcaiParticipantEvent,
} from './events.js';

/** Tells the page what happens in a client, as DOM events of `target`; the answer undoes it. */
export function forwardClientEvents(
  client: ChatClient,
  target: EventTarget,
  hooks: {
    readonly onChange: () => void;
    readonly onReceived: () => void;
    /** Whether the page may notice that they come and go. */
    readonly isShown: (participant: Participant) => boolean;
  },
): () => void {
  const tell = (event: Event): void => {
    target.dispatchEvent(event);
  };
  const tellParticipant = (participant: Participant, change: 'joined' | 'left'): void => {
    if (hooks.isShown(participant)) tell(new CcaiParticipantEvent(participant, change));
  };
  const stops = [
    client.on('change', hooks.onChange),
    client.on('chat-started', (chat) => { tell(new CcaiChatStartedEvent(chat)); }),
    client.on('chat-ended', (chat) => { tell(new CcaiChatEndedEvent(chat)); }),
    client.on('message-received', (message) => {
      hooks.onReceived();
      tell(new CcaiMessageReceivedEvent(withoutSecret(message)));
    }),
    client.on('message-sent', (message) => { tell(new CcaiMessageSentEvent(withoutSecret(message))); }),
    client.on('participant-joined', (participant) => { tellParticipant(participant, 'joined'); }),
    client.on('participant-left', (participant) => { tellParticipant(participant, 'left'); }),
    client.on('escalation-updated', (escalation) => { tell(new CcaiEscalationEvent(escalation, null)); }),
    client.on('deflection-offered', (deflection) => {
      tell(new CcaiEscalationEvent({ id: deflection.escalationId, status: 'deflecting' }, deflection));
    }),
    client.on('error', (problem) => { tell(new CcaiErrorEvent(problem)); }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** What is private is not for the page, whose listeners keep and pass on what they hear. */
function withoutSecret(message: Message): Message {
  return message.private ? { ...message, text: '', parts: null } : message;
}
