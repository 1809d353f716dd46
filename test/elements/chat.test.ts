import { aTimeout, assert, expect, oneEvent } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { CcaiChat } from '../../src/elements/index.js';
import { define } from '../../src/elements/define.js';
import { createChat, jane, pine, returns, running, runningTask, say, transfer } from './support/fixtures.js';
import { bubbles, fieldOf, find, findAll, get, mount, mountOpen, press, settle, type, until } from './support/mount.js';

describe('<ccai-chat>', () => {
  describe('is accessible', () => {
    const talk = running([say('virtual_agent', 'Hello'), say('end_user', 'Hi'), transfer(pine, jane), say('agent', 'I am Jane')]);
    const states = {
      'before a chat': {},
      'during a chat': talk,
      'with an undelivered message': running([say('end_user', 'Hi', { delivery: 'failed' })]),
      'after a chat': { ...talk, phase: 'ended' as const },
      'with a private task': runningTask([say('task_virtual_agent', 'Your code?', { private: true }), say('end_user', '42', { private: true })]),
      'when nothing answers': { problem: { code: 'relay-unreachable', retryable: true } },
    };
    for (const [name, state] of Object.entries(states)) {
      it(`${name}, in light and dark`, async () => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await emulateMedia({ colorScheme });
          const { chat } = await mountOpen({ config: { languages: [], menus: [], hideVaToVaSystemMessages: false, features: [] }, ...state });
          if (name === 'after a chat') await until(() => find(chat, 'section.ended'), 'the ways on');
          await Promise.all(get(chat, 'ccai-chat-panel').getAnimations({ subtree: true }).map(({ finished }) => finished.catch(() => undefined)));
          await expect(chat).to.be.accessible();
          chat.remove();
        }
        await emulateMedia({ colorScheme: 'light' });
      });
    }

    it('while closed', async () => {
      const { chat } = await mount();
      await expect(chat).to.be.accessible();
    });
  });

  describe('as a guest of the page', () => {
    it('shows its launcher instead of the link, and asks for nothing', async () => {
      const { chat, client } = await mount();
      assert.equal(chat.querySelector('a')?.checkVisibility(), false);
      assert.equal(get(chat, '.launcher').getAttribute('aria-label'), 'Open chat');
      assert.deepEqual(client.calls, []);
      assert.equal(find(chat, 'ccai-chat-panel'), null);
    });

    it('leaves the focus where it was when the link had it', async () => {
      const chat = document.createElement('ccai-chat');
      const link = document.createElement('a');
      link.href = '/contact';
      link.textContent = 'Contact us';
      chat.append(link);
      document.body.append(chat);
      await chat.updateComplete;
      link.focus();
      chat.relayUrl = 'https://relay.example';
      await oneEvent(chat, 'ccai-ready');
      assert.isTrue(chat.shadowRoot?.activeElement === get(chat, '.launcher'));
      chat.remove();
    });

    it('keeps the link and says why once when no relay is known', async () => {
      const errors: unknown[] = [];
      const original = console.error;
      console.error = (...values: unknown[]) => void errors.push(values.join(' '));
      const chat = document.createElement('ccai-chat');
      const link = document.createElement('a');
      link.href = '/contact';
      link.textContent = 'Contact us';
      chat.append(link);
      setTimeout(() => { document.body.append(chat); });
      const event = await oneEvent(chat, 'ccai-error');
      chat.heading = 'Again';
      await chat.updateComplete;
      console.error = original;
      assert.equal(event.detail.code, 'relay-not-found');
      assert.lengthOf(errors, 1);
      assert.equal(link.checkVisibility(), true);
      assert.equal(find(chat, '.launcher'), null);
      const refusal = await chat.sendMessage('Hello').catch((error: unknown) => error);
      assert.propertyVal(refusal as object, 'code', 'relay-not-found');
      chat.remove();
    });

    it('may be defined twice without a word', () => {
      assert.doesNotThrow(() => { define('ccai-chat', class extends HTMLElement {}); });
      assert.isTrue(customElements.get('ccai-chat') === CcaiChat);
    });

    it('survives being moved, and lets go of everything when removed for good', async () => {
      const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]));
      const elsewhere = document.createElement('div');
      document.body.append(elsewhere);
      elsewhere.append(chat);
      await settle(chat);
      assert.notInclude(client.names(), 'close');
      assert.equal(get(chat, 'ccai-chat-panel').matches(':popover-open'), true);
      elsewhere.remove();
      await aTimeout(0);
      assert.equal(client.names().at(-1), 'close');
      assert.equal(client.listenerCount, 0);
    });
  });

  describe('opens and closes', () => {
    it('from the launcher, with the focus in the text field and back again by Escape', async () => {
      const { chat } = await mount();
      const launcher = get(chat, '.launcher');
      launcher.focus();
      await sendKeys({ press: 'Enter' });
      await until(() => find(chat, 'ccai-composer')?.shadowRoot?.activeElement, 'the focus in the composer');
      assert.equal(chat.open, true);
      assert.equal(get(chat, 'ccai-chat-panel').matches(':popover-open'), true);
      await sendKeys({ press: 'Escape' });
      await settle(chat);
      assert.equal(chat.open, false);
      assert.isTrue(chat.shadowRoot?.activeElement === launcher);
    });

    it('returns the focus to the page’s own button', async () => {
      const { chat } = await mount({}, { 'no-launcher': '' });
      const button = document.createElement('button');
      document.body.append(button);
      button.addEventListener('click', () => { chat.show(); });
      button.focus();
      button.click();
      await until(() => find(chat, 'ccai-composer')?.shadowRoot?.activeElement, 'the focus in the composer');
      press(get(chat, 'textarea'), 'Escape');
      await settle(chat);
      assert.isTrue(document.activeElement === button);
      button.remove();
    });

    it('fills a phone’s screen, upright and on its side', async () => {
      for (const size of [{ width: 360, height: 640 }, { width: 740, height: 360 }]) {
        await setViewport(size);
        const { chat } = await mountOpen();
        const panel = get(chat, 'ccai-chat-panel');
        await Promise.all(panel.getAnimations().map(({ finished }) => finished));
        const { width, height, top } = panel.getBoundingClientRect();
        assert.deepEqual({ width, height, top }, { ...size, top: 0 });
      }
      await setViewport({ width: 1000, height: 800 });
    });

    it('tells the page, by events that bubble', async () => {
      const { chat } = await mount();
      setTimeout(() => { chat.show(); });
      await oneEvent(document, 'ccai-show');
      setTimeout(() => { chat.hide(); });
      await oneEvent(document, 'ccai-hide');
    });

    it('stands in the page’s flow when inline, open from the start', async () => {
      const { chat } = await mount({}, { layout: 'inline' });
      await until(() => find(chat, 'textarea')?.checkVisibility(), 'the text field');
      assert.equal(find(chat, '.launcher'), null);
      assert.equal(find(chat, '.close'), null);
    });
  });

  describe('carries a conversation', () => {
    it('starts with the first message, in the menu and with the data of the page', async () => {
      const { chat, client } = await mountOpen({}, { menu: '101' });
      chat.context = { cart: 3 };
      press(await type(chat, 'My tent broke'), 'Enter');
      await until(() => client.names().includes('sendMessage'), 'the message');
      const start = client.calls.find(([name]) => name === 'startChat')?.[1];
      assert.deepInclude(start, { menu: 101, context: { cart: 3 } });
      assert.deepEqual(client.calls.at(-1), ['sendMessage', 'My tent broke']);
      assert.equal(fieldOf(chat).value, '');
    });

    it('waits with what is asked before it is loaded', async () => {
      const { chat, client } = await mount();
      const sent = chat.sendMessage('Hello');
      assert.equal(await sent, 'id');
      assert.deepEqual(client.calls.at(-1), ['sendMessage', 'Hello']);
      const refusal = await chat.sendMessage(' \n ').catch((error: unknown) => error);
      assert.propertyVal(refusal as object, 'code', 'message-empty');
    });

    it('lets the page veto a message, and keeps the draft', async () => {
      const { chat, client } = await mountOpen();
      chat.addEventListener('ccai-before-send', (event) => { event.preventDefault(); });
      press(await type(chat, 'secret'), 'Enter');
      await settle(chat);
      assert.notInclude(client.names(), 'sendMessage');
      assert.equal(fieldOf(chat).value, 'secret');
    });

    it('keeps a draft through closing, errors and the end of a chat', async () => {
      const { chat, client } = await mountOpen(running([]));
      await type(chat, 'half a thou');
      chat.hide();
      await settle(chat);
      client.set({ chat: null, phase: 'none', problem: { code: 'relay-unreachable', retryable: true }, connection: 'stopped' });
      await settle(chat);
      client.set(running([], { phase: 'ended', problem: null }));
      await settle(chat);
      client.set(running([]));
      chat.show();
      await settle(chat);
      assert.equal(fieldOf(chat).value, 'half a thou');
    });

    it('shows the way out when nothing answers, and tries again when asked', async () => {
      const { chat, client } = await mount();
      client.onConnect = () => { client.set({ problem: { code: 'relay-unreachable', retryable: true } }); };
      chat.show();
      const button = await until(() => find(chat, '.center .pill'), 'the way out');
      assert.include(get(chat, '.center').textContent, 'temporarily unavailable');
      assert.equal(chat.querySelector('a')?.checkVisibility(), true);
      client.onConnect = () => { client.set({ problem: null }); };
      button.click();
      await until(() => find(chat, '.greeting'), 'the greeting');
      assert.equal(chat.querySelector('a')?.checkVisibility(), false);
    });

    it('offers a person while a virtual agent answers, once', async () => {
      const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]));
      get(chat, '.person').click();
      assert.lengthOf(client.names().filter((name) => name === 'requestAgent'), 1);
      client.set({ escalation: { id: 1, status: 'escalating' } });
      await settle(chat);
      assert.equal(find(chat, '.person'), null);
      await until(() => find(chat, '.progress')?.textContent.includes('Connecting you to a person'), 'the word');
      client.set({ chat: createChat({ status: 'assigned', participants: [jane] }), phase: 'agent', escalation: { id: 1, status: 'escalated' } });
      await settle(chat);
      assert.equal(find(chat, '.banner'), null);
      assert.include(get(chat, 'header').textContent, 'Jane Moreau');
    });

    it('says what could not be done, and does it again when asked', async () => {
      const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]));
      client.failures.set('requestAgent', new Error('no'));
      get(chat, '.person').click();
      const button = await until(() => find(chat, '.banner.problem button'), 'the problem');
      client.failures.clear();
      button.click();
      await until(() => !find(chat, '.banner.problem'), 'the problem to pass');
      assert.lengthOf(client.names().filter((name) => name === 'requestAgent'), 2);
    });

    it('ends only after a second word', async () => {
      const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]));
      get(chat, '.end').click();
      await settle(chat);
      get(chat, '.keep').click();
      await settle(chat);
      assert.notInclude(client.names(), 'endChat');
      get(chat, '.end').click();
      await settle(chat);
      get(chat, '.pill.danger').click();
      assert.include(client.names(), 'endChat');
    });

    it('can start anew after the end', async () => {
      const { chat, client } = await mountOpen(running([say('virtual_agent', 'Bye')], { phase: 'ended' }));
      assert.include(get(chat, '.ended').textContent, 'This chat has ended');
      assert.equal(get(chat, 'ccai-composer').hidden, true);
      get(chat, '.ended button').click();
      assert.include(client.names(), 'startChat');
    });

    it('speaks of a lost connection only when it stays lost', async () => {
      const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]));
      Object.assign(get(chat, 'ccai-chat-panel'), { patience: 0 });
      client.set({ connection: 'waiting' });
      await until(() => find(chat, '.banner')?.textContent.includes('Reconnecting'), 'the banner');
      client.set({ connection: 'open' });
      await until(() => !find(chat, '.banner'), 'the banner to go');
    });
  });

  describe('hides what the page wants hidden', () => {
    const items = [transfer(pine, returns), transfer(returns, jane)];
    const state = running(items, { chat: createChat({ participants: [pine, returns, jane] }) });
    const noticesOf = async (attributes: Record<string, string>, relayHides: boolean): Promise<number> => {
      const config = { languages: [], menus: [], hideVaToVaSystemMessages: relayHides, features: [] };
      const { chat } = await mountOpen({ ...state, config }, attributes);
      return findAll(chat, '.notice').length;
    };
    const name = 'hide-va-to-va-system-messages';

    it('transfers between virtual agents, by attribute before the relay’s word', async () => {
      assert.equal(await noticesOf({}, false), 2);
      assert.equal(await noticesOf({}, true), 1);
      assert.equal(await noticesOf({ [name]: '' }, false), 1);
      assert.equal(await noticesOf({ [name]: 'false' }, true), 2);
    });

    it('live, when the attribute changes', async () => {
      const { chat } = await mountOpen(state);
      chat.setAttribute(name, '');
      await settle(chat);
      assert.deepEqual(findAll(chat, '.notice').map((notice) => notice.textContent.includes('Jane')), [true]);
    });
  });

  it('counts what arrives while closed, and forgets it when opened', async () => {
    const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]));
    chat.hide();
    await settle(chat);
    const counts: number[] = [];
    chat.addEventListener('ccai-unread', (event) => counts.push(event.detail.count));
    const first = say('agent', 'One');
    if (first.kind !== 'message') throw new Error('not a message');
    client.emit('message-received', first.message);
    client.emit('message-received', first.message);
    await settle(chat);
    assert.equal(get(chat, '.badge').textContent, '2');
    assert.equal(get(chat, '.launcher').getAttribute('aria-label'), 'Open chat, 2 unread messages');
    chat.show();
    await settle(chat);
    assert.equal(find(chat, '.badge'), null);
    assert.deepEqual(counts, [1, 2, 0]);
  });

  it('goes on with a chat after a reload, as open as it was', async () => {
    const { chat } = await mount(running([say('virtual_agent', 'Hello again')]));
    await until(() => bubbles(chat).includes('Hello again'), 'the conversation');
    assert.equal(chat.open, false);
    assert.isFalse(document.activeElement === chat);
  });
});
