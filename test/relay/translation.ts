import assert from 'node:assert/strict';
import { PlatformChat } from '../../src/platform/response-schemas.js';
import type { LogEntry } from '../../src/protocol/index.js';
import { isInDoubt } from '../../src/relay/membership.js';
import { toChat, updateEntries } from '../../src/relay/to-chat.js';
import { translate, type TranslateOptions } from '../../src/relay/translate.js';
import { emptyView, extendView, type ChatView } from '../../src/relay/view.js';
import { inShort, joined, left, people, platformChat, said, type WebhookInput } from './world.js';

const start = Date.UTC(2026, 0, 2, 10);

/** So many seconds after the chat began, as the platform writes it. */
export const second = (seconds: number) => new Date(start + Math.floor(seconds) * 1_000).toISOString().replace('.000Z', 'Z');

/** An event at a second of the chat. */
export const at = (seconds: number, input: WebhookInput): WebhookInput => ({ ...input, timestamp: second(seconds) });

/** The log of one chat without anything around it: events and chat objects go in, entries come out. */
export function createTranslation(options: Partial<TranslateOptions> = {}) {
  let view: ChatView = emptyView;
  const entries: LogEntry[] = [];
  let count = 0;
  const add = (more: readonly LogEntry[]) => {
    for (const entry of more) {
      entries.push(entry);
      view = extendView(view, entry, entries.length);
    }
  };

  return {
    entries,
    get view() {
      return view;
    },
    add,
    tell(...events: WebhookInput[]) {
      return events.map((event) => {
        const { event_type: eventType, body = {}, timestamp = second(0) } = event;
        const place = { id: `event-${(count += 1)}`, now: second(0), emailOffered: false, endReason: null, ...options };
        const translation = translate(view, { eventType, chatId: 37, timestamp, body: body as Record<string, unknown> }, place);
        add(translation.entries);
        return translation;
      });
    },
    /** The platform's chat object at a second of the chat, as it is read at first, or after it has stood for a while. */
    read(object: Record<string, unknown>, { seconds = 0, isSettled = false } = {}) {
      const platform = PlatformChat.parse(object);
      const reading = { at: new Date(start + seconds * 1_000).toISOString(), end: { reason: platform.end_reason }, isSettled };
      add(updateEntries(view, toChat(platform, view.chat), reading));
      return platform;
    },
    isInDoubt: () => isInDoubt(view),
    /** Transfers, and the end. */
    notices: () => inShort(entries.map((entry, index) => ({ seq: index + 1, ...entry }))).filter((line) => /^(transfer|notice)/.test(line)),
    /** Who is there now. */
    present: () => view.chat?.participants.filter(({ active }) => active).map(({ kind, id }) => `${kind} ${id}`) ?? [],
  };
}

export type Translated = ReturnType<typeof createTranslation>;

/** Somebody comes, goes, or says something. */
export const comes = joined;
export const goes = left;
export const says = (kind: string, id: number, text = 'Hello') => said(kind, id, text);
/** What a task virtual agent says to the end user alone. */
export const whispers = (id: number, text = 'Your code?') => ({
  event_type: 'message_received',
  body: {
    sender: { id, type: 'task_virtual_agent', status: 'connected' },
    message: { type: 'server_message', message_id: 1, visibility: 'task_virtual_agent' },
    server_message: { content: { type: 'text', content: text } },
  },
});

const { ava, max, jane } = people;
export const tom = { id: 8, name: 'Tom Fox', first_name: 'Tom', avatar_url: null, status: 'connected' };
export const verification = { id: 71, name: 'Verification', avatar_url: null, status: 'connected' };

/** Chat objects, by who has the chat. */
export const objects = {
  queued: platformChat('queued'),
  ava: platformChat('va_assigned', { virtual_agent: ava }),
  max: platformChat('va_assigned', { virtual_agent: max }),
  jane: platformChat('assigned', { agent: jane }),
  tom: platformChat('assigned', { agent: tom }),
  task: platformChat('assigned', { agent: jane, virtual_agent: verification }),
  dismissed: platformChat('dismissed', { agent: jane }),
  finished: platformChat('finished', { agent: jane }),
} as const;

/** Ava answers from the first second on. */
export function withAva(): Translated {
  const chat = createTranslation();
  chat.read(objects.queued);
  chat.tell(at(0, comes('virtual_agent', 15)));
  chat.read(objects.ava);
  return chat;
}

/** Jane has the chat. */
export function withJane(): Translated {
  const chat = withAva();
  chat.tell(at(10, goes('virtual_agent', 15)), at(11, comes('agent', 7)));
  chat.read(objects.jane, { seconds: 12 });
  return chat;
}

/** One row of a table of what happens in a chat. */
export interface Case {
  readonly from: () => Translated;
  readonly happens: (chat: Translated) => void;
  /** The notices after those of `from`. */
  readonly told: readonly string[];
  readonly present: readonly string[];
}

/** Checks one row. */
export function checkCase({ from, happens, told, present }: Case): void {
  const chat = from();
  const before = chat.notices().length;
  happens(chat);
  assert.deepEqual(chat.notices().slice(before), told);
  assert.deepEqual(chat.present(), present);
}
