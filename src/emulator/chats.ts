import { createNanoEvents, type Emitter } from 'nanoevents';
import { findConnected, findOpenEscalation, isEnded } from './chat.js';
import type { Chat, ChatMessage, EndUser, Escalation, Menu, MessagePayload, Participant } from './chat.js';
import type { PersonKind, StaffMember } from './people.js';
import type { Tenant } from './tenant.js';

/** What happens in chats. The record already shows the new state when a listener is called. */
export interface ChatEvents {
  created: (chat: Chat) => void;
  joined: (chat: Chat, participant: Participant) => void;
  left: (chat: Chat, participant: Participant) => void;
  message: (chat: Chat, message: ChatMessage) => void;
  /** A new escalation. */
  escalated: (chat: Chat, escalation: Escalation) => void;
  ended: (chat: Chat) => void;
}

/** What a new chat begins with. */
export interface NewChat {
  readonly endUser: EndUser;
  readonly menu: Menu;
  readonly lang: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/**
 * The rules of a chat: every change of its record goes through here, in one step, and is then told to the
 * listeners. Callers check that the chat has not ended.
 */
export class Chats {
  readonly events: Emitter<ChatEvents> = createNanoEvents<ChatEvents>();
  readonly #tenant: Tenant;
  readonly #now: () => number;

  constructor(options: { readonly tenant: Tenant; readonly now: () => number }) {
    this.#tenant = options.tenant;
    this.#now = options.now;
  }

  /**
   * Begins a chat in status `queued`. Nobody hears of it before `announce`: the platform creates chats
   * asynchronously.
   */
  open({ endUser, menu, lang, context }: NewChat): Chat {
    const now = this.#now();
    const chat: Chat = {
      id: this.#tenant.ids.next('chat'),
      endUser,
      menu,
      lang,
      context,
      status: 'queued',
      createdAt: now,
      lastActiveAt: now,
      endedAt: undefined,
      participants: [],
      messages: [],
      escalations: [],
    };
    const participant = this.#addParticipant(chat, 'end_user', {
      id: endUser.id,
      name: endUser.name ?? 'Visitor',
    });
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

  /** Somebody of the contact center speaks. */
  speak(
    chat: Chat,
    said: {
      readonly sender: Participant;
      readonly payload: MessagePayload;
      readonly by: 'script' | 'person';
    },
  ): ChatMessage {
    return this.#addMessage(chat, said);
  }

  /**
   * Asks for a human: the virtual agents leave and the chat is queued. While an escalation is open a second
   * one is the same record; with a human in the chat there is nothing to do and the record says `escalated`
   * (OQ-37).
   */
  escalate(chat: Chat, reason: string): Escalation {
    const open = findOpenEscalation(chat);
    if (open !== undefined) return open;
    if (findConnected(chat, 'agent') !== undefined)
      return chat.escalations.at(-1) ?? this.#addEscalation(chat, reason, 'escalated');
    const escalation = this.#addEscalation(chat, reason, 'escalating');
    this.clearFloor(chat);
    this.events.emit('escalated', chat, escalation);
    return escalation;
  }

  /** Puts somebody in front of the door: `waiting`, not yet heard of by anybody. */
  invite(chat: Chat, member: StaffMember): Participant {
    return this.#addParticipant(chat, member.kind, member);
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

  /** Ends the chat. Whoever is connected stays in the record; whoever was waiting is sent away. */
  end(chat: Chat): void {
    if (isEnded(chat)) return;
    chat.status = 'finished';
    chat.endedAt = this.#now();
    const escalation = findOpenEscalation(chat);
    if (escalation !== undefined) escalation.status = 'canceled';
    for (const each of chat.participants) if (each.status === 'waiting') each.status = 'disconnected';
    this.events.emit('ended', chat);
  }

  #addParticipant(
    chat: Chat,
    kind: PersonKind,
    person: { readonly id: number; readonly name: string },
  ): Participant {
    const participant: Participant = {
      id: this.#tenant.ids.next('participant'),
      kind,
      personId: person.id,
      name: person.name,
      status: 'waiting',
      connectedAt: undefined,
    };
    chat.participants.push(participant);
    return participant;
  }

  #addMessage(chat: Chat, said: Pick<ChatMessage, 'sender' | 'payload' | 'by'>): ChatMessage {
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

  #addEscalation(chat: Chat, reason: string, status: Escalation['status']): Escalation {
    const escalation: Escalation = { id: this.#tenant.ids.next('escalation'), reason, status };
    chat.escalations.push(escalation);
    return escalation;
  }
}
