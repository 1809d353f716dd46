import { createNanoEvents } from 'nanoevents';
import type { EmulatorClock } from './clock.js';

/** Tells the desk which chat changed. It outlives a reset: streams stay open. */
export interface Changes {
  /** `chatId` is null when everything changed. */
  tell(chatId: number | null): void;
  /**
   * A server-sent event stream: `event: changed` with `{"chatId": …}`, and now and then a comment that keeps
   * it alive.
   */
  stream(): ReadableStream<Uint8Array>;
  /** Ends all streams. */
  stop(): void;
}

/** Silence after which a comment is sent, in milliseconds. */
const HEARTBEAT_MILLISECONDS = 15_000;

/** Makes the bell. */
export function createChanges(clock: EmulatorClock): Changes {
  const bell = createNanoEvents<{ changed: (chatId: number | null) => void; stop: () => void }>();

  function stream(): ReadableStream<Uint8Array> {
    let close = (): void => undefined;
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        const encoder = new TextEncoder();
        const write = (text: string): void => {
          controller.enqueue(encoder.encode(text));
        };
        let cancelHeartbeat = (): void => undefined;
        const beat = (): void => {
          write(': heartbeat\n\n');
          cancelHeartbeat = clock.setTimeout(beat, HEARTBEAT_MILLISECONDS);
        };
        const unsubscribe = bell.on('changed', (chatId) => {
          write(`event: changed\ndata: ${JSON.stringify({ chatId })}\n\n`);
        });
        const unsubscribeStop = bell.on('stop', () => {
          close();
          controller.close();
        });
        close = () => {
          cancelHeartbeat();
          unsubscribe();
          unsubscribeStop();
        };
        beat();
      },
      cancel: () => {
        close();
      },
    });
  }

  return {
    tell: (chatId) => {
      bell.emit('changed', chatId);
    },
    stream,
    stop: () => {
      bell.emit('stop');
    },
  };
}
