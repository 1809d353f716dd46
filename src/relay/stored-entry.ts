import { parseLogEntry, type LogEntry } from '../protocol/index.js';
import { isSealedAs, type Sealer } from './sealing.js';

/** A log entry as the store keeps it. */
export function sealEntry(sealer: Sealer, chatId: number, entry: LogEntry): Promise<string> {
  return sealer.seal(chatId, JSON.stringify(entry), isSecret(entry) ? 'private' : 'ordinary');
}

/** Opens what {@link sealEntry} made, an earlier version's too. Rejects where no key fits or it is none of ours. */
export async function openEntry(sealer: Sealer, chatId: number, body: string): Promise<LogEntry> {
  const value: unknown = JSON.parse(await sealer.open(chatId, body));
  const entry = parseLogEntry(value) ?? parseLogEntry(withLaterKeys(value));
  if (!entry) throw new Error('The store holds an entry that is not one of ours.');
  // An earlier version kept private messages like all others, and not for a time.
  return isSecret(entry) && !isSealedAs('private', body) ? toRemoved(entry) : entry;
}

/** True for the words of a private message: what must not be kept for longer than it is needed. What cannot be shown has none. */
export function isSecret(entry: LogEntry): boolean {
  if (entry.type !== 'message-added' || !entry.message.private) return false;
  return entry.message.type !== 'removed' && entry.message.type !== 'unsupported';
}

/** What is left of an entry when its time is over: of a private message that it was there, of all others everything. */
export function toRemoved<Entry extends LogEntry>(entry: Entry): Entry {
  if (entry.type !== 'message-added' || !entry.message.private) return entry;
  return { ...entry, message: { ...entry.message, type: 'removed', text: '', parts: null } };
}

/** The first version knew less of chats, messages and notices than there is to know now. */
function withLaterKeys(value: unknown): unknown {
  const { chat, message, notice, ...rest } = value as Record<string, object | undefined>;
  return {
    ...rest,
    ...(chat && { chat: { timeoutAt: null, ...chat } }),
    ...(message && { message: { parts: null, to: null, replyTo: null, ...message } }),
    ...(notice && { notice: { reason: null, ...notice } }),
  };
}
