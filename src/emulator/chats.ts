import { createNanoEvents, type Emitter } from 'nanoevents';
import { findConnected, findOpenEscalation } from './chat.js';
import type { Chat, ChatMessage, Deflection, Escalation, MessagePayload, Participant } from './chat.js';
import type { ChatEvents, EscalationNote, NewChat, Said } from './chat-events.js';
import { chooseDeflection, offerDeflection, type ChosenDeflection } from './deflections.js';
import { dismissChat, resumeChat, type ResumeTarget } from './dismissal.js';
import { closeChat } from './endings.js';
import { escalateChat, forceEndTask } from './escalations.js';
import type { Inactivity } from './inactivity.js';
import { toNewChat, toParticipant, toPerson, type Person } from './new-chat.js';
import type { PersonKind, StaffMember } from './people.js';
import type { EndReason, EscalationReason, FailReason } from './reasons.js';
import { toSpokenPayloads } from './rich-messages.js';
import type { Tenant } from './tenant.js';

/**
 * The rules of a chat: every change of its record goes through here (escalation, deflection, dismissal and
 * the end have files of their own), in one step, and is then told to the listeners. Callers check that the
 * chat has not ended.
 */
export class Chats {
  readonly events: Emitter<ChatEvents> = createNanoEvents<ChatEvents>();
  readonly #tenant: Tenant;
  readonly #now: () => number;
  readonly #inactivity: Inactivity;

  constructor(options: {
    readonly tenant: Tenant;
    readonly now: () => number;
    readonly inactivity: Inactivity;
  }) {
    this.#tenant = options.tenant;
    this.#now = options.now;
    this.#inactivity = options.inactivity;
  }

