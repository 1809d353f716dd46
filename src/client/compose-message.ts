import type { Message } from '../protocol/index.js';
import type { SendOptions } from './chat-client.types.js';

/** What the visitor wrote, as it is shown before anybody else knows of it. `now`: milliseconds since 1970. */
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
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    if (index === 6) return ((byte & 0x0f) | 0x40).toString(16);
    return (index === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0');
  });
  return [4, 6, 8, 10].reduceRight((cut, at) => [...cut.slice(0, at), '-', ...cut.slice(at)], hex).join('');
}
