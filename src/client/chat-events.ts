import { createNanoEvents } from 'nanoevents';
import type { ChatClientEvents } from './chat-client.types.js';

/** Tells listeners what happens; one that throws keeps nothing from the others, nor from the client. */
export interface ChatEvents {
  on<Name extends keyof ChatClientEvents>(name: Name, listener: ChatClientEvents[Name]): () => void;
  emit<Name extends keyof ChatClientEvents>(name: Name, ...told: Parameters<ChatClientEvents[Name]>): void;
}

export function createChatEvents(): ChatEvents {
  const emitter = createNanoEvents<ChatClientEvents>();
  return {
    on: (name, listener) => {
      const call = listener as (...told: unknown[]) => void;
      return emitter.on(name, (...told: unknown[]) => {
        try {
          call(...told);
        } catch (error) {
          // The page's own fault: reported as such, and the chat goes on.
          queueMicrotask(() => {
            throw error;
          });
        }
      });
    },
    emit: (name, ...told) => {
      emitter.emit(name, ...told);
    },
  };
}
