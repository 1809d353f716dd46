import type { Chat } from './chat.js';
import type { EmulatorCredentials } from './credentials.js';
import { isEnded } from './chat.js';
import { chatAlreadyEnded } from './errors.js';
import type { World } from './world.js';

/** What every route of the platform's API works with. */
export interface ApiContext {
  readonly world: World;
  readonly credentials: EmulatorCredentials;
  /** @throws PlatformError 404 when there is no such chat */
  readonly findChat: (id: string) => Chat;
  /** The emulator's own origin. */
  readonly origin: (request: Request) => string;
}

/** @throws PlatformError 400 when nothing can be done in the chat any more */
export function requireRunning(chat: Chat): void {
  if (isEnded(chat)) throw chatAlreadyEnded();
}
