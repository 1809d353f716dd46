export { createChatClient } from './chat-client.js';
export type { ChatClient, ChatClientEvents, ChatClientOptions, HandleStorage, StartOptions } from './chat-client.types.js';
export { ChatError } from './chat-error.js';
export type { ChatItem, ChatProblem, ChatState, ConnectionStatus } from './chat-state.js';
export type { ClientClock } from './clock.js';
export { activeParticipant, participantOf, visibleItems } from './selectors.js';
