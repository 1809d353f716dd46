import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { canary, PrivateWorld } from './private-world.js';
import { call, newMessage, readHistory } from './world.js';

interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

interface Visitor {
  readonly token: string;
  readonly chatId: number;
}

/** A platform that counts, as the real one does, and many visitors. */
class BusyWorld extends PrivateWorld {
  constructor() {
    super({ switches: { rateLimit: 'on' } });
  }

  /** Starts chats, all in the same moment. */
  async open(count: number): Promise<Visitor[]> {
    const answers = Array.from({ length: count }, () => call(this.world, 'POST /chats', { body: {} }));
    const responses = await this.letPass(Promise.all(answers));
    assert.deepEqual([...new Set(responses.map(({ status }) => status))], [201]);
    const bodies = await Promise.all(responses.map((response) => response.json() as Promise<{ token: string; chat: { id: number } }>));
    return bodies.map(({ token, chat }) => ({ token, chatId: chat.id }));
  }

  /** Lets time pass until the answer is there. */
  async letPass<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const progress = { isThere: false };
    void answer.finally(() => (progress.isThere = true)).catch(() => undefined);
    for (let step = 0; step < 400 && !progress.isThere; step += 1) await this.pass(100);
    assert.ok(progress.isThere, 'It never came.');
    return answer;
  }

  async say({ token }: Visitor, text: string): Promise<string> {
    const body = newMessage(text);
    assert.equal((await call(this.world, 'POST /chat/messages', { token, body })).status, 202);
    return body.id;
  }

  addData({ token }: Visitor, key: string): Promise<Response> {
    return call(this.world, 'POST /chat/custom-data', { token, body: { data: { [key]: { value: 'x' } } } });
  }

  /** Lets time pass until the platform has taken a message. */
  async untilSent({ token }: Visitor, id: string): Promise<void> {
    const isSent = async () => (await readHistory(this.world, token)).events.some((event) => event['id'] === id && event['delivery'] === 'sent');
    for (let step = 0; step < 400 && !(await isSent()); step += 1) await this.pass(100);
    assert.ok(await isSent());
  }

  /** Lets everything happen that needs no time, until something is so. */
  async untilSo(isSo: () => boolean): Promise<void> {
    for (let turn = 0; turn < 5_000 && !isSo(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(isSo());
  }

  /** All calls that reached the platform, by the platform's own journal. */
  async arrivals(): Promise<Arrival[]> {
    const { entries } = (await this.control('GET', '/journal')) as { entries: (Omit<Arrival, 'at'> & { direction: string; at: string })[] };
    return entries
      .filter(({ direction, path }) => direction === 'in' && path.startsWith('/apps/api/v1/'))
      .map(({ at, path, ...rest }) => ({ ...rest, path: path.replace('/apps/api/v1', ''), at: Date.parse(at) }));
  }
}

/** The most that arrived within any second. */
function mostInASecond(arrivals: readonly Arrival[]): number {
  return Math.max(...arrivals.map(({ at: begin }) => arrivals.filter(({ at }) => at >= begin && at < begin + 1_000).length));
}

/** The platform has no room for one call, and says for how long: nothing leaves meanwhile. Other calls pass. */
async function pause(scene: BusyWorld, seconds: number): Promise<void> {
  const before = scene.intercept;
  let isTold = false;
  scene.intercept = (name, pass) => {
    if (!name.endsWith('/custom_data') || isTold) return before(name, pass);
    isTold = true;
    return Promise.resolve(new Response('{}', { status: 429, headers: { 'retry-after': String(seconds) } }));
  };
  const { length } = scene.world.lines;
  void scene.addData(scene, 'pause');
  await scene.untilSo(() => scene.world.lines.slice(length).some(({ fields }) => fields?.verdict === 'throttled'));
  scene.intercept = before;
}

describe('thirty visitors at once', () => {
  test('are all served, with never more than 9 calls to the platform in any second', async () => {
    const scene = new BusyWorld();
    const visitors = await scene.open(30);
    const ids = await Promise.all(visitors.map((visitor) => scene.say(visitor, 'hello')));
    for (const [index, visitor] of visitors.entries()) await scene.untilSent(visitor, ids[index] ?? '');
    const ends = visitors.map(({ token }) => call(scene.world, 'POST /chat/end', { token, body: {} }));
    const statuses = (await scene.letPass(Promise.all(ends))).map(({ status }) => status);
    assert.deepEqual([...new Set(statuses)], [200]);

    const arrivals = await scene.arrivals();
    assert.ok(arrivals.length >= 4 * 30, `${arrivals.length}`);
    assert.equal(mostInASecond(arrivals), 9);
    assert.deepEqual(arrivals.filter(({ status }) => status >= 400), []);
    await scene.world.relay.stop();
  });

  test('who ends a chat does not wait until all that is to be read was read', async () => {
    const scene = new BusyWorld();
    const visitors = await scene.open(30);
    await scene.pass(20_000);
    const before = scene.platformCalls.length;
    // Everybody's chat has news, about which the relay reads.
    const [last, ...others] = visitors as [Visitor, ...Visitor[]];
    for (const { chatId } of others) void scene.control('POST', `/chats/${chatId}/transfers`, { to: 'agent' });
    await scene.pass(300);
    const end = call(scene.world, 'POST /chat/end', { token: last.token, body: {} });
    assert.equal((await scene.letPass(end)).status, 200);
    await scene.pass(20_000);

    // In the order they left.
    const calls = scene.platformCalls.slice(before);
    const place = calls.indexOf('PATCH /chats/:id');
    const readsAfter = calls.slice(place).filter((name) => name === 'GET /chats/:id').length;
    // Nine reads had begun when it was asked.
    assert.ok(place >= 0 && place <= 10, `${place}`);
    assert.ok(readsAfter >= 15, `${readsAfter}`);
    assert.equal(mostInASecond(await scene.arrivals()), 9);
    await scene.world.relay.stop();
  });
});

describe('one visitor who asks for too much', () => {
  test('is told to come later, and another one\'s message goes out within 2 seconds', async () => {
    const scene = new BusyWorld();
    const [abuser, other] = (await scene.open(2)) as [Visitor, Visitor];
    await scene.pass(5_000);
    const flood = Array.from({ length: 200 }, (_, index) => scene.addData(abuser, `key-${index}`));
    for (let count = 0; count < 50; count += 1) await scene.say(abuser, `spam ${count}`);
    const asked = scene.clock.now();
    const id = await scene.say(other, 'help');
    await scene.untilSent(other, id);
    const heard = (await scene.arrivals()).filter(({ path }) => path === `/chats/${other.chatId}/message`);
    assert.equal(heard.length, 1);
    assert.ok((heard[0]?.at ?? Infinity) - asked <= 2_000);

    const responses = await scene.letPass(Promise.all(flood));
    const refused = responses.filter(({ status }) => status !== 200);
    // Nine began and twenty waited.
    assert.ok(refused.length >= 160 && refused.length < 200, `${refused.length}`);
    for (const response of refused) {
      const { code, retryable } = (await response.json()) as { code: string; retryable: boolean };
      assert.deepEqual([response.status, code, retryable], [429, 'busy', true]);
      assert.match(response.headers.get('retry-after') ?? '', /^[1-9]\d?$/);
      assert.match(response.headers.get('access-control-expose-headers') ?? '', /retry-after/);
    }
    const arrivals = await scene.arrivals();
    assert.equal(mostInASecond(arrivals), 9);
    assert.deepEqual(arrivals.filter(({ status }) => status === 429), []);
    await scene.world.relay.stop();
  });
});

describe('a private message that has to wait for its turn', () => {
  async function begin() {
    const scene = new BusyWorld();
    await scene.start();
    const to = { kind: 'task_virtual_agent', id: await scene.startTask() };
    const posts = () => scene.platformCalls.filter((name) => name === 'POST /chats/:id/message').length;
    return { scene, to, posts };
  }

  test('is not sent at all once 2 seconds have passed since it was certain who listens', async () => {
    const { scene, to, posts } = await begin();
    let isRead = false;
    scene.intercept = async (name, pass) => {
      const answer = await pass();
      if (name === 'GET /chats/:id' && !isRead) {
        isRead = true;
        await pause(scene, 10);
      }
      return answer;
    };
    const id = await scene.send({ to });
    await scene.untilSo(() => isRead);
    for (let step = 0; step < 30; step += 1) await scene.pass(100);
    assert.equal(await scene.outcome(id), 'failed (busy)');
    await scene.pass(60_000);
    assert.equal(posts(), 0);
    assert.ok(!(await scene.allHeard()).includes(canary));
    await scene.world.relay.stop();
  });

  test('is sent where the wait came first, and who listens was read after it, before what is read of others', async () => {
    const { scene, to, posts } = await begin();
    const others = await scene.open(20);
    await scene.pass(20_000);
    await pause(scene, 5);
    for (const { chatId } of others) void scene.control('POST', `/chats/${chatId}/transfers`, { to: 'agent' });
    await scene.pass(300);
    const before = (await scene.arrivals()).length;
    const id = await scene.send({ to });
    await scene.pass(4_000);
    assert.equal(posts(), 0);
    await scene.pass(2_000);
    assert.equal(await scene.outcome(id), 'sent');
    assert.ok((await scene.allHeard()).includes(canary));
    // One reading was enough: the wait had made it no older.
    const own = (await scene.arrivals()).slice(before).filter(({ path }) => path === `/chats/${scene.chatId}`);
    assert.equal(own.length, 1);
    await scene.world.relay.stop();
  });
});

test('a stop waits for nobody\'s turn: what did not begin fails at once, to be sent again', async () => {
  const scene = new BusyWorld();
  await scene.start();
  await pause(scene, 30);
  const id = await scene.send({ text: 'hello' });
  // Its turn is 30 seconds away.
  scene.store.close = () => Promise.resolve();
  const asked = scene.clock.now();
  await scene.letPass(scene.world.relay.stop());
  assert.ok(scene.clock.now() - asked < 1_000);
  scene.restart();
  assert.equal(await scene.outcome(id), 'failed (platform-unavailable)');
});
