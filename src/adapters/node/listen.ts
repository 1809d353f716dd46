import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { NodeHandler } from './to-node-handler.js';

export interface ListenOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Default: `127.0.0.1`, this machine only. `any`: every address of this machine. */
  readonly host?: string | undefined;
  /** The environment variable that sets the port, for the message when it is taken. Default: `PORT`. */
  readonly variable?: string | undefined;
}

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Origin to reach it from this machine: `http://127.0.0.1:5173`. */
  readonly url: string;
  /** Takes no new connections, waits 5 seconds for the open ones, then cuts them. */
  close(): Promise<void>;
}

/** Another program listens on the port already; the message says what to set. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor(port: number, variable: string) {
    super(`Port ${port} is taken. Set ${variable} to a free one.`);
  }
}

/** How long open connections get to finish, in milliseconds. */
const GRACE = 5_000;

/**
 * How long a client may take to send, in milliseconds: a slow one must not hold a connection for ever.
 * Answers may take as long as they like, event streams above all.
 */
const timeouts = { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 5_000 };

/** Serves on a port. Rejects with {@link PortTakenError}, or with what the system says. */
export async function listen(handler: NodeHandler, options: ListenOptions): Promise<Listening> {
  const { port, host = '127.0.0.1', variable = 'PORT' } = options;
  const server = createServer(timeouts, handler);
  const cutIdle = watchIdle(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port, variable) : error);
    });
    server.listen({ port, ...(host === 'any' ? {} : { host }) }, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return { port: actual, url: `http://${toReachable(host)}:${actual}`, close: () => close(server, cutIdle) };
}

function toReachable(host: string): string {
  if (['any', '0.0.0.0', '::'].includes(host)) return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function close(server: Server, cutIdle: () => void): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      server.closeAllConnections();
    }, GRACE);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    cutIdle();
  });
}

/**
 * Answers how to cut every connection without a request, now and whenever one gets there. Node's own way
 * spares those on which nothing was asked yet, and browsers keep such ones in reserve.
 */
function watchIdle(server: Server): () => void {
  const idle = new Set<Socket>();
  let isClosing = false;
  const rest = (socket: Socket) => {
    if (isClosing) socket.destroy();
    else idle.add(socket);
  };
  server.on('connection', (socket: Socket) => {
    rest(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    idle.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) rest(socket);
    });
  });
  return () => {
    isClosing = true;
    for (const socket of idle) socket.destroy();
  };
}
