import {
  findConnected,
  findOpenEscalation,
  findPresent,
  isDismissed,
  isEnded,
  isSamePerson,
} from './chat.js';
import type { Chat, Menu, Participant } from './chat.js';
import type { Chats } from './chats.js';
import type { Timers } from './clock.js';
import type { Parameters } from './parameters.js';
import type { StaffKind, StaffMember } from './people.js';

/**
 * How long somebody takes to come in, in milliseconds: long enough for a consumer to see `waiting` and
 * `queued` in between.
 */
export const JOINING_MILLISECONDS = 200;

/** Who is wanted. Without a name: whoever of that kind works in the queue. */
export interface TransferRequest {
  readonly to: StaffKind;
  readonly name?: string | undefined;
  /** The queue the chat moves to; without it the queue stays. */
  readonly menu?: Menu | undefined;
  /** What the next virtual agent is handed over (platform: VA-to-VA transfer, `data_parameters`). */
  readonly dataParameters?: Parameters | undefined;
}

/** `joined` is false where that person was in the chat already. */
export type TransferOutcome =
  | { readonly type: 'connected'; readonly participant: Participant; readonly joined: boolean }
  /** Only a human agent who is in the chat can start a task. */
  | { readonly type: 'no-agent' }
  | { readonly type: 'chat-ended' }
  /** The chat sleeps: it has to be resumed first. */
  | { readonly type: 'chat-dismissed' }
  /** Between virtual agents a chat cannot go while the end user is offered other ways out. */
  | { readonly type: 'deflecting' }
  /** Somebody asked for a human before this one had come in, or everything was reset. */
  | { readonly type: 'superseded' };

/** Hands chats over, one transfer after the other in each chat. */
export interface Transfers {
  /** Resolves when whoever was asked for is connected, or cannot be. */
  begin(chat: Chat, request: TransferRequest): Promise<TransferOutcome>;
}

/** Chooses who comes when no name is given. */
export type Casting = (chat: Chat, request: TransferRequest) => StaffMember;

/** The last transfer of each chat that was begun. */
export type RunningTransfers = WeakMap<Chat, Promise<unknown>>;

/** Makes the transfers of a tenant. */
export function createTransfers(options: {
  readonly chats: Chats;
  readonly timers: Timers;
  readonly cast: Casting;
  readonly running: RunningTransfers;
}): Transfers {
  const { chats, timers, cast, running } = options;

  async function bringIn(
    chat: Chat,
    member: StaffMember,
    { dataParameters }: TransferRequest,
  ): Promise<TransferOutcome> {
    const participant = chats.invite(chat, member, dataParameters);
    const elapsed = await timers.pause(JOINING_MILLISECONDS);
    if (isEnded(chat)) return { type: 'chat-ended' };
    if (!elapsed || participant.status !== 'waiting') return { type: 'superseded' };
    chats.connect(chat, participant);
    return { type: 'connected', participant, joined: true };
  }

  async function transfer(chat: Chat, request: TransferRequest): Promise<TransferOutcome> {
    const obstacle = findObstacle(chat, request);
    if (obstacle !== undefined) return obstacle;
    const member = cast(chat, request);
    chat.menu = request.menu ?? chat.menu;
    const present = findConnected(chat, request.to);
    if (request.to !== 'virtual_agent') endTask(chat, member);
    if (present !== undefined && isSamePerson(present, member))
      return { type: 'connected', participant: present, joined: false };
    chat.isBetweenVirtualAgents =
      request.to === 'virtual_agent' && findConnected(chat, 'virtual_agent') !== undefined;
    if (request.to !== 'task_virtual_agent') chats.clearFloor(chat);
    const outcome = await bringIn(chat, member, request);
    chat.isBetweenVirtualAgents = false;
    return outcome;
  }

  /** The task agent makes room, unless it is the very one that is asked for. */
  function endTask(chat: Chat, wanted: StaffMember): void {
    const active = findPresent(chat, 'task_virtual_agent');
    if (active !== undefined && !isSamePerson(active, wanted)) chats.leave(chat, active);
  }

  return {
    begin: (chat, request) => {
      const previous = running.get(chat) ?? Promise.resolve();
      const next = previous.then(() => transfer(chat, request));
      running.set(chat, next);
      return next;
    },
  };
}

function findObstacle(chat: Chat, { to }: TransferRequest): TransferOutcome | undefined {
  if (isEnded(chat)) return { type: 'chat-ended' };
  if (isDismissed(chat)) return { type: 'chat-dismissed' };
  if (to === 'task_virtual_agent' && findConnected(chat, 'agent') === undefined) return { type: 'no-agent' };
  const isDeflecting = findOpenEscalation(chat)?.status === 'deflecting';
  return to === 'virtual_agent' && isDeflecting ? { type: 'deflecting' } : undefined;
}
