import { toBase64 } from './bytes.js';
import {
  families,
  sign,
  toCredential,
  toSignatureDate,
  type BucketFamily,
  type HmacKey,
} from './signature.js';

/** A form that somebody without credentials may post with a file. */
export interface PresignedForm {
  readonly url: string;
  /** All of them have to be sent, before the file. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What the form is to allow. */
export interface FormTerms {
  readonly bucket: string;
  /** Fields that have to be sent just so: key, Content-Type and the like. */
  readonly fields: Readonly<Record<string, string>>;
  /** Bytes of the file. */
  readonly size: { readonly minimum: number; readonly maximum: number };
  readonly expiresSeconds: number;
}

/** Signs a form; each of its fields is in its policy. */
export async function presignForm(
  url: string,
  terms: FormTerms,
  { family, key, now }: { readonly family: BucketFamily; readonly key: HmacKey; readonly now: number },
): Promise<PresignedForm> {
  const { prefix, algorithms } = families[family];
  const date = toSignatureDate(now);
  const fields: Record<string, string> = {
    ...terms.fields,
    [`${prefix}credential`]: toCredential(family, key, date),
    [`${prefix}algorithm`]: algorithms.hmac,
    [`${prefix}date`]: date,
    ...(key.sessionToken === undefined ? {} : { [`${prefix}security-token`]: key.sessionToken }),
  };
  const policy = toBase64(
    JSON.stringify({
      expiration: new Date(now + terms.expiresSeconds * 1000).toISOString(),
      conditions: [
        { bucket: terms.bucket },
        ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
        ['content-length-range', terms.size.minimum, terms.size.maximum],
      ],
    }),
  );
  const signature = await sign(policy, { family, key, date });
  return { url, fields: { ...fields, policy, [`${prefix}signature`]: signature } };
}
