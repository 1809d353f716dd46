import { History, parseCursor } from '../../protocol/index.js';
import { eventStreamHeaders, openEventStream } from '../event-stream.js';
import { RelayError } from '../relay-error.js';
import { toVisitorCall, visitorRoute, type Route } from '../route.js';

/** Largest page of the history. */
const LARGEST_PAGE = 500;

export const getHistory = visitorRoute({
  method: 'GET',
  path: '/chat/history',
  summary: 'A page of the log, in order of seq.',
  status: 200,
  query: {
    after: { type: 'integer', description: 'A seq; 0 (the default) reads from the start.' },
    limit: { type: 'integer', description: '1 to 500 (the default); more is clamped.' },
  },
  response: History,
  problems: ['unauthorized', 'invalid-request', 'store-unavailable'],
  handle: async ({ url, log }) => {
    const after = readInteger(url, 'after', { least: 0, fallback: 0 });
    const limit = readInteger(url, 'limit', { least: 1, fallback: LARGEST_PAGE });
    const { head } = await log.view();
    const events = await log.read(after, Math.min(limit, LARGEST_PAGE));
    return { epoch: log.epoch, first: 1, head, events };
  },
});

function readInteger(url: URL, name: string, rule: { least: number; fallback: number }): number {
  const text = url.searchParams.get(name);
  if (text === null) return rule.fallback;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : -1;
  if (value < rule.least) throw new RelayError('invalid-request', { paths: [name] });
  return value;
}

export const streamEvents: Route = {
  method: 'GET',
  path: '/chat/events',
  summary:
    'The event stream (text/event-stream): hello, what was missed since Last-Event-ID, then what happens. ' +
    'Heartbeats every 15 s carry the head; reset means: read the history again.',
  caller: 'visitor',
  status: 200,
  problems: ['unauthorized', 'store-unavailable'],
  handle: async (call) => {
    const { log, context } = await toVisitorCall(call);
    // Nobody would read the body, and so nobody would ever end it.
    if (call.request.method === 'HEAD') return new Response(null, { headers: eventStreamHeaders });
    return openEventStream({
      log,
      // Rubbish in the header is no cursor: the reader is told to start over.
      cursor: readCursor(call.request, log.epoch),
      clock: context.clock,
      streams: context.streams,
      signal: call.request.signal,
    });
  },
};

/** A header that is no cursor of ours counts as one of a lost epoch: it must not look like a first visit. */
function readCursor(request: Request, epoch: string) {
  const header = request.headers.get('last-event-id');
  if (header === null || header === '') return undefined;
  return parseCursor(header) ?? { epoch: `not ${epoch}`, seq: 0 };
}
