// Everything by whose form a browser reads what it receives.
export * from '../../src/protocol/answers.js';
export * from '../../src/protocol/chat.js';
export * from '../../src/protocol/event.js';
export * from '../../src/protocol/message.js';
export * from '../../src/protocol/participant.js';
export * from '../../src/protocol/parts.js';
export { Problem } from '../../src/protocol/problem.js';
