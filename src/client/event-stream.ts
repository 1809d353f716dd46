import { createParser } from 'eventsource-parser';

/** One event as it stood on the wire. */
export interface ServerSentEvent {
  readonly data: string;
}

/**
 * Reads a `text/event-stream` body to its end. Leaving the loop closes the connection.
 * `onBytes` is told of every chunk, comments and heartbeats too: silence is what tells a dead line.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void = () => undefined,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const ready: ServerSentEvent[] = [];
  const parser = createParser({
    onEvent: (event) => {
      ready.push({ data: event.data });
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      parser.feed(decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
