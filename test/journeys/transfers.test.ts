// A visitor is handed from one assistant to the next and on to a person, and is told of it as much as the shop wants, never more.
import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { startDemo, type Demo } from './support/demo.js';
import { takePlatform, type Platform } from './support/platform.js';
import { visit, type Visitor } from './support/visitor.js';
import { bringWitness, forget, hear } from './support/witness.js';

const hide = 'hide-va-to-va-system-messages';
const hidden = { [hide]: '' };
const shown = { [hide]: 'false' };
/** Anything that gives a hand-over away. */
const trace = /now chatting|queue|connecting|joined|left the chat|paused|waiting/i;

const notices = (visitor: Visitor) => visitor.chat.locator('[part~=notice] bdi').allInnerTexts();
const chatIdOf = (visitor: Visitor): Promise<number> =>
  visitor.page.evaluate(() => (document.querySelector('ccai-chat') as any).snapshot.chat.id);

/** What the page has shown and was told must not give a hand-over away. */
async function assertNoTrace(visitor: Visitor): Promise<void> {
  const { texts, events } = await hear(visitor.page);
  assert.deepEqual(texts.filter((text) => trace.test(text)), []);
  assert.deepEqual(events.filter(({ type }) => type === 'status' || type === 'participant'), []);
  assert.deepEqual(await notices(visitor), []);
}

