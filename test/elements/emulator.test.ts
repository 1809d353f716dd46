import { assert } from '@open-wc/testing';
import { createEmulator } from '../../src/emulator/index.js';

// Nothing is served and nothing is sent: the platform, and whoever listens to it, are in the page.
describe('the emulator in a browser', () => {
  const receive: { body: string; signature: string | null }[] = [];
  const keep: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    receive.push({ body: await request.text(), signature: request.headers.get('X-Signature') });
    return new Response(null, { status: 204 });
  };
  const emulator = createEmulator({
    script: 'demo',
    seed: 3,
    webhookUrl: 'https://relay.example/webhooks/ccai',
    fetch: keep,
  });
  const { subdomain, apiToken } = emulator.credentials;
  const headers = { Authorization: `Basic ${btoa(`${subdomain}:${apiToken}`)}` };
  after(() => {
    emulator.stop();
  });

  async function call(method: string, path: string, body?: unknown): Promise<any> {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const request = new Request(`http://localhost${path}`, { method, headers, ...init });
    return (await emulator.fetch(request)).json();
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  it('carries a conversation with a scripted virtual agent, with signed webhooks', async () => {
    const { id } = await call('POST', '/apps/api/v1/end_users', { identifier: 'c-9f31' });
    await call('POST', '/apps/api/v1/chats', { chat: { menu_id: 100, end_user_id: id } });
    await until(() => receive.some(({ body }) => body.includes('I’m Ava')));
    const types = receive.map(({ body }) => (JSON.parse(body) as { event_type: string }).event_type);
    assert.deepEqual(types, ['chat_created', 'participant_joined', 'message_received']);
    assert.match(receive[0]?.signature ?? '', /^primary=[\w+/]+= secondary=[\w+/]+=$/);
    assert.equal((await call('GET', '/apps/api/v1/chats/1')).status, 'va_assigned');
  });

  it('replays it, byte for byte but for a second that a late timer may cost', async () => {
    const journal = await call('GET', '/emulator/journal');
    const timeless = (): string[] => receive.map(({ body }) => body.replaceAll(/\d\d:\d\d:\d\dZ/g, ''));
    const recorded = timeless();
    receive.length = 0;
    assert.equal((await call('POST', '/emulator/replay', journal)).webhooks, recorded.length);
    assert.deepEqual(timeless(), recorded);
  });

  it('lets a file into its bucket by a presigned form', async () => {
    const form = await call('POST', '/apps/api/v1/chats/1/photos/upload');
    const body = new FormData();
    for (const [name, value] of Object.entries<string>(form.fields)) body.set(name, value);
    body.set('file', new Blob([new Uint8Array(100)], { type: 'image/jpeg' }));
    const stored = await emulator.fetch(new Request(form.url, { method: 'POST', body }));
    assert.equal(stored.status, 201);
  });
});
