import { createPlatformClient } from '../platform/index.js';
import { createChatLogs } from './chat-logs.js';
import { createChatRefresher } from './chat-refresher.js';
import type { RelayContext } from './context.js';
import { createEndReasons } from './end-reasons.js';
import { createHideSetting } from './hide-setting.js';
import { createIdentities } from './identity.js';
import { createLanes } from './lanes.js';
import { createMessageSender } from './message-sender.js';
import { createPacer } from './pacing.js';
import { createPlatformWatch } from './platform-problem.js';
import { systemClock } from './ports.js';
import type { RelayOptions } from './relay.js';
import { createHookRunner } from './run-hook.js';
import { createSealer } from './sealing.js';
import { createStreamRegistry } from './stream-registry.js';
import { version } from './version.js';
import { createWaits } from './wait-times.js';

/** Makes what every handler is given, from what the relay was given. */
export function createContext(options: RelayOptions) {
  const { store, log, menus, defaultMenuId, widget, webhookSecrets } = options;
  const clock = options.clock ?? systemClock;
  const pacer = createPacer({ clock, log });
  const platform = createPlatformClient({
    ...options.platform,
    fetch: options.fetch,
    pace: (call, begin) => pacer.run(call, begin),
  });
  const watch = createPlatformWatch(log, clock);
  const base = { store, log, clock, platform, watch };
  const { hideVaToVaSystemMessages: configured, waitTimeUnit: unit } = options;
  return {
    ...base,
    pacer,
    ...createChats(base, options),
    ...createHost(base, options),
    hideVaToVaSystemMessages: createHideSetting({ ...base, configured }),
    waits: createWaits({ ...base, unit }),
    lanes: createLanes(),
    endReasons: createEndReasons(),
    streams: createStreamRegistry(),
    webhookSecrets,
    menus,
    defaultMenuId,
    widget,
    version,
  } satisfies RelayContext;
}

type Base = Pick<RelayContext, 'store' | 'log' | 'clock' | 'platform' | 'watch'>;

/** What follows and feeds the logs of chats. */
function createChats(base: Base, { encryptionKeys }: RelayOptions) {
  const sealer = createSealer(encryptionKeys);
  const logs = createChatLogs({
    ...base,
    sealer,
    // A store that fails here fails the request that opened the log, too.
    onOpened: (chatId) => void sender.settle(chatId).catch(() => undefined),
  });
  const refresher = createChatRefresher({ ...base, logs });
  const sender = createMessageSender({ ...base, logs, refresher });
  return { sealer, logs, refresher, sender };
}

/** What the site adds, and who its visitors are. */
function createHost(base: Base, { hooks = {}, companySecret: secret }: RelayOptions) {
  // An empty key would let anybody sign.
  const companySecret = secret === '' ? undefined : secret;
  const runHook = createHookRunner(base);
  return { hooks, runHook, companySecret, identities: createIdentities({ ...base, companySecret, hooks, runHook }) };
}
