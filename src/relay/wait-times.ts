import type { PlatformClient, WaitTimes } from '../platform/index.js';
import { PlatformError } from '../platform/index.js';
import type { PlatformWatch } from './platform-problem.js';
import type { Clock } from './ports.js';

/** An answer is good for so long, in milliseconds. */
const GOOD_FOR = 30_000;
/**
 * Queues and languages at a time. Anybody can ask for any language, and the platform answers 10 requests a second for the whole
 * tenant: more than these are not asked for, so that a guess takes no room from messages.
 */
const MOST_KEPT = 30;

/** Estimated waits, in whole minutes; null where nobody knows for sure. */
export interface Waits {
  find(query: { readonly menuId: number; readonly lang: string }): Promise<number | null>;
}

export interface WaitsOptions {
  readonly platform: Pick<PlatformClient, 'listWaitTimes'>;
  readonly watch: Pick<PlatformWatch, 'answered' | 'failed'>;
  readonly clock: Clock;
  /** Unit of the platform's newer key, `chat`, where the operator knows it (OQ-29). */
  readonly unit: 'minutes' | 'seconds' | undefined;
}

/** Asks the platform at most once in 30 seconds for a queue and language. A platform that fails knows no wait. */
export function createWaits({ platform, watch, clock, unit }: WaitsOptions): Waits {
  const kept = new Map<string, { readonly at: number; readonly minutes: Promise<number | null> }>();

  async function ask(menuId: number, lang: string): Promise<number | null> {
    try {
      const waits = await platform.listWaitTimes({ lang, menuId, channelType: 'chat' });
      watch.answered();
      const item = waits.find(({ menu_id }) => menu_id === menuId);
      return item ? toMinutes(item, unit) : null;
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      // Not tried again: messages need the room more than a guess does.
      watch.failed(error);
      return null;
    }
  }

  return {
    find({ menuId, lang }) {
      const key = `${menuId} ${lang}`;
      const known = kept.get(key);
      if (known && clock.now() - known.at < GOOD_FOR) return known.minutes;
      for (const [other, { at }] of kept) if (clock.now() - at >= GOOD_FOR) kept.delete(other);
      if (kept.size >= MOST_KEPT) return Promise.resolve(null);
      const minutes = ask(menuId, lang);
      kept.set(key, { at: clock.now(), minutes });
      return minutes;
    },
  };
}

/**
 * The older key `wait` is in minutes; the newer one, `chat`, only the operator can know. What 0 means is not documented
 * either (OQ-29): it may be "nobody knows", so it is not told.
 */
function toMinutes({ chat, wait }: WaitTimes[number], unit: WaitsOptions['unit']): number | null {
  const newer = chat === null || unit === undefined ? null : unit === 'seconds' ? chat / 60 : chat;
  const minutes = newer ?? wait ?? 0;
  return minutes > 0 ? Math.ceil(minutes) : null;
}
