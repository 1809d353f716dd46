// A shop, its relay and its contact center each say whether transfers between assistants are shown, and webhooks come as they like.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../journeys/support/browser.js';
import { startDemo, type Demo } from '../journeys/support/demo.js';
import { takePlatform, until, type Platform } from '../journeys/support/platform.js';
import { startProgram, type Program } from '../journeys/support/program.js';
import { visit, type Visitor } from '../journeys/support/visitor.js';
import { bringWitness, forget, hear } from '../journeys/support/witness.js';

const hide = 'hide-va-to-va-system-messages';
const notices = (visitor: Visitor) => visitor.chat.locator('[part~=notice] bdi').allInnerTexts();
const chatIdOf = (visitor: Visitor): Promise<number> =>
  visitor.page.evaluate(() => (document.querySelector('ccai-chat') as any).snapshot.chat.id);
const from = (name: string) => `You are now chatting with ${name}`;

describe('transfers between assistants', () => {
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

  /** Somebody who has Ava before them; from here on a witness looks on. */
  async function meetAva(attributes: Readonly<Record<string, string>>): Promise<{ visitor: Visitor; id: number }> {
    const visitor = await visit(browser, demo.site, { attributes, prepare: bringWitness });
    await visitor.open();
    await visitor.chat.evaluate((chat: any) => chat.startChat());
    const id = await chatIdOf(visitor);
    await platform.transfer(id, 'virtual_agent', 'Ava');
    await platform.speak(id, 'virtual_agent', 'Ava here.');
    await visitor.sees('Ava here.');
    await visitor.chat.getByRole('heading', { name: 'Ava' }).waitFor();
    await forget(visitor.page);
    return { visitor, id };
  }

  /** From Ava to Finn, and on to Jane, who says a word each. */
  async function handOver({ visitor, id }: { visitor: Visitor; id: number }): Promise<void> {
    await platform.transfer(id, 'virtual_agent', 'Finn');
    await platform.speak(id, 'virtual_agent', 'Finn here.');
    await visitor.sees('Finn here.');
    await platform.transfer(id, 'agent', 'Jane Doe');
    await platform.speak(id, 'agent', 'Jane here.');
    await visitor.sees('Jane here.');
    await visitor.chat.getByRole('heading', { name: 'Jane Doe' }).waitFor();
  }

  const positions = [
    ['at-once', 'after-joined'],
    ['at-once', 'late'],
    ['late', 'at-once'],
    ['late', 'missing'],
    ['missing', 'late'],
    ['missing', 'missing'],
  ] as const;
  for (const [participantJoinedWebhook, participantLeftWebhook] of positions) {
    test(`look the same when coming is told ${participantJoinedWebhook} and going ${participantLeftWebhook}`, async (context) => {
      await platform.switch({ participantJoinedWebhook, participantLeftWebhook });
      const met = await meetAva({ [hide]: '' });
      const { visitor, id } = met;
      context.after(() => visitor.close());
      await handOver(met);
      const { texts, events } = await hear(visitor.page);
      assert.deepEqual(texts.filter((text) => /now chatting with (?!Jane)/.test(text)), []);
      assert.deepEqual(events.filter(({ type, detail }) => type === 'participant' && detail.participant.kind === 'virtual_agent'), []);
      assert.deepEqual(await notices(visitor), [from('Jane Doe')]);
      // What was late is here once the emulator has told all of it.
      await until(async () => leavesOf(await platform.control('GET', '/journal'), id), (count) => count >= (participantLeftWebhook === 'missing' ? 0 : 2));
      await visitor.chat.evaluate((chat, name) => chat.setAttribute(name, 'false'), hide);
      await visitor.sees(from('Finn'));
      assert.deepEqual(await notices(visitor), [from('Finn'), from('Jane Doe')]);
      assert.equal(await visitor.chat.getByRole('heading', { name: 'Jane Doe' }).isVisible(), true);
    });
  }

  describe('are hidden by what says so first', () => {
    const relays: Program[] = [];
    before(() => platform.switch());
    after(() => Promise.all(relays.map((relay) => relay.stop())));

    /** A relay of the same tenant, told this. */
    async function startRelay(option?: string): Promise<string> {
      const credentials = await platform.control('GET', '/credentials');
      const relay = await startProgram(['src/cli/main.ts', 'relay'], {
        CCAI_HOST: demo.emulator,
        CCAI_SUBDOMAIN: credentials.subdomain,
        CCAI_API_TOKEN: credentials.apiToken,
        CCAI_WEBHOOK_PRIMARY_SECRET: credentials.webhookPrimarySecret,
        CCAI_MENU_ID: '100',
        RELAY_STORE: 'memory:',
        ...(option === undefined ? {} : { CCAI_HIDE_VA_TO_VA_SYSTEM_MESSAGES: option }),
      });
      relays.push(relay);
      return (relay.ready as { relay: string }).relay;
    }
    const isHidden = async (relay: string): Promise<boolean> => (await (await fetch(`${relay}/config`)).json()).hideVaToVaSystemMessages;
    const set = (value: boolean) => changeSetting(demo, value);

    test('the page: its word is taken where the relay says otherwise, and the relay’s where the page says nothing', async (context) => {
      const other = await startDemo({ script: 'quiet', env: { CCAI_HIDE_VA_TO_VA_SYSTEM_MESSAGES: 'true' } });
      context.after(() => other.stop());
      const there = await takePlatform(other.emulator);
      for (const [attributes, expected] of [[{}, []], [{ [hide]: 'false' }, [from('Finn')]]] as const) {
        const visitor = await visit(browser, other.site, { attributes });
        await visitor.open();
        await visitor.chat.evaluate((chat: any) => chat.startChat());
        const id = await chatIdOf(visitor);
        for (const name of ['Ava', 'Finn']) {
          await there.transfer(id, 'virtual_agent', name);
          await there.speak(id, 'virtual_agent', `${name} here.`);
          await visitor.sees(`${name} here.`);
          await visitor.chat.getByRole('heading', { name }).waitFor();
        }
        assert.deepEqual(await notices(visitor), expected);
        await visitor.close();
      }
    });

    test('the relay’s option before the setting of the contact center, which counts where neither says anything', async () => {
      await set(true);
      assert.deepEqual(await Promise.all([startRelay(), startRelay('false')].map(async (relay) => isHidden(await relay))), [true, false]);
      await platform.switch({ settingsNesting: 'chat' });
      const nested = await startRelay();
      await platform.switch({ settingsReadable: 'no' });
      const unreadable = await startRelay();
      await platform.switch();
      assert.deepEqual([await isHidden(nested), await isHidden(unreadable)], [true, false]);
      await set(false);
    });
  });

  describe('in a contact center that hides on its own', () => {
    before(() => changeSetting(demo, true));
    after(() => changeSetting(demo, false));

    for (const vaToVaHiddenBy of ['client', 'server', 'webhooks']) {
      test(`are known all the same (${vaToVaHiddenBy}), and told as the page wants`, async (context) => {
        await platform.switch({ vaToVaHiddenBy, notiWebhooks: 'guessed' });
        const met = await Promise.all([meetAva({ [hide]: '' }), meetAva({ [hide]: 'false' })]);
        for (const { visitor } of met) context.after(() => visitor.close());
        await Promise.all(met.map(handOver));
        const [hidden, shown] = await Promise.all(met.map(({ visitor }) => notices(visitor)));
        assert.deepEqual(hidden, [from('Jane Doe')]);
        assert.deepEqual(shown, [from('Finn'), from('Jane Doe')]);
      });
    }
  });
});

/** How many goings of a chat have been told. */
function leavesOf({ entries }: { entries: any[] }, chatId: number): number {
  const isLeave = ({ direction, body }: any) => direction === 'out' && body?.chat_id === chatId && body.event_type === 'participant_left';
  return entries.filter(isLeave).length;
}

/** The setting of the whole tenant, as its administrator makes it. */
async function changeSetting({ emulator }: Pick<Demo, 'emulator'>, value: boolean): Promise<void> {
  const credentials = (await (await fetch(`${emulator}/emulator/credentials`)).json()) as { subdomain: string; apiToken: string };
  const response = await fetch(`${emulator}/apps/api/v1/settings/chat`, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${credentials.subdomain}:${credentials.apiToken}`).toString('base64')}`,
    },
    body: JSON.stringify({ hide_va_to_va_system_messages: value }),
  });
  assert.ok(response.ok, await response.text());
}
