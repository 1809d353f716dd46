// A visitor taps what an assistant offers, looks through its cards by keyboard, and follows only links that are safe.
import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { startDemo, type Demo } from './support/demo.js';
import { takePlatform, until, type Platform } from './support/platform.js';
import { visit, type Visitor, type VisitOptions } from './support/visitor.js';

describe('a visitor of an assistant that offers things to tap', () => {
  let demo: Demo;
  let browser: Browser;
  let platform: Platform;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
    platform = await takePlatform(demo.emulator);
  });
  after(async () => {
    await browser.close();
    await demo.stop();
  });

  const chatIdOf = (visitor: Visitor): Promise<number> =>
    visitor.page.evaluate(() => (document.querySelector('ccai-chat') as any).snapshot.chat.id);

  async function meetAva(context: TestContext, options: VisitOptions = {}): Promise<{ visitor: Visitor; id: number }> {
    const visitor = await visit(browser, demo.site, options);
    context.after(() => visitor.close());
    await visitor.open();
    // Whoever says something is answered, which would come between what a test has Ava say.
    await visitor.chat.evaluate((chat: any) => chat.startChat());
    await visitor.sees(/Hi! I’m Ava/);
    return { visitor, id: await chatIdOf(visitor) };
  }

  /** What the platform has of the visitor. */
  const said = async (id: number): Promise<string[]> =>
    (await platform.chat(id)).all.filter(({ from }: any) => from === 'end_user').map(({ content }: any) => content);

  for (const webhookRichPlacement of ['message', 'content'] as const) {
    describe(`with its keys in ${webhookRichPlacement}`, { concurrency: 4 }, () => {
      before(() => platform.switch({ webhookRichPlacement }));

      test('taps a suggestion twice and has said it once; the others are gone, after a reload too', async (context) => {
        const { visitor, id } = await meetAva(context);
        await visitor.write('What can you do?');
        const group = visitor.chat.getByRole('group', { name: 'What is it about?' });
        await group.getByRole('button', { name: 'New gear' }).evaluate((button: HTMLElement) => {
          button.click();
          button.click();
        });
        await visitor.sees('Here is what came in this week.');
        assert.deepEqual((await said(id)).filter((text) => text === 'New gear'), ['New gear']);
        assert.equal(await group.getByRole('button', { disabled: false }).count(), 0);
        await visitor.page.reload();
        await group.getByRole('button', { name: 'Returns' }).waitFor();
        assert.equal(await group.getByRole('button', { disabled: false }).count(), 0);
        await group.getByRole('button', { name: 'Returns' }).evaluate((button: HTMLElement) => button.click());
        assert.deepEqual((await visitor.bubbles()).filter((text) => text === 'Returns'), []);
      });

      test('walks through the cards by keyboard, and asks for more of one', async (context) => {
        const { visitor, id } = await meetAva(context);
        await visitor.write('New gear');
        const cards = visitor.chat.getByRole('region', { name: 'Cards' });
        const card = (name: RegExp) => cards.getByRole('group', { name });
        await card(/^1 of 2 Ridge tent/).focus();
        await visitor.page.keyboard.press('ArrowRight');
        await until(() => card(/^2 of 2 Heron backpack/).evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element), Boolean);
        await cards.getByText('2 of 2', { exact: true }).waitFor();
        const link = card(/Heron/).getByRole('link', { name: /Heron backpack/ });
        assert.equal(await link.getAttribute('href'), 'https://example.com/backpacks/heron');
        assert.match((await link.getAttribute('rel')) ?? '', /noopener noreferrer/);
        await visitor.page.keyboard.press('Tab');
        await visitor.page.keyboard.press('Tab');
        await visitor.page.keyboard.press('Enter');
        await until(() => said(id), (texts) => texts.includes('Tell me more'));
      });

      test('may open a form, and a page that takes care of its links itself is asked first', async (context) => {
        const { visitor } = await meetAva(context);
        await visitor.write('Sign up for the newsletter');
        const form = visitor.chat.getByRole('link', { name: /Our newsletter/ });
        await form.waitFor();
        const asked = visitor.chat.evaluate((chat) =>
          new Promise<string>((resolve) => {
            chat.addEventListener('ccai-before-link', (event: any) => {
              event.preventDefault();
              resolve(event.detail.url);
            });
          }));
        await form.click();
        assert.match(await asked, /^https:\/\/example\.com\/forms\/newsletter/);
        assert.equal(visitor.context.pages().length, 1);
      });

      test('reads a link that is not safe as words, and gets the telephone only where the page wants it', async (context) => {
        const { visitor, id } = await meetAva(context);
        const buttons = [
          { title: 'A trap', action: 'link', link: 'javascript:alert(1)' },
          { title: 'Call us', action: 'link', link: 'tel:+16175550100' },
          { title: 'Our page', action: 'link', link: 'https://example.com/page' },
        ];
        await platform.speak(id, 'virtual_agent', { type: 'inline_button', title: 'Ways', buttons });
        await visitor.chat.getByRole('link', { name: /Our page/ }).waitFor();
        await visitor.sees('A trap');
        const names = () => visitor.chat.getByRole('group', { name: 'Ways' }).getByRole('link').evaluateAll((links: HTMLAnchorElement[]) => links.map(({ href }) => href));
        assert.deepEqual(await names(), ['https://example.com/page']);
        await visitor.chat.evaluate((chat) => chat.setAttribute('link-schemes', 'tel'));
        await visitor.chat.getByRole('link', { name: 'Call us' }).waitFor();
        assert.deepEqual(await names(), ['tel:+16175550100', 'https://example.com/page']);
      });

      test('finds the pinned answers above the text field until one is tapped, and a message of no known kind as a line', async (context) => {
        const { visitor, id } = await meetAva(context);
        await platform.speak(id, 'virtual_agent', { type: 'hologram', content: { beams: 3 } });
        await visitor.sees('This message can’t be shown here.');
        const buttons = [{ title: 'To the shop' }, { title: 'To my door' }];
        await platform.speak(id, 'virtual_agent', { type: 'sticky_button', title: 'Where to?', buttons });
        const pinned = visitor.chat.locator('ccai-rich-sticky');
        await pinned.getByRole('button', { name: 'To my door' }).click();
        await pinned.getByRole('button', { name: 'To my door' }).waitFor({ state: 'detached' });
        await until(() => said(id), (texts) => texts.includes('To my door'));
      });

      test('sees pictures, films and papers with what belongs to them', async (context) => {
        const { visitor, id } = await meetAva(context);
        await visitor.context.route('https://example.com/**', (route) =>
          route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>' }));
        await platform.speak(id, 'virtual_agent', {
          type: 'complex',
          components: [
            { type: 'markdown', content: 'Look at **this**:' },
            { type: 'image', images: [{ url: 'https://example.com/tent.svg', text: 'The tent' }] },
            { type: 'document', documents: [{ url: 'https://example.com/manual.pdf', text: 'The manual' }] },
          ],
        });
        await visitor.chat.locator('strong', { hasText: 'this' }).waitFor();
        await visitor.chat.getByRole('img', { name: 'The tent' }).waitFor();
        assert.equal(await visitor.chat.getByRole('link', { name: /The manual/ }).getAttribute('href'), 'https://example.com/manual.pdf');
      });
    });
  }
});
