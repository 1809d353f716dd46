import { findConnected, findOpenEscalation, findPresent } from './chat.js';
import type { Chat, ChatMessage, Escalation, Participant } from './chat.js';
import { Scene } from './scene.js';
import { perform, speak } from './script-acts.js';
import type { CastMember, Script } from './script.js';
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
    director.answerEscalation(chat, escalation);
  });
  events.on('deflectionChosen', (chat, escalation) => {
    director.bringHuman(chat, escalation);
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
  events.on('resumed', (chat) => {
    director.welcomeBack(chat);
  });
  for (const event of ['dismissed', 'ended'] as const) {
    events.on(event, (chat) => {
      director.close(chat);
    });
  }
}

class Director {
  readonly #script: Script;
  readonly #world: World;
  readonly #scenes = new WeakMap<Chat, Scene>();

  constructor(script: Script, world: World) {
    this.#script = script;
    this.#world = world;
  }

  /** A new chat: whoever opens in this scenario takes it, unless somebody was faster. */
  open(chat: Chat): void {
    const { newChat } = this.#script;
    const isFree =
      chat.status === 'queued' && findOpenEscalation(chat) === undefined && !isAnybodyComing(chat);
    if (newChat !== 'nobody' && isFree) void this.#because().transfers.begin(chat, { to: newChat });
  }

  /** Somebody asked for a human: they are offered something else, or one comes after a while. */
  answerEscalation(chat: Chat, escalation: Escalation): void {
    const { deflected } = this.#script.asking ?? {};
    if (deflected === undefined) {
      this.bringHuman(chat, escalation);
      return;
    }
    const { after, reason, channels } = deflected;
    this.#world.timers.after(after, () => {
      if (isWaiting(chat, escalation)) this.#because().chats.deflect(chat, { reason, channels });
    });
  }

  /** A human comes after a while, unless the chat went elsewhere in the meantime. */
  bringHuman(chat: Chat, escalation: Escalation): void {
    const { comesAfter } = this.#script.asking ?? {};
    if (comesAfter === undefined || escalation.status !== 'escalating') return;
    this.#world.timers.after(comesAfter, () => {
      if (isWaiting(chat, escalation)) void this.#because().transfers.begin(chat, { to: 'agent' });
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
    if (member !== undefined)
      this.#sceneOf(chat).enter(participant, participant.isBack ? toReturning(member) : member);
    if (participant.kind === 'task_virtual_agent') this.#watchTask(chat, participant);
  }

  /** A task is over: the human goes on. */
  leave(chat: Chat, participant: Participant): void {
    if (participant.kind === 'task_virtual_agent')
      this.#say(chat, findConnected(chat, 'agent'), (member) => member.afterTask);
  }

  welcomeBack(chat: Chat): void {
    const listener = findConnected(chat, 'agent') ?? findConnected(chat, 'virtual_agent');
    this.#say(chat, listener, (member) => member.onReturn);
  }

  close(chat: Chat): void {
    this.#sceneOf(chat).close();
  }

  #say(
    chat: Chat,
    speaker: Participant | undefined,
    choose: (member: CastMember) => CastMember['greeting'],
  ): void {
    const member = speaker === undefined ? undefined : this.#findMember(speaker);
    if (speaker !== undefined && member !== undefined)
      this.#sceneOf(chat).say(speaker, member, choose(member) ?? []);
  }

  /** The human agent loses patience with a task that takes too long. */
  #watchTask(chat: Chat, task: Participant): void {
    const agent = findConnected(chat, 'agent');
    const member = agent === undefined ? undefined : this.#findMember(agent);
    const { duringTask } = member ?? {};
    if (agent === undefined || member === undefined || duringTask === undefined) return;
    this.#world.timers.after(duringTask.after, () => {
      if (task.status === 'connected')
        this.#sceneOf(chat).say(agent, member, duringTask.say, duringTask.then);
    });
  }

  /** The world as somebody of the cast changes it, or the scenario where it is nobody's doing. */
  #because(person?: Participant): World {
    const { name: script } = this.#script;
    if (person === undefined || person.kind === 'end_user')
      return this.#world.causedBy({ kind: 'script', script });
    const { kind: type, name } = person;
    return this.#world.causedBy({ kind: 'script', script, person: { type, name } });
  }

  #sceneOf(chat: Chat): Scene {
    const known = this.#scenes.get(chat);
    if (known !== undefined) return known;
    const scene = new Scene({
      chat,
      timers: this.#world.timers,
      actions: {
        speak: (sender, payload) => {
          speak(chat, { sender, payload }, this.#because(sender));
        },
        act: (person, deed) => {
          perform(chat, deed, this.#because(person));
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

/** Whoever has the chat again does not greet once more. */
function toReturning({ onReturn: greeting, ...member }: CastMember): CastMember {
  return { ...member, greeting, onArrival: undefined };
}

function isWaiting(chat: Chat, escalation: Escalation): boolean {
  return escalation.status === 'escalating' && !isAnybodyComing(chat);
}

function isAnybodyComing(chat: Chat): boolean {
  return (['agent', 'virtual_agent'] as const).some((kind) => findPresent(chat, kind) !== undefined);
}

function findListener(chat: Chat, message: ChatMessage): Participant | undefined {
  if (message.private) return findConnected(chat, 'task_virtual_agent');
  return findConnected(chat, 'agent') ?? findConnected(chat, 'virtual_agent');
}
