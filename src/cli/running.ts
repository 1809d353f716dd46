/** A server that runs until it is stopped. */
export interface Running {
  /** Its origin, seen from this machine. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Says that a server listens, in one line for people and programs, and stops it when the process is asked to
 * end.
 */
export function announce(name: string, running: Running): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Once: whoever asks again does not want to wait.
    process.once(signal, () => {
      void running.stop().finally(() => process.exit(0));
    });
  }
  console.log(`ready ${JSON.stringify({ [name]: running.url })}`);
}
