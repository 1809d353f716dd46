import type { Menu, MessagePayload } from './chat.js';
import type { StaffKind } from './people.js';

/**
 * One thing said: a text, or a message of another type. In texts `{visitor}` becomes the end user's name
 * ("there" when it is not known), and `{1}`, `{2}` what the rule's pattern captured.
 */
export type Line = string | MessagePayload;

/** What somebody does after the last line of an answer. */
export type Deed =
  /** Asks for a human. */
  | 'escalate'
  /** Ends the chat. */
  | 'end'
  /** A human agent starts the task virtual agent. */
  | 'start-task'
  /** A task virtual agent gives the chat back to the human. */
  | 'hand-back';

/** One thing somebody knows. The first rule that fits answers. */
export interface Rule {
  /** A pattern, or words of which one must occur (whole words, in any case). */
  readonly when: RegExp | readonly string[];
  readonly say: readonly Line[];
  readonly then?: Deed;
  /** Left out right after a greeting, where it would only greet once more. */
  readonly isGreeting?: true;
}

/**
 * Somebody of the contact center and what they say. Without lines they are silent and can be played by hand.
 */
export interface CastMember {
  readonly kind: StaffKind;
  readonly name: string;
  /** The queues they work in; default: all. */
  readonly menuIds?: readonly number[];
  /** Shortest and longest pause before a line, in milliseconds; longer lines take longer. */
  readonly typing?: { readonly from: number; readonly to: number };
  readonly greeting?: readonly Line[];
  readonly rules?: readonly Rule[];
  /** Answers where no rule fits, one after the other. */
  readonly fallbacks?: readonly (readonly Line[])[];
  /** What a human agent says when a task virtual agent has left. */
  readonly afterTask?: readonly Line[];
}

/** A scenario as data: who works here, in which queues, and what they do by themselves. */
export interface Script {
  readonly name: string;
  /** Menu 100 is in every script. */
  readonly menus: readonly Menu[];
  readonly cast: readonly CastMember[];
  /** Whether a virtual agent takes every new chat. */
  readonly virtualAgentOpens: boolean;
  /** How long after an escalation a human accepts, in milliseconds; absent: nobody does by themselves. */
  readonly acceptsAfter?: number;
}

/** A markdown message, written line by line. */
export function markdown(...lines: readonly string[]): MessagePayload {
  return { type: 'markdown', content: lines.join('\n') };
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
  for (const rule of member.rules ?? []) {
    const match = toPattern(rule.when).exec(text);
    if (match === null) continue;
    if (rule.isGreeting === true && said.hasJustGreeted) return undefined;
    return { lines: rule.say.map((line) => fillIn(line, match.slice(1))), then: rule.then, isMiss: false };
  }
  const fallbacks = member.fallbacks ?? [];
  const lines = fallbacks[said.misses % Math.max(fallbacks.length, 1)];
  return lines === undefined ? undefined : { lines, isMiss: true };
}

/** Makes the message of a line. */
export function toPayload(line: Line, visitor: string | undefined): MessagePayload {
  if (typeof line === 'string')
    return { type: 'text', content: line.replaceAll('{visitor}', () => visitor ?? 'there') };
  return line;
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

function fillIn(line: Line, captured: readonly (string | undefined)[]): Line {
  const fill = (text: string): string =>
    text.replaceAll(/\{(\d)\}/g, (_, place: string) => captured[Number(place) - 1] ?? '');
  if (typeof line === 'string') return fill(line);
  return typeof line.content === 'string' ? { ...line, content: fill(line.content) } : line;
}
