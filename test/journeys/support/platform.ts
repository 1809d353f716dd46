/** The emulated platform from behind, where a journey plays everybody who is not a visitor. */
export interface Platform {
  /** One chat as it is there: `all` that was said, `agentView` of it, participants, escalation, customer data. */
  chat(id: number): Promise<any>;
  /** Calls the control API below `/emulator`; rejects with its answer where that is a refusal. */
  control(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<any>;
  /** Somebody who is in the chat speaks. */
  speak(chatId: number, from: 'agent' | 'virtual_agent' | 'task_virtual_agent', message: string | object): Promise<void>;
  /** Answers once they are there. */
  transfer(chatId: number, to: 'agent' | 'virtual_agent' | 'task_virtual_agent', name: string): Promise<void>;
  /** Positions of switches; the others stand as in the beginning. */
  switch(positions?: Readonly<Record<string, string | number>>): Promise<void>;
  /** Bodies of the consumer's requests so far, by method and path. */
  requests(method: string, path: RegExp): Promise<any[]>;
}

const limit = 20_000;

/** Reads again and again until the answer is as wanted; rejects with the last one after 20 s. */
export async function until<Answer>(read: () => Promise<Answer>, isWanted: (answer: Answer) => boolean): Promise<Answer> {
  for (const end = Date.now() + limit; ; ) {
    const answer = await read();
    if (isWanted(answer)) return answer;
    if (Date.now() > end) throw new Error(`It stayed at ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** `origin`: of the emulator. */
export async function takePlatform(origin: string): Promise<Platform> {
  const control: Platform['control'] = async (method, path, body) => {
    const response = await fetch(`${origin}/emulator${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} ${JSON.stringify(body)}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const { switches: beginning } = await control('GET', '/switches');
  return {
    control,
    chat: (id) => control('GET', `/chats/${id}`),
    speak: (id, from, message) =>
      control('POST', `/chats/${id}/messages`, { from, message: typeof message === 'string' ? { type: 'text', content: message } : message }),
    transfer: (id, to, name) => control('POST', `/chats/${id}/transfers`, { to, name }),
    switch: (positions) => control('PUT', '/switches', { switches: { ...beginning, ...positions } }),
    requests: async (method, path) => {
      const { entries } = await control('GET', '/journal');
      return entries.filter((one: any) => one.direction === 'in' && one.method === method && path.test(one.path)).map((one: any) => one.body);
    },
  };
}
