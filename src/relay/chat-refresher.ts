import { PlatformError, type PlatformClient } from '../platform/index.js';
import { chatPhase } from '../protocol/index.js';
import type { ChatLogs, ChatRefresher } from './context.js';
import { isInDoubt } from './membership.js';
import type { PlatformWatch } from './platform-problem.js';
import type { Clock } from './ports.js';
import { keepEnd } from './read-chat.js';
import { RelayError } from './relay-error.js';
import type { RelayStore } from './store.js';
import { createTimeoutWatch } from './timeout-watch.js';
import { toChat, updateEntries } from './to-chat.js';
import { hasEnded, type ChatView } from './view.js';

/** Least time between two readings of one chat, in milliseconds; doubles with each one that failed or left a doubt. */
const SPACING = 1_000;
/** Readings that may fail in a row; then the next event has to ask again. */
const MOST_FAILURES = 5;
/** Readings in a row that find log and chat object at odds. The last one, 3 seconds after the first, believes the chat object. */
const MOST_LOOKS = 3;

export interface ChatRefresherOptions {
  readonly platform: PlatformClient;
  readonly store: RelayStore;
  readonly logs: ChatLogs;
  readonly watch: PlatformWatch;
  readonly clock: Clock;
}

/** How often in a row a chat was read without success, and without certainty. */
interface Tries {
  readonly failures: number;
  readonly looks: number;
}

/**
 * `outdated`: the log learned more while the answer was on its way. `doubtful`: it does not fit what the log was told.
 */
type Outcome = 'done' | 'outdated' | 'doubtful' | 'failed';

const firstTry: Tries = { failures: 0, looks: 0 };

/** Many requests for one chat become one reading at a time, at most one a second; the last request is always honoured. */
export function createChatRefresher(options: ChatRefresherOptions): ChatRefresher {
  const { clock } = options;
  const waiting = new Map<number, 'reading' | 'again'>();
  const timeouts = createTimeoutWatch(clock, request);

  return {
    request,
    stop: () => {
      timeouts.stop();
    },
  };

  function request(chatId: number): void {
    if (waiting.has(chatId)) waiting.set(chatId, 'again');
    else void run(chatId, firstTry);
  }

  async function run(chatId: number, tries: Tries): Promise<void> {
    waiting.set(chatId, 'reading');
    const outcome = await refresh(chatId, tries);
    const next = toNext(outcome, tries);
    clock.setTimeout(
      () => {
        const isAsked = waiting.get(chatId) === 'again';
        waiting.delete(chatId);
        // A new request begins anew, except that a platform in trouble is not to be asked more often for it.
        if (isAsked) void run(chatId, { ...firstTry, failures: outcome === 'failed' ? tries.failures + 1 : 0 });
        else if (next) void run(chatId, next);
      },
      SPACING * 2 ** (outcome === 'failed' ? tries.failures + 1 : tries.looks),
    );
  }

  async function refresh(chatId: number, tries: Tries): Promise<Outcome> {
    try {
      const { outcome, view } = await refreshChat(options, chatId, tries.looks);
      timeouts.follow(chatId, view);
      return outcome;
    } catch (error) {
      const isLast = isFinal(error) || tries.failures + 1 === MOST_FAILURES;
      if (isLast) await tellEnd(options, chatId).catch(() => undefined);
      return isFinal(error) ? 'done' : 'failed';
    }
  }
}

function toNext(outcome: Outcome, { failures, looks }: Tries): Tries | null {
  switch (outcome) {
    case 'done':
      return null;
    case 'outdated':
      return firstTry;
    case 'doubtful':
      return looks + 1 < MOST_LOOKS ? { failures: 0, looks: looks + 1 } : null;
    case 'failed':
      return failures + 1 < MOST_FAILURES ? { failures: failures + 1, looks } : null;
  }
}

/** The platform does not know the chat any more, say: asking again changes nothing. */
function isFinal(error: unknown): boolean {
  const cause = error instanceof RelayError ? error.cause : undefined;
  return cause instanceof PlatformError && cause.kind === 'refused';
}

/** Reads the chat object and brings the log up to it. */
async function refreshChat(
  options: ChatRefresherOptions,
  chatId: number,
  looks: number,
): Promise<{ outcome: Outcome; view: ChatView | null }> {
  const { store, logs, watch, platform, clock } = options;
  const stored = await store.findChat(chatId);
  if (!stored) return { outcome: 'done', view: null };
  const log = logs.get(chatId);
  try {
    const known = await log.view();
    let outcome = 'outdated' as Outcome;
    const platformChat = await watch.call(() => platform.getChat(chatId));
    const { end_reason: reason } = platformChat;
    const { view } = await log.commit((now) => {
      if (now.chat !== known.chat) return null;
      const at = new Date(clock.now()).toISOString();
      // Whoever ends the chat through this relay says why, and may be a moment behind.
      const end = reason === null && looks === 0 ? null : { reason };
      const isSettled = looks + 1 === MOST_LOOKS;
      outcome = 'done';
      return { entries: updateEntries(now, toChat(platformChat, now.chat), { at, end, isSettled }) };
    });
    return { outcome: outcome === 'done' && isDoubtful(view) ? 'doubtful' : outcome, view };
  } finally {
    // The end may have come by webhook, and must count whether or not the platform still knows the chat.
    if (hasEnded(await log.view())) await keepEnd(options, chatId);
  }
}

function isDoubtful(view: ChatView): boolean {
  return isInDoubt(view) || (hasEnded(view) && !view.end);
}

/** An end that nobody can explain is told without its reason. */
async function tellEnd({ logs, clock }: ChatRefresherOptions, chatId: number): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  await logs.get(chatId).commit((view) => {
    if (!view.chat || chatPhase(view.chat.status) !== 'ended') return null;
    const end = { reason: view.chat.status === 'failed' ? 'unknown' : null };
    return { entries: updateEntries(view, view.chat, { at, end, isSettled: false }) };
  });
}
