import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createLane, type Lane, type ProxyClock } from './fault-lane.js';
import { createRandom } from '../support/random.js';
import type { Direction, Toxic } from './toxics.js';

export type { ProxyClock } from './fault-lane.js';
export type { Direction, Toxic } from './toxics.js';

export interface FaultProxyOptions {
  /** Where connections are taken on to. */
  readonly target: { readonly host?: string; readonly port: number };
  /** Repeats the chances of jitter and slices. Default: 1. */
  readonly seed?: number;
  /** Default: the machine's. */
  readonly clock?: ProxyClock;
}

/** A line on this machine that can be made as bad as lines are, while it is in use. */
export interface FaultProxy {
  /** The same for the whole life of the proxy, also after {@link FaultProxy.down}. */
  readonly port: number;
  /** Connections that are open now. */
  readonly connections: number;
  /** Connections since the start. */
  readonly accepted: number;
  /** Applies to open connections and to those to come; of one type in one direction the last counts. The answer takes it away. */
  add(direction: Direction, toxic: Toxic): () => void;
  /** Takes all toxics away. */
  clear(): void;
  /** Ends every open connection; new ones are taken. */
  cut(how: 'close' | 'reset'): void;
  /** Ends every connection and refuses new ones. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

const systemClock: ProxyClock = {
  now: () => performance.now(),
  setTimeout: (callback, milliseconds) => {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Starts a proxy on a free port of this machine. */
export async function createFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const proxy = new ToxicProxy(options);
  await proxy.up();
  return proxy;
}

interface Pair {
  readonly end: (how: 'close' | 'reset') => void;
  readonly changed: () => void;
}

class ToxicProxy implements FaultProxy {
  readonly #options: FaultProxyOptions;
  readonly #clock: ProxyClock;
  readonly #random: () => number;
  readonly #toxics: Record<Direction, readonly Toxic[]> = { upstream: [], downstream: [] };
  readonly #pairs = new Set<Pair>();
  /** Those too that a slow peer keeps from closing. */
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  port = 0;
  accepted = 0;

  constructor(options: FaultProxyOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#random = createRandom(options.seed ?? 1);
  }

  get connections(): number {
    return this.#pairs.size;
  }

  add(direction: Direction, toxic: Toxic): () => void {
    this.#change(direction, (toxics) => [toxic, ...toxics]);
    return () => {
      this.#change(direction, (toxics) => toxics.filter((each) => each !== toxic));
    };
  }

  clear(): void {
    this.#change('upstream', () => []);
    this.#change('downstream', () => []);
  }

  cut(how: 'close' | 'reset'): void {
    for (const pair of [...this.#pairs]) pair.end(how);
  }

  async down(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    this.cut('reset');
    for (const socket of this.#sockets) endSocket(socket, 'reset');
    await closed;
  }

  async up(): Promise<void> {
    if (this.#server) return;
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.#accept(socket);
    });
    this.#server = server;
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return this.down();
  }

  #change(direction: Direction, change: (toxics: readonly Toxic[]) => readonly Toxic[]): void {
    this.#toxics[direction] = change(this.#toxics[direction]);
    for (const pair of [...this.#pairs]) pair.changed();
  }

  #accept(client: Socket): void {
    this.accepted += 1;
    const { host = '127.0.0.1', port } = this.#options.target;
    const server = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const sockets = [client, server];
    const lanes: Lane[] = [];
    const pair: Pair = {
      end: (how) => {
        this.#pairs.delete(pair);
        for (const lane of lanes) lane.stop();
        for (const socket of sockets) endSocket(socket, how);
      },
      changed: () => {
        for (const lane of lanes) lane.changed();
      },
    };
    this.#pairs.add(pair);
    for (const socket of sockets) {
      this.#sockets.add(socket);
      // Whatever breaks one side breaks the other.
      socket.on('error', () => {
        pair.end('reset');
      });
      socket.on('close', () => {
        this.#sockets.delete(socket);
        if (sockets.every(({ closed }) => closed)) this.#pairs.delete(pair);
      });
    }
    lanes.push(this.#createLane('upstream', [client, server], pair), this.#createLane('downstream', [server, client], pair));
  }

  #createLane(direction: Direction, [from, to]: [Socket, Socket], { end }: Pair): Lane {
    const toxics = () => this.#toxics[direction];
    return createLane({ from, to, end, toxics, clock: this.#clock, random: this.#random });
  }
}

function endSocket(socket: Socket, how: 'close' | 'reset'): void {
  if (socket.destroyed) return;
  if (how === 'reset') {
    socket.resetAndDestroy();
    return;
  }
  // What was written still leaves; what comes now is read for nobody, or closing would become a reset.
  socket.resume();
  socket.end(() => socket.destroy());
}
