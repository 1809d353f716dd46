import { assert } from '@open-wc/testing';
import { running, say } from './support/fixtures.js';
import { find, get, mountOpen, settle, until } from './support/mount.js';

describe('the focus in <ccai-chat>', () => {
  it('never falls back to the page when what had it goes away', async () => {
    const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]));
    const focus = async (change: Parameters<typeof client.set>[0], from: string) => {
      get(chat, from).focus();
      client.set(change);
      await settle(chat);
      const panel = get(chat, 'ccai-chat-panel');
      assert.isTrue(chat.shadowRoot?.activeElement === panel);
      return panel.shadowRoot?.activeElement?.localName ?? 'the panel';
    };
    assert.equal(await focus({ escalation: { id: 1, status: 'escalating' } }, '.person'), 'ccai-composer');
    assert.equal(await focus({ phase: 'ended' }, 'textarea'), 'the panel');
    await until(() => find(chat, '.actions button'), 'the way on');
    assert.equal(await focus({ phase: 'starting', chat: null }, '.actions button'), 'ccai-composer');
    assert.equal(await focus(running([]), 'textarea'), 'ccai-composer');
    assert.equal(await focus({ phase: 'ended' }, '.end'), 'the panel');
  });

  it('stays where the visitor is when something else goes away', async () => {
    const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]));
    get(chat, '.close').focus();
    client.set({ phase: 'ended' });
    await settle(chat);
    assert.isTrue(get(chat, 'ccai-chat-panel').shadowRoot?.activeElement === get(chat, '.close'));
  });
});
