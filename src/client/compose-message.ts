import type { Message } from '../protocol/index.js';

/** What the visitor wrote, as it is shown before anybody else knows of it. `now`: milliseconds since 1970. */
export function composeMessage(text: string, now: number): Message {
  const at = new Date(now).toISOString();
  const sender = { kind: 'end_user', id: null } as const;
  return { id: randomId(), type: 'text', text, sender, at, private: false, delivery: 'sending' };
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
