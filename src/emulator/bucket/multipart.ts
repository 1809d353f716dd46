/** One part of a form, in the order it arrived. */
export interface FormPart {
  readonly name: string;
  /** A text, or a file where the part had a file name. */
  readonly value: string | File;
}

/** Why a body could not be read as a form. */
export type MultipartFault = 'not-multipart' | 'malformed' | 'too-large';

/**
 * Reads a `multipart/form-data` body into memory, up to a limit that counts the whole body.
 * @returns its parts in their order, or what is wrong with it
 */
export async function readMultipart(
  request: Request,
  { maximumBytes }: { readonly maximumBytes: number },
): Promise<readonly FormPart[] | MultipartFault> {
  const contentType = request.headers.get('Content-Type') ?? '';
  if (!/^multipart\/form-data\s*(;|$)/i.test(contentType)) return 'not-multipart';
  const body = await readBounded(request, maximumBytes);
  if (body === undefined) return 'too-large';
  try {
    const form = await new Response(body, { headers: { 'Content-Type': contentType } }).formData();
    return Array.from(form.entries(), ([name, value]) => ({ name, value }));
  } catch {
    return 'malformed';
  }
}

/** The bytes of a body, or undefined where there are more than that: the rest is not read. */
async function readBounded(request: Request, maximumBytes: number): Promise<Blob | undefined> {
  if (Number(request.headers.get('Content-Length') ?? 0) > maximumBytes) {
    await request.body?.cancel();
    return undefined;
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  // Breaking out of the loop cancels the body.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maximumBytes) return undefined;
    chunks.push(chunk);
  }
  return new Blob(chunks);
}
