import type { Hono } from 'hono';
import { refuseMethod } from './control-chat.js';
import { readControlInput } from './control-input.js';
import type { CredentialKeeper } from './credentials.js';
import { ControlError } from './errors.js';
import { TemplatesInput } from './event-templates.js';
import { FaultsInput } from './fault-settings.js';
import { RecordingInput, type Recording } from './recording.js';
import type { ReplayResult } from './replay.js';
import type { World } from './world.js';

/** What concerns the whole run. */
export interface RunControlOptions {
  readonly world: World;
  readonly credentials: CredentialKeeper;
  readonly reset: () => void;
  readonly replay: (recording: Recording) => Promise<ReplayResult>;
}

/** Control routes of the whole run: secrets, faults, templates, journal, and to start it over or play it once more. */
export function addRunRoutes(control: Hono, { world, credentials, reset, replay }: RunControlOptions): void {
  addCredentialRoutes(control, credentials);
  control.get('/faults', (context) => context.json(world.faults.settings()));
  control.put('/faults', async (context) => {
    world.faults.set(await readControlInput(context.req.raw, FaultsInput));
    return context.json(world.faults.settings());
  });
  control.all('/faults', refuseMethod('GET, PUT'));
  control.get('/templates', (context) => context.json(world.templates.all()));
  control.put('/templates', async (context) => {
    world.templates.set(await readControlInput(context.req.raw, TemplatesInput));
    return context.json(world.templates.all());
  });
  control.all('/templates', refuseMethod('GET, PUT'));
  control.get('/journal', (context) => context.json(world.journal.records()));
  control.all('/journal', refuseMethod('GET'));
  control.post('/reset', (context) => {
    reset();
    return context.json({});
  });
  control.all('/reset', refuseMethod('POST'));
  control.post('/replay', async (context) =>
    context.json(await replay(await readControlInput(context.req.raw, RecordingInput))),
  );
  control.all('/replay', refuseMethod('POST'));
}

function addCredentialRoutes(control: Hono, credentials: CredentialKeeper): void {
  control.get('/credentials', (context) => context.json(credentials.current));
  control.all('/credentials', refuseMethod('GET'));
  control.post('/credentials/secondary', (context) => {
    credentials.addSecondarySecret();
    return context.json(credentials.current);
  });
  control.all('/credentials/secondary', refuseMethod('POST'));
  control.post('/credentials/rotate', (context) => {
    if (!credentials.rotateSecrets())
      throw new ControlError(409, 'no-secondary-secret', 'There is no secondary secret that could take over.');
    return context.json(credentials.current);
  });
  control.all('/credentials/rotate', refuseMethod('POST'));
}
