import { PlatformError, type PlatformClient } from '../platform/index.js';
import type { Delivery, ParticipantRef, ProblemCode } from '../protocol/index.js';
import type { ChatLogs, ChatRefresher, MessageSender } from './context.js';
import { findListener, type Listener } from './find-listener.js';
import { toProblemCode, type PlatformWatch } from './platform-problem.js';
import { createPauses, type Pauses } from './pauses.js';
import type { Clock } from './ports.js';

/** How long to wait for the platform's echo where its answer was lost, in milliseconds. */
const ECHO_WAIT = 5_000;
/** Tries of what surely never reached the platform, or was told to come later. */
const MOST_TRIES = 6;
/** First delay between tries in milliseconds; doubles each time. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
/** How long a stop waits for answers of the platform, in milliseconds. */
const STOP_WAIT = 5_000;

interface Outgoing {
  readonly endUserId: number;
  readonly id: string;
  readonly text: string;
  /** The task virtual agent that a private message is for; null for an ordinary one. */
  readonly to: ParticipantRef | null;
  /** True: the person knows that somebody else may hear a private one, and wants it sent. */
  readonly isConfirmed: boolean;
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
  readonly code: ProblemCode | null;
}

/** Sends in order within a chat; nothing of a chat overtakes a message whose fate is open. */
export function createMessageSender(options: MessageSenderOptions): MessageSender {
  const lanes = new Map<number, Promise<void>>();
  const inFlight = new Set<string>();
  const pauses = createPauses(options.clock);

  return {
    send(chatId, message) {
      inFlight.add(message.id);
      const before = lanes.get(chatId) ?? Promise.resolve();
      const lane = before
        .then(() => deliver({ ...options, pauses }, chatId, message))
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
          .map(({ id }) => ({ type: 'message-updated', at, id, delivery: 'uncertain', code: null })),
      }));
    },
    async stop() {
      let cancel = (): void => undefined;
      const patience = new Promise<void>((resolve) => {
        cancel = options.clock.setTimeout(resolve, STOP_WAIT);
      });
      pauses.endAll();
      await Promise.race([Promise.all(lanes.values()), patience]);
      cancel();
    },
  };
}

type Delivering = MessageSenderOptions & { readonly pauses: Pauses };

async function deliver(options: Delivering, chatId: number, message: Outgoing): Promise<void> {
  const outcome = await attempt(options, chatId, message);
  for (let tries = 1; ; tries += 1) {
    try {
      await record(options, chatId, { id: message.id, ...outcome });
      return;
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      await options.pauses.pause(delayAfter(tries));
    }
  }
}

async function record(options: Delivering, chatId: number, outcome: Outcome & { readonly id: string }): Promise<void> {
  await options.logs.get(chatId).commit((view) => {
    const own = view.own.find(({ id }) => id === outcome.id);
    // The echo may have told before the answer came.
    if (own?.delivery !== 'sending') return null;
    const at = new Date(options.clock.now()).toISOString();
    return { entries: [{ type: 'message-updated', at, ...outcome }] };
  });
}

async function attempt(options: Delivering, chatId: number, message: Outgoing): Promise<Outcome> {
  const { pauses } = options;
  for (let tries = 1; ; tries += 1) {
    const listener = await findListener(options, chatId, message);
    if (listener.kind === 'uncertain') return { delivery: 'failed', code: listener.code };
    // What is not sent by now could not be recorded any more: better the person sends it again than twice.
    if (pauses.areOver) return { delivery: 'failed', code: 'platform-unavailable' };
    const error = await post(options, chatId, { message, listener });
    if (!error) return { delivery: 'sent', code: null };
    if (error.kind === 'unknown') return waitForEcho(pauses);
    // What is for one listener alone goes out once: who listens later is the person's to judge.
    const isFinal = listener.kind !== 'anybody' || !isWorthATry(error) || tries === MOST_TRIES;
    if (isFinal) return toRefusal(options, chatId, error);
    await pauses.pause(error.retryAfterMs ?? delayAfter(tries));
  }
}

/** Answers why it failed, if it did. */
async function post(
  { platform, watch }: Delivering,
  chatId: number,
  { message, listener }: { readonly message: Outgoing; readonly listener: Listener },
): Promise<PlatformError | undefined> {
  // What is for one listener alone must leave while it is certain who listens, or not at all.
  const turn = 'patienceMs' in listener ? { patienceMs: listener.patienceMs } : {};
  try {
    await platform.sendMessage(chatId, { fromUserId: message.endUserId, type: 'text', text: message.text }, turn);
    watch.answered();
    return undefined;
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    watch.failed(error);
    return error;
  }
}

/** Only what was certainly not taken is sent again without asking: the platform knows no idempotency (OQ-31). */
function isWorthATry(error: PlatformError): boolean {
  return error.kind === 'unsent' || error.kind === 'throttled';
}

function delayAfter(tries: number): number {
  return Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (tries - 1));
}

/** The echo, if it comes, settles the message in the log; {@link record} then finds nothing left to say. */
async function waitForEcho(pauses: Pauses): Promise<Outcome> {
  await pauses.pause(ECHO_WAIT);
  return { delivery: 'uncertain', code: null };
}

function toRefusal({ refresher }: MessageSenderOptions, chatId: number, error: PlatformError): Outcome {
  const code = toProblemCode(error);
  if (code === 'chat-ended') refresher.request(chatId);
  return { delivery: 'failed', code };
}