  /**
   * Begins a chat in status `queued`. Nobody hears of it before `announce`: the platform creates chats
   * asynchronously.
   */
  open(given: NewChat): Chat {
    const now = this.#now();
    const chat = toNewChat(given, { id: this.#tenant.ids.next('chat'), now, inactivity: this.#inactivity });
    const participant = this.#addParticipant(chat, 'end_user', toPerson(given.endUser));
    participant.status = 'connected';
    participant.connectedAt = now;
    this.#tenant.chats.set(chat.id, chat);
    return chat;
  }

  /** Tells everybody that the chat exists. */
  announce(chat: Chat): void {
    this.events.emit('created', chat);
  }

  /**
   * The end user speaks. The platform routes on arrival: to the task virtual agent while one is active
   * (platform: Task VA).
   */
  receive(chat: Chat, payload: MessagePayload): ChatMessage {
    const sender = findConnected(chat, 'end_user') ?? chat.participants[0];
    if (sender === undefined) throw new Error('A chat always has its end user.');
    return this.#addMessage(chat, { sender, payload, by: 'person' });
  }

  /** Somebody of the contact center speaks: one message, or several where the payload holds several. */
  speak(chat: Chat, { sender, payload, by }: Said): readonly ChatMessage[] {
    return toSpokenPayloads(payload).map((each) => this.#addMessage(chat, { sender, payload: each, by }));
  }

  /** Asks for a human; see {@link escalateChat}. */
  escalate(chat: Chat, reason: EscalationReason, { forced = false } = {}): Escalation {
    return escalateChat(this, chat, { reason, forced });
  }

  /** Puts somebody in front of the door: `waiting`, not yet heard of by anybody. */
  invite(
    chat: Chat,
    { kind, ...member }: StaffMember,
    given: Pick<Person, 'dataParameters' | 'isBack'> = {},
  ): Participant {
    return this.#addParticipant(chat, kind, { ...member, ...given });
  }

  /** Whoever was waiting is connected; the chat's status and an open escalation follow. */
  connect(chat: Chat, participant: Participant): void {
    participant.status = 'connected';
    participant.connectedAt = this.#now();
    const escalation = findOpenEscalation(chat);
    if (participant.kind === 'agent') {
      chat.status = 'assigned';
      if (escalation !== undefined) escalation.status = 'escalated';
    } else if (participant.kind === 'virtual_agent') {
      chat.status = 'va_assigned';
      if (escalation !== undefined) escalation.status = 'canceled'; // platform: VA-to-VA transfer
    }
    this.events.emit('joined', chat, participant);
  }

  /** Somebody of the contact center leaves; whoever was only waiting goes without a word. */
  leave(chat: Chat, participant: Participant): void {
    const wasConnected = participant.status === 'connected';
    participant.status = 'disconnected';
    if (wasConnected) this.events.emit('left', chat, participant);
  }

  /** Everybody of the contact center leaves and the chat is queued again. */
  clearFloor(chat: Chat): void {
    chat.status = 'queued';
    for (const each of chat.participants) {
      if (each.kind !== 'end_user' && each.status !== 'disconnected') this.leave(chat, each);
    }
  }

  /**
   * Notes an escalation, and does nothing about it: a task virtual agent that is cut short leaves a record
   * too (platform: Escalate, reasons).
   */
  record(chat: Chat, { reason, status, forced = false }: EscalationNote): Escalation {
    const id = this.#tenant.ids.next('escalation');
    const escalation = { id, reason, forced, status, deflection: undefined, deflectionChannel: undefined };
    chat.escalations.push(escalation);
    return escalation;
  }

  /** The human agent ends a task before it is done; see {@link forceEndTask}. */
  forceEndTask(chat: Chat): boolean {
    return forceEndTask(this, chat);
  }

  /**
   * The end user goes by another record from here on; what was said stays theirs (platform: Change the end
   * user during a chat).
   */
  changeEndUser(chat: Chat, endUser: Chat['endUser']): void {
    chat.endUser = endUser;
    chat.endUserIds.add(endUser.id);
    const { id, name } = toPerson(endUser);
    const participant = findConnected(chat, 'end_user');
    if (participant !== undefined) Object.assign(participant, { personId: id, name });
    this.events.emit('changed', chat);
  }

  /** Offers other ways out than a human; see {@link offerDeflection}. */
  deflect(chat: Chat, deflection: Deflection): Escalation | undefined {
    return offerDeflection(this, chat, deflection);
  }

  /** The end user chose a way out that was offered; see {@link chooseDeflection}. */
  chooseDeflection(chat: Chat, chosen: ChosenDeflection): void {
    chooseDeflection(this, chat, chosen);
  }

  /** The chat falls asleep; see {@link dismissChat}. Callers have looked for obstacles. */
  dismiss(chat: Chat): void {
    dismissChat(this, chat);
  }

  /** A dismissed chat goes on; see {@link resumeChat}. */
  resume(chat: Chat, target: ResumeTarget): void {
    resumeChat(this, chat, { target, now: this.#now() });
  }

  /** Ends the chat. Whoever is connected stays in the record; whoever was waiting is sent away. */
  end(chat: Chat, reason: EndReason = 'disconnected_by_agent'): void {
    closeChat(this, chat, { status: 'finished', reason, now: this.#now() });
  }

  /** Ends the chat because something went wrong. */
  fail(chat: Chat, reason: FailReason): void {
    closeChat(this, chat, { status: 'failed', reason, now: this.#now() });
  }

  #addParticipant(chat: Chat, kind: PersonKind, person: Person): Participant {
    const participant = toParticipant(this.#tenant.ids.next('participant'), kind, person);
    chat.participants.push(participant);
    return participant;
  }

  #addMessage(chat: Chat, said: Said): ChatMessage {
    const { kind } = said.sender;
    const isPrivate =
      kind === 'task_virtual_agent' ||
      (kind === 'end_user' && findConnected(chat, 'task_virtual_agent') !== undefined);
    const message: ChatMessage = {
      ...said,
      id: chat.messages.length + 1,
      at: this.#now(),
      private: isPrivate,
    };
    chat.messages.push(message);
    chat.lastActiveAt = message.at;
    this.events.emit('message', chat, message);
    return message;
  }
}
