import { accessDenied } from './bucket-error.js';
import { toSha256, toUtf8 } from './bytes.js';
import {
  families,
  requireSignature,
  sign,
  toCredential,
  toSignatureDate,
  type BucketFamily,
  type BucketKey,
  type HmacKey,
} from './signature.js';

/**
 * Makes an address that may be read for a while without further credentials (S3: Authenticating requests
 * using query parameters; Cloud Storage: Signed URLs).
 */
export async function presignUrl(
  address: string,
  options: {
    readonly family: BucketFamily;
    readonly key: HmacKey;
    readonly now: number;
    readonly expiresSeconds: number;
  },
): Promise<string> {
  const { family, key, now, expiresSeconds } = options;
  const url = new URL(address);
  const date = toSignatureDate(now);
  const names = toNames(family);
  const parameters: [string, string | undefined][] = [
    [names.algorithm, families[family].algorithms.hmac],
    [names.credential, toCredential(family, key, date)],
    [names.date, date],
    [names.expires, String(expiresSeconds)],
    [names.token, key.sessionToken],
    [names.signedHeaders, 'host'],
  ];
  for (const [name, value] of parameters) if (value !== undefined) url.searchParams.set(name, value);
  const text = await toStringToSign(url, { family, method: 'GET', host: url.host });
  url.searchParams.set(names.signature, await sign(text, { family, key, date }));
  return url.href;
}

/**
 * Checks the signature of an address that is being read.
 * @throws BucketError 403 without a signature, with a wrong one, and with one whose time is over
 */
export async function requireSignedUrl(
  request: Request,
  { keys, now }: { readonly keys: readonly BucketKey[]; readonly now: number },
): Promise<void> {
  const url = new URL(request.url);
  const family = url.searchParams.has(toNames('gcs').signature) ? 'gcs' : 's3';
  const names = toNames(family);
  const read = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  const signature = read(names.signature);
  if (signature === undefined) throw accessDenied();
  const date = read(names.date);
  const text = await toStringToSign(url, { family, method: request.method, host: url.host });
  await requireSignature(
    text,
    {
      family,
      algorithm: read(names.algorithm),
      credential: read(names.credential),
      date,
      signature,
      securityToken: read(names.token),
    },
    keys,
  );
  if (now >= parseDate(date ?? '') + Number(read(names.expires)) * 1000)
    throw accessDenied('Request has expired');
}

/** Parameters are written `X-Amz-…` and `X-Goog-…`. */
function toNames(family: BucketFamily) {
  const prefix = family === 's3' ? 'X-Amz-' : 'X-Goog-';
  return {
    algorithm: `${prefix}Algorithm`,
    credential: `${prefix}Credential`,
    date: `${prefix}Date`,
    expires: `${prefix}Expires`,
    signedHeaders: `${prefix}SignedHeaders`,
    token: `${prefix}Security-Token`,
    signature: `${prefix}Signature`,
  };
}

async function toStringToSign(
  url: URL,
  { family, method, host }: { readonly family: BucketFamily; readonly method: string; readonly host: string },
): Promise<string> {
  const names = toNames(family);
  const query = [...url.searchParams]
    .filter(([name]) => name !== names.signature)
    .map(([name, value]) => `${escapeQuery(name)}=${escapeQuery(value)}`)
    .sort();
  const canonical = [method, url.pathname, query.join('&'), `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'];
  const scope = url.searchParams.get(names.credential)?.split('/').slice(1).join('/') ?? '';
  const digest = await toSha256(toUtf8(canonical.join('\n')));
  return [
    url.searchParams.get(names.algorithm) ?? '',
    url.searchParams.get(names.date) ?? '',
    scope,
    digest,
  ].join('\n');
}

/** Like `encodeURIComponent`, but with everything that RFC 3986 reserves. */
function escapeQuery(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The moment that `20260102T100000Z` stands for, in milliseconds since 1970. */
function parseDate(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
}
