import { assert, expect, html, nextFrame } from '@open-wc/testing';
import { find, findAll, get, until } from './support/mount.js';
import { button, buttonOf, card, cards, choice, isOpen, linksOf, say, show, showSticky, wordsOf } from './support/rich.js';

/** Follows a link as a click does, but stays on the page. */
function follow(link: HTMLElement): MouseEvent {
  const event = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
  let refused = false;
  const stay = (last: Event): void => {
    refused = last.defaultPrevented;
    last.preventDefault();
  };
  document.addEventListener('click', stay, { once: true });
  link.dispatchEvent(event);
  return Object.defineProperty(event, 'defaultPrevented', { value: refused });
}

describe('<ccai-rich-message>: quick replies', () => {
  const message = say([choice([button('Red'), button('Blue')])]);

  it('sends the title of the tapped one once, and lets none of the group be tapped again', async () => {
    const { element, requests } = await show(message);
    buttonOf(element, 'Red').click();
    buttonOf(element, 'Red').click();
    await element.updateComplete;
    buttonOf(element, 'Blue').click();
    assert.deepEqual(requests, [{ type: 'send', text: 'Red', replyTo: 'asked' }]);
    assert.deepEqual(findAll(element, 'button').map(isOpen), [false, false]);
  });

  it('keeps the focus where it was when the group closes', async () => {
    const { element } = await show(message);
    const red = buttonOf(element, 'Red');
    red.focus();
    red.click();
    element.answered = true;
    await element.updateComplete;
    // A browser takes the focus away with the next frame.
    await nextFrame();
    await nextFrame();
    assert.isTrue(element.shadowRoot?.activeElement === red);
    assert.isFalse(isOpen(red));
  });

  it('stays closed after a reload, when the message is known to be answered', async () => {
    const { element, requests } = await show(message, { answered: true });
    buttonOf(element, 'Blue').click();
    assert.deepEqual(requests, []);
    assert.deepEqual(findAll(element, 'button').map(isOpen), [false, false]);
  });

  it('opens again when the answer was refused, and when it was given up', async () => {
    const { element, requests } = await show(message, { refuse: true });
    buttonOf(element, 'Red').click();
    await element.updateComplete;
    assert.deepEqual(findAll(element, 'button').map(isOpen), [true, true]);
    element.answered = true;
    await element.updateComplete;
    element.answered = false;
    await element.updateComplete;
    buttonOf(element, 'Blue').click();
    assert.deepEqual(requests.map((request) => 'text' in request && request.text), ['Red', 'Blue']);
  });

  it('cannot be tapped once the chat is over', async () => {
    const { element, requests } = await show(message, { disabled: true });
    buttonOf(element, 'Red').click();
    assert.deepEqual(requests, []);
    assert.isFalse(isOpen(buttonOf(element, 'Red')));
  });

  it('tells whom an answer to a task virtual agent is for', async () => {
    const sender = { kind: 'task_virtual_agent', id: 31 } as const;
    const { element, requests } = await show({ ...message, sender, private: true });
    buttonOf(element, 'Red').click();
    assert.deepEqual(requests, [{ type: 'send', text: 'Red', replyTo: 'asked', to: sender }]);
  });

  it('closes the answers on cards, too', async () => {
    const { element, requests } = await show(say([cards(card('One', { buttons: [button('Take it')] })), choice([button('None')])]));
    buttonOf(element, 'Take it').click();
    await element.updateComplete;
    buttonOf(element, 'None').click();
    assert.deepEqual(requests, [{ type: 'send', text: 'Take it', replyTo: 'asked' }]);
  });

  it('is a group with the name of its question', async () => {
    const { element } = await show(message);
    assert.equal(get(element, '[role="group"]').getAttribute('aria-label'), 'Which one?');
    assert.equal(get(element, '.bubble').textContent.trim(), 'Which one?');
  });

  it('asks for a person where the action is an escalation, and shows an unknown action as words', async () => {
    const { element, requests } = await show(say([choice([button('A person', 'escalation'), button('Dance', 'dance')])]));
    buttonOf(element, 'A person').click();
    assert.deepEqual(requests, [{ type: 'request-agent' }]);
    assert.lengthOf(findAll(element, 'button'), 1);
    assert.include(wordsOf(element), 'Dance');
  });
});

