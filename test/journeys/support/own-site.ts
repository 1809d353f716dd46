import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site of the test's own, on a real port: browsers treat a page that no server sent differently. */
export interface OwnSite {
  readonly origin: string;
  /** Answers `path` with this from now on. */
  put(path: string, body: string, type?: string): void;
  close(): void;
}

export async function openOwnSite(): Promise<OwnSite> {
  const files = new Map<string, { body: string; type: string }>();
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put: (path, body, type = 'text/html; charset=utf-8') => files.set(path, { body, type }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
