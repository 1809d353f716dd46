import { toFrame, type ChatLog } from './chat-log.js';
import type { StreamRegistry } from './context.js';
import type { Clock } from './ports.js';

/** Between heartbeats, in seconds. */
const HEARTBEAT = 15;
/** A reader with more than this unread (bytes) is cut off; it resumes where it was. */
const LARGEST_BACKLOG = 64 * 1024;
/** More to replay than this, and paging through the history is cheaper. */
const LARGEST_REPLAY = 300;
/** Readers come back spread over so many milliseconds after a stop. */
const COMEBACK_SPREAD = 5_000;

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  // `no-transform` and the nginx header keep proxies from holding events back.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

export interface StreamOptions {
  readonly log: ChatLog;
  /** Where the reader is, if it said so in a form that can be ours. */
  readonly cursor: { epoch: string; seq: number } | undefined;
  readonly clock: Clock;
  readonly streams: StreamRegistry;
  readonly signal: AbortSignal;
}

/** The event stream of one reader: hello, what it missed, then what happens. Never a part of what it missed. */
export async function openEventStream(options: StreamOptions): Promise<Response> {
  const { head } = await options.log.view();
  const place = findPlace(options, head);
  let close = (): void => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        close = startStream(controller, options, { ...place, head });
      },
      cancel: () => {
        close();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: LARGEST_BACKLOG }),
  );
  options.signal.addEventListener('abort', () => {
    close();
  });
  return new Response(body, { headers });
}

interface Place {
  readonly resumed: 'yes' | 'no' | 'gap';
  /** Replay starts after this seq. */
  readonly after: number;
}

function findPlace({ cursor, log }: StreamOptions, head: number): Place {
  if (!cursor) return { resumed: 'no', after: head };
  const isGood = cursor.epoch === log.epoch && cursor.seq <= head && head - cursor.seq <= LARGEST_REPLAY;
  return isGood ? { resumed: 'yes', after: cursor.seq } : { resumed: 'gap', after: head };
}

/** Writes until the reader goes, is too slow, or the relay stops. Answers how to end it. */
function startStream(
  controller: ReadableStreamDefaultController<Uint8Array>,
  { log, clock, streams }: StreamOptions,
  place: Place & { head: number },
): () => void {
  const { epoch } = log;
  let unsubscribe = (): void => undefined;
  let cancelHeartbeat = (): void => undefined;
  let isOpen = true;
  let head = place.head;
  const unregister = streams.add(() => {
    write(toFrame(bye()));
    close();
  });

  write(toFrame({ ...hello(place), epoch, head }));
  if (place.resumed === 'gap') write(toFrame(reset(epoch, head)));
  beat();
  log
    .subscribe(place.after, ({ event, frame }) => {
      head = event.seq;
      write(frame);
    })
    .then((undo) => {
      unsubscribe = undo;
      if (!isOpen) undo();
    }, close);
  return close;

  function write(frame: Uint8Array): void {
    if (!isOpen) return;
    controller.enqueue(frame);
    if ((controller.desiredSize ?? 0) < 0) close();
  }

  function beat(): void {
    cancelHeartbeat = clock.setTimeout(() => {
      write(toFrame({ type: 'heartbeat', head }));
      if (isOpen) beat();
    }, HEARTBEAT * 1_000);
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    unregister();
    cancelHeartbeat();
    unsubscribe();
    try {
      controller.close();
    } catch {
      // The reader had gone first.
    }
  }
}

function hello({ resumed }: Place) {
  return { type: 'hello', first: 1, resumed, heartbeat: HEARTBEAT } as const;
}

function reset(epoch: string, head: number) {
  return { type: 'reset', epoch, head } as const;
}

function bye() {
  return { type: 'bye', in: Math.floor(Math.random() * COMEBACK_SPREAD) } as const;
}
