import { parsePlatformOrigin } from '../platform/index.js';
import { EnvironmentError, readParsed, readText, type Environment } from './environment.js';

// What relay and emulator read alike, so that one set of variables makes them fit.

/** `CCAI_HOST` as an origin; undefined where it is not set. */
export function readPlatformOrigin(environment: Environment): string | undefined {
  const host = readText(environment, 'CCAI_HOST');
  if (host === undefined) return undefined;
  try {
    return parsePlatformOrigin(host);
  } catch (error) {
    throw new EnvironmentError(`CCAI_HOST is wrong: ${lowerFirst((error as Error).message)}`, {
      cause: error,
    });
  }
}

/** `CCAI_SUBDOMAIN`, or the first label of the host; undefined where neither tells. */
export function readSubdomain(environment: Environment): string | undefined {
  const given = readParsed(environment, 'CCAI_SUBDOMAIN', {
    form: 'a single label, such as acme',
    parse: (text) => (/^[A-Za-z0-9_-]{1,63}$/.test(text) ? text : undefined),
  });
  const origin = readPlatformOrigin(environment);
  return given ?? (origin === undefined ? undefined : firstLabel(origin));
}

function firstLabel(origin: string): string | undefined {
  return /^https?:\/\/([a-z0-9-]+)/.exec(origin)?.[1];
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
