import { Hono } from 'hono';
import type { ApiContext } from './api-context.js';
import { addChatRoutes } from './chat-routes.js';
import type { Chat } from './chat.js';
import { isAuthorized, isBearer, type EmulatorCredentials } from './credentials.js';
import { addCustomerRoutes } from './customer-routes.js';
import { addEndUserRoutes } from './end-user-routes.js';
import { notFound, PlatformError, unauthorized } from './errors.js';
import { addEscalationRoutes } from './escalation-routes.js';
import { addMediaRoutes } from './media-routes.js';
import { toId } from './parameters.js';
import { addQueueRoutes } from './queue-routes.js';
import { createSettingsRoutes } from './settings-routes.js';
import type { World } from './world.js';

interface ApiOptions {
  readonly world: World;
  readonly credentials: EmulatorCredentials;
  /** Origin of avatar addresses; default: the request's. */
  readonly publicUrl: string | undefined;
}

/**
 * The Apps API of the platform, mounted under `/apps/api/v1` (platform: Endpoints of the chat platform API).
 */
export function createApi({ world, credentials, publicUrl }: ApiOptions): Hono {
  const api = createGuardedApi({ world, credentials });
  const context: ApiContext = {
    world,
    credentials,
    origin: (request) => publicUrl ?? new URL(request.url).origin,
    findChat: (id): Chat => {
      const chat = world.tenant.chats.get(toId(id) ?? 0);
      if (chat === undefined) throw notFound();
      return chat;
    },
  };
  addEndUserRoutes(api, world);
  addChatRoutes(api, context);
  addEscalationRoutes(api, context);
  addMediaRoutes(api, context);
  addCustomerRoutes(api, context);
  addQueueRoutes(api, context);
  if (world.switches.get('settingsBase') === 'apps') api.route('/', createSettingsRoutes(world));
  return api;
}

/** The settings where the other reading of OQ-17 has them, mounted under `/v1`. */
export function createRootApi(options: Pick<ApiOptions, 'world' | 'credentials'>): Hono {
  const api = createGuardedApi(options);
  if (options.world.switches.get('settingsBase') === 'root')
    api.route('/', createSettingsRoutes(options.world));
  return api;
}

/** What all of it has in common: authentication, the limit, and how refusals look. */
function createGuardedApi({ world, credentials }: Pick<ApiOptions, 'world' | 'credentials'>): Hono {
  const api = new Hono();
  api.use(async (context, next) => {
    const header = context.req.header('Authorization') ?? null;
    const takesBearer = /\/end[-_]user$/.test(context.req.path);
    const isGood =
      takesBearer && world.switches.get('endUserAuthorization') === 'bearer'
        ? isBearer(header, credentials)
        : isAuthorized(header, credentials);
    if (!isGood) throw unauthorized();
    await next();
  });
  api.use(async (context, next) => {
    if (world.switches.get('rateLimit') === 'on' && !world.rateLimit.admit()) {
      if (world.switches.get('retryAfter') === 'sent') context.header('Retry-After', '1');
      // Status and text are ours: the documents give the limit, not what an overrun looks like (OQ-30).
      return context.json({ message: 'Too Many Requests' }, 429);
    }
    await next();
    return undefined;
  });
  api.onError((error, context) => {
    if (error instanceof PlatformError) return context.json({ message: error.message }, error.status);
    throw error;
  });
  return api;
}
