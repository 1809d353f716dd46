// A person plays the human agent in a second window: takes the chat, answers, hands over, and ends it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { startDemo, type Demo } from './support/demo.js';
import { visit, type Visitor } from './support/visitor.js';

describe('a person at the agent desk', () => {
  let demo: Demo;
  let browser: Browser;
  let visitor: Visitor;
  let desk: Page;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo({ script: 'quiet' }), openBrowser()]);
    visitor = await visit(browser, demo.site);
    desk = await browser.newPage();
    desk.setDefaultTimeout(20_000);
    await desk.goto(demo.desk);
  });
  after(async () => {
    await browser.close();
    await demo.stop();
  });

  const control = async (path: string): Promise<any> => (await fetch(`${demo.emulator}/emulator${path}`)).json();
  const speakAs = async (from: string, content: string) => {
    const { chats } = await control('/chats');
    const response = await fetch(`${demo.emulator}/emulator/chats/${chats[0].id}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from, message: { type: 'text', content } }),
    });
    assert.ok(response.ok, await response.text());
  };

  test('sees a new chat arrive, and what the visitor wrote', async () => {
    await visitor.open();
    await visitor.write('Is anybody there?');
    await desk.getByText('Is anybody there?').first().click();
  });

  test('takes the chat and answers; the visitor reads it, and who answers', async () => {
    await desk.getByRole('button', { name: 'Take this chat' }).click();
    await desk.getByRole('textbox').fill('Hello, how can I help?');
    await desk.getByRole('textbox').press('Enter');
    await visitor.sees('Hello, how can I help?');
    await visitor.sees(/You are now chatting with/);
  });

  test('starts the task agent: what the visitor and it say to each other is not on the desk', async () => {
    await desk.getByRole('button', { name: 'Verify customer' }).click();
    await desk.getByText(/You do not see this part/).waitFor();
    await visitor.sees(/You are now chatting with Verification/);
    await speakAs('task_virtual_agent', 'Please enter the 6-digit code.');
    await visitor.sees('Please enter the 6-digit code.');
    await visitor.sees('Private: your agent can’t see this');
    await visitor.write('424242');
    await visitor.chat.locator('[part~=message]', { hasText: '••••••••' }).getByText('Sent').waitFor();
    const { chats } = await control('/chats');
    let chat = await control(`/chats/${chats[0].id}`);
    for (let turn = 0; turn < 100 && !JSON.stringify(chat.all).includes('424242'); turn += 1) chat = await control(`/chats/${chats[0].id}`);
    assert.ok(JSON.stringify(chat.all).includes('424242'));
    assert.ok(!JSON.stringify(chat.agentView).includes('424242'));
    assert.ok(!(await desk.content()).includes('424242'));
    assert.equal(await desk.getByText('424242').count(), 0);
  });

  test('gets the chat back, and the visitor is told', async () => {
    await desk.getByRole('button', { name: 'End task' }).click();
    await visitor.page.waitForFunction(() => (document.querySelector('ccai-chat') as any).snapshot.items.filter((item: any) => item.notice?.transfer).length >= 3);
  });

  test('keeps the keyboard where the work is when a button goes away', async () => {
    const focused = () => desk.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.textContent.trim();
    });
    const press = async (name: string) => {
      await desk.getByRole('button', { name, exact: true }).focus();
      await desk.keyboard.press('Enter');
    };
    await press('Transfer…');
    await press('Finn');
    assert.equal(await focused(), 'Transfer…');
    await press('End chat');
    await desk.getByRole('button', { name: 'Keep it' }).waitFor();
    assert.equal(await focused(), 'Keep it');
    await press('Keep it');
    await desk.getByRole('button', { name: 'Keep it' }).waitFor({ state: 'detached' });
    assert.equal(await desk.evaluate(() => document.activeElement?.localName), 'agent-desk');
  });

  test('ends the chat; the visitor may start anew', async () => {
    await desk.getByRole('button', { name: 'End chat' }).click();
    await desk.getByRole('button', { name: 'End it for the customer' }).click();
    await visitor.sees('This chat has ended');
  });

  test('no other website may drive the desk\'s control API', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
      const response = await fetch(`${demo.emulator}/emulator/chats`, { headers });
      assert.equal(response.status, 403);
      assert.equal(response.headers.get('access-control-allow-origin'), null);
    }
  });
});
