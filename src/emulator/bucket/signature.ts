import { accessDenied, BucketError, invalidArgument } from './bucket-error.js';
import { parseHex, toHex, toUtf8, type Bytes } from './bytes.js';

/** Which storage service the bucket speaks like: Amazon S3, or Google Cloud Storage. */
export type BucketFamily = 's3' | 'gcs';

/** Who may sign. A service account of Google's signs with RSA, everybody else with a shared secret. */
export type BucketKey =
  | {
      readonly kind: 'hmac';
      readonly accessKeyId: string;
      readonly secret: string;
      /** Of temporary credentials: has to come along in `x-amz-security-token`. */
      readonly sessionToken?: string | undefined;
    }
  | { readonly kind: 'rsa'; readonly accessKeyId: string; readonly publicKey: CryptoKey };

export type HmacKey = Extract<BucketKey, { kind: 'hmac' }>;

/** What the two services name differently in the same algorithm, version 4. */
export const families = {
  s3: {
    prefix: 'x-amz-',
    algorithms: { hmac: 'AWS4-HMAC-SHA256', rsa: undefined },
    secretPrefix: 'AWS4',
    region: 'us-east-1',
    service: 's3',
    terminator: 'aws4_request',
  },
  gcs: {
    prefix: 'x-goog-',
    algorithms: { hmac: 'GOOG4-HMAC-SHA256', rsa: 'GOOG4-RSA-SHA256' },
    secretPrefix: 'GOOG4',
    region: 'auto',
    service: 'storage',
    terminator: 'goog4_request',
  },
} as const;

/** What a signature says of itself: the fields of a form, or the parameters of an address. */
export interface SignatureClaims {
  readonly family: BucketFamily;
  readonly algorithm: string | undefined;
  /** `<access key id>/<date>/<region>/<service>/<terminator>`. */
  readonly credential: string | undefined;
  /** `20260102T100000Z`. */
  readonly date: string | undefined;
  readonly signature: string | undefined;
  readonly securityToken: string | undefined;
}

interface Scope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
}

/** `20260102T100000Z`: how both services write the moment of a signature. */
export function toSignatureDate(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** The credential of a signature made at this date. */
export function toCredential(family: BucketFamily, key: HmacKey, date: string): string {
  const { region, service, terminator } = families[family];
  return [key.accessKeyId, date.slice(0, 8), region, service, terminator].join('/');
}

/** Signs with a shared secret: hexadecimal HMAC-SHA256 with a key derived for the day and the region. */
export async function sign(
  text: string,
  { family, key, date }: { readonly family: BucketFamily; readonly key: HmacKey; readonly date: string },
): Promise<string> {
  const signingKey = await deriveKey(family, key.secret, {
    date: date.slice(0, 8),
    region: families[family].region,
  });
  return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', signingKey, toUtf8(text))));
}

/**
 * Finds whoever claims to have signed.
 * @throws BucketError 400 where a claim is missing or contradicts another, 403 for a key that nobody has
 */
export function findSigner(
  claims: SignatureClaims,
  keys: readonly BucketKey[],
): { readonly key: BucketKey; readonly scope: Scope } {
  const { algorithms, prefix, service, terminator } = families[claims.family];
  for (const name of ['algorithm', 'credential', 'date', 'signature'] as const) {
    if (claims[name] === undefined)
      throw invalidArgument(`Bucket POST must contain a field named '${prefix}${name}'.`);
  }
  const { algorithm, credential = '', date = '' } = claims;
  const parts = credential.split('/');
  const [accessKeyId, day, region] = parts;
  const wellFormed = parts.length === 5 && parts[3] === service && parts[4] === terminator;
  if (!wellFormed || accessKeyId === undefined || day === undefined || region === undefined)
    throw invalidArgument(`The ${prefix}credential is malformed.`);
  if (!/^\d{8}T\d{6}Z$/.test(date) || !date.startsWith(day))
    throw invalidArgument(`The ${prefix}date is malformed, or of another day than the credential.`);
  const key = keys.find((each) => each.accessKeyId === accessKeyId);
  if (key === undefined)
    throw new BucketError(403, 'InvalidAccessKeyId', 'The access key Id you provided does not exist.');
  if (algorithms[key.kind] !== algorithm) throw invalidArgument(`The ${prefix}algorithm is not supported.`);
  requireToken(key, claims.securityToken);
  return { key, scope: { accessKeyId, date: day, region } };
}

/**
 * Checks a signature over a text.
 * @throws BucketError as `findSigner` does, and 403 `SignatureDoesNotMatch`
 */
export async function requireSignature(
  text: string,
  claims: SignatureClaims,
  keys: readonly BucketKey[],
): Promise<void> {
  const { key, scope } = findSigner(claims, keys);
  const signature = parseHex(claims.signature ?? '');
  if (signature !== undefined && (await isSignedBy(text, { signature, key, scope, family: claims.family })))
    return;
  throw new BucketError(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
  );
}

async function isSignedBy(
  text: string,
  {
    signature,
    key,
    scope,
    family,
  }: {
    readonly signature: Bytes;
    readonly key: BucketKey;
    readonly scope: Scope;
    readonly family: BucketFamily;
  },
): Promise<boolean> {
  const data = toUtf8(text);
  if (key.kind === 'rsa') return crypto.subtle.verify('RSASSA-PKCS1-v1_5', key.publicKey, signature, data);
  return crypto.subtle.verify('HMAC', await deriveKey(family, key.secret, scope), signature, data);
}

function requireToken(key: BucketKey, given: string | undefined): void {
  const expected = key.kind === 'hmac' ? key.sessionToken : undefined;
  if (expected === given) return;
  if (given === undefined) throw accessDenied();
  throw new BucketError(400, 'InvalidToken', 'The provided token is malformed or otherwise not valid.');
}

/** The chain of version 4: secret, day, region, service, terminator. */
async function deriveKey(
  family: BucketFamily,
  secret: string,
  { date, region }: Pick<Scope, 'date' | 'region'>,
): Promise<CryptoKey> {
  const { secretPrefix, service, terminator } = families[family];
  let key = await importHmac(toUtf8(`${secretPrefix}${secret}`));
  for (const part of [date, region, service, terminator])
    key = await importHmac(new Uint8Array(await crypto.subtle.sign('HMAC', key, toUtf8(part))));
  return key;
}

function importHmac(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}
