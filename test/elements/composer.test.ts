import { assert, expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ChatComposer } from '../../src/elements/composer.js';
import { define } from '../../src/elements/define.js';
import { PanelRequestEvent } from '../../src/elements/panel-request.js';
import { en } from '../../src/i18n/en.js';
import { press } from './support/mount.js';

define('ccai-composer', ChatComposer);

describe('<ccai-composer>', () => {
  let composer: ChatComposer;
  let field: HTMLTextAreaElement;
  let sent: string[];

  beforeEach(async () => {
    sent = [];
    composer = await fixture<ChatComposer>(html`<ccai-composer .dictionary=${en}></ccai-composer>`);
    composer.addEventListener(PanelRequestEvent.type, (event) => {
      if (event instanceof PanelRequestEvent && event.request.type === 'send') sent.push(event.request.text);
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
});
