/**
 * The connection breaks before there is an answer. Whoever calls the emulator as a function sees it as the
 * rejection that a failed `fetch` is; a server has to cut its socket.
 */
export class ConnectionLostError extends TypeError {
  override readonly name = 'ConnectionLostError';

  constructor() {
    super('The connection was lost.');
  }
}

/** Reads a share of a body, from 0 to 1, and drops the rest. */
export async function readShare(request: Request, share: number): Promise<void> {
  const wanted = share * Number(request.headers.get('Content-Length') ?? 0);
  let size = 0;
  // Leaving the loop cancels the body.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size >= wanted) return;
  }
}
