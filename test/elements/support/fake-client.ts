import type { ChatClient, ChatClientEvents, ChatState, SendOptions, StartOptions } from '../../../src/client/index.js';

/** What was asked of a {@link FakeClient}, in order. */
export type Call = readonly [name: string, ...rest: unknown[]];

const nothing: ChatState = {
  config: null,
  chat: null,
  phase: 'none',
  items: [],
  escalation: null,
  deflection: null,
  lull: null,
  connection: 'idle',
  problem: null,
};

/** A chat client without a network: a test sets its state and reads what was asked of it. */
export class FakeClient implements ChatClient {
  state: ChatState = nothing;
  readonly calls: Call[] = [];
  /** What an action rejects with, by its name. */
  readonly failures = new Map<string, Error>();
  waitMinutes: number | null = null;
  /** Runs in `connect`, e.g. to answer with a config or a problem. */
  onConnect: () => void = () => { this.set({ config: { languages: [], menus: [], hideVaToVaSystemMessages: false, features: [] } }); };
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

  /** What was sent with nothing special about it is recorded by its text alone. */
  sendMessage(text: string, { to, replyTo }: SendOptions = {}): string {
    this.calls.push(['sendMessage', text, ...(to ? [to] : []), ...(replyTo ? [replyTo] : [])]);
    return 'id';
  }

  retryMessage(id: string): void {
    this.calls.push(['retryMessage', id]);
  }

  redirectMessage(id: string): void {
    this.calls.push(['redirectMessage', id]);
  }

  discardMessage(id: string): void {
    this.calls.push(['discardMessage', id]);
  }

  resumeChat(): Promise<void> {
    return this.#record('resumeChat');
  }

  chooseDeflection(channel: string, options?: { readonly email?: string }): Promise<void> {
    return this.#record('chooseDeflection', channel, options?.email);
  }

  sendFeedback({ rating, comment }: { readonly rating: number; readonly comment?: string }): Promise<void> {
    return this.#record('sendFeedback', rating, comment);
  }

  identify(): Promise<void> {
    return this.#record('identify');
  }

  getWaitMinutes(): Promise<number | null> {
    return Promise.resolve(this.waitMinutes);
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
