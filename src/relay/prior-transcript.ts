import type { TranscriptEntry } from '../platform/index.js';
import type { StartChat } from '../protocol/index.js';
import { RelayError } from './relay-error.js';

/** Said to the human agent before the first line, as the visitor's own word. */
const mark =
  "[Supplied by the visitor's browser, not verified] What follows was said before this chat, with another assistant.";

/**
 * An earlier conversation, told by the page, as the platform takes it. Anybody can make a page tell anything, so it is
 * marked as the visitor's word, and nobody in it speaks as an agent of the contact center: `agent` becomes `virtual_agent`.
 * A line without a time has that of the line before, the first one `now` (milliseconds since 1970).
 */
export function toTranscript(prior: NonNullable<StartChat['priorTranscript']>, now: number): TranscriptEntry[] {
  let at = prior[0]?.at === undefined ? now : readTime(prior[0].at, 0);
  const first = toEntry('end_user', mark, at);
  const rest = prior.map((line, index) => {
    if (line.at !== undefined) at = readTime(line.at, index);
    return toEntry(line.sender === 'agent' ? 'virtual_agent' : line.sender, line.text, at);
  });
  return rest.length === 0 ? [] : [first, ...rest];
}

function toEntry(sender: TranscriptEntry['sender'], text: string, at: number): TranscriptEntry {
  return { sender, timestamp: toTimestamp(at), content: [{ type: 'text', text }] };
}

/** Of the right form, it may still be the 31st of February. */
function readTime(text: string, index: number): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new RelayError('invalid-request', { paths: [`priorTranscript.${index}.at`] });
  return at;
}

/** `2021-03-15 12:00:00Z` */
function toTimestamp(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}
