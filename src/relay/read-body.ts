import type * as z from 'zod/mini';
import { RelayError } from './relay-error.js';

/** Largest JSON body a page may send, in bytes. */
const PAGE_BODY_LIMIT = 64 * 1024;

/** Reads at most `limit` bytes; more is refused before the rest arrives. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > limit) throw new RelayError('body-too-large');
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > limit) throw new RelayError('body-too-large');
      chunks.push(chunk);
    }
  } catch (error) {
    // A sender who hangs up in the middle is no fault of this relay.
    throw error instanceof RelayError ? error : new RelayError('invalid-request', { cause: error });
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** Reads a page's JSON body by its schema. Says where it is wrong, never repeats it. */
export async function readJsonBody<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  // Anything else than JSON could be sent by a plain HTML form of any website.
  if (type !== 'application/json' || request.headers.has('content-encoding')) {
    throw new RelayError('content-type-unsupported');
  }
  const parsed = schema.safeParse(parseJson(await readBytes(request, PAGE_BODY_LIMIT)));
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => issue.path.join('.') || '(body)');
  throw new RelayError('invalid-request', { paths: [...new Set(paths)].slice(0, 20) });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new RelayError('invalid-json', { cause });
  }
}
