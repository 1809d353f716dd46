import type { Chat, ChatMessage, MessagePayload, Participant } from './chat.js';
import type { Timers } from './clock.js';
import { findAnswer, toPayload, toTypingPause } from './script.js';
import type { CastMember, Deed, Line } from './script.js';

/** What a scene needs done in the world. */
export interface SceneActions {
  readonly speak: (participant: Participant, payload: MessagePayload) => void;
  readonly act: (participant: Participant, deed: Deed) => void;
}

interface Step {
  readonly speaker: Participant;
  readonly pause: number;
  readonly play: () => void;
}

const unhurried = { from: 300, to: 900 };

/** What the scripted people of one chat are about to say, one line after the other. */
export class Scene {
  readonly #chat: Chat;
  readonly #timers: Timers;
  readonly #actions: SceneActions;
  readonly #misses = new Map<string, number>();
  #steps: Step[] = [];
  #cancelPause: (() => void) | undefined;
  /** What the end user wrote while nobody was there: whoever comes next answers it. */
  #unanswered: string | undefined;
  #agentIsPlayedByHand = false;

  constructor(options: { readonly chat: Chat; readonly timers: Timers; readonly actions: SceneActions }) {
    this.#chat = options.chat;
    this.#timers = options.timers;
    this.#actions = options.actions;
  }

  /** Somebody came in: they greet, and answer what waited for them. */
  enter(participant: Participant, member: CastMember): void {
    this.say(participant, member, member.greeting ?? [], member.onArrival);
    // Whoever does something at once leaves what waits to whoever comes of it.
    if (participant.kind === 'task_virtual_agent' || member.onArrival !== undefined) return;
    if (this.#unanswered === undefined) return;
    this.#answer(participant, member, {
      text: this.#unanswered,
      hasJustGreeted: member.greeting !== undefined,
    });
    this.#unanswered = undefined;
  }

  /** The end user wrote; `listener` is undefined while nobody is there. */
  hear(
    message: ChatMessage,
    listener: { readonly participant: Participant; readonly member: CastMember | undefined } | undefined,
  ): void {
    const text = toText(message);
    if (listener === undefined) this.#unanswered = text;
    else if (listener.member !== undefined)
      this.#answer(listener.participant, listener.member, { text, hasJustGreeted: false });
  }

  /** Queues lines and what is done after them; whatever was queued before comes first. */
  say(speaker: Participant, member: CastMember, lines: readonly Line[], then?: Deed): void {
    for (const line of lines) {
      const play = (): void => {
        this.#actions.speak(speaker, toPayload(line, this.#chat.endUser.name));
      };
      this.#add({ speaker, pause: toTypingPause(line, member.typing ?? unhurried), play });
    }
    if (then === undefined) return;
    const play = (): void => {
      this.#actions.act(speaker, then);
    };
    this.#add({ speaker, pause: unhurried.from, play });
  }

  /** A person speaks as the agent: the script keeps its mouth shut from here on. */
  yieldAgent(): void {
    this.#agentIsPlayedByHand = true;
  }

  /** What was about to be said is not said any more. */
  close(): void {
    this.#steps = [];
    this.#cancelPause?.();
    this.#cancelPause = undefined;
  }

  #answer(
    speaker: Participant,
    member: CastMember,
    heard: { readonly text: string; readonly hasJustGreeted: boolean },
  ): void {
    const misses = this.#misses.get(member.name) ?? 0;
    const answer = findAnswer(member, heard.text, { misses, hasJustGreeted: heard.hasJustGreeted });
    if (answer === undefined) return;
    if (answer.isMiss) this.#misses.set(member.name, misses + 1);
    this.say(speaker, member, answer.lines, answer.then);
  }

  #add(step: Step): void {
    this.#steps.push(step);
    if (this.#cancelPause === undefined) this.#playNext();
  }

  #playNext(): void {
    this.#cancelPause = undefined;
    const step = this.#steps.shift();
    if (step === undefined) return;
    if (!this.#maySpeak(step.speaker)) {
      this.#playNext();
      return;
    }
    this.#cancelPause = this.#timers.after(step.pause, () => {
      // The pause is over but still marks the scene as busy: a line that is played may queue further ones.
      if (this.#maySpeak(step.speaker)) step.play();
      if (this.#cancelPause !== undefined) this.#playNext();
    });
  }

  #maySpeak(speaker: Participant): boolean {
    return speaker.status === 'connected' && !(speaker.kind === 'agent' && this.#agentIsPlayedByHand);
  }
}

function toText({ payload: { content } }: ChatMessage): string {
  if (typeof content === 'string') return content;
  return typeof content?.text === 'string' ? content.text : '';
}
