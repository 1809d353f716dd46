import { assert, expect, nextFrame } from '@open-wc/testing';
import type { ChatItem } from '../../src/client/index.js';
import type { MessageList } from '../../src/elements/message-list.js';
import { PanelRequestEvent, requestOf, type PanelRequest } from '../../src/elements/panel-request.js';
import { en } from '../../src/i18n/en.js';
import { createChat, jane, pine, returns, say, task, transfer } from './support/fixtures.js';
import { showList as show } from './support/list.js';
import { bubbles, find, findAll, get, settle, until } from './support/mount.js';

const many = (count: number): ChatItem[] => Array.from({ length: count }, (_, index) => say('virtual_agent', `Line ${index}`));
const scrollerOf = (list: MessageList): HTMLElement => get(list, '.scroller');
const gapOf = ({ scrollHeight, clientHeight, scrollTop }: HTMLElement): number => scrollHeight - clientHeight - scrollTop;

describe('<ccai-message-list>', () => {
  it('is accessible with everything it can show', async () => {
    const list = await show([
      say('virtual_agent', 'Hello, see https://example.com'),
      say('end_user', 'Hi', { delivery: 'failed' }),
      say('end_user', 'Hi', { delivery: 'uncertain' }),
      say('end_user', 'Hi', { delivery: 'sending' }),
      transfer(pine, jane),
      say('agent', 'Secret', { private: true }),
      say('agent', '', { type: 'unsupported' }),
      say('end_user', '4242', { private: true, delivery: 'failed', code: 'addressee-gone' }),
      say('end_user', '', { private: true, type: 'removed' }),
    ]);
    await Promise.all(get(list, '.content').getAnimations({ subtree: true }).map(({ finished }) => finished));
    await expect(list).to.be.accessible();
  });

  it('names whoever speaks once per group, and always labels a virtual agent', async () => {
    const list = await show([say('virtual_agent', 'One'), say('virtual_agent', 'Two'), say('agent', 'Three')]);
    const senders = findAll(list, '.sender').map((sender) => sender.textContent.replace(/\s+/g, ' ').trim());
    assert.deepEqual(senders, ['Pine Automated assistant', 'Jane Moreau']);
  });

  it('marks what only the visitor and the assistant can see', async () => {
    const list = await show([say('task_virtual_agent', 'Your code?', { private: true }), say('end_user', '123', { private: true })]);
    const notes = findAll(list, '.only-you').map((note) => note.textContent.trim());
    assert.deepEqual(notes, [en.privateMessage, en.privateMessage]);
  });

  it('says with every message of a virtual agent that it is automated, and of a private one that it is private', async () => {
    const list = await show([
      say('virtual_agent', 'One'),
      say('virtual_agent', 'Two'),
      say('task_virtual_agent', 'Three', { private: true }),
      say('task_virtual_agent', 'Four', { private: true }),
      say('end_user', 'Five', { private: true }),
    ], { chat: createChat({ participants: [pine, jane, task] }) });
    const words = findAll(list, '.row').map((row) => row.firstElementChild?.textContent.replace(/\s+/g, ' ').trim());
    assert.deepEqual(words, [
      'Pine Automated assistant',
      'Pine, Automated assistant:',
      'Private, Card check Automated assistant',
      'Private, Card check, Automated assistant:',
      'Private, You:',
    ]);
  });

  it('gives exactly one notice per transfer, which names the new virtual agent and labels it', async () => {
    const list = await show([transfer(pine, returns)], { chat: createChat({ participants: [pine, returns] }) });
    const notices = findAll(list, '.notice').map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
    assert.deepEqual(notices, ['You are now chatting with Returns desk Automated assistant']);
  });

  it('shows a richer message by its words until it can be drawn', async () => {
    const parts = [{ type: 'buttons', title: 'Which one?', sticky: false, buttons: [{ title: 'Tent', action: 'quick_reply', url: null }] }];
    const list = await show([say('virtual_agent', 'Which one? Tent', { parts, id: 'question' })]);
    const rich = await until(() => list.shadowRoot?.querySelector('ccai-rich-message'), 'the rich message');
    assert.equal(find(list, '.row > .bubble'), null);
    assert.deepEqual([rich.answered, rich.disabled], [false, false]);
    list.items = [...list.items, say('end_user', 'Tent', { replyTo: 'question' })];
    list.closed = true;
    await settle(list);
    assert.isTrue(get(list, 'ccai-rich-message') === rich);
    assert.deepEqual([rich.answered, rich.disabled], [true, true]);
  });

  it('follows tel and mailto links only where the page lists them, and nothing that runs code even then', async () => {
    const text = '[a](tel:+4930) [b](mailto:a@b.example) [c](javascript:alert(1)) [d](sms:1)';
    const linksOf = async (linkSchemes: readonly string[]): Promise<string[]> => {
      const list = await show([say('virtual_agent', text, { type: 'markdown' })], { linkSchemes });
      await until(() => !bubbles(list)[0]?.includes(']('), 'markdown');
      return (findAll(list, '.bubble a') as HTMLAnchorElement[]).map(({ href }) => href);
    };
    assert.deepEqual(await linksOf([]), []);
    assert.deepEqual(await linksOf(['tel', 'javascript', 'sms']), ['tel:+4930']);
    assert.deepEqual(await linksOf(['tel', 'mailto']), ['tel:+4930', 'mailto:a@b.example']);
  });

  it('shows a failed message with its text, and asks to send it again', async () => {
    const item = say('end_user', 'Are you there?', { id: 'lost', delivery: 'failed' });
    const list = await show([item]);
    const requests: PanelRequest[] = [];
    list.addEventListener(PanelRequestEvent.type, (event) => {
      const request = requestOf(event);
      if (request) requests.push(request);
    });
    assert.include(get(list, '.undelivered').textContent, 'Not delivered');
    get(list, '.undelivered button').click();
    assert.deepEqual(requests, [{ type: 'retry', id: 'lost' }]);
    assert.deepEqual(bubbles(list), ['Are you there?']);
  });

  it('keeps the focus when the button that had it goes away', async () => {
    const list = await show([say('end_user', 'Are you there?', { id: 'lost', delivery: 'failed' })]);
    get(list, '.undelivered button').focus();
    list.items = [say('end_user', 'Are you there?', { id: 'lost', delivery: 'sending' })];
    await settle(list);
    assert.isTrue(list.shadowRoot?.activeElement === scrollerOf(list));
  });

  it('reads English from left to right on a page in Arabic', async () => {
    const list = await show([say('agent', 'Hi'), say('agent', 'Hello')]);
    list.dir = 'rtl';
    const time = getComputedStyle(get(list, 'time'));
    assert.deepEqual([time.direction, time.unicodeBidi], ['rtl', 'plaintext']);
  });

  it('shows markup as text, whether plain or markdown', async () => {
    const attack = '<img src=x onerror="document.title=\'owned\'">';
    const list = await show([say('agent', attack), say('virtual_agent', `**bold** ${attack}`, { type: 'markdown' })]);
    await until(() => find(list, '.bubble strong'), 'markdown');
    assert.deepEqual(findAll(list, '.bubble img'), []);
    assert.equal(bubbles(list)[0], attack);
    assert.equal(bubbles(list)[1], `bold ${attack}`);
  });

  it('makes links of http addresses only', async () => {
    const text = '[a](https://ok.example/x) [b](javascript:alert(1)) [c](data:text/html,x) [d](mailto:a@b.example) [e](//evil.example)';
    const list = await show([
      say('virtual_agent', text, { type: 'markdown' }),
      say('agent', 'See https://plain.example/a_(b)?c=1. Or javascript:alert(2)'),
    ]);
    await until(() => find(list, '.bubble a[href^="https://ok"]'), 'markdown');
    const links = findAll(list, '.bubble a') as HTMLAnchorElement[];
    assert.deepEqual(links.map(({ href }) => href), ['https://ok.example/x', 'https://plain.example/a_(b)?c=1']);
    for (const { rel, target } of links) {
      assert.deepEqual({ rel, target }, { rel: 'noopener noreferrer nofollow ugc', target: '_blank' });
    }
  });

  it('lets the owner veto a link', async () => {
    const list = await show([say('agent', 'See https://plain.example/')]);
    list.addEventListener(PanelRequestEvent.type, (event) => { event.preventDefault(); });
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
    get(list, '.bubble a').dispatchEvent(click);
    assert.equal(click.defaultPrevented, true);
  });

  it('draws the markdown that assistants write', async () => {
    const text = '# Title\n\n1. *one*\n2. ~~two~~\n\n> quote\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode & <b>\n```\n\nAT&amp;T `x`';
    const list = await show([say('virtual_agent', text, { type: 'markdown' })]);
    const bubble = await until(() => find(list, '.heading')?.closest('.bubble'), 'markdown');
    const count = (selector: string): number => bubble.querySelectorAll(selector).length;
    assert.deepEqual([count('ol > li'), count('em'), count('del'), count('blockquote'), count('td')], [2, 1, 1, 1, 2]);
    assert.equal(bubble.querySelector('pre')?.textContent, 'code & <b>');
    assert.include(bubble.textContent, 'AT&T');
  });

  it('shows markdown as it is where the page does not want it', async () => {
    const list = await show([say('virtual_agent', '**bold**', { type: 'markdown' })], { noMarkdown: true });
    assert.deepEqual(bubbles(list), ['**bold**']);
  });

  it('starts at the end and follows it', async () => {
    const items = many(120);
    const list = await show(items);
    const scroller = scrollerOf(list);
    await until(() => gapOf(scroller) < 1, 'the end');
    list.items = [...items, say('agent', 'New\nand\nlong')];
    await settle(list);
    await until(() => gapOf(scroller) < 1, 'the end');
    assert.equal(find(list, '.jump'), null);
  });

  it('stays at the end when the space for it changes while it scrolls', async () => {
    const list = await show(many(120));
    const scroller = scrollerOf(list);
    await until(() => gapOf(scroller) < 1, 'the end');
    list.style.blockSize = `${list.offsetHeight - 120}px`;
    scroller.dispatchEvent(new Event('scroll'));
    await settle(list);
    await until(() => gapOf(scroller) < 1, 'the end');
    assert.equal(find(list, '.jump'), null);
  });

  it('keeps the reader’s place, counts what is new, and leads there', async () => {
    const items = many(120);
    const list = await show(items);
    const scroller = scrollerOf(list);
    await until(() => gapOf(scroller) < 1, 'the end');
    scroller.scrollTop = 500;
    await until(() => find(list, '.jump'), 'the button');
    list.items = [...items, say('agent', 'One'), say('agent', 'Two')];
    await settle(list);
    assert.equal(scroller.scrollTop, 500);
    assert.equal(get(list, '.jump').getAttribute('aria-label'), '2 new messages');
    get(list, '.jump').click();
    await settle(list);
    await until(() => gapOf(scroller) < 1, 'the end');
    assert.equal(find(list, '.jump'), null);
  });

  it('goes to the end with the visitor’s own message', async () => {
    const items = many(120);
    const list = await show(items);
    scrollerOf(list).scrollTop = 500;
    await until(() => find(list, '.jump'), 'the button');
    list.items = [...items, say('end_user', 'Mine', { seq: null, delivery: 'sending' })];
    await settle(list);
    await until(() => gapOf(scrollerOf(list)) < 1, 'the end');
  });

  it('leaves older blocks untouched when a message arrives', async () => {
    const items = many(160);
    const list = await show(items);
    const blocks = findAll(list, '.block');
    assert.lengthOf(blocks, 4);
    const changed: Node[] = [];
    const observer = new MutationObserver((records) => changed.push(...records.map(({ target }) => target)));
    for (const block of blocks.slice(0, 3)) observer.observe(block, { childList: true, subtree: true, characterData: true });
    list.items = [...items, say('virtual_agent', 'New')];
    await settle(list);
    await nextFrame();
    observer.disconnect();
    assert.deepEqual(changed, []);
  });

  it('keeps a message’s row from sending to sent', async () => {
    const sending = say('end_user', 'Hello', { id: 'a', seq: null, delivery: 'sending' });
    const list = await show([say('virtual_agent', 'Hi'), sending]);
    const row = get(list, '.own');
    assert.include(row.textContent, 'Sending');
    list.items = [...list.items.slice(0, 1), say('end_user', 'Hello', { id: 'a', delivery: 'sent' })];
    await settle(list);
    assert.isTrue(get(list, '.own') === row);
    assert.include(row.textContent, 'Sent');
  });

  it('does not announce history, and announces what comes after', async () => {
    const list = await show([], { busy: 'resuming' });
    assert.equal(get(list, '[role=log]').getAttribute('aria-live'), 'off');
    list.items = many(10);
    list.busy = null;
    await settle(list);
    list.items = [...list.items, say('agent', 'Live')];
    await settle(list);
    assert.equal(get(list, '[role=log]').getAttribute('aria-live'), 'polite');
    assert.deepEqual(findAll(list, '.fresh').map((row) => row.querySelector('.bubble')?.textContent.trim()), ['Live']);
  });
});
