import type { StreamSignal } from '../protocol/index.js';
import { toFrame, type ChatLog, type Published } from './chat-log.js';
import type { StreamRegistry } from './context.js';
import { createFrameQueue, type FrameQueue, type Waiting } from './frame-queue.js';
import type { Clock } from './ports.js';
import { toRemoved } from './stored-entry.js';

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
  const queue = createFrameQueue(() => {
    close();
  });
  close = startStream(queue, options, place);
  if (options.signal.aborted) close();
  else options.signal.addEventListener('abort', close);
  return new Response(queue.body, { headers: eventStreamHeaders });
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
function startStream(queue: FrameQueue, { log, clock, streams }: StreamOptions, place: Place): () => void {
  let unsubscribe = (): void => undefined;
  let isOpen = true;
  let { head } = place;
  // What is replayed comes on top: the reader asked for it.
  const mostUnread = LARGEST_BACKLOG + sizeOf(place.missed);
  const unregister = streams.add({
    chatId: log.chatId,
    end: (reason) => {
      signal(reason === 'expired' ? { type: 'expired' } : bye());
      close();
    },
  });
  const stopBeating = startBeating(clock, () => {
    signal({ type: 'heartbeat', head });
  });

  signal({ ...hello(place), epoch: log.epoch, head });
  if (place.resumed === 'gap') signal(reset(log.epoch, head));
  place.missed.forEach(tell);
  log
    .subscribe(place.missed.at(-1)?.event.seq ?? head, tell)
    .then((undo) => {
      unsubscribe = undo;
      if (!isOpen) undo();
    }, close);
  return close;

  function tell(published: Published): void {
    const { event } = published;
    head = event.seq;
    // A slow reader must not get a private text after its time.
    if (event.type === 'message-removed') queue.revise((waiting) => withoutText(log, waiting, event.id));
    write(published);
  }

  function signal(told: StreamSignal): void {
    write({ event: null, frame: toFrame(told) });
  }

  function write(waiting: Waiting): void {
    if (!isOpen) return;
    queue.add(waiting);
    if (queue.size <= mostUnread) return;
    // Nobody would take out of it any more what is removed from now on; the reader comes back for it.
    queue.clear();
    close();
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    unregister();
    stopBeating();
    unsubscribe();
    queue.end();
  }
}

function withoutText(log: ChatLog, waiting: Waiting, id: string): Waiting {
  const { event } = waiting;
  return event?.type === 'message-added' && event.message.id === id ? log.toPublished(toRemoved(event)) : waiting;
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
