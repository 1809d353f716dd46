/** CCAI Platform, emulated: a fetch handler for tests and demos that need no account. */
export { createEmulator } from './emulator.js';
export type { Emulator } from './emulator.js';
export type { EmulatorOptions } from './options.js';
export type { EmulatorClock } from './clock.js';
export type { EmulatorCredentials } from './credentials.js';
export { ScriptError } from './script-node.js';
export { builtInScriptNames } from './scripts/index.js';
