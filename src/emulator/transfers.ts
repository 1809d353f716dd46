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
import type { Switches } from './switches.js';

/**
 * How long somebody takes to come in, in milliseconds: long enough for a consumer to see `waiting` and
 * `queued` in between.
 */
export const JOINING_MILLISECONDS = 200;

/** How long somebody who never comes is waited for, in milliseconds. */
const PATIENCE_MILLISECONDS = 2000;

/** Who is wanted. Without a name: whoever of that kind works in the queue. */
export interface TransferRequest {
  readonly to: StaffKind;
  readonly name?: string | undefined;
  /** The queue the chat moves to; without it the queue stays. */
  readonly menu?: Menu | undefined;
  /** What the next virtual agent is handed over (platform: VA-to-VA transfer, `data_parameters`). */
  readonly dataParameters?: Parameters | undefined;
  /** When they come; default: what is known of them, or `JOINING_MILLISECONDS`. */
  readonly arrives?: Arrival | undefined;
}

/** After so many milliseconds, or never. */
export type Arrival = number | 'never';

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
  /** They never came; what became of the chat, a switch says. */
  | { readonly type: 'not-arrived' }
  /** Somebody asked for a human before this one had come in, or everything was reset. */
  | { readonly type: 'superseded' };

/** Hands chats over, one transfer after the other in each chat. */
export interface Transfers {
  /** Resolves when whoever was asked for is connected, or cannot be. */
  begin(chat: Chat, request: TransferRequest): Promise<TransferOutcome>;
}

/** Somebody, and when they come where that is known of them. */
export type Invitee = StaffMember & { readonly arrives?: Arrival | undefined };

/** What somebody comes with. */
type Arriving = Partial<Pick<Participant, 'dataParameters' | 'isBack'>>;

/** Chooses who comes when no name is given. */
export type Casting = (chat: Chat, request: TransferRequest) => Invitee;

/** The last transfer of each chat that was begun. */
export type RunningTransfers = WeakMap<Chat, Promise<unknown>>;

interface TransferOptions {
  readonly chats: Chats;
  readonly timers: Timers;
  readonly cast: Casting;
  readonly running: RunningTransfers;
  readonly switches: Switches;
}

/** Makes the transfers of a tenant. */
export function createTransfers(options: TransferOptions): Transfers {
  const { running } = options;
  return {
    begin: (chat, request) => {
      const previous = running.get(chat) ?? Promise.resolve();
      const next = previous.then(() => transfer(options, chat, request));
      running.set(chat, next);
      return next;
    },
  };
}

async function transfer(
  options: TransferOptions,
  chat: Chat,
  request: TransferRequest,
): Promise<TransferOutcome> {
  const obstacle = findObstacle(chat, request);
  if (obstacle !== undefined) return obstacle;
  const { chats } = options;
  const { to, dataParameters } = request;
  const before = { menu: chat.menu, holder: findConnected(chat, 'virtual_agent') };
  const invitee = toInvitee(options.cast(chat, request), request);
  chat.menu = request.menu ?? chat.menu;
  const present = findConnected(chat, to);
  if (to !== 'virtual_agent') endTask(chats, chat, invitee);
  if (present !== undefined && isSamePerson(present, invitee))
    return { type: 'connected', participant: present, joined: false };
  chat.isBetweenVirtualAgents = to === 'virtual_agent' && before.holder !== undefined;
  if (to !== 'task_virtual_agent') chats.clearFloor(chat);
  const outcome = await bringIn(options, chat, { ...invitee, dataParameters });
  if (outcome.type === 'not-arrived' && chat.isBetweenVirtualAgents) await fallBack(options, chat, before);
  chat.isBetweenVirtualAgents = false;
  return outcome;
}

async function bringIn(
  { chats, timers }: TransferOptions,
  chat: Chat,
  { arrives = JOINING_MILLISECONDS, dataParameters, isBack, ...member }: Invitee & Arriving,
): Promise<TransferOutcome> {
  const participant = chats.invite(chat, member, { dataParameters, isBack });
  const elapsed = await timers.pause(arrives === 'never' ? PATIENCE_MILLISECONDS : arrives);
  if (isEnded(chat)) return { type: 'chat-ended' };
  if (!elapsed || participant.status !== 'waiting') return { type: 'superseded' };
  if (arrives === 'never') {
    chats.leave(chat, participant);
    return { type: 'not-arrived' };
  }
  chats.connect(chat, participant);
  return { type: 'connected', participant, joined: true };
}

/** The task agent makes room, unless it is the very one that is asked for. */
function endTask(chats: Chats, chat: Chat, wanted: Invitee): void {
  const active = findPresent(chat, 'task_virtual_agent');
  if (active !== undefined && !isSamePerson(active, wanted)) chats.leave(chat, active);
}

/** The next virtual agent never came. */
async function fallBack(
  options: TransferOptions,
  chat: Chat,
  { menu, holder }: { readonly menu: Menu; readonly holder: Participant | undefined },
): Promise<void> {
  const position = options.switches.get('failedTransfer');
  if (position === 'fails') options.chats.fail(chat, 'escalation_failed');
  else if (position === 'escalates' || holder === undefined) options.chats.escalate(chat, 'by_virtual_agent');
  else {
    chat.menu = menu;
    const member = { kind: 'virtual_agent', id: holder.personId, name: holder.name } as const;
    await bringIn(options, chat, { ...member, isBack: true });
  }
}

/** What a request says of when they come wins over what is known of them. */
function toInvitee(invitee: Invitee, { arrives = invitee.arrives }: TransferRequest): Invitee {
  return { ...invitee, arrives };
}

function findObstacle(chat: Chat, { to }: TransferRequest): TransferOutcome | undefined {
  if (isEnded(chat)) return { type: 'chat-ended' };
  if (isDismissed(chat)) return { type: 'chat-dismissed' };
  if (to === 'task_virtual_agent' && findConnected(chat, 'agent') === undefined) return { type: 'no-agent' };
  const isDeflecting = findOpenEscalation(chat)?.status === 'deflecting';
  return to === 'virtual_agent' && isDeflecting ? { type: 'deflecting' } : undefined;
}