describe('<ccai-rich-message>: links', () => {
  const addresses = ['https://ok.example/', 'javascript:alert(1)', 'data:text/html,x', 'ujetqa://open', 'tel:+15550100', '//evil.example', 'JaVaScRiPt:1'];
  const message = say([choice(addresses.map((url, index) => button(`Link ${index}`, 'link', url)))]);

  it('follows http addresses only; others are shown by their titles', async () => {
    const { element } = await show(message);
    assert.deepEqual(linksOf(element).map(({ href }) => href), ['https://ok.example/']);
    addresses.forEach((_, index) => { assert.include(wordsOf(element), `Link ${index}`); });
    for (const address of addresses.slice(1)) assert.notInclude(wordsOf(element), address);
  });

  it('follows the schemes that the page allows, but none that runs code', async () => {
    const { element } = await show(message, { linkSchemes: ['tel', 'javascript', 'data'] });
    const links = linksOf(element).map(({ href, target }) => [href, target]);
    assert.deepEqual(links, [['https://ok.example/', '_blank'], ['tel:+15550100', '']]);
  });

  it('opens apart, tells the target nothing, and says so', async () => {
    const { element } = await show(message);
    const [link] = linksOf(element);
    assert.equal(link?.target, '_blank');
    assert.include(link?.rel, 'noopener noreferrer');
    assert.include(link?.textContent, 'Opens in a new tab');
  });

  it('holds for every kind of part', async () => {
    const url = 'javascript:alert(1)';
    const { element } = await show(say([
      cards(card('A card', { url, images: [url], buttons: [button('On it', 'link', url)] })),
      { type: 'image', title: null, files: [{ url, text: 'A picture' }] },
      { type: 'video', title: null, files: [{ url, text: 'A video' }] },
      { type: 'document', title: null, files: [{ url, text: 'A document' }] },
      { type: 'form', title: 'A form', url },
    ]));
    assert.lengthOf(findAll(element, 'a, img, video'), 0);
    for (const words of ['A card', 'On it', 'A picture', 'A video', 'A document', 'A form']) assert.include(wordsOf(element), words);
  });

  it('asks before it is followed, also from within a text or a card; a veto stops it', async () => {
    const parts = [
      { type: 'text', text: 'See https://text.example/' },
      cards(card('One', { url: 'https://one.example/' }), card('Two', { body: 'https://two.example/' })),
      { type: 'document', title: null, files: [{ url: 'https://file.example/', text: null }] },
    ];
    for (const refuse of [false, true]) {
      const { element, requests } = await show(say(parts), { refuse });
      assert.deepEqual(linksOf(element).map((link) => follow(link).defaultPrevented), [refuse, refuse, refuse, refuse]);
      const urls = ['https://text.example/', 'https://one.example/', 'https://two.example/', 'https://file.example/'];
      assert.deepEqual(requests, urls.map((url) => ({ type: 'link', url })));
    }
  });

  it('works in a group that was answered and in a chat that is over', async () => {
    const { element } = await show(message, { answered: true, disabled: true });
    assert.lengthOf(linksOf(element), 1);
  });
});

