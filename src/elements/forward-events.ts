import type { ChatClient, ChatState } from '../client/index.js';
import {
  CcaiChatEndedEvent,
  CcaiChatStartedEvent,
  CcaiErrorEvent,
  CcaiEscalationEvent,
  CcaiMessageReceivedEvent,
  CcaiMessageSentEvent,
  CcaiParticipantEvent,
  CcaiStatusEvent,
} from './events.js';

/** Tells the page what happens in a client, as DOM events of `target`; the answer undoes it. */
export function forwardClientEvents(
  client: ChatClient,
  target: EventTarget,
  hooks: { readonly onChange: () => void; readonly onReceived: () => void },
): () => void {
  const tell = (event: Event): void => {
    target.dispatchEvent(event);
  };
  let { phase, connection }: Pick<ChatState, 'phase' | 'connection'> = client.state;
  const stops = [
    client.on('change', (state) => {
      hooks.onChange();
      if (state.phase === phase && state.connection === connection) return;
      ({ phase, connection } = state);
      tell(new CcaiStatusEvent({ phase, connection }));
    }),
    client.on('chat-started', (chat) => { tell(new CcaiChatStartedEvent(chat)); }),
    client.on('chat-ended', (chat) => { tell(new CcaiChatEndedEvent(chat)); }),
    client.on('message-received', (message) => {
      hooks.onReceived();
      tell(new CcaiMessageReceivedEvent(message));
    }),
    client.on('message-sent', (message) => { tell(new CcaiMessageSentEvent(message)); }),
    client.on('participant-joined', (participant) => { tell(new CcaiParticipantEvent(participant, 'joined')); }),
    client.on('participant-left', (participant) => { tell(new CcaiParticipantEvent(participant, 'left')); }),
    client.on('escalation-updated', (escalation) => { tell(new CcaiEscalationEvent(escalation)); }),
    client.on('error', (problem) => { tell(new CcaiErrorEvent(problem)); }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
