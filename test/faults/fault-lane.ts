import type { Socket } from 'node:net';
import type { Toxic } from './toxics.js';

/** Time, injected, so that a test need not wait for it. */
export interface ProxyClock {
  now(): number;
  /** Runs `callback` once; the answer cancels it. */
  setTimeout(callback: () => void, milliseconds: number): () => void;
}

export interface LaneOptions {
  readonly from: Socket;
  readonly to: Socket;
  readonly clock: ProxyClock;
  readonly random: () => number;
  /** The toxics of this direction, as they are at the moment. */
  readonly toxics: () => readonly Toxic[];
  /** Ends the whole connection: after what was sent has left, or with a reset. */
  readonly end: (how: 'close' | 'reset') => void;
}

/** One direction of one connection. */
export interface Lane {
  /** The toxics changed. */
  changed(): void;
  /** The connection is gone. */
  stop(): void;
}

/** Bytes on their way beyond which no more are read, so that a slow reader slows its writer down. */
const MOST_ON_THE_WAY = 64 * 1024;
/** How often bandwidth lets a portion pass, in milliseconds. */
const PORTION_TIME = 50;

export function createLane(options: LaneOptions): Lane {
  return new ToxicLane(options);
}

class ToxicLane implements Lane {
  readonly #options: LaneOptions;
  readonly #chunks: { readonly bytes: Buffer; readonly at: number }[] = [];
  readonly #endings = new Map<Toxic, () => void>();
  #waiting = 0;
  #passed = 0;
  #hasEnded = false;
  #isStopped = false;
  /** Something came, or the toxics changed: whoever idles looks again. */
  #wake = (): void => undefined;
  /** The toxics changed: no pause is what it was. */
  #endPause = (): void => undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
    const { from, clock } = options;
    from.on('data', (bytes: Buffer) => {
      if (this.#isStopped) return;
      this.#chunks.push({ bytes, at: clock.now() });
      this.#waiting += bytes.length;
      if (this.#waiting > MOST_ON_THE_WAY) from.pause();
      this.#wake();
    });
    from.once('end', () => {
      this.#hasEnded = true;
      this.#wake();
    });
    this.#startEndings();
    void this.#run();
  }

  changed(): void {
    this.#startEndings();
    this.#endPause();
    this.#wake();
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#endings.values()) cancel();
    this.#endPause();
    this.#wake();
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const chunk = this.#find('timeout') ? undefined : this.#chunks[0];
      if (chunk) {
        await this.#pass(chunk.bytes, chunk.at);
        this.#chunks.shift();
        this.#waiting -= chunk.bytes.length;
        if (this.#waiting <= MOST_ON_THE_WAY) this.#options.from.resume();
      } else if (this.#hasEnded && this.#chunks.length === 0 && !this.#find('timeout')) {
        await this.#pause(this.#find('slow_close')?.delay ?? 0);
        this.#options.to.end();
        return;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    }
  }

  /** Takes one chunk to the other side, through whatever is in its way. */
  async #pass(bytes: Buffer, at: number): Promise<void> {
    const chance = 2 * this.#options.random() - 1;
    for (let left = this.#lateness(at, chance); left > 0 && !this.#isStopped; left = this.#lateness(at, chance)) {
      await this.#pause(left);
    }
    for (let rest = bytes; rest.length > 0 && !this.#isStopped; ) {
      const portion = rest.subarray(0, this.#portionSize());
      rest = rest.subarray(portion.length);
      await this.#write(portion);
      const { delay = 0 } = this.#find('slicer') ?? {};
      const rate = this.#find('bandwidth')?.rate;
      // Thousand bytes a second are bytes a millisecond.
      await this.#pause((rest.length > 0 ? delay : 0) + (rate ? portion.length / rate : 0));
    }
  }

  /** How much longer something that came at `at` is held by latency. */
  #lateness(at: number, chance: number): number {
    const latency = this.#find('latency');
    return latency ? at + latency.latency + (latency.jitter ?? 0) * chance - this.#options.clock.now() : 0;
  }

  #portionSize(): number {
    const slicer = this.#find('slicer');
    const rate = this.#find('bandwidth')?.rate ?? Infinity;
    const variation = (slicer?.sizeVariation ?? 0) * (2 * this.#options.random() - 1);
    return Math.max(1, Math.floor(Math.min(rate * PORTION_TIME, (slicer?.averageSize ?? Infinity) + variation)));
  }

  async #write(bytes: Buffer): Promise<void> {
    const limit = this.#find('limit_data')?.bytes ?? Infinity;
    const allowed = bytes.subarray(0, Math.max(0, limit - this.#passed));
    this.#passed += allowed.length;
    const { to, end } = this.#options;
    if (this.#isStopped) return;
    if (!to.write(allowed)) await drained(to);
    if (this.#passed >= limit) end('close');
  }

  /** Toxics that end the connection whether bytes come or not; their time runs from when they and the connection met. */
  #startEndings(): void {
    const { clock, end, toxics } = this.#options;
    const active = toxics();
    for (const [toxic, cancel] of this.#endings) {
      if (active.includes(toxic)) continue;
      cancel();
      this.#endings.delete(toxic);
    }
    for (const toxic of active) {
      const isEnding = toxic.type === 'reset_peer' || (toxic.type === 'timeout' && toxic.timeout > 0);
      if (!isEnding || this.#endings.has(toxic)) continue;
      const endNow = () => {
        end(toxic.type === 'reset_peer' ? 'reset' : 'close');
      };
      this.#endings.set(toxic, clock.setTimeout(endNow, toxic.timeout));
    }
  }

  #find<Type extends Toxic['type']>(type: Type): Extract<Toxic, { type: Type }> | undefined {
    return this.#options.toxics().find((toxic): toxic is Extract<Toxic, { type: Type }> => toxic.type === type);
  }

  /** Cut short when the toxics change or the connection ends. */
  #pause(milliseconds: number): Promise<void> {
    if (milliseconds <= 0 || this.#isStopped) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#options.clock.setTimeout(resolve, milliseconds);
      this.#endPause = () => {
        cancel();
        resolve();
      };
    });
  }
}

/** Resolves when the socket takes more, or never will. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
