// A visitor who is logged in is known by the token of the shop, finds their chat on another device, and leaves nothing on a shared computer.
import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { SignJWT } from 'jose';
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { startDemo, type Demo } from './support/demo.js';
import { takePlatform, until, type Platform } from './support/platform.js';
import { visit, type Visitor, type VisitOptions } from './support/visitor.js';
import { bringWitness, hear } from './support/witness.js';

describe('a visitor who is logged in', () => {
  let demo: Demo;
  let browser: Browser;
  let platform: Platform;
  let companySecret: string;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo({ script: 'quiet' }), openBrowser()]);
    platform = await takePlatform(demo.emulator);
    ({ companySecret } = await platform.control('GET', '/credentials'));
  });
  after(async () => {
    await browser.close();
    await demo.stop();
  });

  const chatIdOf = (visitor: Visitor): Promise<number> =>
    visitor.page.evaluate(() => (document.querySelector('ccai-chat') as any).snapshot.chat.id);

  async function come(context: TestContext, options: VisitOptions): Promise<Visitor> {
    const visitor = await visit(browser, demo.site, options);
    context.after(() => visitor.close());
    await visitor.open();
    return visitor;
  }

  async function say(visitor: Visitor, text: string): Promise<number> {
    await visitor.write(text);
    await visitor.sees('Sent');
    return chatIdOf(visitor);
  }

  /** What the shop's server would sign; `exp` and the like are seconds since 1970. */
  function sign(claims: Record<string, unknown>, secret = companySecret): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
  }

  test('is who the token says for the platform, with what it vouches for, and finds the chat on another device', async (context) => {
    const ann = await come(context, { path: '/?as=ann' });
    const id = await say(ann, 'Where is my tent?');
    const chat = await until(() => platform.chat(id), ({ customData }) => JSON.stringify(customData).includes('customer_since'));
    assert.equal(chat.endUser.identifier, 'customer-ann');
    assert.equal(chat.endUser.name, 'Ann Harper');
    await platform.transfer(id, 'agent', 'Jane Doe');
    await platform.speak(id, 'agent', 'It leaves today, Ann.');
    await ann.sees('It leaves today, Ann.');

    const elsewhere = await come(context, { path: '/?as=ann', prepare: bringWitness });
    await elsewhere.sees('It leaves today, Ann.');
    assert.equal(await chatIdOf(elsewhere), id);
    assert.deepEqual((await hear(elsewhere.page)).events.filter(({ type }) => type === 'message-received'), [], 'history is no news');
    await say(elsewhere, 'Thank you!');
    await ann.sees('Thank you!');
    assert.deepEqual(await ann.bubbles(), ['Where is my tent?', 'It leaves today, Ann.', 'Thank you!']);
    assert.deepEqual(await elsewhere.bubbles(), await ann.bubbles());
  });

  test('sees nothing of what somebody else wrote, logged in or not', async (context) => {
    const ben = await come(context, { path: '/?as=ben' });
    await ben.sees('Ahoy!');
    const id = await say(ben, 'I am Ben');
    assert.deepEqual(await ben.bubbles(), ['I am Ben']);
    const stranger = await come(context, {});
    await stranger.sees('Ahoy!');
    const other = await say(stranger, 'I am nobody');
    const { endUser } = await platform.chat(other);
    assert.notEqual(other, id);
    assert.match(endUser.identifier, /^visitor-[\da-f-]{36}$/);
  });

  describe('by a token that is not good', { concurrency: 4 }, () => {
    const now = () => Math.floor(Date.now() / 1_000);
    const cases: readonly (readonly [name: string, claims: () => Record<string, unknown>, secret?: string])[] = [
      ['expired', () => ({ identifier: 'customer-ann', exp: now() - 120 })],
      ['not valid yet', () => ({ identifier: 'customer-ann', exp: now() + 600, nbf: now() + 120 })],
      ['signed by somebody else', () => ({ identifier: 'customer-ann', exp: now() + 600 }), 'a-guess-of-thirty-two-characters'],
      ['without an end', () => ({ identifier: 'customer-ann' })],
      ['of nobody', () => ({ identifier: ' ', exp: now() + 600 })],
    ];
    for (const [name, claims, secret] of cases) {
      test(`(${name}) gets no chat, neither their own nor anybody’s, keeps the words, and the page learns why`, async (context) => {
        const token = await sign(claims(), secret);
        const visitor = await come(context, { path: '/?as=ann', prepare: async (browserContext) => {
          await bringWitness(browserContext);
          await browserContext.route('**/identity?*', (route) => route.fulfill({ json: { token } }));
        } });
        await visitor.page.getByRole('textbox', { name: 'Your message' }).fill('It is me');
        await visitor.page.keyboard.press('Enter');
        await until(async () => (await hear(visitor.page)).events, (events) => events.some(({ type, detail }) => type === 'error' && detail.code === 'identity-invalid'));
        await visitor.sees('We could not confirm who you are. Please sign in again.');
        // Written before anybody knew it is in the list, else still in the field.
        const kept = [...(await visitor.bubbles()), await visitor.page.getByRole('textbox', { name: 'Your message' }).inputValue()];
        assert.ok(kept.includes('It is me'), kept.join());
        assert.equal(await visitor.page.evaluate(() => (document.querySelector('ccai-chat') as any).snapshot.chat), null);
        const { chats } = await platform.control('GET', '/chats');
        for (const { id } of chats) assert.ok(!JSON.stringify((await platform.chat(id)).all).includes('It is me'));
      });
    }
  });

  test('is themselves by a token of a clock that is a little off', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const identityToken = await sign({ identifier: 'customer-cleo', exp: now - 30, iat: now + 30, nbf: now + 30 });
    const response = await fetch(`${demo.relay}/chats`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ identityToken }) });
    assert.equal(response.status, 201);
  });

  test('is refused by what only a server may say, and may say the rest unsigned', async (context) => {
    const visitor = await come(context, { prepare: bringWitness });
    const start = (data: Record<string, unknown>) =>
      visitor.chat.evaluate((chat: any, given) => chat.startChat({ context: given }).then(() => 'started', (error: any) => error.code), data);
    const refused = visitor.page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/chats'));
    assert.equal(await start({ reserved_verified_customer: true }), 'reserved-key');
    assert.equal((await refused).status(), 400);
    assert.equal(await start({ page: 'tents' }), 'started');
    const { context: told, flags } = await platform.chat(await chatIdOf(visitor));
    assert.equal(told.page ?? told.value?.page, 'tents');
    assert.ok(!JSON.stringify(flags).includes('true'), JSON.stringify(flags));
  });

  test('says who they are in the middle of an anonymous chat', async (context) => {
    const visitor = await come(context, {});
    const id = await say(visitor, 'I forgot to log in');
    await visitor.chat.evaluate(async (chat: any) => {
      chat.authenticate = async () => (await fetch('/identity?as=ben')).json();
      await chat.identify();
    });
    const { endUser } = await until(() => platform.chat(id), (chat) => chat.endUser.identifier === 'customer-ben');
    assert.equal(endUser.name, 'Ben Lund');
  });

  test('logs out on a shared computer, and the next one finds nothing, in the page or behind it', async (context) => {
    const visitor = await come(context, { path: '/?as=ann' });
    await visitor.sees('Where is my tent?');
    await visitor.chat.evaluate((chat: any) => chat.reset());
    assert.deepEqual(await visitor.page.evaluate(() => [Object.keys(sessionStorage), Object.keys(localStorage)]), [[], []]);
    // The next one is not logged in, in the same tab of the same browser.
    await visitor.page.goto(`${demo.site}/`);
    await visitor.open();
    await visitor.sees('Ahoy!');
    assert.deepEqual(await visitor.bubbles(), []);
    const id = await say(visitor, 'Somebody else here');
    assert.deepEqual(await visitor.bubbles(), ['Somebody else here']);
    assert.notEqual((await platform.chat(id)).endUser.identifier, 'customer-ann');
  });
});
