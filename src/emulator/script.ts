import type { Deflection, Menu, MessagePayload } from './chat.js';
import type { Inactivity } from './inactivity.js';
import type { Parameters } from './parameters.js';
import type { StaffKind } from './people.js';
import type { FailReason } from './reasons.js';
import type { Arrival } from './transfers.js';

/**
 * One thing said: a text, or a message of another type; one of type `file` is a file that a human agent sends.
 * In texts, however deep, `{visitor}` becomes the end user's name ("there" when it is not known), and `{1}`,
 * `{2}` what the rule's pattern captured.
 */
export type Line = string | MessagePayload;

/** What somebody does after the last line of an answer. */
export type Deed =
  /** Asks for a human. */
  | { readonly type: 'escalate' }
  /** Ends the chat. */
  | { readonly type: 'end' }
  /** A human agent starts the task virtual agent. */
  | { readonly type: 'start-task' }
  /** A task virtual agent gives the chat back to the human. */
  | { readonly type: 'hand-back' }
  /** The human agent ends the task before it is done. */
  | { readonly type: 'force-end-task' }
  /** The chat falls asleep, if both sides have spoken. */
  | { readonly type: 'dismiss' }
  | { readonly type: 'fail'; readonly reason: FailReason }
  | { readonly type: 'deflect'; readonly deflection: Deflection }
  /** To another virtual agent: by name, or to whoever works in a queue; `data` is handed over. */
  | {
      readonly type: 'transfer';
      readonly name?: string | undefined;
      readonly menuId?: number | undefined;
      readonly data?: Parameters | undefined;
    };

/** One thing somebody knows. The first rule that fits answers. */
export interface Rule {
  /** A pattern, or words of which one must occur (whole words, in any case). */
  readonly when: RegExp | readonly string[];
  readonly say: readonly Line[];
  readonly then?: Deed | undefined;
  /** Left out right after a greeting, where it would only greet once more. */
  readonly isGreeting?: boolean;
}

/** Something that is said, and done after it, once a while has passed. */
export interface Afterwards {
  /** In milliseconds. */
  readonly after: number;
  readonly say: readonly Line[];
  readonly then?: Deed | undefined;
}

/**
 * Somebody of the contact center and what they say. Without lines they are silent and can be played by hand.
 */
export interface CastMember {
  readonly kind: StaffKind;
  readonly name: string;
  /** The queues they work in; default: all. */
  readonly menuIds?: readonly number[] | undefined;
  /** How long they take to come when the chat is handed to them, in milliseconds; default: a moment. */
  readonly arrives?: Arrival | undefined;
  /** What they do as soon as they are there, after their greeting. */
  readonly onArrival?: Deed | undefined;
  /** Shortest and longest pause before a line, in milliseconds; longer lines take longer. */
  readonly typing?: { readonly from: number; readonly to: number } | undefined;
  readonly greeting?: readonly Line[] | undefined;
  readonly rules: readonly Rule[];
  /** Answers where no rule fits, one after the other. */
  readonly fallbacks: readonly (readonly Line[])[];
  /** What a human agent says when a task virtual agent has left. */
  readonly afterTask?: readonly Line[] | undefined;
  /** What a human agent does when a task takes too long. */
  readonly duringTask?: Afterwards | undefined;
  /** What is said when a chat that was dismissed goes on, or comes back because nobody took it. */
  readonly onReturn?: readonly Line[] | undefined;
}

/** A scenario as data: who works here, in which queues, and what they do by themselves. */
export interface Script {
  /** As it was asked for: a name, or a path. */
  readonly name: string;
  /** Menu 100 is in every script. */
  readonly menus: readonly Menu[];
  readonly cast: readonly CastMember[];
  /** Who takes every new chat by themselves. */
  readonly newChat: 'virtual_agent' | 'agent' | 'nobody';
  /** What comes of asking for a human; absent: nothing, by itself. */
  readonly asking?: {
    readonly deflected?: (Deflection & { readonly after: number }) | undefined;
    /** How long until a human comes, also to those who keep waiting, in milliseconds; absent: nobody does. */
    readonly comesAfter?: number | undefined;
  };
  /** What becomes of a silent chat, where it is not what the platform does by default. */
  readonly silence?: Partial<Inactivity>;
}

/** What is said in answer to a text, and done after it. */
export interface Answer {
  readonly lines: readonly Line[];
  readonly then?: Deed | undefined;
}

/**
 * Finds the answer of a cast member; undefined when they have nothing to say. `misses` counts the fallbacks
 * already used.
 */
export function findAnswer(
  member: CastMember,
  text: string,
  said: { readonly misses: number; readonly hasJustGreeted: boolean },
): (Answer & { readonly isMiss: boolean }) | undefined {
  for (const rule of member.rules) {
    const match = toPattern(rule.when).exec(text);
    if (match === null) continue;
    if (rule.isGreeting === true && said.hasJustGreeted) return undefined;
    const captured = match.slice(1);
    const fill = (found: string): string =>
      found.replaceAll(/\{(\d)\}/g, (_, place: string) => captured[Number(place) - 1] ?? '');
    const lines = rule.say.map((line) => fillIn(line, fill) as Line);
    return { lines, then: fillIn(rule.then, fill) as Deed | undefined, isMiss: false };
  }
  const { fallbacks } = member;
  const lines = fallbacks[said.misses % Math.max(fallbacks.length, 1)];
  return lines === undefined ? undefined : { lines, isMiss: true };
}

/** Makes the message of a line. */
export function toPayload(line: Line, visitor: string | undefined): MessagePayload {
  const payload: MessagePayload = typeof line === 'string' ? { type: 'text', content: line } : line;
  return fillIn(payload, (text) => text.replaceAll('{visitor}', () => visitor ?? 'there')) as MessagePayload;
}

/** How long a line takes to type, in milliseconds: 30 ms a character, within the member's bounds. */
export function toTypingPause(
  line: Line,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const length =
    typeof line === 'string' ? line.length : typeof line.content === 'string' ? line.content.length : 0;
  return Math.min(to, Math.max(from, length * 30));
}

function toPattern(when: RegExp | readonly string[]): RegExp {
  if (when instanceof RegExp) return when;
  const words = when.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
}

/** The same value with every text in it changed. */
function fillIn(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((each) => fillIn(each, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillIn(each, fill)]));
}
