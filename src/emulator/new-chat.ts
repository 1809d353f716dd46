import type { Chat, EndUser, Participant } from './chat.js';
import type { NewChat } from './chat-events.js';
import type { Inactivity } from './inactivity.js';
import type { Parameters } from './parameters.js';
import type { PersonKind } from './people.js';

/** The record of a chat in which nobody is yet. */
export function toNewChat(
  { endUser, menu, lang, context, transcript = [], via = 'api' }: NewChat,
  { id, now, inactivity }: { readonly id: number; readonly now: number; readonly inactivity: Inactivity },
): Chat {
  return {
    id,
    via,
    endUser,
    endUserIds: new Set([endUser.id]),
    menu,
    lang,
    context,
    transcript,
    status: 'queued',
    isBetweenVirtualAgents: false,
    flags: { verified_customer: false, bad_actor: false, repeat_customer: false },
    customData: {},
    lastUpdate: undefined,
    createdAt: now,
    inactivity,
    lastActiveAt: now,
    endedAt: undefined,
    endReason: undefined,
    participants: [],
    messages: [],
    escalations: [],
  };
}

/** Who somebody is, whatever they are in a chat. */
export interface Person {
  readonly id: number;
  readonly name: string;
  readonly dataParameters?: Parameters | undefined;
  readonly isBack?: boolean | undefined;
}

/** Somebody in front of the door. */
export function toParticipant(id: number, kind: PersonKind, person: Person): Participant {
  const { id: personId, name, dataParameters, isBack = false } = person;
  return { id, kind, personId, name, status: 'waiting', connectedAt: undefined, dataParameters, isBack };
}

/** How the end user is called in the chat. */
export function toPerson({ id, name }: EndUser): Person {
  return { id, name: name ?? 'Visitor' };
}
