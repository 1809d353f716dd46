import { findConnected, findOpenEscalation, findPresent } from './chat.js';
import type { Chat, ChatMessage, Escalation, Participant } from './chat.js';
import { Scene, type SceneActions } from './scene.js';
import type { CastMember, Deed, Script } from './script.js';
import type { World } from './world.js';

/**
 * Lets the scripted people play their parts: listens to what happens in the chats and acts through the same
 * rules as everybody.
 */
export function directScript(script: Script, world: World): void {
  const { events } = world.chats;
  const director = new Director(script, world);
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
  readonly #script: Script;
  readonly #world: World;
  readonly #scenes = new WeakMap<Chat, Scene>();

  constructor(script: Script, world: World) {
    this.#script = script;
    this.#world = world;
  }

  /** A new chat: a virtual agent takes it, unless somebody was faster. */
  open(chat: Chat): void {
    const isFree =
      chat.status === 'queued' && findOpenEscalation(chat) === undefined && !isAnybodyComing(chat);
    if (this.#script.virtualAgentOpens && isFree)
      void this.#because().transfers.begin(chat, { to: 'virtual_agent' });
  }

  /**
   * Somebody asked for a human: one accepts after a while, unless the chat went elsewhere in the meantime.
   */
  accept(chat: Chat, escalation: Escalation): void {
    const { acceptsAfter } = this.#script;
    if (acceptsAfter === undefined) return;
    this.#world.timers.after(acceptsAfter, () => {
      if (escalation.status === 'escalating' && !isAnybodyComing(chat))
        void this.#because().transfers.begin(chat, { to: 'agent' });
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

  /** The world as somebody of the cast changes it, or the scenario where it is nobody's doing. */
  #because(person?: Participant): World {
    const { name: script } = this.#script;
    if (person === undefined || person.kind === 'end_user') return this.#world.causedBy({ kind: 'script', script });
    const { kind: type, name } = person;
    return this.#world.causedBy({ kind: 'script', script, person: { type, name } });
  }

  #act(chat: Chat, person: Participant, deed: Deed): void {
    const { chats, transfers } = this.#because(person);
    if (deed === 'escalate') chats.escalate(chat, 'by_virtual_agent');
    else if (deed === 'end') chats.end(chat);
    else void transfers.begin(chat, { to: deed === 'start-task' ? 'task_virtual_agent' : 'agent' });
  }

  #sceneOf(chat: Chat): Scene {
    const known = this.#scenes.get(chat);
    if (known !== undefined) return known;
    const speak: SceneActions['speak'] = (sender, payload) => {
      this.#because(sender).chats.speak(chat, { sender, payload, by: 'script' });
    };
    const scene = new Scene({
      chat,
      timers: this.#world.timers,
      actions: {
        speak,
        act: (person, deed) => {
          this.#act(chat, person, deed);
        },
      },
    });
    this.#scenes.set(chat, scene);
    return scene;
  }

  #findMember({ kind, name }: Participant): CastMember | undefined {
    return this.#script.cast.find((each) => each.kind === kind && each.name === name);
  }
}

function isAnybodyComing(chat: Chat): boolean {
  return (['agent', 'virtual_agent'] as const).some((kind) => findPresent(chat, kind) !== undefined);
}

function findListener(chat: Chat, message: ChatMessage): Participant | undefined {
  if (message.private) return findConnected(chat, 'task_virtual_agent');
  return findConnected(chat, 'agent') ?? findConnected(chat, 'virtual_agent');
}
