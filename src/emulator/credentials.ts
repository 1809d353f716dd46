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

/** The credentials, and the buttons beside the webhook secrets (platform: Webhooks, Signature). */
export interface CredentialKeeper {
  /** Always the same object: it shows the secrets as they are now. */
  readonly current: EmulatorCredentials;
  /** Makes a secondary secret, in place of one there may be. */
  addSecondarySecret(): void;
  /** The secondary secret becomes the primary one, and there is none beside it. False when there is none. */
  rotateSecrets(): boolean;
  /** Back to those of the beginning. */
  reset(): void;
}

/** Makes the credentials of the emulated tenant from the seed; given values win. */
export function createCredentials(
  seed: number,
  given: Partial<EmulatorCredentials> = {},
): CredentialKeeper {
  const first = { ...makeCredentials(seed), ...toGiven(given) };
  const current = { ...first };
  let random = createRandom(seed ^ SECOND_ROW);
  return {
    current,
    addSecondarySecret: () => {
      current.webhookSecondarySecret = `emulator-secondary-${random.hex(32)}`;
    },
    rotateSecrets: () => {
      if (current.webhookSecondarySecret === '') return false;
      current.webhookPrimarySecret = current.webhookSecondarySecret;
      current.webhookSecondarySecret = '';
      return true;
    },
    reset: () => {
      random = createRandom(seed ^ SECOND_ROW);
      Object.assign(current, first);
    },
  };
}

/** Later secrets come from a row of their own. */
const SECOND_ROW = 0x5eed;

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function makeCredentials(seed: number): Mutable<EmulatorCredentials> {
  const random = createRandom(seed);
  return {
    subdomain: 'harbor-and-pine',
    apiToken: `emulator-token-${random.hex(32)}`,
    companySecret: `emulator-company-${random.hex(32)}`,
    webhookPrimarySecret: `emulator-primary-${random.hex(32)}`,
    webhookSecondarySecret: `emulator-secondary-${random.hex(32)}`,
  };
}

function toGiven(given: Partial<EmulatorCredentials>): Partial<EmulatorCredentials> {
  const chosen = Object.entries(given).filter(([, value]) => (value as string | undefined) !== undefined);
  return Object.fromEntries(chosen);
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

/** True for a Bearer `Authorization` header with this tenant's token (OQ-7, the other reading). */
export function isBearer(header: string | null, { apiToken }: EmulatorCredentials): boolean {
  return /^bearer +(\S+)$/i.exec(header ?? '')?.[1] === apiToken;
}
