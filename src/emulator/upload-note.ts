import type { PostForm } from './bucket/post-form.js';

/** What the journal keeps of an upload: never the bytes, and nothing that could be used to sign. */
export interface UploadNote {
  /** Names in lower case, as a bucket compares them. */
  readonly fields: Readonly<Record<string, string>>;
  /** `size` in bytes; without a `name` where the part had none. */
  readonly file: { readonly name?: string; readonly type: string; readonly size: number };
}

const secretFields: ReadonlySet<string> = new Set([
  ...['policy', 'signature', 'awsaccesskeyid', 'googleaccessid'],
  ...['x-amz-credential', 'x-amz-signature', 'x-amz-security-token'],
  ...['x-goog-credential', 'x-goog-signature', 'x-goog-security-token'],
]);

/** Notes what was in a form. */
export function toUploadNote({ fields, file }: PostForm): UploadNote {
  const { name, type, size } = file;
  return {
    fields: Object.fromEntries([...fields].filter(([field]) => !secretFields.has(field))),
    file: { ...(name !== '' && { name }), type, size },
  };
}
