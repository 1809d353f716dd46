import {
  chatPhase,
  parseLogEntry,
  type Chat,
  type Config,
  type Delivery,
  type LogEntry,
  type Message,
  type Participant,
} from '../protocol/index.js';
import type { ChatItem, ChatProblem, ChatState, ConnectionStatus } from './chat-state.js';
import { withLull } from './lull.js';

/** Where this reader stands in the log of the relay. */
export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

/** What the client knows: the public state and its place in the log. */
export interface Model extends ChatState {
  readonly cursor: Cursor | null;
  /** Ids of failed messages of the log that the person wants to see no more. */
  readonly discarded: readonly string[];
}

/** One event of the log as it came: its type may be newer than this code. */
export interface LogInput {
  readonly seq: number;
  readonly type: string;
}

/** `at`: when the client learned of it, in milliseconds since 1970. */
export type Action =
  | { type: 'config-loaded'; config: Config }
  | { type: 'chat-starting' }
  | { type: 'start-failed' }
  | { type: 'chat-started'; chat: Chat; epoch: string }
  | { type: 'chat-resuming' }
  | { type: 'history-loaded'; epoch: string; events: readonly LogInput[]; at: number }
  | { type: 'event-received'; event: LogInput; at: number }
  | { type: 'message-composed'; message: Message }
  | { type: 'message-discarded'; id: string }
  | { type: 'delivery-changed'; id: string; delivery: Delivery; code: string | null }
  | { type: 'connection-changed'; connection: ConnectionStatus }
  | { type: 'problem-changed'; problem: ChatProblem | null }
  | { type: 'handle-lost' }
  | { type: 'chat-forgotten' };

export const emptyModel: Model = Object.freeze({
  config: null,
  chat: null,
  phase: 'none',
  items: [],
  escalation: null,
  deflection: null,
  lull: null,
  connection: 'idle',
  problem: null,
  cursor: null,
  discarded: [],
});

/** The message with this id and its place, if it is known. */
export function messageItemOf({ items }: ChatState, id: string): MessageItem | undefined {
  return items.find((item): item is MessageItem => item.kind === 'message' && item.message.id === id);
}

type MessageItem = Extract<ChatItem, { kind: 'message' }>;

/** The one place where state changes. */
export function reduce(model: Model, action: Action): Model {
  switch (action.type) {
    case 'config-loaded':
      return { ...model, config: action.config };
    case 'chat-starting':
      return { ...model, phase: 'starting', problem: null };
    case 'start-failed':
      // One that was found is there, even when its log could not be read.
      return model.chat ? model : { ...model, phase: 'none' };
    case 'chat-started':
      return { ...withChat(model, action.chat), cursor: { epoch: action.epoch, seq: 0 } };
    case 'chat-resuming':
      return { ...model, phase: 'resuming', problem: null };
    case 'history-loaded':
      return rebuild(model, action);
    case 'event-received':
      return applyEvent(model, action.event, action.at);
    case 'message-composed':
      return { ...model, items: [...model.items, { kind: 'message', seq: null, message: action.message, code: null }] };
    case 'message-discarded':
      return withoutMessage(model, action.id);
    case 'delivery-changed':
      return withMessage(model, action.id, { delivery: action.delivery }, action.code);
    case 'connection-changed':
      return model.connection === action.connection ? model : { ...model, connection: action.connection };
    case 'problem-changed':
      return model.problem === action.problem ? model : { ...model, problem: action.problem };
    case 'handle-lost':
      return { ...emptyModel, config: model.config, items: unsentAsFailed(model) };
    case 'chat-forgotten':
      return { ...emptyModel, config: model.config };
  }
}

/** What was typed stays, to be sent in a new chat when the person says so. */
function unsentAsFailed(model: Model): ChatItem[] {
  return model.items.flatMap((item) =>
    item.kind === 'message' && item.seq === null
      ? [{ ...item, message: { ...item.message, delivery: 'failed' as const } }]
      : [],
  );
}

/**
 * Reads the whole log anew; what only this browser knows stays at the end. How long ago the chat began to wait is not asked of
 * the relay's clock: at most since now.
 */
