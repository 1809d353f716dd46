import type { PlatformClient } from '../platform/index.js';
import type { ParticipantRef, ProblemCode } from '../protocol/index.js';
import type { ChatLogs, ChatRefresher } from './context.js';
import type { PlatformWatch } from './platform-problem.js';
import type { Clock } from './ports.js';
import { RelayError } from './relay-error.js';
import { isCertainlyThere } from './to-chat.js';
import { isActive, type ChatView } from './view.js';

export interface ListenerOptions {
  readonly platform: PlatformClient;
  readonly logs: ChatLogs;
  readonly refresher: ChatRefresher;
  readonly watch: PlatformWatch;
  readonly clock: Clock;
}

/** How old a reading of the chat may be when the message leaves, in milliseconds: a slow answer tells who was there, not who is. */
const OLDEST_READING = 2_000;
/** Readings until one is fresh enough. */
const MOST_READINGS = 3;

/** Who would hear a message that is sent now. */
export type Listener =
  /** An ordinary message: whoever is there. */
  | { readonly kind: 'anybody' }
  /**
   * A private one, and the task virtual agent it was typed for is there; or it is there by the log alone, and the person wants the
   * message sent though the platform shows nothing of it. `patienceMs`: so long it may still wait until it leaves.
   */
  | { readonly kind: 'certain' | 'confirmed'; readonly patienceMs: number }
  /** A private one, and it might be heard by somebody else: it must not be sent. */
  | { readonly kind: 'uncertain'; readonly code: ProblemCode };

/**
 * The platform routes by who is there when a message arrives, and a private one may be heard by one task virtual agent alone.
 * So the chat is read directly before; what cannot be read is not certain.
 */
export async function findListener(
  options: ListenerOptions,
  chatId: number,
  message: { readonly id: string; readonly to: ParticipantRef | null; readonly isConfirmed: boolean },
): Promise<Listener> {
  const { to, id, isConfirmed } = message;
  const { logs } = options;
  if (to === null) return { kind: 'anybody' };
  try {
    // What the person was asked is outdated once the log knows better: then somebody else would hear it.
    if (isConfirmed) {
      const isThere = mayBeThere(await logs.get(chatId).view(), { id, to });
      return isThere ? { kind: 'confirmed', patienceMs: OLDEST_READING } : toGone(options, chatId);
    }
    for (let readings = 1; readings <= MOST_READINGS; readings += 1) {
      const { platformChat, view, patienceMs } = await read(options, chatId);
      if (!mayBeThere(view, { id, to }) || !isCertainlyThere(view, platformChat, to)) return toGone(options, chatId);
      if (patienceMs >= 0) return { kind: 'certain', patienceMs };
    }
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return { kind: 'uncertain', code: error.code };
  }
  return { kind: 'uncertain', code: 'platform-unavailable' };
}

/** As far as the log tells. The message's time may have come to be removed while it waited for its turn, too. */
function mayBeThere(view: ChatView, { id, to }: { readonly id: string; readonly to: ParticipantRef }): boolean {
  return isActive(view, to) && view.own.some((own) => own.id === id && own.text !== '');
}

async function read({ platform, logs, watch, clock }: ListenerOptions, chatId: number) {
  let begunAt = -Infinity;
  // The wait for its turn makes no reading older.
  const onBegin = () => void (begunAt = clock.now());
  const platformChat = await watch.call(() => platform.getChat(chatId, { pacingClass: 'message', onBegin }));
  // The log last: a webhook may have come in the meantime.
  const view = await logs.get(chatId).view();
  const age = Math.max(0, clock.now() - begunAt);
  return { platformChat, view, patienceMs: OLDEST_READING - age };
}

/** The log may know less than the platform, and the person is about to be asked who shall have it instead. */
function toGone({ refresher }: ListenerOptions, chatId: number): Listener {
  refresher.request(chatId);
  return { kind: 'uncertain', code: 'addressee-gone' };
}
