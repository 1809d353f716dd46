import type { Chat, EndUser, Menu } from './chat.js';
import type { Staff } from './people.js';

/**
 * Numbers that were never given out before. They go on counting over a reset, so that no consumer takes a new
 * chat for an old one.
 */
export interface Ids {
  next(kind: keyof typeof firstIds): number;
  /** The next number of each kind. */
  following(): Readonly<Record<keyof typeof firstIds, number>>;
}

/**
 * Each kind has its own range, so that a consumer that mixes two kinds up fails at once instead of by luck
 * (OQ-14).
 */
const firstIds = { chat: 1, escalation: 55, endUser: 501, media: 991, participant: 2001 };

/** Makes the counters; `first` are the numbers they begin with. */
export function createIds(first: Readonly<Record<string, number>> = {}): Ids {
  const following = { ...firstIds, ...first };
  return { next: (kind) => following[kind]++, following: () => ({ ...following }) };
}

/** What an upsert of an end user may say (platform: End users). */
export interface EndUserInput {
  readonly identifier: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** The records of one emulated customer of the platform. */
export interface Tenant {
  readonly ids: Ids;
  readonly staff: Staff;
  readonly menus: readonly Menu[];
  readonly chats: Map<number, Chat>;
  /** Creates or updates by `identifier`; fields that are not given stay as they are. */
  upsertEndUser(input: EndUserInput): { readonly endUser: EndUser; readonly isNew: boolean };
  findEndUser(by: {
    readonly id?: number | undefined;
    readonly identifier?: string | undefined;
  }): EndUser | undefined;
  findMenu(id: number): Menu | undefined;
}

/** Makes a tenant with no users and no chats. */
export function createTenant(options: {
  readonly ids: Ids;
  readonly staff: Staff;
  readonly menus: readonly Menu[];
}): Tenant {
  const { ids, menus } = options;
  const endUsers = new Map<string, EndUser>();

  function upsertEndUser({ identifier, name, email, phone }: EndUserInput): {
    endUser: EndUser;
    isNew: boolean;
  } {
    const known = endUsers.get(identifier);
    const endUser = known ?? { id: ids.next('endUser'), identifier, name, email, phone };
    endUser.name = name ?? endUser.name;
    endUser.email = email ?? endUser.email;
    endUser.phone = phone ?? endUser.phone;
    endUsers.set(identifier, endUser);
    return { endUser, isNew: known === undefined };
  }

  return {
    ...options,
    chats: new Map(),
    upsertEndUser,
    findEndUser: ({ id, identifier }) =>
      identifier === undefined
        ? [...endUsers.values()].find((each) => each.id === id)
        : endUsers.get(identifier),
    findMenu: (id) => menus.find((each) => each.id === id),
  };
}
