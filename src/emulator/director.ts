import { findConnected, findOpenEscalation, findPresent } from './chat.js';
import type { Chat, ChatMessage, Escalation, Participant } from './chat.js';
import type { Chats } from './chats.js';
import type { Timers } from './clock.js';
import { Scene, type SceneActions } from './scene.js';
import type { CastMember, Deed, Script } from './script.js';
import type { Transfers } from './transfers.js';

interface DirectorOptions {
  readonly script: Script;
  readonly chats: Chats;
  readonly transfers: Transfers;
  readonly timers: Timers;
}

/**
 * Lets the scripted people play their parts: listens to what happens in the chats and acts through the same
 * rules as everybody.
 */
export function directScript(options: DirectorOptions): void {
  const { events } = options.chats;
  const director = new Director(options);
  events.on('created', (chat) => {
    director.open(chat);
  });
  events.on('escalated', (chat, escalation) => {
    director.accept(chat, escalation);
  });
  events.on('message', (chat, message) => {
    director.hear(chat, message);
  });
  events.on('joined', (chat, participant) => {
    director.enter(chat, participant);
  });
  events.on('left', (chat, participant) => {
    director.leave(chat, participant);
  });
  events.on('ended', (chat) => {
    director.close(chat);
  });
}

class Director {
  readonly #options: DirectorOptions;
  readonly #scenes = new WeakMap<Chat, Scene>();

  constructor(options: DirectorOptions) {
    this.#options = options;
  }

  /** A new chat: a virtual agent takes it, unless somebody was faster. */
  open(chat: Chat): void {
    const isFree =
      chat.status === 'queued' && findOpenEscalation(chat) === undefined && !isAnybodyComing(chat);
    if (this.#options.script.virtualAgentOpens && isFree)
      void this.#options.transfers.begin(chat, { to: 'virtual_agent' });
  }

  /**
   * Somebody asked for a human: one accepts after a while, unless the chat went elsewhere in the meantime.
   */
  accept(chat: Chat, escalation: Escalation): void {
    const { script, timers, transfers } = this.#options;
    if (script.acceptsAfter === undefined) return;
    timers.after(script.acceptsAfter, () => {
      if (escalation.status === 'escalating' && !isAnybodyComing(chat))
        void transfers.begin(chat, { to: 'agent' });
    });
  }

  hear(chat: Chat, message: ChatMessage): void {
    const scene = this.#sceneOf(chat);
    if (message.sender.kind === 'agent' && message.by === 'person') scene.yieldAgent();
    if (message.sender.kind !== 'end_user') return;
    const participant = findListener(chat, message);
    scene.hear(
      message,
      participant === undefined ? undefined : { participant, member: this.#findMember(participant) },
    );
  }

  enter(chat: Chat, participant: Participant): void {
    const member = this.#findMember(participant);
    if (member !== undefined) this.#sceneOf(chat).enter(participant, member);
  }

  /** A task is over: the human goes on. */
  leave(chat: Chat, participant: Participant): void {
    const agent = findConnected(chat, 'agent');
    if (participant.kind !== 'task_virtual_agent' || agent === undefined) return;
    const member = this.#findMember(agent);
    if (member !== undefined) this.#sceneOf(chat).say(agent, member, member.afterTask ?? []);
  }

  close(chat: Chat): void {
    this.#sceneOf(chat).close();
  }

  #act(chat: Chat, deed: Deed): void {
    const { chats, transfers } = this.#options;
    if (deed === 'escalate') chats.escalate(chat, 'by_virtual_agent');
    else if (deed === 'end') chats.end(chat);
    else void transfers.begin(chat, { to: deed === 'start-task' ? 'task_virtual_agent' : 'agent' });
  }

  #sceneOf(chat: Chat): Scene {
    const known = this.#scenes.get(chat);
    if (known !== undefined) return known;
    const { chats, timers } = this.#options;
    const speak: SceneActions['speak'] = (sender, payload) => {
      chats.speak(chat, { sender, payload, by: 'script' });
    };
    const scene = new Scene({
      chat,
      timers,
      actions: {
        speak,
        act: (deed) => {
          this.#act(chat, deed);
        },
      },
    });
    this.#scenes.set(chat, scene);
    return scene;
  }

  #findMember({ kind, name }: Participant): CastMember | undefined {
    return this.#options.script.cast.find((each) => each.kind === kind && each.name === name);
  }
}

function isAnybodyComing(chat: Chat): boolean {
  return (['agent', 'virtual_agent'] as const).some((kind) => findPresent(chat, kind) !== undefined);
}

function findListener(chat: Chat, message: ChatMessage): Participant | undefined {
  if (message.private) return findConnected(chat, 'task_virtual_agent');
  return findConnected(chat, 'agent') ?? findConnected(chat, 'virtual_agent');
}
