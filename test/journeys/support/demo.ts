import { startProgram, type Program } from './program.js';

/** A running demo: site, relay and emulator in a process of their own, on free ports of this machine. */
export interface Demo extends Program {
  /** Origin of the customer's site. */
  readonly site: string;
  /** Base URL of the relay. */
  readonly relay: string;
  /** Origin of the emulated platform, and of its control API. */
  readonly emulator: string;
  /** Address of the agent desk. */
  readonly desk: string;
}

/** What {@link startDemo} can be told. */
export interface DemoOptions {
  /** Which scripted people there are; `quiet` has none, so that the test speaks for everyone. Default: the demo's. */
  readonly script?: string;
  /** More environment variables, such as `RELAY_ALLOWED_ORIGINS`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts what `npm start` starts and answers when it is ready. */
export async function startDemo({ script, env }: DemoOptions = {}): Promise<Demo> {
  const parameters = ['demo/server.ts', ...(script === undefined ? [] : ['--script', script])];
  const { ready, ...program } = await startProgram(parameters, { EMULATOR_PORT: '0', ...env });
  return { ...program, ...(ready as Pick<Demo, 'site' | 'relay' | 'emulator' | 'desk'>) };
}
