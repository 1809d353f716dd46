import { Hono, type Context } from 'hono';
import { findConnected, isDismissed, type Chat } from './chat.js';
import type { Changes } from './changes.js';
import { chatDismissed, findChat, menuNotFound, refuseMethod, requireRunning } from './control-chat.js';
import { readControlInput, SdkChatInput, SwitchesInput, TransferInput } from './control-input.js';
import { ControlError } from './errors.js';
import { preflightHeaders, requireLoopback, toCorsHeaders } from './guard.js';
import { readStoredObject, sendAgentFile, toMediumView } from './media-control.js';
import { addOutcomeRoutes } from './outcome-control.js';
import { addRunRoutes, type RunControlOptions } from './run-control.js';
import { SpeechInput } from './speech-input.js';
import { toTransferError } from './transfer-error.js';
import { toChatDetails, toChatSummary, toMessageView, toParticipantView } from './views.js';
import { performAction } from './virtual-agent-actions.js';
import type { World } from './world.js';

interface ControlOptions extends RunControlOptions {
  readonly changes: Changes;
}

/**
 * The control API, mounted under `/emulator`: plays everybody, and shows what happened. Never part of the
 * platform's surface.
 */
export function createControl(options: ControlOptions): Hono {
  const control = new Hono();
  control.use(async (context, next) => {
    const origin = requireLoopback(context.req.raw);
    const headers = toCorsHeaders(origin);
    if (context.req.method === 'OPTIONS')
      return new Response(null, { status: 204, headers: { ...headers, ...preflightHeaders } });
    await next();
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    return undefined;
  });
  control.onError((error, context) => {
    if (error instanceof ControlError)
      return context.json({ code: error.code, message: error.message }, error.status);
    throw error;
  });
  addChatRoutes(control, options);
  addTenantRoutes(control, options);
  control.all('*', (context) =>
    context.json({ code: 'not-found', message: 'There is no such control route.' }, 404),
  );
  return control;
}

function addChatRoutes(control: Hono, { world }: ControlOptions): void {
  control.get('/chats', (context) => {
    const chats = [...world.tenant.chats.values()].sort((left, right) => right.id - left.id);
    return context.json({ chats: chats.map(toChatSummary) });
  });
  control.post('/chats', async (context) => {
    const { menuId, identifier, name } = await readControlInput(context.req.raw, SdkChatInput);
    const menu = world.tenant.findMenu(menuId);
    if (menu === undefined) throw menuNotFound();
    const { endUser } = world.tenant.upsertEndUser({ identifier, name });
    const chat = world.chats.open({ endUser, menu, lang: 'en', context: {}, via: 'sdk' });
    world.chats.announce(chat);
    return context.json(toDetails(world, chat), 201);
  });
  control.all('/chats', refuseMethod('GET, POST'));
  control.get('/chats/:id', (context) =>
    context.json(toDetails(world, findChat(world, context.req.param('id')))),
  );
  control.all('/chats/:id', refuseMethod('GET'));
  control.post('/chats/:id/messages', async (context) =>
    speak(context, world, findChat(world, context.req.param('id'))),
  );
  control.all('/chats/:id/messages', refuseMethod('POST'));
  control.post('/chats/:id/files', async (context) => {
    const chat = findChat(world, context.req.param('id'));
    requireRunning(chat);
    return context.json(toMessageView(await sendAgentFile(context.req.raw, world, chat)), 201);
  });
  control.all('/chats/:id/files', refuseMethod('POST'));
  control.post('/chats/:id/transfers', async (context) =>
    transfer(context, world, findChat(world, context.req.param('id'))),
  );
  control.all('/chats/:id/transfers', refuseMethod('POST'));
  addOutcomeRoutes(control, world);
}

function addTenantRoutes(control: Hono, options: ControlOptions): void {
  const { world, changes } = options;
  addRunRoutes(control, options);
  control.get('/bucket/*', (context) => readStoredObject(context, world));
  control.all('/bucket/*', refuseMethod('GET'));
  control.get(
    '/events',
    () => new Response(changes.stream(), { headers: { 'Content-Type': 'text/event-stream' } }),
  );
  control.all('/events', refuseMethod('GET'));
  control.get('/switches', (context) => context.json({ switches: world.switches.all() }));
  control.put('/switches', async (context) => {
    const { switches } = await readControlInput(context.req.raw, SwitchesInput);
    const fault = world.switches.set(switches);
    if (fault !== undefined) throw new ControlError(400, 'invalid-switch', fault);
    return context.json({ switches: world.switches.all() });
  });
  control.all('/switches', refuseMethod('GET, PUT'));
}

/** A chat with its files. */
function toDetails(world: World, chat: Chat): Readonly<Record<string, unknown>> {
  const media = world.media.list(chat).map((medium) => toMediumView(medium, world));
  return { ...toChatDetails(chat), media };
}

async function speak(context: Context, world: World, chat: Chat): Promise<Response> {
  const { from, message } = await readControlInput(context.req.raw, SpeechInput);
  requireRunning(chat);
  if (isDismissed(chat)) throw chatDismissed();
  const sender = findConnected(chat, from);
  if (sender === undefined)
    throw new ControlError(409, 'participant-not-in-chat', `No ${from} is connected to this chat.`);
  if (from === 'virtual_agent' && message.type === 'action') {
    performAction(world, chat, message);
    return context.json(toDetails(world, chat), 201);
  }
  const said = world.chats.speak(chat, { sender, payload: message, by: 'person' }).map(toMessageView);
  return context.json(said.length === 1 ? said[0] : { messages: said }, 201);
}

async function transfer(context: Context, world: World, chat: Chat): Promise<Response> {
  const wanted = await readControlInput(context.req.raw, TransferInput);
  const { to, name, menuId, dataParameters, arrives } = wanted;
  const menu = menuId === undefined ? undefined : world.tenant.findMenu(menuId);
  if (menuId !== undefined && menu === undefined) throw menuNotFound();
  const isTask = findConnected(chat, 'task_virtual_agent') !== undefined;
  if (isTask && to === 'virtual_agent' && world.switches.get('taskToVirtualAgent') === 'refused')
    throw new ControlError(409, 'task-active', 'A task virtual agent hands over to the human agent only.');
  if (wanted.force === true) world.chats.forceEndTask(chat);
  const outcome = await world.transfers.begin(chat, { to, name, menu, dataParameters, arrives });
  if (outcome.type !== 'connected') throw toTransferError(outcome.type);
  return context.json({ participant: toParticipantView(outcome.participant) }, outcome.joined ? 201 : 200);
}
