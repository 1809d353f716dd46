import type { Message } from '../protocol/index.js';
import type { SendOptions } from './chat-client.types.js';

/**
 * What the visitor wrote, as it is shown before anybody else knows of it. `now`: milliseconds since 1970. Until the log has it,
 * `to` is kept for an ordinary message, too: it may have to be delivered more than once.
 */
export function composeMessage(text: string, { to, replyTo, now }: SendOptions & { readonly now: number }): Message {
  return {
    id: randomId(),
    type: 'text',
    text,
    parts: null,
    sender: { kind: 'end_user', id: null },
    at: new Date(now).toISOString(),
    private: to?.kind === 'task_virtual_agent',
    to: to ?? null,
    replyTo: replyTo ?? null,
    delivery: 'sending',
  };
}

/** A version 4 UUID; `crypto.randomUUID` is missing on pages served over plain http. */
function randomId(): string {
  return 'rrrrrrrr-rrrr-4rrr-vrrr-rrrrrrrrrrrr'.replaceAll(/[rv]/g, (digit) => {
    const random = crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;
    return (digit === 'r' ? random & 15 : (random & 3) | 8).toString(16);
  });
}
