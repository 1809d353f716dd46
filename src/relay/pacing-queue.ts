import { pacingClasses, pacingWeights, type PacingClass } from './pacing-class.js';

/** A call that waits for its turn. */
export interface WaitingCall {
  /** Its own, counting up. */
  readonly id: number;
  /** Null: a call about no chat, which stands for itself. */
  readonly chatId: number | null;
  readonly pacingClass: PacingClass;
  /** When it is given up, in milliseconds of the pacer's time. */
  readonly deadline: number;
}

/** The calls of one chat in one class, in the order they came. Never empty. */
interface Lane {
  readonly key: string;
  readonly calls: readonly WaitingCall[];
}

interface ClassQueue {
  /** Grows with every call taken, the slower the larger its share: the class with the lowest is next. */
  readonly pass: number;
  /** Whose turn it is comes first. */
  readonly lanes: readonly Lane[];
}

/**
 * Calls that wait: fair between classes by their weight, between the chats of a class by turns, and in order
 * within a chat. A value: every function answers a new one.
 */
export interface PacingQueue {
  readonly classes: Readonly<Record<PacingClass, ClassQueue>>;
  /** The pass of the last call taken; who comes back after a silence begins here, and has saved up nothing. */
  readonly pass: number;
}

const emptyClass: ClassQueue = { pass: 0, lanes: [] };

export const emptyQueue: PacingQueue = {
  pass: 0,
  classes: { closing: emptyClass, message: emptyClass, opening: emptyClass, media: emptyClass, read: emptyClass },
};

/**
 * A class counts by its weight for every chat that waits in it, up to this many: one chat alone cannot crowd out a
 * hundred from a class of more weight, and a lone read does not wait behind a hundred messages for ever.
 */
const MOST_CHATS_COUNTED = 10;

export function putCall(queue: PacingQueue, call: WaitingCall): PacingQueue {
  const key = toKey(call);
  const name = toClass(queue, call, key);
  const { pass, lanes } = queue.classes[name];
  const isKnown = lanes.some((lane) => lane.key === key);
  const extended = isKnown
    ? lanes.map((lane) => (lane.key === key ? { key, calls: [...lane.calls, call] } : lane))
    : [...lanes, { key, calls: [call] }];
  return withClass(queue, name, { pass: lanes.length > 0 ? pass : Math.max(pass, queue.pass), lanes: extended });
}

/** The next call and what is left; undefined where none waits. */
export function takeCall(queue: PacingQueue): { readonly call: WaitingCall; readonly queue: PacingQueue } | undefined {
  const name = nextClass(queue);
  if (name === undefined) return undefined;
  const { pass, lanes } = queue.classes[name];
  const [lane, ...others] = lanes;
  const [call, ...rest] = lane?.calls ?? [];
  if (lane === undefined || call === undefined) return undefined;
  const left = rest.length > 0 ? [...others, { key: lane.key, calls: rest }] : others;
  const share = pacingWeights[name] * Math.min(lanes.length, MOST_CHATS_COUNTED);
  const taken = withClass(queue, name, { pass: pass + 1 / share, lanes: left });
  // When nobody waits, nobody owes anything.
  return { call, queue: nextClass(taken) === undefined ? emptyQueue : { ...taken, pass } };
}

/** Keeps the calls that fit. */
export function keepCalls(queue: PacingQueue, isKept: (call: WaitingCall) => boolean): PacingQueue {
  const keep = ({ pass, lanes }: ClassQueue): ClassQueue => ({
    pass,
    lanes: lanes
      .map(({ key, calls }) => ({ key, calls: calls.filter(isKept) }))
      .filter(({ calls }) => calls.length > 0),
  });
  const { closing, message, opening, media, read } = queue.classes;
  const classes = {
    closing: keep(closing),
    message: keep(message),
    opening: keep(opening),
    media: keep(media),
    read: keep(read),
  };
  return { ...queue, classes };
}

/** All that wait, in no order that means anything. */
export function listCalls(queue: PacingQueue): WaitingCall[] {
  return pacingClasses.flatMap((name) => queue.classes[name].lanes.flatMap(({ calls }) => calls));
}

/** How many are taken before the first that fits, if no more come; null where none fits. */
export function countBefore(queue: PacingQueue, isMeant: (call: WaitingCall) => boolean): number | null {
  let before = 0;
  for (let next = takeCall(queue); next !== undefined; next = takeCall(next.queue)) {
    if (isMeant(next.call)) return before;
    before += 1;
  }
  return null;
}

function toKey({ chatId, id }: WaitingCall): string {
  return chatId === null ? `call ${id}` : `chat ${chatId}`;
}

/**
 * What a person does in a chat goes out in the order they did it: an end must not overtake the last words. So
 * what is said and what closes wait in one lane, the one that is already there.
 */
function toClass(queue: PacingQueue, { pacingClass }: WaitingCall, key: string): PacingClass {
  const waitsIn = (name: PacingClass) => queue.classes[name].lanes.some((lane) => lane.key === key);
  if (pacingClass === 'closing' && waitsIn('message')) return 'message';
  if (pacingClass === 'message' && waitsIn('closing')) return 'closing';
  return pacingClass;
}

function nextClass({ classes }: PacingQueue): PacingClass | undefined {
  const waiting = pacingClasses.filter((name) => classes[name].lanes.length > 0);
  const lowest = Math.min(...waiting.map((name) => classes[name].pass));
  return waiting.find((name) => classes[name].pass === lowest);
}

function withClass(queue: PacingQueue, name: PacingClass, changed: ClassQueue): PacingQueue {
  return { ...queue, classes: { ...queue.classes, [name]: changed } };
}
