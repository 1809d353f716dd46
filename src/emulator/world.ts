import { createBucketService, type BucketService } from './bucket/bucket-service.js';
import { createCasting } from './casting.js';
import { createCauses, type Cause, type Causes } from './causes.js';
import type { Changes } from './changes.js';
import type { Chat } from './chat.js';
import { Chats } from './chats.js';
import { createTimers, type EmulatorClock, type Timers } from './clock.js';
import type { EmulatorCredentials } from './credentials.js';
import { directScript } from './director.js';
import { createEventTemplates, type EventTemplates } from './event-templates.js';
import { createFaults, type Faults } from './faults.js';
import { watchInactivity } from './inactivity.js';
import { createJournal, type Journal } from './journal.js';
import { createMedia, type Media } from './media.js';
import { createStaff, type Staff } from './people.js';
import { keepOpeningHours } from './opening-hours.js';
import { createRandom } from './random.js';
import { createRateLimit, type RateLimit } from './rate-limit.js';
import type { RunStart } from './recording.js';
import type { Script } from './script.js';
import type { ChatSettings } from './settings-routes.js';
import { createSwitches, type Switches } from './switches.js';
import { createTenant, type Ids, type Tenant } from './tenant.js';
import { createTransfers, type RunningTransfers, type Transfers } from './transfers.js';
import { createUploads, type Uploads } from './uploads.js';
import { announceByWebhook } from './webhook-events.js';
import { createDelivery } from './webhook-delivery.js';
import { createPacing } from './webhook-pacing.js';
import { createSprinkles } from './webhook-sprinkles.js';
import { createWebhooks, type Webhooks } from './webhooks.js';

/** What outlives a reset. */
export interface WorldOptions {
  /** What decides everything that looks random, and where counters, switches and silences stand. */
  readonly run: RunStart;
  readonly script: Script;
  readonly clock: EmulatorClock;
  /** Measures how long a receiver of webhooks may take: the same clock, except in a replay. */
  readonly patience: EmulatorClock;
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
  readonly templates: EventTemplates;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly webhooks: Webhooks;
  /** The tenant's bucket. */
  readonly storage: BucketService;
  readonly media: Media;
  readonly uploads: Uploads;
  readonly settings: ChatSettings;
  readonly rateLimit: RateLimit;
  readonly script: Script;
  readonly causes: Causes;
  /** The same world; what is done through its chats and transfers is because of `cause`. */
  causedBy(cause: Cause): World;
  stop(): void;
}

/** Everything that the desk wants to hear of. */
const changingEvents = [
  ...(['created', 'changed', 'joined', 'left', 'message', 'escalated', 'deflected'] as const),
  ...(['deflectionChosen', 'dismissed', 'resumed', 'ended'] as const),
];

/** Makes a world in which nothing has happened yet. */
export function createWorld(options: WorldOptions): World {
  const { run, script, clock, ids, changes } = options;
  const now = (): number => clock.now();
  const staff = employ(script);
  const tenant = createTenant({ ids, staff, menus: script.menus });
  const timers = createTimers(clock);
  const switches = createSwitches(run.switches);
  const settings: ChatSettings = { hideVaToVaSystemMessages: false };
  const templates = createEventTemplates(run.templates);
  const faults = createFaults(run.seed);
  const journal = createJournal({ now, run });
  const causes = createCauses();
  const delivery = createDelivery({ ...options, now, switches, journal });
  const webhooks = createWebhooks({ timers, faults, causes, journal, delivery, url: options.webhookUrl });
  const chats = new Chats({ tenant, now, inactivity: run.inactivity });
  const running: RunningTransfers = new WeakMap();
  const cast = createCasting({ script, staff });
  const createTransfersOf = (acting: Chats): Transfers =>
    createTransfers({ chats: acting, timers, cast, running, switches });
  const world: World = {
    tenant,
    settings,
    script,
    rateLimit: createRateLimit(now),
    chats,
    transfers: createTransfersOf(chats),
    timers,
    switches,
    templates,
    faults,
    journal,
    webhooks,
    ...createFiles({ seed: run.seed, switches, faults, timers, ids }),
    causes,
    causedBy: (cause) => {
      const acting = causes.attribute(chats, cause);
      return { ...world, chats: acting, transfers: createTransfersOf(acting) };
    },
    stop: () => {
      timers.stop();
      webhooks.stop();
    },
  };
  setGoing(world, { now, changes });
  return world;
}

/** Everything that answers to what happens in chats. */
function setGoing(
  world: World,
  { now, changes }: { readonly now: () => number; readonly changes: Changes },
): void {
  const { chats, switches, script } = world;
  // Webhooks first: what the script does in answer to an event comes after the event itself.
  const webhooks = createSprinkles({ switches, webhooks: createPacing(world) });
  announceByWebhook({ ...world, webhooks, now });
  keepOpeningHours({ chats, switches });
  watchInactivity(world);
  tellChanges(chats, changes);
  directScript(script, world);
}

/** The cast has the same ids in every run. */
function employ({ cast }: Script): Staff {
  const staff = createStaff();
  for (const { kind, name } of cast) staff.get(kind, name);
  return staff;
}

function createFiles(options: {
  readonly seed: number;
  readonly switches: Switches;
  readonly faults: Faults;
  readonly timers: Timers;
  readonly ids: Ids;
}): Pick<World, 'storage' | 'media' | 'uploads'> {
  const { seed, switches, ids } = options;
  const storage = createBucketService(options);
  const random = createRandom(seed + 15_485_863); // a row of its own for the keys of files
  const media = createMedia({ storage, ids, random });
  return { storage, media, uploads: createUploads({ storage, media, switches, random }) };
}

function tellChanges(chats: Chats, changes: Changes): void {
  const tell = (chat: Chat): void => {
    changes.tell(chat.id);
  };
  for (const event of changingEvents) chats.events.on(event, tell);
}
