import { Hono } from 'hono';
import { toChatObject } from './chat-object.js';
import { isEnded, type Chat } from './chat.js';
import { isAuthorized, type EmulatorCredentials } from './credentials.js';
import { chatAlreadyEnded, notFound, PlatformError, unauthorized } from './errors.js';
import { addMediaRoutes } from './media-routes.js';
import { readMessage } from './message-input.js';
import {
  readParameters,
  requireId,
  requireObject,
  requireText,
  toId,
  toParameters,
  toText,
} from './parameters.js';
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
  const api = new Hono();
  const origin = (request: Request): string => publicUrl ?? new URL(request.url).origin;
  const findChat = (id: string): Chat => {
    const chat = world.tenant.chats.get(toId(id) ?? 0);
    if (chat === undefined) throw notFound();
    return chat;
  };

  api.use(async (context, next) => {
    if (!isAuthorized(context.req.header('Authorization') ?? null, credentials)) throw unauthorized();
    await next();
  });
  api.onError((error, context) => {
    if (error instanceof PlatformError) return context.json({ message: error.message }, error.status);
    throw error;
  });

  api.post('/end_users', (context) => upsertEndUser(world, context.req.raw));
  api.get('/end_users', (context) => {
    const identifier = context.req.query('identifier');
    const id = context.req.query('id');
    if (id === undefined) requireText({ identifier }, 'identifier');
    const endUser = world.tenant.findEndUser(id === undefined ? { identifier } : { id: toId(id) });
    if (endUser === undefined) throw notFound();
    return context.json({ id: endUser.id, identifier: endUser.identifier });
  });
  api.post('/chats', async (context) => {
    const chat = await openChat(world, context.req.raw);
    return context.json(toChatObject(chat, origin(context.req.raw)), world.switches.get('chatCreated'));
  });
  api.get('/chats/:id', (context) =>
    context.json(toChatObject(findChat(context.req.param('id')), origin(context.req.raw))),
  );
  api.patch('/chats/:id', async (context) => {
    const chat = findChat(context.req.param('id'));
    await finishChat(world, chat, context.req.raw);
    return context.json(toChatObject(chat, origin(context.req.raw)));
  });
  api.post('/chats/:id/message', async (context) => {
    await receiveMessage(world, findChat(context.req.param('id')), context.req.raw);
    return context.json({});
  });
  api.post('/chats/:id/escalations', async (context) => {
    const chat = findChat(context.req.param('id'));
    const reason = requireText(await readParameters(context.req.raw), 'reason');
    requireRunning(chat);
    const escalation = world.chats.escalate(chat, reason);
    return context.json({ id: escalation.id, chat_id: chat.id, status: escalation.status });
  });
  addMediaRoutes(api, { world, findChat, origin });
  return api;
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

/** Creates a chat and announces it: before the answer, or shortly after, as the switch says. */
async function openChat(world: World, request: Request): Promise<Chat> {
  const parameters = await readParameters(request);
  const wanted = requireObject(parameters, 'chat');
  const menu = world.tenant.findMenu(requireId(wanted, 'menu_id'));
  const endUser = world.tenant.findEndUser({ id: requireId(wanted, 'end_user_id') });
  if (menu === undefined || endUser === undefined) throw notFound();
  endUser.phone = toText(toParameters(parameters.end_user)?.phone) ?? endUser.phone;
  const context = toParameters(toParameters(wanted.context)?.value) ?? {};
  const chat = world.chats.open({ endUser, menu, lang: toText(wanted.lang) ?? 'en', context });
  const order = world.switches.get('chatCreatedWebhook');
  if (order !== 'after') {
    world.chats.announce(chat);
    if (order === 'before') await world.webhooks.settle(chat.id);
  } else {
    world.timers.after(0, () => {
      world.chats.announce(chat);
    });
  }
  return chat;
}

async function finishChat(world: World, chat: Chat, request: Request): Promise<void> {
  const wanted = requireObject(await readParameters(request), 'chat');
  const status = requireText(wanted, 'status');
  requireRunning(chat);
  // `finished` is the only value that is shown in a request; the text of the refusal is ours.
  if (status !== 'finished') throw new PlatformError(400, 'Unsupported chat status');
  world.chats.end(chat);
}

async function receiveMessage(world: World, chat: Chat, request: Request): Promise<void> {
  const parameters = await readParameters(request);
  const message = requireObject(parameters, 'message');
  const fromUserId = requireId(parameters, 'from_user_id');
  requireRunning(chat);
  // Whether somebody else's id is refused is not documented (OQ-25); a consumer that sends one is wrong.
  if (fromUserId !== chat.endUser.id) throw notFound();
  world.chats.receive(chat, readMessage(message, {
    accepted: world.switches.get('messageContent'),
    isAttached: (kind, mediaId) => {
      const medium = world.media.find(chat, mediaId);
      return medium?.kind === kind && medium.from === 'end_user';
    },
  }));
}

function requireRunning(chat: Chat): void {
  if (isEnded(chat)) throw chatAlreadyEnded();
}
