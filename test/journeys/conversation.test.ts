// A visitor of a shop asks the virtual agent, wants a person, talks to Jane, says goodbye, and could start again.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { startDemo, type Demo } from './support/demo.js';
import { visit, type Visitor } from './support/visitor.js';

describe('a visitor of the shop', () => {
  let demo: Demo;
  let browser: Browser;
  let visitor: Visitor;
  const requests: string[] = [];

  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
    visitor = await visit(browser, demo.site);
  });
  after(async () => {
    await browser.close();
    await demo.stop();
  });

  test('finds a launcher, and the page has asked the relay for nothing but the script', async () => {
    await visitor.page.getByRole('button', { name: 'Open chat' }).waitFor();
    const asked = await visitor.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
    assert.deepEqual(asked.filter((path) => path.startsWith('/relay')), ['/relay/widget/1/ccai-chat.js']);
    assert.deepEqual(await visitor.page.evaluate(() => [Object.keys(sessionStorage), Object.keys(localStorage)]), [[], []]);
  });

  test('opens it, can write at once, and is greeted by the virtual agent, who is labelled as automated', async () => {
    visitor.page.on('request', (request) => requests.push(request.url()));
    await visitor.open();
    await visitor.sees('Ahoy! What can we mend, or find, for you?');
    assert.equal(await visitor.page.evaluate(() => document.activeElement?.tagName), 'CCAI-CHAT');
    await visitor.page.keyboard.type('Hello');
    await visitor.page.keyboard.press('Enter');
    await visitor.sees('Hi! I’m Ava');
    await visitor.chat.getByRole('heading', { name: 'Ava' }).waitFor();
    await visitor.sees('Automated assistant');
    await visitor.sees('Sent');
  });

  test('gets an answer in markdown as formatted text, with a link that leaves safely', async () => {
    await visitor.write('What can you do?');
    const item = visitor.chat.locator('[part~=bubble] li').first();
    await item.waitFor();
    await visitor.chat.locator('[part~=bubble] strong').first().waitFor();
    await visitor.write('When are you open?');
    const link = visitor.chat.getByRole('link', { name: 'our map' });
    await link.waitFor();
    assert.equal(await link.getAttribute('href'), 'https://example.com/shops');
    assert.equal(await link.getAttribute('target'), '_blank');
    assert.match((await link.getAttribute('rel')) ?? '', /noopener noreferrer/);
  });

  test('asks for a person by the button, waits in words, and meets Jane', async () => {
    await visitor.chat.getByRole('button', { name: 'Talk to a person' }).click();
    await visitor.sees('Connecting you to a person…');
    await visitor.sees('You are now chatting with Jane Doe');
    await visitor.sees(/this is Jane/);
    await visitor.chat.getByRole('heading', { name: 'Jane Doe' }).waitFor();
    await visitor.chat.getByText('Connecting you to a person…').waitFor({ state: 'detached' });
  });

  test('talks with Jane and sees when everything was written, in order', async () => {
    const rows = visitor.chat.locator('[part~=message]');
    const before = await rows.allInnerTexts();
    await visitor.write('My tent pole broke');
    await rows.nth(before.length + 1).waitFor();
    const after = await rows.allInnerTexts();
    assert.deepEqual(after.slice(0, before.length), before);
    assert.match(after[before.length] ?? '', /My tent pole broke/);
    assert.ok((await visitor.chat.locator('[part~=timestamp] time').count()) > 0);
  });

  test('says goodbye, reads the last words, and the chat ends', async () => {
    await visitor.write('Thanks, that is all. Bye!');
    await visitor.sees('This chat has ended');
    await visitor.chat.getByRole('button', { name: 'Start a new chat' }).waitFor();
    assert.equal(await visitor.page.getByRole('textbox', { name: 'Your message' }).isVisible(), false);
  });

  test('starts a new chat, which knows nothing of the old one', async () => {
    await visitor.chat.getByRole('button', { name: 'Start a new chat' }).click();
    await visitor.sees('Hi! I’m Ava');
    assert.ok(!(await visitor.bubbles()).includes('My tent pole broke'));
    const { chats } = (await (await fetch(`${demo.emulator}/emulator/chats`)).json()) as { chats: unknown[] };
    assert.equal(chats.length, 2);
  });

  test('and through all of it the browser asked only the site, the relay and the platform for portraits', () => {
    const strangers = requests.filter((url) => !url.startsWith(`${demo.site}/`) && !url.startsWith(`${demo.emulator}/avatars/`) && !url.startsWith('data:'));
    assert.deepEqual(strangers, []);
  });
});
