import { createCasting } from './casting.js';
import type { Changes } from './changes.js';
import type { Chat } from './chat.js';
import { Chats } from './chats.js';
import { createTimers, type EmulatorClock, type Timers } from './clock.js';
import type { EmulatorCredentials } from './credentials.js';
import { directScript } from './director.js';
import { createFaults, type Faults } from './faults.js';
import { createJournal, type Journal } from './journal.js';
import { createStaff } from './people.js';
import type { Script } from './script.js';
import { createSwitches, type Switches } from './switches.js';
import { createTenant, type Ids, type Tenant } from './tenant.js';
import { createTransfers, type Transfers } from './transfers.js';
import { announceByWebhook } from './webhook-events.js';
import { createWebhooks, type Webhooks } from './webhooks.js';

/** What outlives a reset. */
export interface WorldOptions {
  /** Of everything that looks random, unless the faults bring their own. */
  readonly seed: number;
  readonly script: Script;
  readonly clock: EmulatorClock;
  readonly credentials: EmulatorCredentials;
  readonly fetch: typeof fetch;
  readonly webhookUrl: () => string | undefined;
  readonly ids: Ids;
  readonly changes: Changes;
}

/** Everything that a reset throws away: records, timers, switches, journal, and webhooks under way. */
export interface World {
  readonly tenant: Tenant;
  readonly chats: Chats;
  readonly transfers: Transfers;
  readonly timers: Timers;
  readonly switches: Switches;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly webhooks: Webhooks;
  stop(): void;
}

/** Makes a world in which nothing has happened yet. */
export function createWorld(options: WorldOptions): World {
  const { script, clock, ids, changes } = options;
  const now = (): number => clock.now();
  const staff = createStaff();
  for (const { kind, name } of script.cast) staff.get(kind, name); // the cast has the same ids in every run
  const tenant = createTenant({ ids, staff, menus: script.menus });
  const timers = createTimers(clock);
  const switches = createSwitches();
  const faults = createFaults(options.seed);
  const journal = createJournal(now);
  const webhooks = createWebhooks({ ...options, switches, journal, url: options.webhookUrl });
  const chats = new Chats({ tenant, now });
  const transfers = createTransfers({ chats, timers, cast: createCasting({ script, staff }) });
  // Webhooks first: what the script does in answer to an event comes after the event itself.
  announceByWebhook({ chats, webhooks, switches, now });
  directScript({ script, chats, transfers, timers });
  const tell = (chat: Chat): void => {
    changes.tell(chat.id);
  };
  for (const event of ['created', 'joined', 'left', 'message', 'escalated', 'ended'] as const)
    chats.events.on(event, tell);
  const stop = (): void => {
    timers.stop();
    webhooks.stop();
  };
  return { tenant, chats, transfers, timers, switches, faults, journal, webhooks, stop };
}
