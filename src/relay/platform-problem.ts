import { PlatformError } from '../platform/index.js';
import type { ProblemCode } from '../protocol/index.js';
import { NotBegunError } from './pacing.js';
import { createPauses } from './pauses.js';
import type { Clock, RelayLog } from './ports.js';
import { RelayError } from './relay-error.js';

/** What a page is told of a failure of the platform. */
export function toProblemCode(error: PlatformError): ProblemCode {
  if (error instanceof NotBegunError && hadNoTurn(error)) return 'busy';
  switch (error.kind) {
    case 'unauthorized':
      return 'platform-unauthorized';
    case 'refused':
      return error.platformMessage === 'Chat is already ended' ? 'chat-ended' : 'platform-rejected';
    case 'unsent':
    case 'unknown':
    case 'throttled':
      return 'platform-unavailable';
  }
}

/** The relay itself has more to do than the platform takes; in every other case the platform is away, or the relay stops. */
function hadNoTurn({ reason }: NotBegunError): boolean {
  return reason === 'queue-full' || reason === 'waited-too-long';
}

/** A visitor waits for the answer meanwhile: a few tries, and none of them late. Milliseconds. */
const MOST_TRIES = 5;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 3_000;

/** Tells the operator of trouble with the platform: wrong credentials once, not with every visitor. */
export interface PlatformWatch {
  answered(): void;
  failed(error: PlatformError): void;
  /**
   * Runs a call; its failure becomes a {@link RelayError}. What the platform had no room for (10 requests a second for
   * the whole tenant) was not carried out, and is tried again after the time it names.
   */
  call<Result>(run: () => Promise<Result>): Promise<Result>;
}

export function createPlatformWatch(log: RelayLog, clock: Clock): PlatformWatch {
  const pauses = createPauses(clock);
  let isRefused = false;

  function answered(): void {
    isRefused = false;
  }

  function failed(error: PlatformError): void {
    const fields = { method: error.method, ...(error.status === null ? {} : { status: error.status }) };
    if (error.kind !== 'unauthorized') {
      log.warn('platform call failed', { ...fields, verdict: error instanceof NotBegunError ? error.reason : error.kind });
      return;
    }
    if (!isRefused) log.error('platform-unauthorized: check CCAI_HOST, CCAI_SUBDOMAIN and CCAI_API_TOKEN', fields);
    isRefused = true;
  }

  return {
    answered,
    failed,
    async call(run) {
      for (let tries = 1; ; tries += 1) {
        try {
          const result = await run();
          answered();
          return result;
        } catch (error) {
          if (!(error instanceof PlatformError)) throw error;
          failed(error);
          const isFinal = error.kind !== 'throttled' || tries === MOST_TRIES;
          if (isFinal) throw toRelayError(error);
          await pauses.pause(Math.min(error.retryAfterMs ?? FIRST_DELAY * tries, LONGEST_DELAY));
        }
      }
    },
  };
}

function toRelayError(error: PlatformError): RelayError {
  const code = toProblemCode(error);
  const retryAfterMs = code === 'busy' ? error.retryAfterMs : null;
  return new RelayError(code, { cause: error, ...(retryAfterMs === null ? {} : { retryAfterMs }) });
}
