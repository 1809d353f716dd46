import { pino, stdTimeFunctions, type DestinationStream } from 'pino';
import type { LogFields, RelayLog } from '../../relay/ports.js';

/** Every field that may be written. Checked here as well: callers without types could hand over anything. */
const allowed: Readonly<Record<keyof LogFields, 'string' | 'number'>> = {
  requestId: 'string',
  method: 'string',
  status: 'number',
  chatId: 'number',
  verdict: 'string',
  hook: 'string',
  error: 'string',
  location: 'string',
};

/** Longer values are cut: a field names something, it does not tell it. */
const LONGEST_VALUE = 500;

/**
 * The relay's log as lines of JSON on standard output: `{"level","time","event",…}`, time in ISO 8601. `level` is the
 * lowest that is written: `debug`, `info`, `warn`, `error`, or `silent`; throws for another.
 */
export function createPinoLog(level: string, destination: DestinationStream = pino.destination(1)): RelayLog {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return {
    info: (event, fields) => {
      logger.info(pick(fields), event);
    },
    warn: (event, fields) => {
      logger.warn(pick(fields), event);
    },
    error: (event, fields) => {
      logger.error(pick(fields), event);
    },
  };
}

function pick(fields: LogFields = {}): Record<string, unknown> {
  const entries = Object.entries(allowed).flatMap(([name, type]) => {
    const value = fields[name as keyof LogFields] as unknown;
    if (typeof value !== type) return [];
    return [[name, typeof value === 'string' ? value.slice(0, LONGEST_VALUE) : value]];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}
