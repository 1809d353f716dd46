import { accessDenied, BucketError } from './bucket-error.js';
import { toSha256, type Bytes } from './bytes.js';
import { readPostForm, toClaims, toKey, type PostForm } from './post-form.js';
import { parsePolicy, requirePolicy } from './post-policy.js';
import { requireSignedUrl } from './presigned-url.js';
import { requireSignature, type BucketKey } from './signature.js';
import { toXml } from './xml.js';

/** Something that is stored. */
export interface StoredObject {
  readonly bytes: Bytes;
  readonly contentType: string;
  readonly cacheControl?: string | undefined;
  /** Entity tag with its quotes. */
  readonly etag: string;
}

/** A bucket of an object store that takes presigned forms, speaking as both Amazon's and Google's do. */
export interface Bucket {
  readonly name: string;
  /**
   * `POST` of a form. `onForm` is told what was in it, whatever becomes of it.
   * @throws BucketError and stores nothing
   */
  post(request: Request, onForm?: (form: PostForm) => void): Promise<Response>;
  /**
   * `GET` or `HEAD` of an object, by an address that was signed.
   * @throws BucketError
   */
  read(request: Request, key: string): Promise<Response>;
  /** What is stored under a key, whoever asks. */
  find(key: string): StoredObject | undefined;
  /** Stores without a form: how the platform itself does it. */
  put(key: string, object: Pick<StoredObject, 'bytes' | 'contentType'>): Promise<void>;
}

/** Makes an empty bucket. `keys` are those that may sign; `now` is in milliseconds since 1970. */
export function createBucket({
  name,
  keys,
  now,
}: {
  readonly name: string;
  readonly keys: readonly BucketKey[];
  readonly now: () => number;
}): Bucket {
  const objects = new Map<string, StoredObject>();

  async function put(key: string, object: Omit<StoredObject, 'etag'>): Promise<StoredObject> {
    const stored = { ...object, etag: `"${(await toSha256(object.bytes)).slice(0, 32)}"` };
    objects.set(key, stored);
    return stored;
  }

  async function post(request: Request, onForm?: (form: PostForm) => void): Promise<Response> {
    const form = await readPostForm(request);
    onForm?.(form);
    const key = toKey(form);
    await requireAllowed(form, { bucket: name, key, keys, now: now() });
    const { etag } = await put(key, {
      bytes: new Uint8Array(await form.file.arrayBuffer()),
      contentType: form.fields.get('content-type') ?? 'binary/octet-stream',
      cacheControl: form.fields.get('cache-control'),
    });
    return toSuccess(request, form, { bucket: name, key, etag });
  }

  async function read(request: Request, key: string): Promise<Response> {
    await requireSignedUrl(request, { keys, now: now() });
    const object = objects.get(key);
    if (object === undefined)
      throw new BucketError(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });
    return new Response(request.method === 'HEAD' ? null : object.bytes, { headers: toHeaders(object) });
  }

  return {
    name,
    post,
    read,
    find: (key) => objects.get(key),
    put: async (key, object) => {
      await put(key, object);
    },
  };
}

async function requireAllowed(
  form: PostForm,
  {
    bucket,
    key,
    keys,
    now,
  }: {
    readonly bucket: string;
    readonly key: string;
    readonly keys: readonly BucketKey[];
    readonly now: number;
  },
): Promise<void> {
  const encoded = form.fields.get('policy');
  if (encoded === undefined) throw accessDenied(); // nobody may write here without one
  await requireSignature(encoded, toClaims(form.fields), keys);
  const fields = new Map(form.fields).set('key', key);
  requirePolicy(parsePolicy(encoded), { bucket, fields, size: form.file.size }, now);
}

/** The answer that the form asked for; any other status than 200 and 201 means 204 (S3: POST Object). */
function toSuccess(
  request: Request,
  { fields }: PostForm,
  { bucket, key, etag }: { readonly bucket: string; readonly key: string; readonly etag: string },
): Response {
  const url = new URL(request.url);
  const path = key.split('/').map(encodeURIComponent).join('/');
  const location = `${url.origin}${url.pathname.replace(/\/$/, '')}/${path}`;
  const headers = { ETag: etag, Location: location };
  const redirect = fields.get('success_action_redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const target = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag })) target.searchParams.set(name, value);
    return new Response(null, { status: 303, headers: { ETag: etag, Location: target.href } });
  }
  const status = fields.get('success_action_status');
  if (status === '200') return new Response(null, { status: 200, headers });
  if (status !== '201') return new Response(null, { status: 204, headers });
  const body = toXml('PostResponse', { Location: location, Bucket: bucket, Key: key, ETag: etag });
  return new Response(body, { status: 201, headers: { ...headers, 'Content-Type': 'application/xml' } });
}

function toHeaders({ bytes, contentType, cacheControl, etag }: StoredObject): Record<string, string> {
  return {
    'Content-Type': contentType,
    'Content-Length': String(bytes.byteLength),
    ETag: etag,
    ...(cacheControl === undefined ? {} : { 'Cache-Control': cacheControl }),
  };
}

/**
 * Makes the XML answer to a refusal.
 * @throws whatever is not a refusal
 */
export function toRefusal(error: unknown, resource: string): Response {
  if (!(error instanceof BucketError)) throw error;
  const { status, code, message, details } = error;
  const body = toXml('Error', { Code: code, Message: message, ...details, Resource: resource });
  return new Response(body, { status, headers: { 'Content-Type': 'application/xml' } });
}
