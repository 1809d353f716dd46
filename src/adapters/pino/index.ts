// The relay's log as lines of JSON.
export { createPinoLog } from './pino-log.js';
