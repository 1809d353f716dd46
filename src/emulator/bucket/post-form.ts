import { BucketError, invalidArgument } from './bucket-error.js';
import { readMultipart, type FormPart } from './multipart.js';
import type { SignatureClaims } from './signature.js';

/** A form as the bucket sees it. */
export interface PostForm {
  /** Everything before the file, by field name in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: File;
}

/** The largest body of a form: more than any policy of the emulator allows. */
const MAXIMUM_BYTES = 64 * 1024 * 1024;

/** The longest key, in bytes of UTF-8. */
const MAXIMUM_KEY_BYTES = 1024;

/**
 * Reads a posted form. The file is the last thing that counts: fields after it are ignored (S3: POST Object).
 * @throws BucketError 400 or 412
 */
export async function readPostForm(request: Request): Promise<PostForm> {
  const parts = await readMultipart(request, { maximumBytes: MAXIMUM_BYTES });
  if (parts === 'not-multipart') {
    throw new BucketError(
      412,
      'PreconditionFailed',
      'Bucket POST must be of the enclosure-type multipart/form-data',
    );
  }
  if (parts === 'malformed') {
    throw new BucketError(
      400,
      'MalformedPOSTRequest',
      'The body of your POST request is not well-formed multipart/form-data.',
    );
  }
  if (parts === 'too-large')
    throw new BucketError(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  const index = parts.findIndex(({ name }) => name.toLowerCase() === 'file');
  const file = parts[index]?.value;
  if (file === undefined) throw invalidArgument('POST requires exactly one file upload per request.');
  const fields = await toFields(parts.slice(0, index));
  return { fields, file: typeof file === 'string' ? new File([file], '') : file };
}

/**
 * The key that a form asks for, with `${filename}` filled in.
 * @throws BucketError 400
 */
export function toKey({ fields, file }: PostForm): string {
  const name = file.name.split(/[/\\]/).at(-1) ?? '';
  const key = fields.get('key')?.replaceAll('${filename}', () => name);
  if (key === undefined || key === '') {
    throw invalidArgument(
      "Bucket POST must contain a field named 'key'. If it is specified, please check the order of the fields.",
    );
  }
  if (new TextEncoder().encode(key).length > MAXIMUM_KEY_BYTES)
    throw new BucketError(400, 'KeyTooLongError', 'Your key is too long');
  return key;
}

/** What the fields say of their signature. Fields of Google's make it a form of Google's. */
export function toClaims(fields: ReadonlyMap<string, string>): SignatureClaims {
  const family = [...fields.keys()].some((name) => name.startsWith('x-goog-')) ? 'gcs' : 's3';
  const prefix = family === 'gcs' ? 'x-goog-' : 'x-amz-';
  return {
    family,
    algorithm: fields.get(`${prefix}algorithm`),
    credential: fields.get(`${prefix}credential`),
    date: fields.get(`${prefix}date`),
    signature: fields.get(`${prefix}signature`),
    securityToken: fields.get(`${prefix}security-token`),
  };
}

async function toFields(parts: readonly FormPart[]): Promise<Map<string, string>> {
  const fields = new Map<string, string>();
  for (const { name, value } of parts) {
    const field = name.toLowerCase();
    if (fields.has(field)) throw invalidArgument(`The field '${name}' must not be given twice.`);
    // Some programs give every part a file name; a field is a text all the same.
    fields.set(field, typeof value === 'string' ? value : await value.text());
  }
  return fields;
}
