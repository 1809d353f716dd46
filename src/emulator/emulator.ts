import { createChanges } from './changes.js';
import { wallClock, type EmulatorClock } from './clock.js';
import { createCredentials, type EmulatorCredentials } from './credentials.js';
import { passGateway } from './gateway.js';
import { createRoutes } from './routes.js';
import { findScript } from './scripts/index.js';
import { toInactivity, type Inactivity } from './inactivity.js';
import { createIds } from './tenant.js';
import { createWorld, type World } from './world.js';

/** How an emulator is made. Everything has a default. */
export interface EmulatorOptions {
  /** Decides everything that looks random; default 1. */
  readonly seed?: number;
  /** Time and timers; default: the clock on the wall. */
  readonly clock?: EmulatorClock;
  /** Tells the time, in milliseconds since 1970, while timers run by the clock on the wall; see `clock`. */
  readonly now?: () => number;
  /** Where switches stand at the start and after a reset, by name; default: the documented readings. */
  readonly switches?: Readonly<Record<string, unknown>>;
  /** Scenarios of your own by name, as YAML or JSON text; docs/emulator.md describes the format. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** The scenario to play: one of `scripts` or a built-in one; default: the first of `scripts`, or `demo`. */
  readonly script?: string;
  /** Where webhooks are posted; without it none are sent. See `setWebhookUrl`. */
  readonly webhookUrl?: string | undefined;
  /** The emulator's own origin, for avatar addresses; default: that of the request. */
  readonly publicUrl?: string;
  /** How webhooks leave; default: the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** When silent chats are dismissed (default: never) and end (default: after an hour), in milliseconds. */
  readonly inactivity?: Partial<Inactivity>;
  /** Default: made from the seed. */
  readonly credentials?: Partial<EmulatorCredentials>;
}

/** The platform, emulated. */
export interface Emulator {
  /** Answers the platform's API, its control API and its avatars. */
  fetch(request: Request): Promise<Response>;
  readonly credentials: EmulatorCredentials;
  /** Changes where webhooks go, from the next one on; undefined: nowhere. */
  setWebhookUrl(url: string | undefined): void;
  /** Resolves when all webhooks queued so far are delivered or given up. */
  idle(): Promise<void>;
  /** Stops timers, webhooks and event streams. */
  stop(): void;
}

/**
 * Makes an emulator. It holds everything in memory and needs nothing but web standards.
 * @throws RangeError when there is no script or switch of that name, ScriptError when the script is wrong,
 *   TypeError when `webhookUrl` is not an absolute URL
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { seed = 1, publicUrl, switches } = options;
  const clock = options.clock ?? { ...wallClock, ...(options.now && { now: options.now }) };
  const credentials = createCredentials(seed, options.credentials);
  const changes = createChanges(clock);
  const script = findScript(options.script ?? Object.keys(options.scripts ?? {})[0] ?? 'demo', options.scripts);
  const inactivity = toInactivity(options.inactivity);
  const ids = createIds();
  let webhookUrl = checkUrl(options.webhookUrl);
  // Looked up at each call, so that a runtime's later replacement of the global is used.
  const send: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));

  function begin(): World {
    return createWorld({
      seed,
      script,
      switches,
      clock,
      patience: clock,
      credentials: credentials.current,
      fetch: send,
      webhookUrl: () => webhookUrl,
      inactivity,
      ids,
      changes,
    });
  }

  function reset(): void {
    current.stop();
    credentials.reset();
    current = begin();
    changes.tell(null);
  }

  let current = begin();
  return {
    credentials: credentials.current,
    fetch: (request) => {
      const world = current;
      return passGateway(request, {
        world,
        // One for each request: whatever it does is then known to be because of that request.
        createApp: (cause) =>
          createRoutes({ world: world.causedBy(cause), credentials, changes, reset, publicUrl }),
      });
    },
    setWebhookUrl: (url) => {
      webhookUrl = checkUrl(url);
    },
    idle: () => current.webhooks.idle(),
    stop: () => {
      current.stop();
      changes.stop();
    },
  };
}

function checkUrl(url: string | undefined): string | undefined {
  if (url !== undefined && !URL.canParse(url)) throw new TypeError('The webhook URL must be absolute.');
  return url;
}
