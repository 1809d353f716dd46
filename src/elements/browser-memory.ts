import type { HandleStorage } from '../client/index.js';
import { keyOfRelay, withStorage } from './storage.js';

/** What the element keeps in the browser, per relay. Nothing is written before a chat is opened. */
export interface BrowserMemory {
  /** Key `ccai-chat:<relayUrl>`. */
  readonly handle: HandleStorage;
  /** Key `ccai-chat:<relayUrl>:open`: whether the panel was open, so that a reload opens it again. */
  readonly wasOpen: HandleStorage;
}

/** Opens the browser's storage; where it is denied, memory takes its place and a reload forgets. */
export function createBrowserMemory(kind: string, relayUrl: string): BrowserMemory {
  const key = keyOfRelay(relayUrl);
  return { handle: createRecord(kind, key), wasOpen: createRecord(kind, `${key}:open`) };
}

function createRecord(kind: string, key: string): HandleStorage {
  let memory: string | null = null;
  return {
    read: () => withStorage(kind, (storage) => storage.getItem(key)) ?? memory,
    write: (value) => {
      memory = value;
      withStorage(kind, (storage) => {
        if (value === null) storage.removeItem(key);
        else storage.setItem(key, value);
      });
    },
  };
}
