import type { Timers } from '../clock.js';
import { HOLD_MILLISECONDS, type Faults } from '../faults.js';
import { createRandom } from '../random.js';
import type { Switches } from '../switches.js';
import { toUploadNote, type UploadNote } from '../upload-note.js';
import { accessDenied, BucketError } from './bucket-error.js';
import { createBucket, toRefusal, type Bucket } from './bucket.js';
import { allowOrigin, answerPreflight } from './cors.js';
import { ConnectionLostError, readShare } from './connection-lost.js';
import { presignForm, type FormTerms, type PresignedForm } from './presigned-form.js';
import { presignUrl } from './presigned-url.js';
import type { BucketFamily, HmacKey } from './signature.js';

/** The tenant's bucket, where browsers reach it: `<origin>/bucket/<name>`. */
export interface BucketService {
  readonly bucket: Bucket;
  /**
   * Answers everything below `/bucket/`.
   * @throws ConnectionLostError where a fault cuts the connection
   */
  fetch(request: Request): Promise<Response>;
  /** What was read of an upload; undefined where nothing was, or not to its end. */
  findUpload(request: Request): UploadNote | undefined;
  presignForm(origin: string, terms: Omit<FormTerms, 'bucket'>): Promise<PresignedForm>;
  /** A read-only address of an object (platform: Attachments; its lifetime is not documented: OQ-34). */
  presignUrl(origin: string, key: string): Promise<string>;
}

/** What of a bucket requests can reach. */
type OpenBucket = Pick<Bucket, 'name' | 'post' | 'read'>;

interface ServiceOptions {
  readonly seed: number;
  readonly switches: Switches;
  readonly faults: Faults;
  readonly timers: Timers;
}

const BUCKET_NAME = 'chat-media';

/** Makes the bucket with one key for each family; the switch says which one signs. */
export function createBucketService(options: ServiceOptions): BucketService {
  const { switches, timers } = options;
  const keys = createKeys(options.seed);
  const now = (): number => timers.now();
  const bucket = createBucket({ name: BUCKET_NAME, keys: Object.values(keys), now });
  const signer = () => {
    const family = switches.get('bucketFamily');
    return { family, key: keys[family], now: now() };
  };
  const toAddress = (origin: string, key = ''): string =>
    [`${origin}/bucket/${BUCKET_NAME}`, ...key.split('/').filter(Boolean).map(encodeURIComponent)].join('/');

  const uploads = new WeakMap<Request, UploadNote>();
  const noting: OpenBucket = {
    ...bucket,
    post: (request) =>
      bucket.post(request, (form) => {
        uploads.set(request, toUploadNote(form));
      }),
  };

  return {
    bucket,
    fetch: (request) => answer(request, noting, options),
    findUpload: (request) => uploads.get(request),
    presignForm: (origin, terms) =>
      presignForm(toAddress(origin), { ...terms, bucket: BUCKET_NAME }, signer()),
    presignUrl: (origin, key) =>
      presignUrl(toAddress(origin, key), {
        ...signer(),
        expiresSeconds: switches.get('mediaUrlSeconds'),
      }),
  };
}

function createKeys(seed: number): Readonly<Record<BucketFamily, HmacKey>> {
  const random = createRandom(seed + 104_729); // a row of its own
  return {
    s3: {
      kind: 'hmac',
      accessKeyId: `ASIA${random.hex(16).toUpperCase()}`,
      secret: random.hex(40),
      sessionToken: `emulator-session-${random.hex(32)}`,
    },
    gcs: { kind: 'hmac', accessKeyId: `GOOG1E${random.hex(55).toUpperCase()}`, secret: random.hex(40) },
  };
}

async function answer(request: Request, bucket: OpenBucket, options: ServiceOptions): Promise<Response> {
  const { pathname } = new URL(request.url);
  const isAllowed = options.switches.get('bucketCors') === 'allowed';
  if (request.method === 'OPTIONS') return answerPreflight(request, { isAllowed });
  const response = await carryOut(request, bucket, options).catch((error: unknown) =>
    toRefusal(error, pathname),
  );
  return isAllowed ? allowOrigin(request, response) : response;
}

async function carryOut(request: Request, bucket: OpenBucket, options: ServiceOptions): Promise<Response> {
  const { name, key } = parsePath(new URL(request.url).pathname);
  if (name !== bucket.name)
    throw new BucketError(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
  if (request.method === 'POST' && key === '') return upload(request, bucket, options);
  if ((request.method === 'GET' || request.method === 'HEAD') && key !== '') return bucket.read(request, key);
  if (request.method === 'GET' || request.method === 'HEAD') throw accessDenied(); // nobody may list it
  throw new BucketError(
    405,
    'MethodNotAllowed',
    'The specified method is not allowed against this resource.',
  );
}

/** Takes an upload, unless a fault says otherwise. */
async function upload(
  request: Request,
  bucket: OpenBucket,
  { faults, timers }: ServiceOptions,
): Promise<Response> {
  const { delayMilliseconds, fault } = faults.nextBucket();
  if (delayMilliseconds > 0) await timers.pause(delayMilliseconds);
  if (fault?.kind === 'reset') {
    await readShare(request, fault.share);
    throw new ConnectionLostError();
  }
  if (fault?.kind === 'expired') throw accessDenied('Invalid according to Policy: Policy expired.');
  if (fault?.kind === 'status') {
    throw fault.status === 503
      ? new BucketError(503, 'SlowDown', 'Please reduce your request rate.')
      : new BucketError(500, 'InternalError', 'We encountered an internal error. Please try again.');
  }
  const response = await bucket.post(request);
  if (fault?.kind === 'timeout') await timers.pause(HOLD_MILLISECONDS);
  return response;
}

/** `/bucket/<name>/<key>`, the key with its slashes. */
function parsePath(pathname: string): { readonly name: string; readonly key: string } {
  const [name = '', ...rest] = pathname.split('/').slice(2);
  try {
    return { name, key: rest.map(decodeURIComponent).join('/') };
  } catch {
    throw new BucketError(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}
