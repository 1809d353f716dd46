import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MessageList } from '../../src/elements/message-list.js';
import { PanelRequestEvent, requestOf, type PanelRequest } from '../../src/elements/panel-request.js';
import { en } from '../../src/i18n/en.js';
import { createChat, jane, say, task } from './support/fixtures.js';
import { showList as show } from './support/list.js';
import { bubbles, find, findAll, get, settle } from './support/mount.js';

describe('<ccai-message-list>', () => {
  describe('of the visitor’s own private messages', () => {
    const secret = say('end_user', 'canary-4242', { private: true });
    const reveal = (list: MessageList): HTMLElement => get(list, 'button.reveal');

    it('has no text in the document before it is revealed, nor after it is hidden again', async () => {
      const list = await show([say('task_virtual_agent', 'Your code?', { private: true }), secret]);
      assert.notInclude(list.shadowRoot?.innerHTML, 'canary');
      assert.equal(reveal(list).getAttribute('aria-label'), 'Show what you wrote');
      for (const [pressed, shown] of [['false', false], ['true', true], ['false', false]] as const) {
        assert.equal(reveal(list).getAttribute('aria-pressed'), pressed);
        assert.equal(list.shadowRoot?.innerHTML.includes('canary-4242'), shown);
        reveal(list).focus();
        await sendKeys({ press: 'Space' });
        await settle(list);
        assert.isTrue(list.shadowRoot?.activeElement === reveal(list));
      }
    });

    it('tells not even the length', async () => {
      const [short, long] = await Promise.all(['1', 'x'.repeat(500)].map((text) => show([say('end_user', text, { private: true })])));
      assert.equal(bubbles(short as MessageList)[0], bubbles(long as MessageList)[0]);
    });

    it('reveals one without the others', async () => {
      const list = await show([secret, say('end_user', 'other-99', { private: true })]);
      reveal(list).click();
      await settle(list);
      assert.include(list.shadowRoot?.innerHTML, 'canary-4242');
      assert.notInclude(list.shadowRoot?.innerHTML, 'other-99');
    });

    it('shows a placeholder where one was removed, of either side', async () => {
      const list = await show([
        say('task_virtual_agent', '', { private: true, type: 'removed' }),
        say('end_user', '', { private: true, type: 'removed' }),
      ]);
      assert.deepEqual(bubbles(list), [en.removed, en.removed]);
      assert.deepEqual([find(list, '.reveal'), find(list, '.only-you')], [null, null]);
    });
  });

  describe('of a private message whose listener has left', () => {
    const lost = say('end_user', 'canary-4242', {
      id: 'lost', private: true, delivery: 'failed', code: 'addressee-gone', to: { kind: 'task_virtual_agent', id: task.id },
    });
    const meet = async (change: Partial<MessageList>): Promise<{ list: MessageList; requests: PanelRequest[]; words: string[] }> => {
      const list = await show([lost], change);
      const requests: PanelRequest[] = [];
      list.addEventListener(PanelRequestEvent.type, (event) => {
        const request = requestOf(event);
        if (request) requests.push(request);
      });
      return { list, requests, words: findAll(list, '.undelivered button').map(({ textContent }) => textContent.trim()) };
    };

    it('offers to send it to whoever is there by name, or to discard it, and nothing else', async () => {
      const { list, requests, words } = await meet({ chat: createChat({ participants: [{ ...task, active: false }, jane] }) });
      assert.include(get(list, '.undelivered').textContent, 'Not sent: the assistant has left');
      assert.deepEqual(words, ['Send to Jane Moreau', 'Discard']);
      for (const button of findAll(list, '.undelivered button')) button.click();
      assert.deepEqual(requests, [{ type: 'redirect', id: 'lost' }, { type: 'discard', id: 'lost' }]);
      assert.notInclude(list.shadowRoot?.innerHTML, 'canary');
    });

    it('asks where that very listener seems to be there, says who would read it else, and names another one', async () => {
      const { list, requests, words } = await meet({ chat: createChat({ participants: [jane, task] }) });
      assert.deepEqual(words, ['Try again', 'Send anyway', 'Discard']);
      assert.include(get(list, '.undelivered').textContent, 'If so, Jane Moreau would see this.');
      findAll(list, '.undelivered button')[1]?.click();
      assert.deepEqual(requests, [{ type: 'redirect', id: 'lost' }]);
      const other = { ...task, id: 32, name: 'Other' };
      assert.deepEqual((await meet({ chat: createChat({ participants: [jane, other] }) })).words, ['Send to Other', 'Discard']);
    });

    it('only discards it once the chat is over, or nobody is there', async () => {
      assert.deepEqual((await meet({ closed: true })).words, ['Discard']);
      assert.deepEqual((await meet({ chat: createChat({ participants: [] }) })).words, ['Discard']);
    });

    it('tries again by the visitor’s hand where it failed for another reason', async () => {
      const list = await show([say('end_user', '4242', { private: true, delivery: 'failed', code: 'platform-unavailable' })]);
      assert.deepEqual(findAll(list, '.undelivered button').map(({ textContent }) => textContent.trim()), ['Try again', 'Discard']);
    });
  });
});
