import type { Hono } from 'hono';
import type { ApiContext } from './api-context.js';
import { toParameters, requireText, toId, type Parameters } from './parameters.js';
import { readQueues, type Queue } from './queues.js';
import type { World } from './world.js';

/** Wait times and the state of the queues (platform: Wait times; Endpoints, 22). */
export function addQueueRoutes(api: Hono, { world }: ApiContext): void {
  api.get('/wait_times', (context) => {
    const query = context.req.query();
    requireText(toParameters(query) ?? {}, 'lang');
    const queues = readQueues(world).filter((queue) => isAskedFor(queue, query));
    return context.json(queues.map((queue) => toWaitTime(queue, { world, query })));
  });
  api.get('/queues/status', (context) =>
    context.json({ queues: readQueues(world).map((queue) => toQueueStatus(queue, world)) }),
  );
}

/** Every queue here is one of the web; what is asked for by another channel has no estimate to compare. */
function isAskedFor({ menu, waitMinutes }: Queue, query: Parameters): boolean {
  if (query.menu_id !== undefined && toId(query.menu_id) !== menu.id) return false;
  if (query.menu_type !== undefined && query.menu_type !== 'web_menu') return false;
  const bounds = [query['wait[from]'], query['wait[to]']];
  if (bounds.every((bound) => bound === undefined)) return true;
  if (waitMinutes === null || query.channel_type === 'voice_call') return false;
  const [from = 0, to = Infinity] = bounds.map((bound) => (bound === undefined ? undefined : Number(bound)));
  return waitMinutes >= from && waitMinutes <= to;
}

/** An item of the newer or of the older page (OQ-29). */
function toWaitTime(
  { menu, waitMinutes, agents }: Queue,
  { world, query }: { readonly world: World; readonly query: Parameters },
): Readonly<Record<string, unknown>> {
  const path = String(menu.id);
  if (world.switches.get('waitTimes') === 'older')
    return { menu_id: menu.id, wait: waitMinutes, materialized_path: path };
  return {
    menu_id: menu.id,
    menu_type: 'web_menu',
    chat: query.channel_type === 'voice_call' ? null : toUnit(waitMinutes, world),
    voice_call: null, // nobody can be called here
    materialized_path: path,
    logged_in_agents: agents.loggedIn,
    available_agents: agents.available,
    breakthrough_agents: 0,
  };
}

/** Invented: the release notes name what it tells, but show nothing. */
function toQueueStatus({ menu, waitMinutes }: Queue, world: World): Readonly<Record<string, unknown>> {
  return {
    menu_id: menu.id,
    name: menu.name,
    available: world.switches.get('openingHours') === 'open',
    estimated_wait_time: toUnit(waitMinutes, world),
    hours: { timezone: 'UTC', days: workingDays.map((day) => ({ day, from: '09:00', to: '19:00' })) },
    holidays: [],
  };
}

const workingDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

function toUnit(minutes: number | null, world: World): number | null {
  return minutes === null || world.switches.get('waitTimeUnit') === 'minutes' ? minutes : minutes * 60;
}
