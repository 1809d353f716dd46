import type { EmulatorClock } from './clock.js';
import type { EmulatorCredentials } from './credentials.js';
import type { Inactivity } from './inactivity.js';

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
  /** `{event_type, body}` of `escalated` and `deflected`, by these names; docs/emulator.md has the default. */
  readonly templates?: Readonly<Record<string, unknown>>;
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
