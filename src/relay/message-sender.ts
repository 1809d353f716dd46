import { PlatformError, type PlatformClient } from '../platform/index.js';
import type { Delivery, ProblemCode } from '../protocol/index.js';
import type { ChatLogs, ChatRefresher, MessageSender } from './context.js';
import { toProblemCode, type PlatformWatch } from './platform-problem.js';
import type { Clock } from './ports.js';

/** How long to wait for the platform's echo where its answer was lost, in milliseconds. */
const ECHO_WAIT = 5_000;
/** Tries of what surely never reached the platform, or was told to come later. */
const MOST_TRIES = 6;
/** First delay between tries in milliseconds; doubles each time. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;

interface Outgoing {
  readonly endUserId: number;
  readonly id: string;
  readonly text: string;
}

export interface MessageSenderOptions {
  readonly platform: PlatformClient;
  readonly logs: ChatLogs;
  readonly refresher: ChatRefresher;
  readonly watch: PlatformWatch;
  readonly clock: Clock;
}

/** What became of one message. */
interface Outcome {
  readonly delivery: Exclude<Delivery, 'sending'>;
  readonly code?: ProblemCode;
}

/** Sends in order within a chat; nothing of a chat overtakes a message whose fate is open. */
export function createMessageSender(options: MessageSenderOptions): MessageSender {
  const lanes = new Map<number, Promise<void>>();
  const inFlight = new Set<string>();

  return {
    send(chatId, message) {
      inFlight.add(message.id);
      const before = lanes.get(chatId) ?? Promise.resolve();
      const lane = before
        .then(() => deliver(options, chatId, message))
        // The log could not be written: the message stays open there and is settled when the log is opened anew.
        .catch(() => undefined)
        .then(() => {
          inFlight.delete(message.id);
          if (lanes.get(chatId) === lane) lanes.delete(chatId);
        });
      lanes.set(chatId, lane);
    },
    async settle(chatId) {
      const at = new Date(options.clock.now()).toISOString();
      await options.logs.get(chatId).commit((view) => ({
        entries: view.own
          .filter(({ id, delivery }) => delivery === 'sending' && !inFlight.has(id))
          .map(({ id }) => ({ type: 'message-updated', at, id, delivery: 'uncertain' })),
      }));
    },
  };
}

async function deliver(options: MessageSenderOptions, chatId: number, message: Outgoing): Promise<void> {
  const outcome = await attempt(options, chatId, message);
  await options.logs.get(chatId).commit((view) => {
    const own = view.own.find(({ id }) => id === message.id);
    // The echo may have told before the answer came.
    if (own?.delivery !== 'sending') return null;
    const at = new Date(options.clock.now()).toISOString();
    return { entries: [{ type: 'message-updated', at, id: message.id, ...outcome }] };
  });
}

async function attempt(options: MessageSenderOptions, chatId: number, message: Outgoing): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      const { endUserId, text } = message;
      await options.platform.sendMessage(chatId, { fromUserId: endUserId, type: 'text', text });
      options.watch.answered();
      return { delivery: 'sent' };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      options.watch.failed(error);
      if (error.kind === 'unknown') return waitForEcho(options);
      if (!isWorthATry(error) || tries === MOST_TRIES) return toRefusal(options, chatId, error);
      await pause(options.clock, error.retryAfterMs ?? Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (tries - 1)));
    }
  }
}

/** Only what was certainly not taken is sent again without asking: the platform knows no idempotency (OQ-31). */
function isWorthATry(error: PlatformError): boolean {
  return error.kind === 'unsent' || error.kind === 'throttled';
}

/** The echo, if it comes, settles the message in the log; {@link deliver} then finds nothing left to say. */
async function waitForEcho({ clock }: MessageSenderOptions): Promise<Outcome> {
  await pause(clock, ECHO_WAIT);
  return { delivery: 'uncertain' };
}

function toRefusal({ refresher }: MessageSenderOptions, chatId: number, error: PlatformError): Outcome {
  const code = toProblemCode(error);
  if (code === 'chat-ended') refresher.request(chatId);
  return { delivery: 'failed', code };
}

function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimeout(resolve, milliseconds);
  });
}
