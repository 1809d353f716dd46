// A visitor wants a person, learns how long that takes or that nobody is free, and chooses another way on.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test, type TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { startDemo, type Demo } from './support/demo.js';
import { takePlatform, until, type Platform } from './support/platform.js';
import { visit, type Visitor } from './support/visitor.js';

const chatIdOf = (visitor: Visitor): Promise<number> =>
  visitor.page.evaluate(() => (document.querySelector('ccai-chat') as any).snapshot.chat.id);
const askForPerson = (visitor: Visitor) => visitor.chat.getByRole('button', { name: 'Talk to a person' });

describe('a visitor who wants a person', () => {
  let demo: Demo;
  let browser: Browser;
  let platform: Platform;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo({ script: 'quiet' }), openBrowser()]);
    platform = await takePlatform(demo.emulator);
  });
  afterEach(() => platform.switch());
  after(async () => {
    await browser.close();
    await demo.stop();
  });

  /** Somebody who has Ava before them, and has said something. */
  async function meetAva(context: TestContext, attributes: Readonly<Record<string, string>> = {}): Promise<{ visitor: Visitor; id: number }> {
    const visitor = await visit(browser, demo.site, { attributes });
    context.after(() => visitor.close());
    await visitor.open();
    await visitor.write('Hello');
    await visitor.sees('Sent');
    const id = await chatIdOf(visitor);
    await platform.transfer(id, 'virtual_agent', 'Ava');
    await visitor.chat.getByRole('heading', { name: 'Ava' }).waitFor();
    return { visitor, id };
  }

  const escalationsOf = (id: number) => platform.requests('POST', new RegExp(`/chats/${id}/escalations$`));

  test('asks once, however often the button is tapped, reads how long it takes, and meets Jane', async (context) => {
    await platform.switch({ escalationWebhook: 'sent' });
    const { visitor, id } = await meetAva(context);
    await askForPerson(visitor).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await visitor.sees('Connecting you to a person…');
    await visitor.sees(/^Estimated wait: about \d+ minutes?$/);
    assert.equal(await askForPerson(visitor).count(), 0);
    assert.deepEqual((await escalationsOf(id)).map(({ reason }) => reason), ['by_end_user_ask']);
    await platform.transfer(id, 'agent', 'Jane Doe');
    await visitor.sees('You are now chatting with Jane Doe');
    await visitor.chat.getByText('Connecting you to a person…').waitFor({ state: 'detached' });
    assert.equal(await askForPerson(visitor).count(), 0);
  });

  test('reads no number where the platform has none', async (context) => {
    await platform.switch({ waitTimeEstimate: 'null' });
    // Of another queue, because an answer is good for half a minute.
    const { visitor } = await meetAva(context, { menu: 'orders' });
    const asked = visitor.page.waitForResponse((response) => response.url().includes('/wait-times'));
    await askForPerson(visitor).click();
    await visitor.sees('Connecting you to a person…');
    const { waits } = await (await asked).json();
    assert.deepEqual(waits.filter(({ minutes }: any) => minutes !== null), []);
    assert.equal(await visitor.chat.getByText(/Estimated wait/).count(), 0);
  });

  test('finds a way on that this chat cannot take as words, not as a button, and the shop’s own link where nothing is left', async (context) => {
    await platform.switch({ deflectionChannels: 'guessed' });
    const { visitor, id } = await meetAva(context);
    const channels = [{ channel: 'phone', label: 'Call us back' }, { channel: 'carrier_pigeon' }];
    await platform.control('POST', `/chats/${id}/deflections`, { reason: 'over_capacity', channels });
    await visitor.sees('Everyone is busy right now');
    await visitor.sees('Call us back');
    assert.equal(await visitor.chat.getByText('Not available in this chat.').count(), 2);
    assert.equal(await visitor.chat.getByRole('button', { name: /Call us back/ }).count(), 0);
    assert.equal(await visitor.page.getByRole('link', { name: 'Contact us' }).isVisible(), true);
  });

  test('is not left in silence where the platform tells nobody that it has deflected', async (context) => {
    await platform.switch({ deflectionWebhook: 'none' });
    const { visitor, id } = await meetAva(context);
    await askForPerson(visitor).click();
    await visitor.sees('Connecting you to a person…');
    await platform.control('POST', `/chats/${id}/deflections`, { reason: 'over_capacity', channels: ['email'] });
    await visitor.write('Is anybody there?');
    await until(async () => JSON.stringify((await platform.chat(id)).all), (all) => all.includes('Is anybody there?'));
    await visitor.sees('Connecting you to a person…');
    assert.equal(await visitor.chat.getByRole('button', { name: 'End chat' }).isVisible(), true);
    await platform.transfer(id, 'agent', 'Jane Doe');
    await visitor.sees('You are now chatting with Jane Doe');
  });

  test('is told by an event of another form than ours, too', async (context) => {
    const templates = await platform.control('GET', '/templates');
    const body = { info: { why: '{deflection.reason}', options: '{deflection.channels}' }, escalation_id: '{escalation.id}' };
    await platform.control('PUT', '/templates', { deflected: { event_type: 'no_agent_available', body } });
    context.after(() => platform.control('PUT', '/templates', templates));
    const { visitor, id } = await meetAva(context);
    await askForPerson(visitor).click();
    await platform.control('POST', `/chats/${id}/deflections`, { reason: 'after_hours', channels: ['virtual_agent'] });
    await visitor.chat.getByRole('button', { name: /Continue with the assistant/ }).waitFor();
  });
});

