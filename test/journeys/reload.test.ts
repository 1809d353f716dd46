// A visitor reloads the page in the middle of a conversation and goes on where they were.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { startDemo, type Demo } from './support/demo.js';
import { visit, type Visitor } from './support/visitor.js';

describe('a visitor who reloads the page', () => {
  let demo: Demo;
  let browser: Browser;
  let visitor: Visitor;
  let told: string[];

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
    visitor = await visit(browser, demo.site);
    await visitor.open();
    await visitor.write('What are your opening hours?');
    await visitor.sees('Hi! I’m Ava');
    await visitor.chat.locator('[part~=bubble] li').first().waitFor();
    told = await visitor.bubbles();
  });
  after(async () => {
    await browser.close();
    await demo.stop();
  });

  test('finds the panel open and the whole conversation in it, each message once', async () => {
    await visitor.page.reload();
    await visitor.chat.locator('[part~=bubble] li').first().waitFor();
    assert.deepEqual(await visitor.bubbles(), told);
  });

  test('goes on in the same chat', async () => {
    await visitor.write('Thank you');
    await visitor.chat.locator('[part~=bubble]', { hasText: 'Thank you' }).waitFor();
    await visitor.sees('Sent');
    const { chats } = (await (await fetch(`${demo.emulator}/emulator/chats`)).json()) as { chats: unknown[] };
    assert.equal(chats.length, 1);
  });

  test('finds it closed when it was closed, and a message that comes meanwhile is counted', async () => {
    await visitor.page.keyboard.press('Escape');
    await visitor.page.reload();
    const launcher = visitor.page.getByRole('button', { name: /^Open chat/ });
    await launcher.waitFor();
    await visitor.page.waitForFunction(() => (document.querySelector('ccai-chat') as any)?.snapshot?.connection === 'open');
    const { chats } = (await (await fetch(`${demo.emulator}/emulator/chats`)).json()) as { chats: { id: number }[] };
    await fetch(`${demo.emulator}/emulator/chats/${chats[0]?.id}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: 'virtual_agent', message: { type: 'text', content: 'Are you still there?' } }),
    });
    await visitor.page.getByRole('button', { name: /1 unread message/ }).waitFor();
  });

  test('another visitor of the shop sees nothing of it', async () => {
    const stranger = await visit(browser, demo.site);
    await stranger.open();
    await stranger.sees('Ahoy!');
    assert.deepEqual(await stranger.bubbles(), []);
    await stranger.close();
  });
});
