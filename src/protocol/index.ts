export { Chat, Escalation, chatPhase } from './chat.js';
export type { ChatPhase } from './chat.js';
export { LogEntry, LogEnvelope, StreamSignal, formatCursor, parseCursor } from './event.js';
export type { LogEvent } from './event.js';
export { Delivery, MESSAGE_MAX_LENGTH, Message, MessageType, Notice } from './message.js';
export { Participant, ParticipantKind, ParticipantRef, isAutomated } from './participant.js';
export { Problem, problems } from './problem.js';
export type { ProblemCode } from './problem.js';
export * from './routes.js';
