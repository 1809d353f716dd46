import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';

/** Anything that answers web requests: a relay, an emulator. */
export interface FetchHandler {
  fetch(request: Request): Response | Promise<Response>;
}

/** What `http.createServer`, Express' `use` and the raw pair of Fastify take. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface NodeHandlerOptions {
  /** Taken off the front of every address, as `/relay`; what is not below it gets 404. Default: none. */
  readonly basePath?: string | undefined;
}

/**
 * Lets Node's HTTP server call a web handler. Bodies and event streams flow with back pressure; when the
 * other side goes, the request's signal aborts. A handler that rejects with an error named
 * `ConnectionLostError` wants no answer at all: the connection is cut, as the emulated bucket does on purpose.
 *
 * @example http.createServer(toNodeHandler(relay)).listen(8080)
 */
export function toNodeHandler(handler: FetchHandler, options: NodeHandlerOptions = {}): NodeHandler {
  const base = (options.basePath ?? '').replace(/\/+$/, '');
  // The runtime's own Request and Response stay as they are for everything else in the process.
  const listener = getRequestListener(
    async (request, { outgoing }) => {
      try {
        return await handler.fetch(request);
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'ConnectionLostError') throw error;
        outgoing.destroy();
        return new Response(null);
      }
    },
    { overrideGlobalObjects: false },
  );

  return (request, response) => {
    const address = withoutBase(request.url ?? '/', base);
    if (address === null) {
      response.writeHead(404).end();
      return;
    }
    request.url = address;
    void listener(request, response);
  };
}

function withoutBase(address: string, base: string): string | null {
  if (!address.startsWith(base)) return null;
  const rest = address.slice(base.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') || base === '' ? rest : null;
}
