import { assert, oneEvent } from '@open-wc/testing';
import { createChat, pine, returns, running, say } from './support/fixtures.js';
import { find, get, mountOpen, settle, until } from './support/mount.js';

describe('<ccai-chat>', () => {
  describe('hides the queue between two virtual agents', () => {
    const name = 'hide-va-to-va-system-messages';
    const between = (): Parameters<typeof running>[1] => ({
      chat: createChat({ status: 'queued', participants: [{ ...pine, active: false }] }),
      phase: 'waiting',
      lull: { since: Date.now(), chat: createChat(), phase: 'virtual_agent' },
    });
    const arrived = { chat: createChat({ participants: [{ ...pine, active: false }, returns] }), phase: 'virtual_agent' as const, lull: null };

    async function transferred(attributes: Record<string, string>): Promise<{ told: unknown[]; header: string | undefined }> {
      const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]), attributes);
      const told: unknown[] = [];
      chat.addEventListener('ccai-status', ({ detail }) => told.push(detail.phase));
      chat.addEventListener('ccai-participant', ({ detail }) => told.push(`${String(detail.participant.name)} ${detail.change}`));
      client.emit('participant-left', pine);
      client.set(between() ?? {});
      await settle(chat);
      const header = find(chat, 'header h2')?.textContent;
      client.emit('participant-joined', returns);
      client.set(arrived);
      await settle(chat);
      assert.include(get(chat, 'header').textContent, 'Returns desk');
      return { told, header };
    }

    it('from the visitor and from the page', async () => {
      assert.deepEqual(await transferred({ [name]: '' }), { told: [], header: 'Pine' });
    });

    it('only where that is wanted', async () => {
      const { told, header } = await transferred({ [name]: 'false' });
      assert.deepEqual(told, ['Pine left', 'waiting', 'Returns desk joined', 'virtual_agent']);
      assert.equal(header, 'Chat with us');
    });

    it('no longer than it may last', async () => {
      const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]), { [name]: '' });
      client.set({ ...between(), lull: { since: Date.now() - 2_900, chat: createChat(), phase: 'virtual_agent' } });
      await settle(chat);
      const { detail } = await oneEvent(chat, 'ccai-status');
      assert.equal(detail.phase, 'waiting');
      await until(() => get(chat, 'header h2').textContent === 'Chat with us', 'the title');
    });

    it('and shows it at once when the page changes its mind', async () => {
      const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]), { [name]: '' });
      client.set(between() ?? {});
      await settle(chat);
      setTimeout(() => { chat.hideVaToVaSystemMessages = false; });
      const { detail } = await oneEvent(chat, 'ccai-status');
      assert.equal(detail.phase, 'waiting');
    });
  });
});
