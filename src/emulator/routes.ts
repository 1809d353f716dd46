import { Hono } from 'hono';
import { createApi, createRootApi } from './api.js';
import { toAvatarResponse } from './avatars.js';
import { ConnectionLostError } from './bucket/connection-lost.js';
import type { Changes } from './changes.js';
import { createControl } from './control.js';
import type { CredentialKeeper } from './credentials.js';
import type { Recording } from './recording.js';
import type { ReplayResult } from './replay.js';
import type { World } from './world.js';

interface RoutesOptions {
  readonly world: World;
  readonly credentials: CredentialKeeper;
  readonly changes: Changes;
  readonly reset: () => void;
  readonly replay: (recording: Recording) => Promise<ReplayResult>;
  /** Origin of avatar addresses; default: the request's. */
  readonly publicUrl: string | undefined;
}

/** Everything on the emulator's origin: the platform's API, its bucket and avatars, and the control API. */
export function createRoutes(options: RoutesOptions): Hono {
  const { world, credentials, publicUrl } = options;
  const app = new Hono();
  app.route('/apps/api/v1', createApi({ world, credentials: credentials.current, publicUrl }));
  app.route('/v1', createRootApi({ world, credentials: credentials.current }));
  app.route('/emulator', createControl(options));
  app.get(
    '/avatars/:file',
    (context) => toAvatarResponse(context.req.param('file'), world.tenant.staff) ?? context.notFound(),
  );
  app.all('/bucket/*', (context) => world.storage.fetch(context.req.raw));
  app.onError((error, context) => {
    if (error instanceof ConnectionLostError) throw error;
    console.error(error);
    return context.json({ message: 'Internal Server Error' }, 500);
  });
  app.notFound((context) => context.json({ message: 'Not Found' }, 404));
  return app;
}
