import type { Hono } from 'hono';
import { chatDismissed, findChat, refuseMethod, requireRunning } from './control-chat.js';
import { isDismissed } from './chat.js';
import { DeflectionInput, FailureInput, readControlInput } from './control-input.js';
import { findDismissalObstacle, type DismissalObstacle } from './dismissal.js';
import { ControlError } from './errors.js';
import { toChatDetails } from './views.js';
import type { World } from './world.js';

/** What can become of a chat, by hand: an offer of other ways out, sleep, failure, and the end. */
export function addOutcomeRoutes(control: Hono, world: World): void {
  control.post('/chats/:id/deflections', async (context) => {
    const chat = findChat(world, context.req.param('id'));
    const deflection = await readControlInput(context.req.raw, DeflectionInput);
    requireRunning(chat);
    if (isDismissed(chat)) throw chatDismissed();
    if (world.chats.deflect(chat, deflection) === undefined)
      throw new ControlError(409, 'agent-in-chat', 'A human has the chat: there is nothing to deflect.');
    return context.json(toChatDetails(chat), 201);
  });
  control.all('/chats/:id/deflections', refuseMethod('POST'));
  control.post('/chats/:id/dismiss', (context) => {
    const chat = findChat(world, context.req.param('id'));
    requireRunning(chat);
    if (isDismissed(chat)) throw chatDismissed();
    const obstacle = findDismissalObstacle(chat);
    if (obstacle !== undefined) throw new ControlError(409, obstacle, obstacles[obstacle]);
    world.chats.dismiss(chat);
    return context.json(toChatDetails(chat));
  });
  control.all('/chats/:id/dismiss', refuseMethod('POST'));
  control.post('/chats/:id/fail', async (context) => {
    const chat = findChat(world, context.req.param('id'));
    const { reason } = await readControlInput(context.req.raw, FailureInput);
    requireRunning(chat);
    world.chats.fail(chat, reason);
    return context.json(toChatDetails(chat));
  });
  control.all('/chats/:id/fail', refuseMethod('POST'));
  control.post('/chats/:id/end', (context) => {
    const chat = findChat(world, context.req.param('id'));
    requireRunning(chat);
    world.chats.end(chat);
    return context.json(toChatDetails(chat));
  });
  control.all('/chats/:id/end', refuseMethod('POST'));
}

const obstacles: Readonly<Record<DismissalObstacle, string>> = {
  'nobody-assigned': 'Only a chat that somebody has can be dismissed.',
  'not-both-spoke': 'A chat is dismissed only after both sides have sent a message.',
};
