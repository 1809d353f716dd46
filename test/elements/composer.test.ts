import { assert, expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ChatComposer } from '../../src/elements/composer.js';
import { define } from '../../src/elements/define.js';
import { PanelRequestEvent, requestOf, type PanelRequest } from '../../src/elements/panel-request.js';
import type { Participant } from '../../src/protocol/index.js';
import { en } from '../../src/i18n/en.js';
import { jane, pine, task } from './support/fixtures.js';
import { find, get, press } from './support/mount.js';

define('ccai-composer', ChatComposer);

describe('<ccai-composer>', () => {
  let composer: ChatComposer;
  let field: HTMLTextAreaElement;
  let sent: string[];

  beforeEach(async () => {
    sent = [];
    composer = await fixture<ChatComposer>(html`<ccai-composer .dictionary=${en}></ccai-composer>`);
    composer.addEventListener(PanelRequestEvent.type, (event) => {
      const request = requestOf(event);
      if (request?.type === 'send') sent.push(request.text);
    });
    const found = composer.shadowRoot?.querySelector('textarea');
    if (!found) throw new Error('no text field');
    field = found;
  });

  const write = async (text: string): Promise<void> => {
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await composer.updateComplete;
  };
  const send = (): void => { composer.shadowRoot?.querySelector('button')?.click(); };

  it('is accessible, empty and full', async () => {
    await expect(composer).to.be.accessible();
    await write('x'.repeat(10_001));
    await expect(composer).to.be.accessible();
  });

  it('sends by Enter and makes a new line by Shift and Enter', async () => {
    field.focus();
    await sendKeys({ type: 'one' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ type: 'two' });
    assert.deepEqual(sent, []);
    await sendKeys({ press: 'Enter' });
    await composer.updateComplete;
    assert.deepEqual(sent, ['one\ntwo']);
    assert.equal(field.value, '');
  });

  it('leaves Enter to an input method that composes', async () => {
    await write('にほん');
    assert.equal(press(field, 'Enter', { isComposing: true }).defaultPrevented, false);
    assert.equal(press(field, 'Enter', { keyCode: 229 }).defaultPrevented, false);
    assert.deepEqual(sent, []);
    press(field, 'Enter');
    assert.deepEqual(sent, ['にほん']);
  });

  it('does not send white space', async () => {
    await write(' \n\t ');
    press(field, 'Enter');
    send();
    assert.deepEqual(sent, []);
    assert.equal(composer.shadowRoot?.querySelector('button')?.getAttribute('aria-disabled'), 'true');
  });

  it('counts down near the limit, sends 10,000 characters and refuses 10,001 with a reason', async () => {
    const count = () => composer.shadowRoot?.querySelector('#count')?.textContent.trim();
    await write('x'.repeat(9_600));
    assert.equal(count(), '400 characters left');
    await write('x'.repeat(10_001));
    send();
    assert.deepEqual(sent, []);
    assert.include(count(), '1 character too many');
    assert.equal(field.getAttribute('aria-invalid'), 'true');
    assert.lengthOf(field.value, 10_001);
    await write('x'.repeat(10_000));
    send();
    assert.deepEqual(sent.map(({ length }) => length), [10_000]);
  });

  it('keeps the draft when the owner refuses it, and while blocked', async () => {
    composer.addEventListener(PanelRequestEvent.type, (event) => { event.preventDefault(); });
    await write('mine');
    press(field, 'Enter');
    await composer.updateComplete;
    assert.equal(field.value, 'mine');
    composer.blocked = true;
    sent = [];
    press(field, 'Enter');
    assert.deepEqual(sent, []);
  });

  it('grows with the text, to six lines', async () => {
    const one = field.clientHeight;
    await write('a\nb\nc');
    const three = field.clientHeight;
    await write(Array.from({ length: 40 }, String).join('\n'));
    assert.isAbove(three, one * 1.8);
    assert.isBelow(field.clientHeight, one * 5);
    assert.isAbove(field.scrollHeight, field.clientHeight);
  });

  describe('while a task virtual agent listens', () => {
    let requests: PanelRequest[];
    const toTask = { kind: 'task_virtual_agent', id: task.id } as const;

    beforeEach(() => {
      requests = [];
      composer.bystander = 'Jane';
      composer.addEventListener(PanelRequestEvent.type, (event) => {
        const request = requestOf(event);
        if (request) requests.push(request);
      });
    });

    const listen = async (addressee: Participant | null): Promise<void> => {
      composer.addressee = addressee;
      await composer.updateComplete;
      await composer.updateComplete;
    };
    const focused = (): string => composer.shadowRoot?.activeElement?.className ?? '';
    const attributes = (): unknown => [field.autocomplete, field.spellcheck, field.autocapitalize, field.ariaLabel, field.placeholder];

    it('says who listens, and looks and behaves like a place for secrets', async () => {
      await listen(task);
      assert.include(get(composer, '[role=status]').textContent, 'For the automated assistant only: Jane can’t see this');
      assert.include(field.getAttribute('aria-describedby') ?? '', get(composer, '[role=status]').id);
      assert.deepEqual(attributes(), ['one-time-code', false, 'none', en.privateLabel, en.privatePlaceholder]);
      assert.isTrue(get(composer, 'form').matches('.private:has(> svg)'));
      await listen(jane);
      assert.deepEqual(attributes(), ['', true, '', en.messageLabel, en.messagePlaceholder]);
      assert.equal(get(composer, '[role=status]').textContent.trim(), '');
    });

    it('is accessible in every state of it', async () => {
      await listen(task);
      await expect(composer).to.be.accessible();
      await write('4242');
      await listen(jane);
      press(field, 'Enter');
      await composer.updateComplete;
      await expect(composer).to.be.accessible();
    });

    it('keeps field, focus, draft and caret when the mode changes', async () => {
      field.focus();
      await sendKeys({ type: '4242' });
      field.setSelectionRange(2, 2);
      for (const addressee of [task, jane, task, null]) {
        await listen(addressee);
        assert.isTrue(composer.shadowRoot?.activeElement === field);
        assert.deepEqual([field.value, field.selectionStart], ['4242', 2]);
      }
    });

    it('takes what is pasted', async () => {
      await listen(task);
      field.focus();
      const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData: new DataTransfer() });
      field.dispatchEvent(paste);
      assert.equal(paste.defaultPrevented, false);
    });

    it('sends for that listener alone, and for nobody in particular at other times', async () => {
      await listen(task);
      await write('4242');
      press(field, 'Enter');
      await listen(jane);
      await write('Thanks');
      press(field, 'Enter');
      assert.deepEqual(requests, [{ type: 'send', text: '4242', to: toTask }, { type: 'send', text: 'Thanks' }]);
    });

    it('asks before anybody else gets what was typed for it, and sends it on the visitor’s word', async () => {
      await listen(task);
      field.focus();
      await sendKeys({ type: '4242' });
      await listen(jane);
      assert.equal(field.value, '4242');
      assert.equal(find(composer, '.question'), null);
      await sendKeys({ press: 'Enter' });
      await composer.updateComplete;
      assert.deepEqual(requests, []);
      assert.include(get(composer, '.question').textContent, 'Send this to Jane Moreau?');
      assert.include(focused(), 'keep');
      await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Enter' });
      await composer.updateComplete;
      assert.deepEqual(requests, [{ type: 'send', text: '4242', to: { kind: 'agent', id: jane.id } }]);
      assert.deepEqual([field.value, find(composer, '.question')], ['', null]);
      assert.isTrue(composer.shadowRoot?.activeElement === field);
    });

    for (const key of ['Enter', 'Escape']) {
      it(`keeps the draft for more editing by ${key}, and asks again only if nothing was edited`, async () => {
        await listen(task);
        field.focus();
        await sendKeys({ type: '4242' });
        await listen(jane);
        await sendKeys({ press: 'Enter' });
        await composer.updateComplete;
        await sendKeys({ press: key });
        await composer.updateComplete;
        assert.equal(find(composer, '.question'), null);
        assert.isTrue(composer.shadowRoot?.activeElement === field);
        await sendKeys({ press: 'Enter' });
        await composer.updateComplete;
        assert.exists(find(composer, '.question'));
        await sendKeys({ press: key });
        await composer.updateComplete;
        await sendKeys({ type: ' is not my code' });
        await sendKeys({ press: 'Enter' });
        assert.deepEqual(requests, [{ type: 'send', text: '4242 is not my code' }]);
      });
    }

    it('asks no more once the draft was thrown away', async () => {
      await listen(task);
      await write('4242');
      await listen(jane);
      await write('');
      await write('Hello');
      press(field, 'Enter');
      assert.deepEqual(requests, [{ type: 'send', text: 'Hello' }]);
    });

    it('asks before another assistant, a next chat or nobody known gets it, too', async () => {
      for (const addressee of [{ ...task, id: 32, name: 'Other' }, pine, null]) {
        await listen(task);
        await write('4242');
        await listen(addressee);
        press(field, 'Enter');
        await composer.updateComplete;
        assert.exists(find(composer, '.question'));
      }
      assert.deepEqual(requests, []);
    });

    it('drops the question when the listener is back, and sends to it', async () => {
      await listen(task);
      await write('4242');
      await listen(jane);
      press(field, 'Enter');
      await listen(task);
      assert.equal(find(composer, '.question'), null);
      press(field, 'Enter');
      assert.deepEqual(requests, [{ type: 'send', text: '4242', to: toTask }]);
    });

    it('hints at a new listener where a draft was begun for somebody else, and asks nothing', async () => {
      await listen(jane);
      await write('My number is');
      await listen(task);
      assert.include(get(composer, '[role=status]').textContent, en.privateHint);
      press(field, 'Enter');
      assert.deepEqual(requests, [{ type: 'send', text: 'My number is', to: toTask }]);
      await composer.updateComplete;
      assert.notInclude(get(composer, '[role=status]').textContent, en.privateHint);
    });

    it('still asks where the owner refuses what was confirmed', async () => {
      composer.addEventListener(PanelRequestEvent.type, (event) => { event.preventDefault(); });
      await listen(task);
      await write('4242');
      await listen(jane);
      press(field, 'Enter');
      await composer.updateComplete;
      get(composer, '.question .strong').click();
      await composer.updateComplete;
      assert.equal(field.value, '4242');
      assert.exists(find(composer, '.question'));
    });
  });
});
