import type { StreamRegistry } from './context.js';

/** Knows every open stream, so that a stop can say goodbye to all. */
export function createStreamRegistry(): StreamRegistry & { closeAll(): void } {
  const open = new Set<() => void>();
  return {
    add(close) {
      open.add(close);
      return () => open.delete(close);
    },
    closeAll() {
      for (const close of [...open]) close();
    },
  };
}
