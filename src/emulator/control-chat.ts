import type { Context } from 'hono';
import { isEnded, type Chat } from './chat.js';
import { ControlError } from './errors.js';
import { toId } from './parameters.js';
import type { World } from './world.js';

/** @throws ControlError 404 `chat-not-found` */
export function findChat(world: World, id: string): Chat {
  const chat = world.tenant.chats.get(toId(id) ?? 0);
  if (chat === undefined) throw new ControlError(404, 'chat-not-found', 'There is no such chat.');
  return chat;
}

/** @throws ControlError 409 `chat-ended` */
export function requireRunning(chat: Chat): void {
  if (isEnded(chat)) throw chatEnded();
}

/** 409: nothing can be done in the chat any more. */
export function chatEnded(): ControlError {
  return new ControlError(409, 'chat-ended', 'The chat has ended.');
}

/** 409: nothing can be done in the chat until the end user resumes it. */
export function chatDismissed(): ControlError {
  return new ControlError(409, 'chat-dismissed', 'The chat is dismissed; the end user can resume it.');
}

/** 404: there is no such queue. */
export function menuNotFound(): ControlError {
  return new ControlError(404, 'menu-not-found', 'There is no such menu.');
}

/** Answers 405 and says what the route takes. */
export function refuseMethod(allowed: string): (context: Context) => Response {
  return (context) => {
    context.header('Allow', allowed);
    return context.json({ code: 'method-not-allowed', message: `This route takes ${allowed}.` }, 405);
  };
}
