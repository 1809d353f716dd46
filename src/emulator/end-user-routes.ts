import type { Hono } from 'hono';
import { notFound } from './errors.js';
import { readParameters, requireText, toId, toText } from './parameters.js';
import type { World } from './world.js';

/** Creating, changing and finding end users (platform: End users). */
export function addEndUserRoutes(api: Hono, world: World): void {
  api.post('/end_users', (context) => upsertEndUser(world, context.req.raw));
  api.get('/end_users', (context) => {
    const identifier = context.req.query('identifier');
    const id = context.req.query('id');
    if (id === undefined) requireText({ identifier }, 'identifier');
    const endUser = world.tenant.findEndUser(id === undefined ? { identifier } : { id: toId(id) });
    if (endUser === undefined) throw notFound();
    return context.json({ id: endUser.id, identifier: endUser.identifier });
  });
}

async function upsertEndUser(world: World, request: Request): Promise<Response> {
  const parameters = await readParameters(request);
  const { endUser, isNew } = world.tenant.upsertEndUser({
    identifier: requireText(parameters, 'identifier'),
    name: toText(parameters.name),
    email: toText(parameters.email),
    phone: toText(parameters.phone),
  });
  const status = isNew ? world.switches.get('endUserCreated') : 200;
  return Response.json({ id: endUser.id, identifier: endUser.identifier }, { status });
}
