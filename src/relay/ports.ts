/** What a log line may carry: an allowlist, so that no content can slip in. */
export interface LogFields {
  readonly requestId?: string;
  readonly method?: string;
  readonly status?: number;
  readonly chatId?: number;
  readonly verdict?: string;
  /** Name of a hook of the site. */
  readonly hook?: string;
  /** Class name of an unexpected error, never its message. */
  readonly error?: string;
  /** A place on this machine or the network that the operator configured: a path or an origin. */
  readonly location?: string;
}

/** Port: where the relay writes what an operator must know. `event` is a short constant phrase. */
export interface RelayLog {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Port: time. Injected, so that hours pass in a test without waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `callback` once; the answer cancels it. */
  setTimeout(callback: () => void, milliseconds: number): () => void;
}

/** The clock on the wall. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, milliseconds) => {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Port: the built widget, so that the relay can serve it without knowing a file system. */
export interface WidgetFiles {
  /** The version in the immutable address; its major number is the moving one. */
  readonly version: string;
  /** `name` is one plain file name. */
  read(name: string): { readonly body: Uint8Array; readonly type: string } | undefined;
  /** File name -> `sha384-…` */
  readonly integrity: Readonly<Record<string, string>>;
}
