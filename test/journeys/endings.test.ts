// A visitor's chat ends, fails, falls asleep or is about to close, and they know why and how to go on.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test, type TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { startDemo, type Demo } from './support/demo.js';
import { takePlatform, until, type Platform } from './support/platform.js';
import { visit, type Visitor } from './support/visitor.js';

describe('a visitor whose chat comes to an end', () => {
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

  const chatIdOf = (visitor: Visitor): Promise<number> =>
    visitor.page.evaluate(() => (document.querySelector('ccai-chat') as any).snapshot.chat.id);
  const fallback = (visitor: Visitor) => visitor.page.getByRole('link', { name: 'Contact us' });

  async function come(context: TestContext): Promise<Visitor> {
    const visitor = await visit(browser, demo.site);
    context.after(() => visitor.close());
    await visitor.open();
    return visitor;
  }

  /** Writes, waits until the platform has it, and answers the chat's id. */
  async function say(visitor: Visitor, text: string): Promise<number> {
    await visitor.write(text);
    await visitor.sees('Sent');
    return chatIdOf(visitor);
  }

  async function meetJane(visitor: Visitor): Promise<number> {
    const id = await say(visitor, 'Hello');
    await platform.transfer(id, 'agent', 'Jane Doe');
    await platform.speak(id, 'agent', 'Jane here.');
    await visitor.sees('Jane here.');
    return id;
  }

  const feedbackLines = () => demo.log.filter((line) => line.includes('the visitor told how it was'));

  test('ends it: asked once more first, told that they did, and may say how it was, once', async (context) => {
    const visitor = await come(context);
    const id = await meetJane(visitor);
    await visitor.chat.getByRole('button', { name: 'End chat' }).click();
    await visitor.chat.getByRole('button', { name: 'Keep chatting' }).click();
    assert.equal((await platform.chat(id)).status, 'assigned');
    await visitor.chat.getByRole('button', { name: 'End chat' }).click();
    await visitor.chat.getByRole('group', { name: 'End this chat?' }).getByRole('button', { name: 'End chat' }).click();
    await visitor.sees('You ended this chat');
    assert.equal((await platform.chat(id)).status, 'finished');
    assert.equal(await fallback(visitor).isVisible(), false);

    await visitor.chat.getByRole('radio', { name: '5 stars, Great' }).check({ force: true });
    await visitor.chat.getByRole('textbox', { name: /Would you like to say more/ }).fill('Jane was kind');
    await visitor.chat.getByRole('button', { name: 'Send feedback' }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await visitor.sees('Thank you for your feedback.');
    assert.equal(await visitor.chat.getByRole('radio').count(), 0);
    assert.equal(feedbackLines().length, 1);

    await visitor.chat.getByRole('button', { name: 'Start a new chat' }).click();
    await visitor.chat.getByText('You ended this chat').waitFor({ state: 'detached' });
    assert.equal(await visitor.page.getByRole('textbox', { name: 'Your message' }).isVisible(), true);
  });

  test('finds it ended by the team, and again after a reload', async (context) => {
    const visitor = await come(context);
    await platform.control('POST', `/chats/${await meetJane(visitor)}/end`);
    const message = visitor.page.getByRole('textbox', { name: 'Your message' });
    await visitor.chat.getByRole('heading', { name: 'This chat has ended' }).waitFor();
    assert.equal(await message.isVisible(), false);
    await visitor.page.reload();
    await visitor.chat.getByRole('heading', { name: 'This chat has ended' }).waitFor();
    assert.deepEqual(await visitor.bubbles(), ['Hello', 'Jane here.']);
    assert.equal(await fallback(visitor).isVisible(), false);
  });

  describe('and fails', { concurrency: 4 }, () => {
    const reasons: readonly (readonly [reason: string, words: string, needsHelp: boolean])[] = [
      ['unknown', 'This chat was cut off', true],
      ['no_response', 'Nobody could answer', true],
      ['expired', 'Nobody could join you in time', true],
      ['after_hours', 'We’re closed right now', true],
      ['escalation_failed', 'We couldn’t connect you to a person', true],
      ['expired_menu_selection', 'This chat was closed', true],
      ['end_user_opt_out', 'You opted out of this chat', false],
      ['over_cap_email', 'Everyone is busy right now', true],
      ['group_deleted_no_substitute', 'Nobody is there for this topic any more', true],
    ];
    for (const [reason, words, needsHelp] of reasons) {
      test(`reads "${words}" (${reason})${needsHelp ? ', and where else to turn' : ''}`, async (context) => {
        const visitor = await come(context);
        await platform.control('POST', `/chats/${await say(visitor, 'Hello')}/fail`, { reason });
        await visitor.chat.getByRole('heading', { name: words }).waitFor();
        assert.equal(await fallback(visitor).isVisible(), needsHelp);
        assert.ok(!(await visitor.chat.innerText()).includes(reason), 'a code is no reason');
      });
    }
  });

  test('reads the same words where the platform has a field for the reason, and plain text', async (context) => {
    await platform.switch({ failReason: 'field', statusText: 'plain' });
    const visitor = await come(context);
    await platform.control('POST', `/chats/${await say(visitor, 'Hello')}/fail`, { reason: 'no_response' });
    await visitor.chat.getByRole('heading', { name: 'Nobody could answer' }).waitFor();
  });

  for (const closedChat of ['failed', 'refused'] as const) {
    test(`begins it when nobody is there (${closedChat}), and is shown another way`, async (context) => {
      await platform.switch({ openingHours: 'closed', closedChat });
      const visitor = await come(context);
      await visitor.write('Hello');
      await fallback(visitor).waitFor();
      if (closedChat === 'failed') await visitor.chat.getByRole('heading', { name: 'We’re closed right now' }).waitFor();
      await visitor.sees('Hello');
    });
  }

  describe('by falling asleep', () => {
    async function fallAsleep(context: TestContext): Promise<{ visitor: Visitor; id: number }> {
      const visitor = await come(context);
      const id = await meetJane(visitor);
      await platform.control('POST', `/chats/${id}/dismiss`);
      await visitor.chat.getByRole('heading', { name: 'This chat is paused' }).waitFor();
      return { visitor, id };
    }

    const positions = [
      {},
      { resumeMethod: 'POST', resumeAnswer: 'empty', chatResumedWebhook: 'sent' },
      { resumeTarget: 'queued', resumeAnswer: 'empty' },
    ];
    for (const position of positions) {
      test(`continues where it was (${JSON.stringify(position)})`, async (context) => {
        await platform.switch(position);
        const { visitor, id } = await fallAsleep(context);
        await visitor.chat.getByRole('button', { name: 'Continue conversation' }).click();
        const message = visitor.page.getByRole('textbox', { name: 'Your message' });
        await message.waitFor();
        const { status } = await platform.chat(id);
        assert.equal(status, 'resumeTarget' in position ? 'queued' : 'assigned');
        await say(visitor, 'I am back');
        assert.deepEqual(await visitor.bubbles(), ['Hello', 'Jane here.', 'I am back']);
        assert.equal(await visitor.chat.getByText('This chat is paused').count(), 0);
      });
    }

    test('starts a new one, or closes the window and finds it paused still', async (context) => {
      const { visitor, id } = await fallAsleep(context);
      await visitor.chat.getByRole('button', { name: 'Close', exact: true }).click();
      await visitor.chat.getByRole('heading', { name: 'This chat is paused' }).waitFor({ state: 'hidden' });
      await visitor.open();
      await visitor.chat.getByRole('button', { name: 'Start a new one' }).click();
      await visitor.chat.getByText('This chat is paused').waitFor({ state: 'detached' });
      await say(visitor, 'Something else');
      assert.deepEqual(await visitor.bubbles(), ['Something else']);
      assert.notEqual(await chatIdOf(visitor), id);
    });
  });
});

describe('a visitor who is silent for long', () => {
  test('is asked whether they are still there, says so, and the chat stays', async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'silence-'));
    const script = join(folder, 'short.yaml');
    // Two minutes are the time in which a visitor is asked.
    await writeFile(script, 'queues: { 100: Help }\nnew_chat: agent\nsilence: { ended_after: 90 s }\npeople: { Kim: { role: agent, greets: Kim here. } }\n');
    const [demo, browser] = await Promise.all([startDemo({ script }), openBrowser()]);
    context.after(async () => {
      await browser.close();
      await demo.stop();
      await rm(folder, { recursive: true, force: true });
    });
    const platform = await takePlatform(demo.emulator);
    const visitor = await visit(browser, demo.site);
    await visitor.open();
    await visitor.chat.evaluate((chat: any) => chat.startChat());
    await visitor.sees('Kim here.');
    await visitor.chat.getByRole('heading', { name: 'Still there?' }).waitFor();
    await visitor.sees(/^This chat closes in 1 minute|^This chat closes in 2 minutes/);
    await visitor.chat.getByRole('button', { name: 'I’m still here' }).click();
    await visitor.chat.getByRole('heading', { name: 'Still there?' }).waitFor({ state: 'detached' });
    assert.deepEqual(await visitor.bubbles(), ['Kim here.', 'I’m still here']);
    const id: number = await visitor.page.evaluate(() => (document.querySelector('ccai-chat') as any).snapshot.chat.id);
    const { all } = await until(() => platform.chat(id), (chat) => chat.all.length === 2);
    assert.deepEqual(all.map(({ content }: any) => content), ['Kim here.', 'I’m still here']);
  });
});
