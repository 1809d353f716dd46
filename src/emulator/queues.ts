import { findConnected, type Menu } from './chat.js';
import type { World } from './world.js';

/** A queue as it stands. */
export interface Queue {
  readonly menu: Menu;
  /** Null where no estimate is known. */
  readonly waitMinutes: number | null;
  readonly agents: { readonly loggedIn: number; readonly available: number };
}

/** What one chat ahead of another one costs, in minutes. */
const MINUTES_PER_CHAT = 2;

/**
 * Reads every queue: each chat that waits in it makes the wait longer; each human who works in it and has no
 * chat is available.
 */
export function readQueues({ tenant, script, switches }: World): readonly Queue[] {
  const chats = [...tenant.chats.values()];
  const busy = new Set(
    chats
      .filter(({ status }) => status === 'assigned')
      .map((chat) => findConnected(chat, 'agent')?.name),
  );
  return tenant.menus.map((menu) => {
    const waiting = chats.filter((chat) => chat.status === 'queued' && chat.menu === menu).length;
    const agents = script.cast.filter(
      ({ kind, menuIds }) => kind === 'agent' && (menuIds?.includes(menu.id) ?? true),
    );
    const isKnown = switches.get('waitTimeEstimate') === 'known';
    return {
      menu,
      waitMinutes: isKnown ? waiting * MINUTES_PER_CHAT : null,
      agents: {
        loggedIn: agents.length,
        available: agents.filter(({ name }) => !busy.has(name)).length,
      },
    };
  });
}