describe('<ccai-rich-message>: words', () => {
  const attack = '<img src=x onerror="document.title=\'owned\'">';

  it('shows markup as text wherever it stands', async () => {
    const { element } = await show(say([
      { type: 'text', text: attack },
      { type: 'markdown', text: attack },
      choice([button(attack)], { title: attack }),
      cards(card(attack, { subtitle: attack, body: attack })),
      { type: 'form', title: attack, url: null },
    ]));
    assert.isNull(find(element, 'img')?.outerHTML ?? null);
    assert.lengthOf(wordsOf(element).split(attack), 9);
  });

  it('draws markdown where there is a renderer, else its text', async () => {
    const message = say([{ type: 'markdown', text: '**bold**' }]);
    const { element } = await show(message);
    assert.equal(wordsOf(element), '**bold**');
    element.renderMarkdown = (text) => html`<strong>${text.replaceAll('*', '')}</strong>`;
    await element.updateComplete;
    assert.equal(get(element, '.bubble strong').textContent, 'bold');
  });

  it('shows a part that is not known by the words of the message, never as it is, and the others as far as they say more', async () => {
    const parts = [{ type: 'text', text: 'said once' }, { type: 'hologram', secret: 'raw' }, choice([button('Red')], { title: null })];
    const { element, requests } = await show(say(parts));
    assert.equal(get(element, '.bubble').textContent.trim(), 'The words of it');
    assert.notInclude(wordsOf(element), 'raw');
    assert.notInclude(wordsOf(element), 'said once');
    buttonOf(element, 'Red').click();
    assert.lengthOf(requests, 1);
  });

  it('has words where nothing else can be seen', async () => {
    const unseen = [null, [], [choice([])].map((part) => ({ ...part, title: null })), [{ type: 'cards', title: null, cards: [] }], ['broken']];
    for (const parts of unseen) {
      const { element } = await show(say(parts));
      assert.equal(wordsOf(element), 'The words of it');
    }
    const { element } = await show(say([], { text: '' }));
    assert.equal(wordsOf(element), 'This message can’t be shown here.');
  });

  it('is accessible with everything it can show', async () => {
    const file = { url: 'https://a.example/file', text: 'A file' };
    const { element } = await show(say([
      { type: 'text', text: 'See https://a.example/' },
      choice([button('Red'), button('Terms', 'link', 'https://a.example/'), button('Person', 'escalation'), button('Dance', 'dance')]),
      cards(card('One', { url: 'https://a.example/', subtitle: 'Cheap', buttons: [button('Take it')] }), card('Two'), card('Three')),
      cards(card('Alone')),
      ...['image', 'video', 'document'].map((type) => ({ type, title: null, files: [file] })),
      { type: 'form', title: 'Tell us', url: 'https://a.example/' },
    ]));
    await expect(element).to.be.accessible();
  });
});

describe('<ccai-rich-sticky>', () => {
  const message = say([choice([button('Track'), button('Return')], { sticky: true }), choice([button('Inline')])]);

  it('offers the sticky buttons of a message, and the message itself shows what they answer', async () => {
    const { element } = await showSticky(message);
    const own = await show(message);
    assert.deepEqual(findAll(element, 'button').map((one) => one.textContent.trim()), ['Track', 'Return']);
    assert.equal(get(element, '[role="group"]').getAttribute('aria-label'), 'Which one?');
    assert.deepEqual(findAll(own.element, 'button').map((one) => one.textContent.trim()), ['Inline']);
    await expect(element).to.be.accessible();
  });

  it('sends once for each message', async () => {
    const { element, requests } = await showSticky(message);
    buttonOf(element, 'Track').click();
    await element.updateComplete;
    buttonOf(element, 'Return').click();
    element.message = { ...message, id: 'asked-later' };
    await element.updateComplete;
    buttonOf(element, 'Return').click();
    assert.deepEqual(requests, [
      { type: 'send', text: 'Track', replyTo: 'asked' },
      { type: 'send', text: 'Return', replyTo: 'asked-later' },
    ]);
  });

  it('is one line that scrolls, and lines where there is little room', async () => {
    const many = say([choice(Array.from({ length: 8 }, (_, index) => button(`Answer ${index}`)), { sticky: true })]);
    const { element } = await showSticky(many);
    const row = get(element, '.buttons');
    element.style.inlineSize = '420px';
    await until(() => row.scrollWidth > row.clientWidth, 'one line');
    assert.isBelow(row.clientHeight, 80);
    element.style.inlineSize = '260px';
    await until(() => row.clientHeight > 80 && row.scrollWidth <= row.clientWidth, 'lines');
  });
});
