import type { Hono } from 'hono';
import { requireRunning, type ApiContext } from './api-context.js';
import { toChatObject } from './chat-object.js';
import { isDismissed, isEnded, type Chat } from './chat.js';
import { readNewChat } from './chat-input.js';
import { finishChat } from './finish.js';
import { notFound, PlatformError } from './errors.js';
import { readMessage } from './message-input.js';
import { AFTER_HOURS_MESSAGE } from './opening-hours.js';
import { readParameters, requireId, requireObject, toId } from './parameters.js';
import type { World } from './world.js';

/** Creating, reading, ending and resuming chats, and sending messages (platform: Create a chat and on). */
export function addChatRoutes(api: Hono, { world, findChat, origin }: ApiContext): void {
  const show = (chat: Chat, request: Request): Readonly<Record<string, unknown>> =>
    toChatObject(chat, { origin: origin(request), switches: world.switches });

  api.post('/chats', async (context) => {
    const chat = await openChat(world, context.req.raw);
    return context.json(show(chat, context.req.raw), world.switches.get('chatCreated'));
  });
  api.get('/chats/:id', (context) => context.json(show(findChat(context.req.param('id')), context.req.raw)));
  api.patch('/chats/:id', async (context) => {
    const chat = findChat(context.req.param('id'));
    finishChat(world, chat, await readParameters(context.req.raw));
    return context.json(show(chat, context.req.raw));
  });
  api.on(world.switches.get('resumeMethod'), '/chats/:id/resume', (context) => {
    const chat = findChat(context.req.param('id'));
    resume(world, chat);
    return context.json(world.switches.get('resumeAnswer') === 'chat' ? show(chat, context.req.raw) : {});
  });
  api.post('/chats/:id/message', async (context) => {
    await receiveMessage(world, findChat(context.req.param('id')), context.req.raw);
    return context.json({});
  });
}

/** Creates a chat and announces it: before the answer, racing it, or shortly after, as the switch says. */
async function openChat(world: World, request: Request): Promise<Chat> {
  const given = readNewChat(await readParameters(request), world);
  const { switches } = world;
  if (switches.get('openingHours') === 'closed' && switches.get('closedChat') === 'refused')
    throw new PlatformError(400, AFTER_HOURS_MESSAGE);
  const running = [...world.tenant.chats.values()].find(
    (chat) => chat.endUser === given.endUser && !isEnded(chat),
  );
  if (running !== undefined && switches.get('secondChat') === 'ongoing') return running;
  const chat = world.chats.open(given);
  const order = switches.get('chatCreatedWebhook');
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

/** platform: Resume. The texts of the first two refusals are documented, their status is not. */
function resume(world: World, chat: Chat): void {
  if (!isDismissed(chat)) throw new PlatformError(400, 'This chat is not in dismissed state');
  if (world.switches.get('openingHours') === 'closed') throw new PlatformError(400, AFTER_HOURS_MESSAGE);
  world.chats.resume(chat, world.switches.get('resumeTarget'));
}

async function receiveMessage(world: World, chat: Chat, request: Request): Promise<void> {
  const parameters = await readParameters(request);
  const message = requireObject(parameters, 'message');
  const checksUser = world.switches.get('userIds') === 'checked';
  const fromUserId = checksUser ? requireId(parameters, 'from_user_id') : toId(parameters.from_user_id);
  requireRunning(chat);
  // Whether somebody else's id is refused is not documented (OQ-25); a consumer that sends one is wrong.
  if (checksUser && !chat.endUserIds.has(fromUserId ?? 0)) throw notFound();
  const payload = readMessage(message, {
    accepted: world.switches.get('messageContent'),
    acceptsMarkdown: world.switches.get('endUserMarkdown') === 'accepted',
    acceptsForms: world.switches.get('hostedForms') === 'supported',
    characters: world.switches.get('messageCharacters'),
    isAttached: (kind, mediaId) => {
      const medium = world.media.find(chat, mediaId);
      return medium?.kind === kind && medium.from === 'end_user';
    },
  });
  wake(world, chat);
  world.chats.receive(chat, payload);
}

/** What a message does to a sleeping chat is not documented (OQ-42); the text of the refusal is ours. */
function wake(world: World, chat: Chat): void {
  if (!isDismissed(chat)) return;
  if (world.switches.get('messageInDismissedChat') === 'refused')
    throw new PlatformError(400, 'Chat is dismissed');
  world.chats.resume(chat, world.switches.get('resumeTarget'));
}

