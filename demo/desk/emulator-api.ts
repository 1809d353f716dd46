import { EventSourceParserStream } from 'eventsource-parser/stream';

/** Whom a chat can be handed to. */
export type Staff = 'agent' | 'virtual_agent' | 'task_virtual_agent';

/** Somebody in a chat. */
export interface Participant {
  readonly id: number;
  /** `end_user` or one of {@link Staff}. */
  readonly type: string;
  readonly name?: string | null;
  /** `connected` while here. */
  readonly status: string;
}

/** One message as the emulator tells it; `content` is a string or, for rich types, an object. */
export interface DeskMessage {
  readonly id: number | string;
  readonly from: string;
  readonly name?: string | null;
  readonly type: string;
  readonly content?: unknown;
  /** ISO 8601. */
  readonly at: string;
}

/** A line of the list of chats. */
export interface ChatSummary {
  readonly id: number;
  readonly status: string;
  readonly endUser: { readonly id: number; readonly identifier: string; readonly name?: string | null };
  readonly participants: readonly Participant[];
  readonly lastMessage?: { readonly from: string; readonly content?: unknown } | null;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** One chat as the human agent sees it; what passes between customer and task agent is not in it. */
export interface ChatDetail {
  readonly id: number;
  readonly status: string;
  readonly participants: readonly Participant[];
  readonly agentView: readonly DeskMessage[];
}

/** What a watcher of the emulator hears. */
export interface Watcher {
  /** The stream stands; whatever happened before it must be read. */
  onOpen(): void;
  /** Something changed, somewhere. */
  onChange(): void;
  /** The stream broke; it will be tried again. */
  onLost(): void;
}

/** The part of the emulator's control API that an agent needs. Every call rejects with an Error in plain words. */
export interface EmulatorApi {
  listChats(): Promise<readonly ChatSummary[]>;
  readChat(id: number): Promise<ChatDetail>;
  say(id: number, text: string): Promise<void>;
  transfer(id: number, to: Staff, name?: string): Promise<void>;
  end(id: number): Promise<void>;
  /** Watches until the signal says stop. */
  watch(watcher: Watcher, signal: AbortSignal): Promise<void>;
}

const retryAfterMs = 1_000;

/** Speaks to the emulator whose origin is `origin`. */
export function createEmulatorApi(origin: string): EmulatorApi {
  const base = `${origin}/emulator`;

  async function read<Body>(path: string): Promise<Body> {
    return (await (await ask(`${base}${path}`)).json()) as Body;
  }

  async function post(path: string, body: object): Promise<void> {
    const headers = { 'Content-Type': 'application/json' };
    await ask(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  return {
    listChats: async () => (await read<{ chats: ChatSummary[] }>('/chats')).chats,
    readChat: (id) => read<ChatDetail>(`/chats/${id}`),
    say: (id, text) => post(`/chats/${id}/messages`, { from: 'agent', message: { type: 'text', content: text } }),
    transfer: (id, to, name) => post(`/chats/${id}/transfers`, name ? { to, name } : { to }),
    end: (id) => post(`/chats/${id}/end`, {}),
    watch: (watcher, signal) => watch(`${base}/events`, watcher, signal),
  };
}

async function ask(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: unknown) => {
    throw new Error('The emulator does not answer. Is it still running?', { cause: error });
  });
  if (response.ok) return response;
  throw new Error(`The emulator refused this: ${await readReason(response)}`);
}

async function readReason(response: Response): Promise<string> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const reason = [body['message'], body['detail'], body['title'], body['error']].find((one) => typeof one === 'string');
  return `${reason ?? response.statusText} (${response.status})`;
}

async function watch(url: string, watcher: Watcher, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await fetch(url, { signal, headers: { Accept: 'text/event-stream' } });
      if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
      watcher.onOpen();
      const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
      const reader = events.getReader();
      while (!(await reader.read()).done) watcher.onChange();
    } catch {
      // Every way to lose the stream ends the same: say so and try again.
    }
    if (isStopped(signal)) return;
    watcher.onLost();
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
  }
}

/** Read through a function, because the compiler cannot know that waiting changes it. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}
