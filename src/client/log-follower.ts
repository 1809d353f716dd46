import type { ChatError } from './chat-error.js';
import type { ClientClock } from './clock.js';
import { createConnection } from './connection.js';
import { createLogReader, type LogReaderOptions } from './log-reader.js';
import type { RelayTransport } from './transport.js';

export interface LogFollowerOptions extends Pick<LogReaderOptions, 'cursor' | 'dispatch' | 'applyLive'> {
  readonly transport: RelayTransport;
  /** The handle of the chat whose log this is. */
  readonly token: string;
  /** The relay said no for good; the follower is over then. */
  readonly onRefused: (error: ChatError) => void;
  readonly clock: ClientClock;
  /** 0 to 1, for the jitter. */
  readonly random: () => number;
}

/** Follows the log of one chat. Once stopped it is over: nothing that was still on its way is told any more. */
export interface LogFollower {
  /** Follows the stream from the cursor. */
  start(): void;
  /** Reads the whole log, then follows the stream. */
  resume(): Promise<void>;
  stop(): void;
}

export function createLogFollower(options: LogFollowerOptions): LogFollower {
  const { transport, token, dispatch } = options;
  const over = new AbortController();
  const reader = createLogReader({
    ...options,
    loadPage: async (after) => {
      const page = await transport.getHistory(token, after);
      over.signal.throwIfAborted();
      return page;
    },
    onOpen: () => {
      dispatch({ type: 'connection-changed', connection: 'open' });
      dispatch({ type: 'problem-changed', problem: null });
    },
    onBye: (milliseconds) => {
      connection.delayNextTry(milliseconds);
    },
  });
  const connection = createConnection({
    ...options,
    open: (signal) => transport.openStream(token, reader.resumeFrom(), signal),
    onStatus: (connection) => {
      dispatch({ type: 'connection-changed', connection });
    },
    onData: (data) => (over.signal.aborted ? undefined : reader.receive(data)),
  });

  return {
    start: () => {
      connection.start();
    },
    resume: async () => {
      await reader.loadAll();
      connection.start();
    },
    stop: () => {
      over.abort();
      connection.stop();
    },
  };
}