function rebuild(model: Model, { epoch, events, at }: Extract<Action, { type: 'history-loaded' }>): Model {
  const items = model.items.filter((item) => item.seq === null);
  const blank: Model = { ...model, items, escalation: null, deflection: null, lull: null, cursor: { epoch, seq: 0 } };
  const since = model.lull?.since ?? at;
  return events.reduce((rebuilt, event) => applyEvent(rebuilt, event, since), blank);
}

/** Applies an event exactly once: what was seen already changes nothing. */
function applyEvent(model: Model, event: LogInput, at: number): Model {
  if (!model.cursor || event.seq <= model.cursor.seq) return model;
  const moved: Model = { ...model, cursor: { ...model.cursor, seq: event.seq } };
  const entry = parseLogEntry(event);
  return entry ? withLull(model, applyEntry(moved, entry, event.seq), at) : moved;
}

function applyEntry(model: Model, entry: LogEntry, seq: number): Model {
  switch (entry.type) {
    case 'chat-updated':
      return withChat(model, entry.chat);
    case 'participant-joined':
    case 'participant-left':
      return withParticipant(model, entry.participant);
    case 'message-added':
      if (model.discarded.includes(entry.message.id)) return model;
      return withItem(model, { kind: 'message', seq, message: entry.message, code: null });
    case 'message-updated':
      return withMessage(model, entry.id, { delivery: entry.delivery }, entry.code);
    case 'message-removed':
      return withMessage(model, entry.id, { type: 'removed', text: '', parts: null });
    case 'notice-added':
      return withItem(model, { kind: 'notice', seq, notice: entry.notice });
    case 'escalation-updated':
      return {
        ...model,
        escalation: entry.escalation,
        deflection: entry.escalation.status === 'deflecting' ? model.deflection : null,
      };
    case 'deflection-offered':
      return { ...model, deflection: entry.deflection };
  }
}

function withChat(model: Model, chat: Chat): Model {
  const phase = chatPhase(chat.status);
  const isSettled = phase === 'agent' || phase === 'ended';
  return { ...model, chat, phase, deflection: isSettled ? null : model.deflection };
}

function withParticipant(model: Model, participant: Participant): Model {
  if (!model.chat) return model;
  const known = model.chat.participants.find(
    (candidate) => candidate.kind === participant.kind && candidate.id === participant.id,
  );
  // A webhook may know less of somebody than the chat object told before.
  const merged: Participant = {
    ...participant,
    name: participant.name ?? known?.name ?? null,
    avatarUrl: participant.avatarUrl ?? known?.avatarUrl ?? null,
  };
  const participants = known
    ? model.chat.participants.map((candidate) => (candidate === known ? merged : candidate))
    : [...model.chat.participants, merged];
  return { ...model, chat: { ...model.chat, participants } };
}

/** Puts an item of the log before what is not in the log yet; an own message takes the place of its draft. */
function withItem(model: Model, item: ChatItem): Model {
  const others = model.items.filter((candidate) => !isSameMessage(candidate, item));
  const firstUnsent = others.findIndex((candidate) => candidate.seq === null);
  const at = firstUnsent === -1 ? others.length : firstUnsent;
  return { ...model, items: [...others.slice(0, at), item, ...others.slice(at)] };
}

function isSameMessage(left: ChatItem, right: ChatItem): boolean {
  return left.kind === 'message' && right.kind === 'message' && left.message.id === right.message.id;
}

function withMessage(model: Model, id: string, change: Partial<Message>, code: string | null = null): Model {
  const items = model.items.map((item) =>
    item.kind === 'message' && item.message.id === id ? { ...item, message: { ...item.message, ...change }, code } : item,
  );
  return { ...model, items };
}

/** One that the log does not know is merely dropped: should it have arrived after all, it is shown. */
function withoutMessage(model: Model, id: string): Model {
  const known = messageItemOf(model, id);
  return {
    ...model,
    items: model.items.filter((item) => item !== known),
    discarded: known?.seq == null ? model.discarded : [...model.discarded, id],
  };
}
