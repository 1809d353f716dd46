import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server that can be cut and mended, with real sockets. */
export interface Line {
  /** The near end. */
  readonly origin: string;
  /** Resets what is open, refuses what is new. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Lays a line to `target` (an origin); it is up unless told otherwise. */
export async function layLine(target: string, options: { down?: boolean } = {}): Promise<Line> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  };
  await listen(0);
  const near = (server.address() as AddressInfo).port;
  if (options.down) await cut();
  return {
    origin: `http://127.0.0.1:${near}`,
    cut,
    mend: () => listen(near),
    close: async () => {
      if (server.listening) await cut();
    },
  };
}
