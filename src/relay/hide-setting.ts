import type { PlatformClient } from '../platform/index.js';
import type { Clock, RelayLog } from './ports.js';

/** Between two readings, in milliseconds. */
const ROUND = 5 * 60_000;
/** A start waits no longer for the first one, in milliseconds. */
const LONGEST_START = 3_000;

/** Whether transfers between virtual agents are hidden from pages that do not say. */
export interface HideSetting {
  readonly isOn: boolean;
  /** Reads the platform's setting, unless the relay's own option says it. Never rejects. */
  start(): Promise<void>;
  stop(): void;
}

export interface HideSettingOptions {
  /** The relay's own option: wins, and nobody is asked. */
  readonly configured: boolean | undefined;
  readonly platform: Pick<PlatformClient, 'getChatSettings'>;
  readonly clock: Clock;
  readonly log: RelayLog;
}

/**
 * The relay's option, else the platform's setting, read at the start and every 5 minutes. Whether it can be read is not
 * documented (OQ-17), so a platform that does not tell is nothing to worry about: false, or what it told last.
 */
export function createHideSetting({ configured, platform, clock, log }: HideSettingOptions): HideSetting {
  let isOn = configured ?? false;
  let isTold = false;
  let isStopped = false;
  let cancel = (): void => undefined;

  async function read(): Promise<void> {
    try {
      isOn = (await platform.getChatSettings()).hide_va_to_va_system_messages ?? isOn;
    } catch {
      if (!isTold) log.info('the platform does not tell hide_va_to_va_system_messages: the relay goes by its own');
      isTold = true;
    }
    if (!isStopped) cancel = clock.setTimeout(() => void read(), ROUND);
  }

  return {
    get isOn() {
      return isOn;
    },
    start: () =>
      new Promise((resolve) => {
        if (configured !== undefined) {
          resolve();
          return;
        }
        const giveUp = clock.setTimeout(resolve, LONGEST_START);
        void read().finally(() => {
          giveUp();
          resolve();
        });
      }),
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}
