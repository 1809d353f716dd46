export { createChatClient } from './chat-client.js';
export type {
  ChatClient,
  ChatClientEvents,
  ChatClientOptions,
  HandleStorage,
  PriorMessage,
  QueueOptions,
  SendOptions,
  StartOptions,
} from './chat-client.types.js';
export { ChatError } from './chat-error.js';
export type { ChatItem, ChatProblem, ChatState, ConnectionStatus } from './chat-state.js';
export type { ClientClock } from './clock.js';
export { LULL_MILLISECONDS, present } from './presentation.js';
export type { Presentation } from './presentation.js';
export {
  activeParticipant,
  addresseeOf,
  answeredMessages,
  endReasonOf,
  isPrivateNow,
  participantOf,
} from './selectors.js';
