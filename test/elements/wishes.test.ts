import { assert, oneEvent } from '@open-wc/testing';
import { ask, type PanelRequest } from '../../src/elements/panel-request.js';
import { createChat, pine, returns, running, say, transfer } from './support/fixtures.js';
import { find, get, mount, mountOpen, settle, until } from './support/mount.js';

describe('<ccai-chat> does what the visitor and the page wish', () => {
  it('passes on every wish of the visitor', async () => {
    const { chat, client } = await mountOpen(running([]));
    const panel = get(chat, 'ccai-chat-panel');
    const wishes: PanelRequest[] = [
      { type: 'send', text: 'Tent', replyTo: 'question' },
      { type: 'retry', id: 'a' },
      { type: 'redirect', id: 'b' },
      { type: 'discard', id: 'c' },
      { type: 'resume-chat' },
      { type: 'choose-deflection', channel: 'email', email: 'ann@example.com' },
      { type: 'feedback', rating: 4, comment: 'Good' },
    ];
    client.calls.length = 0;
    for (const wish of wishes) assert.isTrue(ask(panel, wish));
    assert.deepEqual(client.calls, [
      ['sendMessage', 'Tent', 'question'],
      ['retryMessage', 'a'],
      ['redirectMessage', 'b'],
      ['discardMessage', 'c'],
      ['resumeChat'],
      ['chooseDeflection', 'email', 'ann@example.com'],
      ['sendFeedback', 4, 'Good'],
    ]);
  });

  it('lets the page follow a link itself, also one of a scheme it allows', async () => {
    const { chat } = await mountOpen(running([say('virtual_agent', '[call](tel:+4930)', { type: 'markdown' })]), { 'link-schemes': 'tel mailto' });
    const link = await until(() => find(chat, '.bubble a'), 'the link');
    const urls: string[] = [];
    chat.addEventListener('ccai-before-link', (event) => {
      urls.push(event.detail.url);
      event.preventDefault();
    });
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
    link.dispatchEvent(click);
    assert.deepEqual([urls, click.defaultPrevented], [['tel:+4930'], true]);
  });

  it('hands over an earlier conversation when a chat starts, and says who the visitor is when asked to', async () => {
    const { chat, client } = await mount();
    chat.priorTranscript = [{ sender: 'end_user', text: 'My tent broke' }];
    await chat.startChat({ lang: 'de' });
    assert.deepEqual(client.calls.at(-1), ['startChat', { lang: 'de', priorTranscript: chat.priorTranscript }]);
    await chat.identify();
    assert.equal(client.names().at(-1), 'identify');
  });

  it('asks the page who the visitor is as it is set at that moment', async () => {
    const chat = document.createElement('ccai-chat');
    const bodies: string[] = [];
    const original = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.url.endsWith('/chats')) bodies.push(await request.text());
      const config = { languages: [], menus: [], hideVaToVaSystemMessages: false, features: [] };
      return request.url.endsWith('/config') ? Response.json(config) : new Response(null, { status: 404 });
    };
    chat.relayUrl = 'https://relay.example';
    chat.storage = 'none';
    document.body.append(chat);
    await chat.startChat().catch(() => undefined);
    chat.authenticate = async () => ({ token: 'signed' });
    await chat.startChat().catch(() => undefined);
    globalThis.fetch = original;
    chat.remove();
    assert.deepEqual(bodies.map((body) => JSON.parse(body).identityToken), [undefined, 'signed']);
  });

  it('tells the page what is offered instead of a person', async () => {
    const { chat, client } = await mountOpen(running([]));
    const deflection = { escalationId: 5, reason: 'over_capacity', channels: [] };
    setTimeout(() => { client.emit('deflection-offered', deflection); });
    const { detail } = await oneEvent(chat, 'ccai-escalation');
    assert.deepEqual(detail, { escalation: { id: 5, status: 'deflecting' }, deflection });
  });

  it('offers a person again when the request for one was canceled', async () => {
    const { chat, client } = await mountOpen(running([say('virtual_agent', 'Hello')]));
    client.set({ escalation: { id: 1, status: 'escalating' } });
    await settle(chat);
    assert.equal(find(chat, '.person'), null);
    client.set({ escalation: { id: 1, status: 'canceled' } });
    await settle(chat);
    assert.exists(find(chat, '.person'));
  });

  it('tells a wait for a person where it is known', async () => {
    const { chat, client } = await mountOpen(running([]));
    client.waitMinutes = 4;
    client.set({ escalation: { id: 1, status: 'escalating' } });
    await until(() => find(chat, '.progress')?.textContent.includes('4 minutes'), 'the estimate');
  });

  it('asks whether anybody is there shortly before the chat times out, also when nothing else happens', async () => {
    const timeoutAt = new Date(Date.now() + 120_300).toISOString();
    const { chat } = await mountOpen(running([], { chat: createChat({ timeoutAt }) }));
    assert.equal(find(chat, 'ccai-turning-points'), null);
    await until(() => find(chat, '.warning'), 'the warning');
  });

  it('pauses: the ways on stand in place of the composer', async () => {
    const { chat } = await mountOpen(running([say('virtual_agent', 'Hello')], { phase: 'dismissed' }));
    await until(() => find(chat, '.dismissed'), 'the ways on');
    await until(() => get(chat, 'ccai-composer').hidden, 'the composer to go');
    assert.equal(find(chat, '.banner'), null);
  });

  it('keeps sticky answers above the composer until they are given or another message comes', async () => {
    const parts = [{ type: 'buttons', title: null, sticky: true, buttons: [{ title: 'Tent', action: 'quick_reply', url: null }] }];
    const question = say('virtual_agent', 'Which one?', { parts, id: 'question' });
    const { chat, client } = await mountOpen(running([question, transfer(pine, returns)]));
    const sticky = await until(() => find(chat, 'ccai-rich-sticky'), 'the answers');
    await until(() => find(sticky, 'button'), 'a button');
    get(sticky, 'button').click();
    assert.deepEqual(client.calls.at(-1), ['sendMessage', 'Tent', 'question']);
    client.set({ items: [question, say('end_user', 'Tent', { replyTo: 'question' })] });
    await settle(chat);
    assert.equal(find(chat, 'ccai-rich-sticky'), null);
    client.set(running([question], { phase: 'ended' }));
    await settle(chat);
    assert.equal(find(chat, 'ccai-rich-sticky'), null);
  });
});
