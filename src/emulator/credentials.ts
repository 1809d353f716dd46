import { createRandom } from './random.js';

/**
 * What an operator would copy from the platform's Developer Settings. All of it is worthless outside the
 * emulator.
 */
export interface EmulatorCredentials {
  /** User name of Basic auth (platform: Authentication). */
  readonly subdomain: string;
  /** Password of Basic auth. */
  readonly apiToken: string;
  /** Signs end-user tokens and signed custom data (HS256). */
  readonly companySecret: string;
  /** Signs every webhook. */
  readonly webhookPrimarySecret: string;
  /** Signs every webhook a second time; the empty string leaves the second signature out. */
  readonly webhookSecondarySecret: string;
}

/** Makes the credentials of the emulated tenant from the seed; given values win. */
export function createCredentials(
  seed: number,
  given: Partial<EmulatorCredentials> = {},
): EmulatorCredentials {
  const random = createRandom(seed);
  const made: EmulatorCredentials = {
    subdomain: 'harbor-and-pine',
    apiToken: `emulator-token-${random.hex(32)}`,
    companySecret: `emulator-company-${random.hex(32)}`,
    webhookPrimarySecret: `emulator-primary-${random.hex(32)}`,
    webhookSecondarySecret: `emulator-secondary-${random.hex(32)}`,
  };
  const chosen = Object.entries(given).filter(([, value]) => (value as string | undefined) !== undefined);
  return { ...made, ...Object.fromEntries(chosen) };
}

/**
 * True for a Basic `Authorization` header with this tenant's subdomain and token (platform: Authentication).
 */
export function isAuthorized(header: string | null, credentials: EmulatorCredentials): boolean {
  const encoded = /^basic +(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return false;
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes) === `${credentials.subdomain}:${credentials.apiToken}`;
  } catch {
    return false; // not Base64
  }
}