describe('a visitor who is handed over', () => {
  let demo: Demo;
  let browser: Browser;
  let platform: Platform;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo({ script: 'orders' }), openBrowser()]);
    platform = await takePlatform(demo.emulator);
  });
  after(async () => {
    await browser.close();
    await demo.stop();
  });

  /** Somebody whom Ava has greeted; from here on a witness looks on. */
  async function meetAva(context: TestContext, attributes: Readonly<Record<string, string>>): Promise<Visitor> {
    const visitor = await visit(browser, demo.site, { attributes, prepare: bringWitness });
    context.after(() => visitor.close());
    await visitor.open();
    await visitor.write('Hello');
    await visitor.sees('Hi! I’m Ava. Is it about an order, a return, an invoice, or urgent?');
    await visitor.chat.getByRole('heading', { name: 'Ava' }).waitFor();
    await visitor.page.waitForFunction(() => (document.querySelector('ccai-chat') as any).snapshot.phase === 'virtual_agent');
    await forget(visitor.page);
    return visitor;
  }

  // They know nothing of each other, and mostly wait for somebody to type.
  describe('on an ordinary day', { concurrency: 4 }, () => {
    test('where the shop hides transfers notices nothing of two of them in a row, hears of none, and the page is told of none', async (context) => {
      const visitor = await meetAva(context, hidden);
      await visitor.write('My order 48213');
      await visitor.sees('Finn here, I know all orders.');
      await visitor.write('A return, please');
      await visitor.sees('Rosa here. What would you like to send back?');
      const { texts, spoken } = await hear(visitor.page);
      assert.ok(texts.includes('Finn') && spoken.some((text) => text.includes('Rosa here')), 'nobody looked on');
      await assertNoTrace(visitor);
    });

    test('where the shop hides transfers finds no trace of them after a reload, and none in the number of unread messages', async (context) => {
      const visitor = await meetAva(context, hidden);
      await visitor.write('Where is my order?');
      await visitor.page.keyboard.press('Escape');
      await visitor.page.getByRole('button', { name: '2 unread messages' }).waitFor();
      assert.deepEqual((await hear(visitor.page)).events.filter(({ type }) => type === 'unread').map(({ detail }) => detail.count), [1, 2]);
      await assertNoTrace(visitor);
      await visitor.page.reload();
      await visitor.open();
      await visitor.sees('Finn here, I know all orders.');
      const { texts } = await hear(visitor.page);
      assert.deepEqual(texts.filter((text) => trace.test(text)), []);
      assert.deepEqual(await notices(visitor), []);
    });

    test('where the shop hides transfers is told of the person at the end of the chain, and of nobody before, though all of it takes a second', async (context) => {
      const visitor = await meetAva(context, hidden);
      await visitor.write('This is urgent');
      await visitor.sees(/this is Jane/);
      assert.deepEqual(await notices(visitor), ['You are now chatting with Jane Doe']);
      const { texts } = await hear(visitor.page);
      assert.deepEqual(texts.filter((text) => /now chatting with (?!Jane)/.test(text)), []);
    });

    test('where the shop hides transfers is told whenever a person and the person’s assistant take turns', async (context) => {
      const visitor = await meetAva(context, hidden);
      const id = await chatIdOf(visitor);
      await platform.transfer(id, 'agent', 'Jane Doe');
      await visitor.sees(/this is Jane/);
      await platform.transfer(id, 'task_virtual_agent', 'Verification assistant');
      await visitor.sees('Please enter the 6-digit code from your e-mail.');
      await visitor.page.getByRole('textbox').fill('424242');
      await visitor.page.keyboard.press('Enter');
      await visitor.sees('Thank you, it’s done now.');
      const expected = ['Jane Doe', 'Verification assistant', 'Jane Doe'].map((name) => `You are now chatting with ${name}`);
      assert.deepEqual(await notices(visitor), expected);
    });

    test('where the shop shows transfers is told once of each, and by whose name the new one goes', async (context) => {
      const visitor = await meetAva(context, shown);
      await visitor.write('My order 48213');
      await visitor.sees('Finn here, I know all orders.');
      await visitor.write('A return, please');
      await visitor.sees('Rosa here. What would you like to send back?');
      const expected = ['You are now chatting with Finn', 'You are now chatting with Rosa'];
      assert.deepEqual(await notices(visitor), expected);
      const { texts, spoken } = await hear(visitor.page);
      for (const notice of expected) assert.equal(spoken.filter((text) => text.startsWith(notice)).length, 1, notice);
      assert.deepEqual(texts.filter((text) => /now chatting with (Ava|Assistant)/.test(text)), []);
      await visitor.page.reload();
      await visitor.sees('Rosa here. What would you like to send back?');
      assert.deepEqual(await notices(visitor), expected);
    });

    test('where the shop shows transfers is told of each one of a chain that takes a second', async (context) => {
      const visitor = await meetAva(context, shown);
      await visitor.write('This is urgent');
      await visitor.sees(/this is Jane/);
      assert.deepEqual(await notices(visitor), ['You are now chatting with Nils', 'You are now chatting with Jane Doe']);
    });

    test('sees it change at once when the page changes its mind, back and forth', async (context) => {
      const visitor = await meetAva(context, hidden);
      await visitor.write('My order 48213');
      await visitor.sees('Finn here, I know all orders.');
      const choose = (value: string) => visitor.chat.evaluate((chat, [name, text]) => chat.setAttribute(name ?? '', text ?? ''), [hide, value]);
      await choose('false');
      await visitor.sees('You are now chatting with Finn');
      assert.deepEqual(await notices(visitor), ['You are now chatting with Finn']);
      const texts = await visitor.bubbles();
      await choose('true');
      await visitor.chat.getByText('You are now chatting with Finn').waitFor({ state: 'detached' });
      assert.deepEqual(await visitor.bubbles(), texts);
    });

    for (const [name, attributes] of [['hidden', hidden], ['shown', shown]] as const) {
      test(`is back with the assistant before when the next one never comes, as if nothing had been, where transfers are ${name}`, async (context) => {
        const visitor = await meetAva(context, attributes);
        await visitor.write('My invoice');
        await visitor.sees('Otto doesn’t answer, so it’s me again. Shall I fetch a person?');
        assert.deepEqual(await notices(visitor), []);
        if (attributes === hidden) await assertNoTrace(visitor);
      });
    }
  });

  describe('when the next one never comes', () => {
    test('meets a person where the platform then asks for one, and is told of that', async (context) => {
      await platform.switch({ failedTransfer: 'escalates' });
      const visitor = await meetAva(context, hidden);
      await visitor.write('My invoice');
      await visitor.sees(/this is Jane/);
      assert.deepEqual(await notices(visitor), ['You are now chatting with Jane Doe']);
    });

    test('reads that it came to nothing, and where else to turn, where the chat fails of it', async (context) => {
      await platform.switch({ failedTransfer: 'fails' });
      const visitor = await meetAva(context, hidden);
      await visitor.write('My invoice');
      await visitor.sees('We couldn’t connect you to a person');
      assert.equal(await visitor.page.getByRole('link', { name: 'Contact us' }).isVisible(), true);
    });
  });
});
