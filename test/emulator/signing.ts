/** Version 4 signatures by Node's own cryptography: nothing here shares a line with what is being tested. */
import { createHash, createHmac } from 'node:crypto';

/** Somebody who may sign. */
export interface Signer {
  readonly accessKeyId: string;
  readonly secret: string;
}

const region = 'us-east-1';

/** `20260102T100000Z`. */
export function toDate(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

export function toCredential({ accessKeyId }: Signer, date: string): string {
  return `${accessKeyId}/${date.slice(0, 8)}/${region}/s3/aws4_request`;
}

/** Hexadecimal signature of a text. */
export function sign(text: string, { secret }: Signer, date: string): string {
  const chain = [date.slice(0, 8), region, 's3', 'aws4_request'];
  const key = chain.reduce<Buffer>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  return createHmac('sha256', key).update(text).digest('hex');
}

/** An address that carries its own permission. */
export function presign(address: string, signer: Signer, method: string, now: number): string {
  const url = new URL(address);
  const date = toDate(now);
  url.search = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': toCredential(signer, date),
    'X-Amz-Date': date,
    'X-Amz-Expires': '300',
    'X-Amz-SignedHeaders': 'host',
  }).toString();
  const query = url.search.slice(1);
  const request = [method, url.pathname, query, `host:${url.host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const digest = createHash('sha256').update(request).digest('hex');
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
  const signature = sign(['AWS4-HMAC-SHA256', date, scope, digest].join('\n'), signer, date);
  return `${url.href}&X-Amz-Signature=${signature}`;
}
