import { assert, oneEvent } from '@open-wc/testing';
import { jane, runningTask, runningWithJane, say, task } from './support/fixtures.js';
import { get, mountOpen, press, settle, type } from './support/mount.js';

describe('<ccai-chat>', () => {
  describe('keeps what is private', () => {
    const secret = (from: 'end_user' | 'task_virtual_agent', text: string) => {
      const item = say(from, text, { private: true, ...(from === 'end_user' ? { to: { kind: task.kind, id: task.id } } : {}) });
      if (item.kind !== 'message') throw new Error('not a message');
      return item;
    };

    it('from the page’s listeners, its title and its storage', async () => {
      const { chat, client } = await mountOpen(runningTask([secret('task_virtual_agent', 'canary-1')]));
      const heard: string[] = [];
      for (const name of ['ccai-message-received', 'ccai-message-sent', 'ccai-before-send', 'ccai-status', 'ccai-unread']) {
        chat.addEventListener(name, (event) => heard.push(`${name} ${JSON.stringify((event as CustomEvent).detail)}`));
      }
      press(await type(chat, 'canary-2'), 'Enter');
      client.emit('message-sent', secret('end_user', 'canary-2').message);
      client.emit('message-received', { ...secret('task_virtual_agent', 'canary-3').message, parts: [{ type: 'text', text: 'canary-3' }] });
      assert.lengthOf(heard, 3);
      assert.include(heard[2], '"text":"","parts":null');
      const kept = [document.title, ...[localStorage, sessionStorage].flatMap((storage) => Object.entries(storage)).flat()];
      assert.notInclude([...heard, ...kept].join(), 'canary');
      assert.deepEqual(client.calls.at(-1), ['sendMessage', 'canary-2', { kind: 'task_virtual_agent', id: 31 }]);
    });

    it('and tells the page of everything else with its text', async () => {
      const { chat, client } = await mountOpen(runningTask([]));
      const item = say('agent', 'Back again');
      setTimeout(() => { if (item.kind === 'message') client.emit('message-received', item.message); });
      const { detail } = await oneEvent(chat, 'ccai-message-received');
      assert.equal(detail.message.text, 'Back again');
    });

    it('for whom it was typed: the draft outlives the listener, and is asked about by name', async () => {
      const { chat, client } = await mountOpen(runningTask([]));
      const field = await type(chat, '4242');
      client.set(runningWithJane([]));
      await settle(chat);
      press(field, 'Enter');
      await settle(chat);
      assert.notInclude(client.names(), 'sendMessage');
      assert.include(get(chat, '.question').textContent, 'Send this to Jane Moreau?');
      press(get(chat, '.question .keep'), 'Escape');
      await settle(chat);
      assert.equal(chat.open, true);
      press(field, 'Enter');
      await settle(chat);
      get(chat, '.question .strong').click();
      assert.deepEqual(client.calls.at(-1), ['sendMessage', '4242', { kind: 'agent', id: jane.id }]);
    });
  });
});
