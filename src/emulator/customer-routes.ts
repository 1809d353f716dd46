import type { Context, Hono } from 'hono';
import { requireRunning, type ApiContext } from './api-context.js';
import type { Chat, CustomerFlags } from './chat.js';
import { addCustomData, readCustomData } from './custom-data.js';
import { missingParameter, notFound, PlatformError } from './errors.js';
import { readParameters, requireText, toText, type Parameters } from './parameters.js';
import type { SwitchPosition } from './switches.js';
import type { World } from './world.js';

/** How soon the same update counts as a duplicate, in milliseconds. The interval is not documented. */
const DUPLICATE_MILLISECONDS = 60_000;

/** What is known of the person in a chat (platform: Customer flag, Custom data, End user during a chat). */
export function addCustomerRoutes(api: Hono, { world, credentials, findChat }: ApiContext): void {
  api.get('/chats/:id/customer_flag', (context) => context.json(findChat(context.req.param('id')).flags));
  api.post('/chats/:id/customer_flag', async (context) => {
    const chat = findChat(context.req.param('id'));
    const flags = readFlags(await readParameters(context.req.raw), world.switches.get('customerFlagKey'));
    requireRunning(chat);
    Object.assign(chat.flags, flags);
    world.chats.events.emit('changed', chat);
    return context.json({});
  });
  api.post('/chats/:id/custom_data', async (context) => {
    const chat = findChat(context.req.param('id'));
    const items = await readCustomData(await readParameters(context.req.raw), {
      secret: credentials.companySecret,
      now: world.timers.now(),
      label: world.switches.get('customDataLabel'),
    });
    requireRunning(chat);
    addCustomData(chat, items);
    world.chats.events.emit('changed', chat);
    return context.json({});
  });
  for (const path of ['end-user', 'end_user'] as const) {
    api.post(`/chats/:id/${path}`, async (context: Context) => {
      const served = world.switches.get('endUserPath');
      if (served !== 'both' && served !== path) throw notFound();
      updateEndUser(world, findChat(context.req.param('id') ?? ''), await readParameters(context.req.raw));
      return context.json({ message: 'accepted' }, world.switches.get('endUserUpdated'));
    });
  }
}

/** OQ-6: the plural of the POST and the singular of the GET are the same flag. */
function readFlags(
  parameters: Parameters,
  spelling: SwitchPosition<'customerFlagKey'>,
): Partial<CustomerFlags> {
  const { verified_customer, bad_actor, repeat_customers, repeat_customer } = parameters;
  const plural = spelling === 'repeat_customer' ? undefined : repeat_customers;
  const singular = spelling === 'repeat_customers' ? undefined : repeat_customer;
  const given = Object.entries({ verified_customer, bad_actor, repeat_customer: plural ?? singular });
  const flags = given.filter(([, value]) => typeof value === 'boolean');
  if (flags.length === 0) throw missingParameter('verified_customer');
  return Object.fromEntries(flags);
}

function updateEndUser(world: World, chat: Chat, parameters: Parameters): void {
  const identifier = requireText(parameters, 'identifier');
  requireRunning(chat);
  if (world.switches.get('crm') === 'unsupported') throw new PlatformError(400, 'Unsupported CRM request');
  const { name, email, phone } = parameters;
  const given = { identifier, name: toText(name), email: toText(email), phone: toText(phone) };
  const [content, at] = [JSON.stringify(given), world.timers.now()];
  const isDuplicate =
    chat.lastUpdate?.content === content && at - chat.lastUpdate.at < DUPLICATE_MILLISECONDS;
  if (isDuplicate)
    throw new PlatformError(400, 'Duplicate request: Please wait for the interval to expire');
  chat.lastUpdate = { content, at };
  world.chats.changeEndUser(chat, world.tenant.upsertEndUser(given).endUser);
}
