import type { Published } from './chat-log.js';

/** What waits for one reader; signals are no events of the log. */
export type Waiting = Published | { readonly event: null; readonly frame: Published['frame'] };

/** What a reader has not fetched yet. It is kept here and not in the stream, where nothing could be taken out again. */
export interface FrameQueue {
  readonly body: ReadableStream<Uint8Array>;
  /** Bytes that wait. */
  readonly size: number;
  add(waiting: Waiting): void;
  /** Puts something else in the place of what waits. */
  revise(change: (waiting: Waiting) => Waiting): void;
  /** Nothing comes after what waits. */
  end(): void;
  /** Forgets what waits. */
  clear(): void;
}

/** `onGone`: the reader wants no more. */
export function createFrameQueue(onGone: () => void): FrameQueue {
  let queue: Waiting[] = [];
  let isOver = false;
  let wake = (): void => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (queue.length === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve));
        const next = queue.shift();
        if (next) controller.enqueue(next.frame);
        else controller.close();
      },
      cancel: onGone,
    },
    // Fetched by the reader alone, never ahead.
    { highWaterMark: 0 },
  );

  return {
    body,
    get size() {
      return queue.reduce((sum, { frame }) => sum + frame.byteLength, 0);
    },
    add(waiting) {
      queue.push(waiting);
      wake();
    },
    revise(change) {
      queue = queue.map(change);
    },
    end() {
      isOver = true;
      wake();
    },
    clear() {
      queue = [];
    },
  };
}