describe('a visitor who comes when everybody is busy', () => {
  let demo: Demo;
  let browser: Browser;
  let platform: Platform;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo({ script: 'over-capacity' }), openBrowser()]);
    platform = await takePlatform(demo.emulator);
  });
  after(async () => {
    await browser.close();
    await demo.stop();
  });

  /** Somebody who asked for a person, and has the ways on before them. */
  async function askInVain(context: TestContext): Promise<{ visitor: Visitor; id: number }> {
    const visitor = await visit(browser, demo.site);
    context.after(() => visitor.close());
    await visitor.open();
    await visitor.write('Hello');
    await visitor.sees(/Hi! I’m Ava/);
    await askForPerson(visitor).click();
    await visitor.sees('Everyone is busy right now');
    return { visitor, id: await chatIdOf(visitor) };
  }

  /** The last words of this side to the platform about a chat that it ends. */
  const finishOf = async (id: number) => (await platform.requests('PATCH', new RegExp(`/chats/${id}$`))).map(({ chat }) => [chat.status, chat.deflection_channel]);

  describe('and chooses', { concurrency: 4 }, () => {
    test('keeps waiting by a tap or two, and meets Jane', async (context) => {
      const { visitor, id } = await askInVain(context);
      const wait = visitor.chat.getByRole('button', { name: /Keep waiting/ });
      await wait.evaluate((button: HTMLElement) => {
        button.click();
        button.click();
      });
      await visitor.sees('Connecting you to a person…');
      await visitor.sees(/this is Jane/);
      const choices = await platform.requests('PATCH', new RegExp(`/chats/${id}/escalations/`));
      assert.deepEqual(choices.map(({ deflection_channel }) => deflection_channel), ['human_agent']);
      assert.equal(await visitor.chat.getByText('Everyone is busy right now').count(), 0);
    });

    test('asks for an answer by e-mail: a bad address is refused in words, a good one ends the chat', async (context) => {
      const { visitor, id } = await askInVain(context);
      await visitor.chat.getByRole('button', { name: /Get an answer by email/ }).click();
      const address = visitor.chat.getByRole('textbox', { name: 'Your email address' });
      // The shop knows who some of its visitors are, so the relay is asked first.
      await address.waitFor();
      assert.equal(await visitor.chat.getByText(/temporarily unavailable/).count(), 0);
      await address.fill('ann at home');
      await address.press('Enter');
      await visitor.sees('Please enter a full address, such as name@example.com.');
      assert.equal(await address.getAttribute('aria-invalid'), 'true');
      assert.deepEqual(await finishOf(id), []);
      await address.fill('ann@example.com');
      await visitor.chat.getByRole('button', { name: 'Get my answer by email' }).click();
      await visitor.sees('You chose to go on another way.');
      assert.deepEqual(await finishOf(id), [['finished', 'email']]);
      assert.equal((await platform.chat(id)).escalation.deflectionChannel, 'email');
      assert.ok(demo.log.some((line) => line.includes(`Chat ${id}: the visitor would rather be answered by e-mail.`)));
      assert.ok(!demo.log.some((line) => line.includes('ann@example.com')));
    });

    test('goes on elsewhere, warned that this ends the chat, which it does', async (context) => {
      const { visitor, id } = await askInVain(context);
      await visitor.context.route('https://example.com/**', (route) => route.fulfill({ body: 'The help center' }));
      const link = visitor.chat.getByRole('link', { name: /Help center/ });
      assert.match(await link.innerText(), /Opens in a new tab and ends this chat\./);
      const [opened] = await Promise.all([visitor.context.waitForEvent('page'), link.click()]);
      assert.equal(opened.url(), 'https://example.com/help');
      await visitor.sees('You chose to go on another way.');
      assert.deepEqual(await finishOf(id), [['finished', 'external_link']]);
    });

    test('continues with the assistant, finds it again after a reload, and may ask for a person anew', async (context) => {
      const { visitor, id } = await askInVain(context);
      await visitor.page.reload();
      await visitor.chat.getByRole('button', { name: /Continue with the assistant/ }).click();
      await askForPerson(visitor).waitFor();
      assert.equal((await platform.chat(id)).escalation.status, 'deflected');
      await visitor.write('Hm');
      await visitor.sees('I can only fetch a person for you. Just say so.');
      await askForPerson(visitor).click();
      await visitor.sees('Everyone is busy right now');
    });
  });
});

describe('a visitor who comes after hours', () => {
  test('reads that nobody comes at this hour, and that waiting is not among the ways on', async () => {
    const [demo, browser] = await Promise.all([startDemo({ script: 'after-hours' }), openBrowser()]);
    try {
      const visitor = await visit(browser, demo.site);
      await visitor.open();
      await visitor.write('A person, please');
      await visitor.sees('We’re closed right now');
      await visitor.chat.getByRole('link', { name: /Opening hours/ }).waitFor();
      assert.equal(await visitor.chat.getByRole('button', { name: /Keep waiting/ }).count(), 0);
      await visitor.chat.getByRole('button', { name: /Get an answer by email/ }).waitFor();
      await visitor.chat.getByRole('button', { name: /Continue with the assistant/ }).waitFor();
    } finally {
      await browser.close();
      await demo.stop();
    }
  });
});
