import { QueueStatus, WaitTimes } from '../response-schemas.js';
import type { Transport } from '../transport.js';

/** platform: Wait times. */
export interface WaitTimesQuery {
  /** Required by the platform. */
  readonly lang: string;
  readonly menuId?: number | undefined;
  readonly menuType?: 'ivr_menu' | 'mobile_menu' | 'web_menu' | undefined;
  readonly channelType?: 'voice_call' | 'chat' | undefined;
  /** `wait[from]` and `wait[to]`: bounds of the wait, in a unit that is not documented (OQ-29). */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** platform: Endpoints 21 and 22. Shutting menus down is left out: no chat needs that power. */
export interface QueueEndpoints {
  listWaitTimes(query: WaitTimesQuery): Promise<WaitTimes>;
  /**
   * Estimated waits, availability, hours and holidays of the queues; the form of the answer is not
   * documented.
   */
  getQueueStatus(): Promise<unknown>;
}

export function queueEndpoints(transport: Transport): QueueEndpoints {
  return {
    listWaitTimes: ({ lang, menuId, menuType, channelType, from, to }) =>
      transport.read(WaitTimes, {
        method: 'GET',
        path: '/wait_times',
        query: {
          lang,
          menu_id: menuId,
          menu_type: menuType,
          channel_type: channelType,
          'wait[from]': from,
          'wait[to]': to,
        },
      }),
    getQueueStatus: () => transport.read(QueueStatus, { method: 'GET', path: '/queues/status' }),
  };
}
