import { Hono } from 'hono';
import { missingParameter, notFound } from './errors.js';
import { readParameters, requireObject } from './parameters.js';
import type { World } from './world.js';

/** What the tenant has set for its chats (platform: Settings). */
export interface ChatSettings {
  /** Default false, as of an unticked box. */
  hideVaToVaSystemMessages: boolean;
}

/**
 * `GET` and `PATCH /settings/chat`, under whichever base the switch says (OQ-17). Reading is presumed, and so
 * is the answer of a change: what is set now.
 */
export function createSettingsRoutes(world: World): Hono {
  const routes = new Hono();
  const { settings, switches } = world;
  const show = (): Readonly<Record<string, unknown>> => {
    const shown = { hide_va_to_va_system_messages: settings.hideVaToVaSystemMessages };
    return switches.get('settingsNesting') === 'top' ? shown : { chat: shown };
  };
  routes.get('/settings/chat', (context) => {
    if (switches.get('settingsReadable') === 'no') throw notFound();
    return context.json(show());
  });
  routes.patch('/settings/chat', async (context) => {
    const parameters = await readParameters(context.req.raw);
    const given = switches.get('settingsNesting') === 'top' ? parameters : requireObject(parameters, 'chat');
    const { hide_va_to_va_system_messages: hide } = given;
    if (typeof hide !== 'boolean') throw missingParameter('hide_va_to_va_system_messages');
    settings.hideVaToVaSystemMessages = hide;
    return context.json(show());
  });
  return routes;
}
