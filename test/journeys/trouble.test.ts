// A visitor meets a relay that is not there, goes away, or is refused by the platform, and never loses a word.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { startDemo, type Demo } from './support/demo.js';
import { layLine, type Line } from './support/line.js';
import { openOwnSite, type OwnSite } from './support/own-site.js';
import { startProgram, type Program } from './support/program.js';
import { visit, type Visitor } from './support/visitor.js';

describe('when the relay is in trouble', () => {
  let demo: Demo;
  let browser: Browser;
  let line: Line;
  let shop: OwnSite;

  before(async () => {
    [shop, browser] = await Promise.all([openOwnSite(), openBrowser()]);
    demo = await startDemo({ env: { RELAY_ALLOWED_ORIGINS: shop.origin } });
    line = await layLine(demo.site, { down: true });
  });
  after(async () => {
    await browser.close();
    await line.close();
    await demo.stop();
    shop.close();
  });

  const fallback = '<a href="mailto:help@example.com">Contact us</a>';
  const script = () => `<script type="module" src="${demo.relay}/widget/1/ccai-chat.js"></script>`;

  /** Somebody on a page of the shop's own making. */
  function visitPage(body: string, origin = shop.origin): Promise<Visitor> {
    shop.put('/', `<!doctype html><html lang="en"><title>Shop</title>${body}`);
    return visit(browser, origin);
  }

  test('a page whose script does not load keeps its link', async () => {
    const visitor = await visitPage(`<script type="module" src="${line.origin}/relay/widget/1/ccai-chat.js"></script><ccai-chat>${fallback}</ccai-chat>`);
    assert.equal(await visitor.page.getByRole('link', { name: 'Contact us' }).isVisible(), true);
    await visitor.close();
  });

  test('a script from elsewhere without relay-url says so once, with the remedy, and the link stays', async () => {
    shop.put('/assets/ccai-chat.js', await (await fetch(`${demo.relay}/widget/1/ccai-chat.js`)).text(), 'text/javascript');
    const visitor = await visitPage(`<ccai-chat>${fallback}</ccai-chat>`);
    const errors: string[] = [];
    visitor.page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await visitor.page.addScriptTag({ type: 'module', url: '/assets/ccai-chat.js' });
    await visitor.page.waitForFunction(() => customElements.get('ccai-chat'));
    assert.equal(await visitor.page.getByRole('link', { name: 'Contact us' }).isVisible(), true);
    assert.equal(errors.filter((text) => text.includes('relay-url')).length, 1);
    await visitor.close();
  });

  describe('and comes back', () => {
    let visitor: Visitor;
    const input = (page: Page) => page.getByRole('textbox', { name: 'Your message' });

    before(async () => {
      visitor = await visitPage(`${script()}<ccai-chat relay-url="${line.origin}/relay">${fallback}</ccai-chat>`);
    });
    after(() => visitor.close());

    test('opening it says that chat is unavailable, offers the other way and another try', async () => {
      await visitor.open();
      await visitor.sees('Chat is temporarily unavailable');
      assert.equal(await visitor.page.getByRole('link', { name: 'Contact us' }).isVisible(), true);
    });

    test('a draft can be written, and is still there when the relay is back', async () => {
      await input(visitor.page).fill('I wrote this while you were away');
      await line.mend();
      await visitor.chat.getByRole('button', { name: 'Try again' }).click();
      await visitor.chat.getByText('Chat is temporarily unavailable').waitFor({ state: 'detached' });
      assert.equal(await input(visitor.page).inputValue(), 'I wrote this while you were away');
      await input(visitor.page).press('Enter');
      await visitor.sees('Hi! I’m Ava');
    });

    test('when the line breaks in mid-chat it says so, and what comes meanwhile is there afterwards, once', async () => {
      await line.cut();
      await visitor.sees(/Reconnecting/);
      const { chats } = (await (await fetch(`${demo.emulator}/emulator/chats`)).json()) as { chats: { id: number }[] };
      await fetch(`${demo.emulator}/emulator/chats/${chats[0]?.id}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ from: 'virtual_agent', message: { type: 'text', content: 'Said while you were away' } }),
      });
      await line.mend();
      await visitor.sees('Said while you were away');
      await visitor.chat.getByText(/Reconnecting/).waitFor({ state: 'detached' });
      const bubbles = await visitor.bubbles();
      assert.equal(bubbles.filter((text) => text === 'Said while you were away').length, 1);
    });

    test('a message written on a dead line is marked, and goes out by "Try again", once', async () => {
      await line.cut();
      await visitor.write('Do you hear me?');
      await visitor.sees('Not delivered');
      await line.mend();
      await visitor.chat.locator('[part~=message]', { hasText: 'Do you hear me?' }).getByRole('button', { name: 'Try again' }).click();
      await visitor.chat.getByText('Not delivered').waitFor({ state: 'detached' });
      const { chats } = (await (await fetch(`${demo.emulator}/emulator/chats`)).json()) as { chats: { id: number }[] };
      for (let turn = 0; turn < 200; turn += 1) {
        const { all } = (await (await fetch(`${demo.emulator}/emulator/chats/${chats[0]?.id}`)).json()) as { all: { content: unknown }[] };
        const copies = all.filter(({ content }) => JSON.stringify(content).includes('Do you hear me?')).length;
        if (copies === 0) continue;
        assert.equal(copies, 1);
        return;
      }
      assert.fail('the message never reached the platform');
    });
  });

  describe('and the platform refuses its credentials', () => {
    let relay: Program & { ready: unknown };
    let visitor: Visitor;

    before(async () => {
      relay = await startProgram(['src/cli/main.ts', 'relay'], {
        CCAI_HOST: demo.emulator,
        CCAI_SUBDOMAIN: 'acme',
        CCAI_API_TOKEN: 'an-old-token',
        CCAI_WEBHOOK_PRIMARY_SECRET: 'secret',
        CCAI_MENU_ID: '100',
        RELAY_STORE: 'memory:',
        RELAY_ALLOWED_ORIGINS: shop.origin,
      });
      const { relay: address } = relay.ready as { relay: string };
      visitor = await visitPage(`${script()}<ccai-chat relay-url="${address}">${fallback}</ccai-chat>`);
    });
    after(async () => {
      await visitor.close();
      await relay.stop();
    });

    test('the visitor reads that the chat is temporarily unavailable, keeps the words, and gets the other way', async () => {
      await visitor.open();
      await visitor.write('Hello?');
      await visitor.sees(/temporarily unavailable/);
      await visitor.sees('Not delivered');
      await visitor.sees('Hello?');
      assert.equal(await visitor.page.getByRole('link', { name: 'Contact us' }).isVisible(), true);
    });

    test('the operator reads it once, however many visitors there are, and never the token', async () => {
      const { relay: address } = relay.ready as { relay: string };
      const again = await fetch(`${address}/chats`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      assert.equal(again.status, 503);
      assert.equal(relay.log.filter((text) => text.includes('platform-unauthorized')).length, 1);
      assert.ok(!relay.log.some((text) => text.includes('an-old-token')));
    });
  });

  test('a site that is not on the list is told in the problem, and its visitor gets the link', async () => {
    const visitor = await visitPage(`${script()}<ccai-chat>${fallback}</ccai-chat>`, shop.origin.replace('127.0.0.1', 'localhost'));
    await visitor.open();
    await visitor.sees('Chat is temporarily unavailable');
    assert.equal(await visitor.page.getByRole('link', { name: 'Contact us' }).isVisible(), true);
    await visitor.close();
  });
});
