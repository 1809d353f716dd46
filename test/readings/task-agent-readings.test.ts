// The same code, on platforms that tell less, or more, of a task than is documented: it stays as private.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../journeys/support/browser.js';
import { startDemo, type Demo } from '../journeys/support/demo.js';
import { readPageContent } from '../journeys/support/page-content.js';
import { takePlatform, type Platform } from '../journeys/support/platform.js';
import { assistant, gone, jane, meetJane, onlyYou, unsure, type PrivateMoment } from '../journeys/support/private-moment.js';
import { visit } from '../journeys/support/visitor.js';

type Switches = Readonly<Record<string, string>>;

const readings: readonly (readonly [string, Switches])[] = [
  ['does not echo what is said to a task agent', { taskEcho: 'none' }],
  ['echoes it as an ordinary text', { taskEcho: 'text' }],
  ['does not tell when a task agent comes and goes', { taskMembershipWebhooks: 'none' }],
  ['gives every message an id', { webhookMessageId: 'every' }],
  ['names every sender', { senderName: 'present' }],
];

/** Where the chat object never shows, by the number it is known by, that a task agent is there, nobody can be sure of it. */
const uncertain: readonly (readonly [string, Switches])[] = [
  ['does not show a task agent in the chat', { taskAgentInChatObject: 'absent' }],
  ['calls its task agents by two numbers', { senderId: 'participant' }],
];

describe('a code for the task agent of a platform that', () => {
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

  async function begin(switches: Switches): Promise<PrivateMoment> {
    await platform.switch(switches);
    const moment = await meetJane(await visit(browser, demo.site), platform);
    await moment.startTask();
    return moment;
  }

  /** Its name is known from the chat object: what that has shown and shows no more has gone. */
  const untilShown = ({ visitor }: PrivateMoment) => visitor.chat.getByRole('heading', { name: assistant }).waitFor();

  /** Jane's first word tells on every platform that she has the chat back. */
  async function returnToJane(moment: PrivateMoment): Promise<void> {
    const { visitor, ordinaryField } = moment;
    await moment.endTask();
    await platform.speak(moment.chatId, 'agent', 'Thank you, I am back.');
    await visitor.sees('Thank you, I am back.');
    await ordinaryField.waitFor();
    await visitor.chat.getByRole('heading', { name: jane }).waitFor();
  }

  for (const [index, [reading, switches]] of readings.entries()) {
    test(`${reading} is masked, answered, for nobody else, and there once`, async () => {
      const code = `61${index}8 4407`;
      const moment = await begin(switches);
      const { masked, visitor } = moment;
      await untilShown(moment);
      await visitor.write(code);
      await masked.getByText('Sent').waitFor();
      await moment.untilArrived(code);
      await platform.speak(moment.chatId, 'task_virtual_agent', 'That is right.');
      await visitor.chat.locator('[part~=message]', { hasText: 'That is right.' }).getByText(onlyYou).waitFor();

      await returnToJane(moment);
      await visitor.write('Did it work?');
      await moment.untilArrived('Did it work?');
      assert.equal(await masked.count(), 1);
      assert.ok(!(await readPageContent(visitor.page)).includes(code), 'the code stands in the page');
      assert.deepEqual(await moment.find(code), { byAgent: false, times: 1 });
      assert.deepEqual(await moment.find('That is right.'), { byAgent: false, times: 1 });
      assert.deepEqual(await moment.find('Did it work?'), { byAgent: true, times: 1 });
      await visitor.close();
    });
  }

  test('does not tell that the task agent has gone reaches nobody when it is too late, and Jane when the visitor says so', async () => {
    const code = '2750 6618';
    const moment = await begin({ taskMembershipWebhooks: 'none' });
    const { visitor } = moment;
    await untilShown(moment);
    await moment.endTask();
    await visitor.write(code);
    await visitor.sees(gone);
    assert.deepEqual(await moment.find(code), { byAgent: false, times: 0 });
    await visitor.chat.getByRole('button', { name: `Send to ${jane}` }).click();
    await moment.untilArrived(code);
    assert.deepEqual(await moment.find(code), { byAgent: true, times: 1 });
    await visitor.close();
  });

  for (const [index, [reading, switches]] of uncertain.entries()) {
    test(`${reading} is asked about; sent anyway, it reaches the task agent alone, and stays private`, async () => {
      const code = `27${index}3 1158`;
      const moment = await begin(switches);
      const { masked, visitor } = moment;
      await visitor.write(code);
      await masked.getByText(unsure).waitFor();
      assert.deepEqual(await moment.find(code), { byAgent: false, times: 0 });
      await visitor.chat.getByRole('button', { name: 'Send anyway' }).click();
      await moment.untilArrived(code);
      await visitor.chat.getByText(unsure).waitFor({ state: 'detached' });
      assert.deepEqual(await moment.find(code), { byAgent: false, times: 1 });
      await masked.waitFor();
      await visitor.close();
    });

    test(`${reading} is not sent of itself, however often; Jane has it when she is back and the visitor says so`, async () => {
      const code = `38${index}1 9046`;
      const moment = await begin(switches);
      const { masked, visitor } = moment;
      await visitor.write(code);
      await masked.getByText(unsure).waitFor();
      await visitor.chat.getByRole('button', { name: 'Try again' }).click();
      await masked.getByText(unsure).waitFor();
      assert.deepEqual(await moment.find(code), { byAgent: false, times: 0 });

      await returnToJane(moment);
      assert.deepEqual(await moment.find(code), { byAgent: false, times: 0 });
      await visitor.chat.getByRole('button', { name: `Send to ${jane}` }).click();
      await moment.untilArrived(code);
      await visitor.chat.getByText(gone).waitFor({ state: 'detached' });
      assert.deepEqual(await moment.find(code), { byAgent: true, times: 1 });
      await visitor.close();
    });
  }
});
