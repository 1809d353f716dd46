import { findPresent } from './chat.js';
import type { Staff, StaffKind } from './people.js';
import type { CastMember, Script } from './script.js';
import type { Casting, Invitee } from './transfers.js';

/**
 * Chooses by name; else whoever of that kind works in the wanted queue. A virtual agent hands over to another
 * one, a human who is in the chat already stays. A name that no script knows is a new, silent member of the
 * staff.
 */
export function createCasting({
  script,
  staff,
}: {
  readonly script: Script;
  readonly staff: Staff;
}): Casting {
  const invite = (kind: StaffKind, name: string): Invitee => {
    const { arrives } = script.cast.find((each) => each.kind === kind && each.name === name) ?? {};
    return { ...staff.get(kind, name), arrives };
  };
  return (chat, { to, name, menu }) => {
    if (name !== undefined) return invite(to, name);
    const present = findPresent(chat, to);
    if (to !== 'virtual_agent' && present !== undefined && menu === undefined)
      return invite(to, present.name);
    const wantedMenu = menu ?? chat.menu;
    const candidates = script.cast.filter((each) => each.kind === to);
    const working = candidates.filter((each) => each.menuIds?.includes(wantedMenu.id) ?? true);
    const isAway = (each: CastMember): boolean => each.name !== present?.name;
    const chosen = working.find(isAway) ?? candidates.find(isAway) ?? candidates[0];
    return invite(to, chosen?.name ?? defaultNames[to]);
  };
}

const defaultNames = {
  agent: 'Agent',
  virtual_agent: 'Virtual agent',
  task_virtual_agent: 'Task assistant',
} as const;
