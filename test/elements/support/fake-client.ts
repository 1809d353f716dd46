import type { ChatClient, ChatClientEvents, ChatState, StartOptions } from '../../../src/client/index.js';

/** What was asked of a {@link FakeClient}, in order. */
export type Call = readonly [name: string, ...rest: unknown[]];

const nothing: ChatState = {
  config: null,
  chat: null,
  phase: 'none',
  items: [],
  escalation: null,
  connection: 'idle',
  problem: null,
};

/** A chat client without a network: a test sets its state and reads what was asked of it. */
export class FakeClient implements ChatClient {
  state: ChatState = nothing;
  readonly calls: Call[] = [];
  /** What an action rejects with, by its name. */
  readonly failures = new Map<string, Error>();
  /** Runs in `connect`, e.g. to answer with a config or a problem. */
  onConnect: () => void = () => { this.set({ config: { languages: [], menus: [], hideVaToVaSystemMessages: false } }); };
  readonly #listeners = new Map<string, Set<(...values: never[]) => void>>();

  get listenerCount(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  names(): string[] {
    return this.calls.map(([name]) => name);
  }

  set(change: Partial<ChatState>): void {
    this.state = Object.freeze({ ...this.state, ...change });
    this.emit('change', this.state);
  }

  emit<Name extends keyof ChatClientEvents>(name: Name, ...values: Parameters<ChatClientEvents[Name]>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(...(values as unknown as never[]));
  }

  on<Name extends keyof ChatClientEvents>(name: Name, listener: ChatClientEvents[Name]): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  connect(): Promise<void> {
    this.onConnect();
    return this.#record('connect');
  }

  startChat(options?: StartOptions): Promise<void> {
    return this.#record('startChat', options);
  }

  sendMessage(text: string): string {
    this.calls.push(['sendMessage', text]);
    return 'id';
  }

  retryMessage(id: string): void {
    this.calls.push(['retryMessage', id]);
  }

  requestAgent(): Promise<void> {
    return this.#record('requestAgent');
  }

  endChat(): Promise<void> {
    return this.#record('endChat');
  }

  reset(): void {
    this.calls.push(['reset']);
    this.set({ ...nothing, config: this.state.config });
  }

  close(): void {
    this.calls.push(['close']);
  }

  #record(...call: Call): Promise<void> {
    this.calls.push(call);
    const failure = this.failures.get(call[0]);
    return failure ? Promise.reject(failure) : Promise.resolve();
  }
}
