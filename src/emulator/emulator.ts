import { createChanges, type Changes } from './changes.js';
import { wallClock, type EmulatorClock } from './clock.js';
import { createCredentials, type CredentialKeeper, type EmulatorCredentials } from './credentials.js';
import { ControlError } from './errors.js';
import { createEventTemplates } from './event-templates.js';
import { passGateway, type GatewayOptions } from './gateway.js';
import { toInactivity } from './inactivity.js';
import type { EmulatorOptions } from './options.js';
import type { Recording, RunStart } from './recording.js';
import { createReplayClock } from './replay-clock.js';
import { replay, type ReplayResult } from './replay.js';
import { createRoutes } from './routes.js';
import type { Script } from './script.js';
import { ScriptError } from './script-node.js';
import { readScript } from './script-reader.js';
import { findScript } from './scripts/index.js';
import { createSwitches } from './switches.js';
import { createIds, type Ids } from './tenant.js';
import { createWorld, type World } from './world.js';

/** The platform, emulated. */
export interface Emulator {
  /** Answers the platform's API, its bucket and avatars, and the control API. */
  fetch(request: Request): Promise<Response>;
  readonly credentials: EmulatorCredentials;
  /** Changes where webhooks go, from the next one on; undefined: nowhere. */
  setWebhookUrl(url: string | undefined): void;
  /** Resolves when no webhook is under way; those whose time has not come are not waited for. */
  idle(): Promise<void>;
  /** Stops timers, webhooks and event streams. */
  stop(): void;
}

/**
 * Makes an emulator. It holds everything in memory and needs nothing but web standards.
 * @throws RangeError when there is no script or switch of that name or a template is wrong, ScriptError when
 *   the script is wrong, TypeError when `webhookUrl` is not an absolute URL
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const host = new Host(options);
  return {
    credentials: host.credentials.current,
    fetch: (request) => passGateway(request, host.gateway()),
    setWebhookUrl: (url) => {
      host.webhookUrl = checkUrl(url);
    },
    idle: () => host.world.webhooks.idle(),
    stop: () => {
      host.world.stop();
      host.changes.stop();
    },
  };
}

/** What outlives a reset, and the world that does not. */
class Host {
  readonly credentials: CredentialKeeper;
  readonly changes: Changes;
  webhookUrl: string | undefined;
  world: World;
  readonly #options: EmulatorOptions;
  readonly #clock: EmulatorClock;
  readonly #script: Script;
  #ids: Ids = createIds();
  #isReplaying = false;

  constructor(options: EmulatorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? { ...wallClock, ...(options.now && { now: options.now }) };
    const { script, scripts = {} } = options;
    this.#script = findScript(script ?? Object.keys(scripts)[0] ?? 'demo', scripts);
    this.credentials = createCredentials(options.seed ?? 1, options.credentials);
    this.changes = createChanges(this.#clock);
    this.webhookUrl = checkUrl(options.webhookUrl);
    this.world = this.#begin(this.#toRun(), { script: this.#script, clock: this.#clock });
  }

  /** Where a request goes that arrives now. */
  gateway(): GatewayOptions {
    const { world, credentials, changes } = this;
    const { publicUrl } = this.#options;
    return {
      world,
      // Made for each request: whatever it does is then known to be because of that request.
      createApp: (cause) =>
        createRoutes({
          world: world.causedBy(cause),
          credentials,
          changes,
          publicUrl,
          reset: () => {
            this.#start(this.#begin(this.#toRun(), { script: this.#script, clock: this.#clock }));
          },
          replay: (recording) => this.#replay(recording),
        }),
    };
  }

  /** What a world begins with that begins now. */
  #toRun(): RunStart {
    const { seed = 1, switches = {}, templates, inactivity, scripts = {} } = this.#options;
    const { name, silence } = this.#script;
    const text = scripts[name];
    return {
      seed,
      startedAt: new Date(this.#clock.now()).toISOString(),
      script: { name, ...(text !== undefined && { text }) },
      ids: this.#ids.following(),
      switches,
      ...(templates !== undefined && { templates }),
      inactivity: toInactivity({ ...silence, ...inactivity }),
    };
  }

  #begin(run: RunStart, { script, clock }: Pick<World, 'script'> & { readonly clock: EmulatorClock }): World {
    const { credentials, changes } = this;
    const { fetch: send } = this.#options;
    credentials.reset();
    return createWorld({
      run,
      script,
      clock,
      patience: this.#clock,
      credentials: credentials.current,
      // Looked up at each call, so that a runtime's later replacement of the global is used.
      fetch: send ?? ((input, init) => fetch(input, init)),
      webhookUrl: () => this.webhookUrl,
      ids: this.#ids,
      changes,
    });
  }

  #start(world: World): void {
    this.world.stop();
    this.world = world;
    this.changes.tell(null);
  }

  async #replay(recording: Recording): Promise<ReplayResult> {
    if (this.#isReplaying)
      throw new ControlError(409, 'replay-under-way', 'One recording is played at a time.');
    const { run } = recording;
    const script = this.#checkRun(run);
    const clock = createReplayClock(Date.parse(run.startedAt), this.#clock);
    this.#ids = createIds(run.ids);
    const inactivity = { dismissAfter: run.inactivity.dismissAfter, ...run.inactivity };
    this.#start(this.#begin({ ...run, inactivity }, { script, clock }));
    this.#isReplaying = true;
    try {
      return await replay(recording, { ...this.gateway(), clock, credentials: this.credentials.current });
    } finally {
      this.#isReplaying = false;
    }
  }

  /** Checks all that a recording asks for before anything is changed. */
  #checkRun({ script: { name, text }, switches, templates }: Recording['run']): Script {
    try {
      createSwitches(switches);
      createEventTemplates(templates);
      return text === undefined ? findScript(name, this.#options.scripts) : readScript(name, text);
    } catch (error) {
      if (error instanceof RangeError || error instanceof ScriptError)
        throw new ControlError(400, 'invalid-recording', error.message);
      throw error;
    }
  }
}

function checkUrl(url: string | undefined): string | undefined {
  if (url !== undefined && !URL.canParse(url)) throw new TypeError('The webhook URL must be absolute.');
  return url;
}
