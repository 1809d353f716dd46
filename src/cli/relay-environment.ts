import type { OfferedMenu } from '../relay/index.js';
import {
  EnvironmentError,
  readBoolean,
  readList,
  readParsed,
  readPort,
  readRequired,
  readText,
  type Environment,
} from './environment.js';
import { readPlatformOrigin, readSubdomain } from './tenant-environment.js';

export type StoreChoice = { readonly kind: 'memory' } | { readonly kind: 'sqlite'; readonly path: string };

/** What an operator configured, checked. Holds secrets: never to be logged. */
export interface RelayEnvironment {
  readonly platform: { readonly origin: string; readonly subdomain: string; readonly apiToken: string };
  readonly webhookSecrets: { readonly primary: string; readonly secondary?: string | undefined };
  readonly store: StoreChoice;
  /** 32 bytes each, the current one first; never empty with a durable store. */
  readonly encryptionKeys: readonly Uint8Array[];
  readonly allowedOrigins: readonly string[];
  readonly menus: readonly OfferedMenu[];
  readonly defaultMenuId: number | undefined;
  /** Undefined: as the platform's own setting says. */
  readonly hideVaToVaSystemMessages: boolean | undefined;
  readonly companySecret: string | undefined;
  /** Undefined: not known. */
  readonly waitTimeUnit: 'minutes' | 'seconds' | undefined;
  /** Milliseconds after a chat's end. */
  readonly retentionMs: number;
  readonly logLevel: string;
  readonly port: number;
}

const DEFAULT_RETENTION = '24h';
const DEFAULT_STORE = 'sqlite:./data/relay.db';
const DEFAULT_PORT = 5173;
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'];

/**
 * Reads the relay's variables, each once. An empty value is an absent one. Throws `EnvironmentError` for the
 * first that is wrong.
 */
export function readRelayEnvironment(environment: Environment): RelayEnvironment {
  const platform = readPlatform(environment);
  const store = readStore(environment);
  return {
    platform,
    webhookSecrets: {
      primary: readRequired(
        environment,
        'CCAI_WEBHOOK_PRIMARY_SECRET',
        'the primary webhook secret of the tenant',
      ),
      secondary: readText(environment, 'CCAI_WEBHOOK_SECONDARY_SECRET'),
    },
    store,
    encryptionKeys: readKeys(environment, store),
    allowedOrigins: readOrigins(environment),
    menus: readMenus(environment),
    defaultMenuId: readParsed(environment, 'CCAI_MENU_ID', { form: 'the number of a menu', parse: parseId }),
    hideVaToVaSystemMessages: readBoolean(environment, 'CCAI_HIDE_VA_TO_VA_SYSTEM_MESSAGES'),
    companySecret: readText(environment, 'CCAI_COMPANY_SECRET'),
    waitTimeUnit: readWaitTimeUnit(environment),
    retentionMs: readRetention(environment),
    logLevel: readLogLevel(environment),
    port: readPort(environment, 'PORT') ?? DEFAULT_PORT,
  };
}

function readPlatform(environment: Environment): RelayEnvironment['platform'] {
  const origin = readPlatformOrigin(environment);
  if (origin === undefined) {
    readRequired(environment, 'CCAI_HOST', 'the host name of the tenant, such as acme.uc1.ccaiplatform.com');
  }
  const subdomain = readSubdomain(environment);
  const apiToken = readRequired(environment, 'CCAI_API_TOKEN', 'an API token of the tenant');
  if (origin === undefined || subdomain === undefined) {
    throw new EnvironmentError('CCAI_SUBDOMAIN is missing: set it to the name of the tenant.');
  }
  return { origin, subdomain, apiToken };
}

function readStore(environment: Environment): StoreChoice {
  const text = readText(environment, 'RELAY_STORE') ?? DEFAULT_STORE;
  if (text === 'memory:') return { kind: 'memory' };
  const path = /^sqlite:(.+)$/.exec(text)?.[1];
  if (path !== undefined) return { kind: 'sqlite', path };
  if (/^rediss?:/.test(text)) {
    throw new EnvironmentError(
      'RELAY_STORE names a Redis store, which is not available yet in this version.',
    );
  }
  throw new EnvironmentError(`RELAY_STORE must be memory: or like ${DEFAULT_STORE}.`);
}

function readKeys(environment: Environment, store: StoreChoice): readonly Uint8Array[] {
  const variable = 'RELAY_ENCRYPTION_KEYS';
  const hint = 'from openssl rand -base64 32';
  const keys = readList(environment, variable) ?? [];
  if (keys.length === 0 && store.kind !== 'memory') {
    throw new EnvironmentError(`${variable} is missing: a durable store needs a key, ${hint}.`);
  }
  return keys.map((text) => {
    const key = Buffer.from(text, 'base64');
    if (key.byteLength === 32 && key.toString('base64') === text) return new Uint8Array(key);
    throw new EnvironmentError(
      `${variable} must be keys of 32 bytes in Base64, ${hint}, the current one first.`,
    );
  });
}

function readOrigins(environment: Environment): readonly string[] {
  const origins = readList(environment, 'RELAY_ALLOWED_ORIGINS') ?? [];
  const isOrigin = (text: string) =>
    /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;
  if (origins.every(isOrigin)) return origins;
  throw new EnvironmentError(
    'RELAY_ALLOWED_ORIGINS must be origins such as https://shop.example.com, separated by commas, each without a path.',
  );
}

function readMenus(environment: Environment): readonly OfferedMenu[] {
  const menus = (readList(environment, 'RELAY_MENUS') ?? []).map((part) => {
    const [, name = '', id = ''] = /^([^=]{1,100})=(.+)$/.exec(part) ?? [];
    return { name: name.trim(), id: parseId(id.trim()) };
  });
  const isUnique = new Set(menus.map(({ name }) => name)).size === menus.length;
  const offered = menus.flatMap(({ name, id }) => (name === '' || id === undefined ? [] : [{ name, id }]));
  if (isUnique && offered.length === menus.length) return offered;
  throw new EnvironmentError('RELAY_MENUS must be like billing=100,orders=101, each name once.');
}

function parseId(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

function readWaitTimeUnit(environment: Environment): RelayEnvironment['waitTimeUnit'] {
  const parse = (text: string) => (text === 'minutes' || text === 'seconds' ? text : undefined);
  return readParsed(environment, 'CCAI_WAIT_TIME_UNIT', { form: 'minutes or seconds', parse });
}

function readRetention(environment: Environment): number {
  const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
  const parse = (text: string) => {
    const [, amount, unit = ''] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
    return amount === undefined ? undefined : Number(amount) * (units[unit] ?? NaN);
  };
  const form = 'a time such as 90m, 24h or 7d';
  return readParsed(environment, 'RELAY_RETENTION', { form, parse }) ?? Number(parse(DEFAULT_RETENTION));
}

function readLogLevel(environment: Environment): string {
  const parse = (text: string) => logLevels.find((level) => level === text.toLowerCase());
  return readParsed(environment, 'LOG_LEVEL', { form: `one of ${logLevels.join(', ')}`, parse }) ?? 'info';
}
