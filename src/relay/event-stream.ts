import { toFrame, type ChatLog, type Published } from './chat-log.js';
import type { StreamRegistry } from './context.js';
import type { Clock } from './ports.js';

/** Between heartbeats, in seconds. */
const HEARTBEAT = 15;
/** A reader with more than this unread (bytes) is cut off; it resumes where it was. */
const LARGEST_BACKLOG = 64 * 1024;
/** More to replay than this (events, bytes), and paging through the history is cheaper. */
const LARGEST_REPLAY = 300;
const LARGEST_REPLAY_BYTES = 1024 * 1024;
/** Readers come back spread over so many milliseconds after a stop. */
const COMEBACK_SPREAD = 5_000;

export const eventStreamHeaders = {
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
  const place = await findPlace(options);
  let close = (): void => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        close = startStream(controller, options, place);
      },
      cancel: () => {
        close();
      },
    },
    // What is replayed comes on top: the reader asked for it.
    new ByteLengthQueuingStrategy({ highWaterMark: LARGEST_BACKLOG + sizeOf(place.missed) }),
  );
  if (options.signal.aborted) close();
  else options.signal.addEventListener('abort', close);
  return new Response(body, { headers: eventStreamHeaders });
}

interface Place {
  readonly resumed: 'yes' | 'no' | 'gap';
  readonly head: number;
  readonly missed: readonly Published[];
}

async function findPlace({ cursor, log }: StreamOptions): Promise<Place> {
  const { head } = await log.view();
  if (!cursor) return { resumed: 'no', head, missed: [] };
  const isGood = cursor.epoch === log.epoch && cursor.seq <= head && head - cursor.seq <= LARGEST_REPLAY;
  const missed = isGood ? await log.readFrames(cursor.seq, LARGEST_REPLAY) : [];
  return isGood && sizeOf(missed) <= LARGEST_REPLAY_BYTES
    ? { resumed: 'yes', head, missed }
    : { resumed: 'gap', head, missed: [] };
}

function sizeOf(missed: readonly Published[]): number {
  return missed.reduce((sum, { frame }) => sum + frame.byteLength, 0);
}

/** Writes until the reader goes, is too slow, or the relay stops. Answers how to end it. */
function startStream(
  controller: ReadableStreamDefaultController<Uint8Array>,
  { log, clock, streams }: StreamOptions,
  place: Place,
): () => void {
  let unsubscribe = (): void => undefined;
  let isOpen = true;
  let head = place.head;
  const unregister = streams.add({
    chatId: log.chatId,
    end: (reason) => {
      write(toFrame(reason === 'expired' ? { type: 'expired' } : bye()));
      close();
    },
  });
  const stopBeating = startBeating(clock, () => {
    write(toFrame({ type: 'heartbeat', head }));
  });

  write(toFrame({ ...hello(place), epoch: log.epoch, head }));
  if (place.resumed === 'gap') write(toFrame(reset(log.epoch, head)));
  place.missed.forEach(tell);
  log
    .subscribe(place.missed.at(-1)?.event.seq ?? head, tell)
    .then((undo) => {
      unsubscribe = undo;
      if (!isOpen) undo();
    }, close);
  return close;

  function tell({ event, frame }: Published): void {
    head = event.seq;
    write(frame);
  }

  function write(frame: Uint8Array): void {
    if (!isOpen) return;
    controller.enqueue(frame);
    if ((controller.desiredSize ?? 0) < 0) close();
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    unregister();
    stopBeating();
    unsubscribe();
    try {
      controller.close();
    } catch {
      // The reader had gone first.
    }
  }
}

function startBeating(clock: Clock, beat: () => void): () => void {
  let cancel = schedule();
  return () => {
    cancel();
  };

  function schedule(): () => void {
    return clock.setTimeout(() => {
      cancel = schedule();
      beat();
    }, HEARTBEAT * 1_000);
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
