/** Where a bearer handle lives: for the tab, for the browser, or only in memory. */
export type StorageKind = 'session' | 'local' | 'none';

/** The key under which the handle of a relay's chat is kept. */
export const keyOfRelay = (relayUrl: string): string => `ccai-chat:${relayUrl}`;

/**
 * What `action` makes of the browser's storage; undefined where there is none, or none wanted.
 * Merely touching it throws in sandboxed frames and where the visitor blocks storage.
 */
export function withStorage<Result>(kind: string, action: (storage: Storage) => Result): Result | undefined {
  try {
    return kind === 'none' ? undefined : action(kind === 'local' ? localStorage : sessionStorage);
  } catch {
    return undefined;
  }
}
