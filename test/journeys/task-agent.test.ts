// Jane needs to be sure who the visitor is. An assistant asks for a code, and the code stays between the two of them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { startDemo, type Demo } from './support/demo.js';
import { readPageContent } from './support/page-content.js';
import { takePlatform, until, type Platform } from './support/platform.js';
import { assistant, gone, jane, listener, meetJane, onlyYou, question, type PrivateMoment } from './support/private-moment.js';
import { visit } from './support/visitor.js';

describe('a code for the task agent', () => {
  let demo: Demo;
  let browser: Browser;
  let platform: Platform;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo({ script: 'quiet' }), openBrowser()]);
    platform = await takePlatform(demo.emulator);
  });
  after(async () => {
    await browser.close();
    await demo.stop();
  });

  const meet = () => visit(browser, demo.site).then((visitor) => meetJane(visitor, platform));

  describe('from the first word to the last', () => {
    const code = '7318 2064';
    let moment: PrivateMoment;
    let desk: Page;

    before(async () => {
      moment = await meet();
      desk = await browser.newPage();
      desk.setDefaultTimeout(20_000);
      await desk.goto(`${demo.desk}#chat-${moment.chatId}`);
      await desk.getByText('I would like to change my address').last().waitFor();
    });
    after(async () => {
      await desk.close();
      await moment.visitor.close();
    });

    const assertHidden = async (when: string) => {
      assert.ok(!(await readPageContent(moment.visitor.page)).includes(code), `the code stands in the page ${when}`);
    };
    const assertNotAtDesk = async () => {
      assert.equal((await moment.find(code)).byAgent, false, 'the agent\'s view holds the code');
      assert.ok(!(await readPageContent(desk)).includes(code), 'the desk shows the code');
    };

    test('begins with who listens: the field says so in words, and is fit for a code', async () => {
      const { field, visitor } = moment;
      assert.equal(await field.getAttribute('autocomplete'), null);
      await moment.startTask();
      await visitor.chat.getByRole('heading', { name: assistant }).waitFor();
      await visitor.chat.getByRole('textbox', { name: 'Your message, only for the automated assistant' }).waitFor();
      assert.equal(await field.getAttribute('autocomplete'), 'one-time-code');
      assert.equal(await field.getAttribute('spellcheck'), 'false');
      assert.match((await visitor.chat.locator('[part~=composer]').getAttribute('class')) ?? '', /private/);
      assert.equal(await visitor.chat.locator('[part~=composer] > svg').count(), 1);
      await desk.getByText('You do not see this part.').waitFor();
      assert.ok(!(await readPageContent(desk)).includes(question), 'the desk shows what the assistant says');
    });

    test('can be pasted, and is masked as soon as it is sent: it is nowhere in the page', async () => {
      const { field, masked, visitor } = moment;
      const { page, context } = visitor;
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.site });
      await page.evaluate((text) => navigator.clipboard.writeText(text), code);
      await field.focus();
      await page.keyboard.press('ControlOrMeta+V');
      assert.equal(await field.inputValue(), code);
      await page.keyboard.press('Enter');
      await masked.getByText('Sent').waitFor();
      await masked.getByText(onlyYou).waitFor();
      await assertHidden('right after it was sent');
      await moment.untilArrived(code);
      await assertNotAtDesk();
    });

    test('is shown when the visitor asks to see it, and masked again', async () => {
      const { eye, masked, visitor } = moment;
      assert.equal(await eye.getAttribute('aria-pressed'), 'false');
      await eye.click();
      await visitor.sees(code);
      assert.equal(await eye.getAttribute('aria-pressed'), 'true');
      await eye.click();
      await masked.waitFor();
      await assertHidden('after it was masked again');
    });

    test('is answered, marked as private, and the answer is not for Jane either', async () => {
      const thanks = 'Thank you, that is right.';
      await platform.speak(moment.chatId, 'task_virtual_agent', thanks);
      const answer = moment.visitor.chat.locator('[part~=message]', { hasText: thanks });
      await answer.getByText(onlyYou).waitFor();
      assert.match((await answer.textContent()) ?? '', /Private, /);
      assert.deepEqual(await moment.find(thanks), { byAgent: false, times: 1 });
    });

    test('is still masked after a reload, and can still be shown', async () => {
      const { eye, masked, visitor } = moment;
      await visitor.page.reload();
      await masked.waitFor();
      await visitor.sees(listener);
      await assertHidden('after a reload');
      await eye.click();
      await visitor.sees(code);
      await eye.click();
      await masked.waitFor();
    });

    test('is over when Jane is back: the field is an ordinary one, and the code stays masked', async () => {
      const { field, masked, ordinaryField, visitor } = moment;
      await moment.endTask();
      await visitor.chat.getByRole('heading', { name: jane }).waitFor();
      await visitor.chat.locator('[part~=notice]', { hasText: `You are now chatting with ${jane}` }).nth(1).waitFor();
      await ordinaryField.waitFor();
      assert.equal(await field.getAttribute('autocomplete'), null);
      assert.equal(await visitor.chat.getByText(listener).count(), 0);
      await visitor.write('Did it work?');
      await desk.getByText('Did it work?').last().waitFor();
      await masked.waitFor();
      await assertHidden('after the task');
      await assertNotAtDesk();
      assert.deepEqual(await moment.find(code), { byAgent: false, times: 1 });
    });
  });

  test('that is still in the box when the assistant leaves is kept, and goes to Jane only when the visitor says so', async () => {
    const code = '5520 9917';
    const moment = await meet();
    const { field, visitor } = moment;
    const asked = visitor.chat.getByText(`Send this to ${jane}?`);
    await moment.startTask();
    await field.fill(code);
    await moment.endTask();
    await moment.ordinaryField.waitFor();
    assert.equal(await field.inputValue(), code);

    await field.press('Enter');
    await visitor.chat.getByRole('button', { name: 'Keep editing' }).click();
    await asked.waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), code);
    assert.equal((await moment.find(code)).times, 0);

    await field.press('Enter');
    await visitor.chat.getByRole('button', { name: `Send to ${jane}` }).click();
    await asked.waitFor({ state: 'detached' });
    await visitor.chat.locator('[part~=bubble]', { hasText: code }).waitFor();
    assert.equal(await field.inputValue(), '');
    await moment.untilArrived(code);
    assert.deepEqual(await moment.find(code), { byAgent: true, times: 1 });

    await visitor.write('And that is my new address');
    await moment.untilArrived('my new address');
    assert.equal(await asked.count(), 0);
    await visitor.close();
  });

  describe('that is sent while the assistant is gone and nobody has been told', () => {
    /** Its going is told two seconds late, and the visitor writes one second after it. */
    async function sendTooLate(code: string): Promise<PrivateMoment> {
      const moment = await meet();
      const { field, visitor } = moment;
      await moment.startTask();
      await field.fill(code);
      await platform.control('PUT', '/faults', { webhook: { taskDelay: [2_000, 2_000] } });
      await moment.endTask();
      const left = Date.now();
      await until(async () => Date.now() - left, (passed) => passed >= 1_000);
      assert.equal(await visitor.chat.getByText(listener).count(), 1, 'the page already knows: this proves nothing');
      await field.press('Enter');
      await visitor.sees(gone);
      assert.deepEqual(await moment.find(code), { byAgent: false, times: 0 });
      await moment.ordinaryField.waitFor();
      await visitor.chat.getByRole('heading', { name: jane }).waitFor();
      await platform.control('PUT', '/faults', {});
      return moment;
    }

    test('reaches nobody, and then Jane once, when the visitor says so', async () => {
      const code = '4086 7731';
      const moment = await sendTooLate(code);
      const { visitor } = moment;
      assert.ok(!(await readPageContent(visitor.page)).includes(code), 'what was not sent is not masked');
      await visitor.chat.getByRole('button', { name: `Send to ${jane}` }).click();
      await moment.untilArrived(code);
      await visitor.chat.locator('[part~=bubble]', { hasText: code }).waitFor();
      assert.equal(await visitor.chat.getByText(gone).count(), 0);
      await visitor.write('Hello?');
      await moment.untilArrived('Hello?');
      assert.deepEqual(await moment.find(code), { byAgent: true, times: 1 });
      await visitor.close();
    });

    test('reaches nobody at all when the visitor discards it', async () => {
      const code = '9023 1148';
      const moment = await sendTooLate(code);
      const { visitor } = moment;
      await visitor.chat.getByRole('button', { name: 'Discard' }).click();
      await visitor.chat.getByText(gone).waitFor({ state: 'detached' });
      assert.equal(await moment.masked.count(), 0);
      await visitor.write('Hello?');
      await moment.untilArrived('Hello?');
      assert.deepEqual(await moment.find(code), { byAgent: false, times: 0 });
      await visitor.close();
    });
  });

  test('is written, read again and taken back by keyboard alone', async () => {
    const [code, second] = ['6402 8857', '1175 3390'];
    const moment = await meet();
    const { visitor, masked } = moment;
    const { keyboard } = visitor.page;
    /** Moves on until the focus is on the control of this name. */
    const moveTo = async (name: string, key: 'Tab' | 'Shift+Tab') => {
      const control = visitor.chat.getByRole('button', { name });
      for (let steps = 0; steps < 30; steps += 1) {
        if (await control.evaluate((element) => element.matches(':focus'))) return;
        await keyboard.press(key);
      }
      assert.fail(`"${name}" is not reached by ${key}`);
    };
    await moment.startTask();
    await keyboard.type(code);
    await keyboard.press('Enter');
    await masked.getByText('Sent').waitFor();
    await moveTo('Show what you wrote', 'Shift+Tab');
    await keyboard.press('Space');
    await visitor.sees(code);
    await keyboard.press('Enter');
    await masked.waitFor();

    await moveTo('Send message', 'Tab');
    await keyboard.press('Shift+Tab');
    await keyboard.type(second);
    await moment.endTask();
    await moment.ordinaryField.waitFor();
    await keyboard.press('Enter');
    await visitor.sees(`Send this to ${jane}?`);
    await keyboard.press('Escape');
    await visitor.chat.getByText(`Send this to ${jane}?`).waitFor({ state: 'detached' });
    await keyboard.press('Enter');
    await visitor.sees(`Send this to ${jane}?`);
    await moveTo(`Send to ${jane}`, 'Tab');
    await keyboard.press('Enter');
    await moment.untilArrived(second);
    await keyboard.type('Thank you');
    await keyboard.press('Enter');
    await moment.untilArrived('Thank you');
    assert.deepEqual(await moment.find(code), { byAgent: false, times: 1 });
    assert.deepEqual(await moment.find(second), { byAgent: true, times: 1 });
    await visitor.close();
  });
});
