import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ChooseDeflection } from '../../src/protocol/requests.js';
import { isAddress } from '../../src/elements/turning-deflection.js';
import type { TurningPoints } from '../../src/elements/turning-points.js';
import { turningEn as texts } from '../../src/i18n/turning/en.js';
import { find, findAll, get, until } from './support/mount.js';
import { button, change, fail, hasFallback, isDisabled, show, stateOf, ways, words, type Shown } from './support/turning.js';

describe('where no person can be had', () => {
  it('says why in plain words, also for a reason it does not know', async () => {
    const { element } = await show(ways('human_agent'));
    for (const [reason, expected] of [['over_capacity', 'Everyone is busy'], ['after_hours', 'We’re closed'], ['moon_phase', 'No person is free'], ['toString', 'No person is free'], [null, 'No person is free']] as const) {
      const { deflection } = ways('human_agent');
      await change(element, { deflection: deflection ? { ...deflection, reason } : null });
      assert.include(words(element), expected);
      if (reason) assert.notInclude(words(element), reason);
    }
  });

  for (const channel of ['human_agent', 'virtual_agent'] as const) {
    it(`asks for ${channel} once, however often it is tapped`, async () => {
      const { element, asked } = await show(ways('email', 'human_agent', 'virtual_agent'));
      const way = button(element, texts.way[channel].title);
      way.click();
      way.click();
      await element.updateComplete;
      way.click();
      button(element, texts.way.email.title).click();
      await element.updateComplete;
      assert.deepEqual(asked, [{ type: 'choose-deflection', channel }]);
      assert.equal(way.getAttribute('aria-disabled'), 'true');
    });
  }

  it('offers every way again once a choice was in vain', async () => {
    const { element, asked } = await show(ways('human_agent'));
    const way = button(element, 'Keep waiting');
    way.click();
    await fail(element, 'platform-unavailable');
    await until(() => !isDisabled(way), 'the way on');
    way.click();
    assert.lengthOf(asked, 2);
  });

  it('is chosen by keyboard, and never loses the focus', async () => {
    const { element, asked } = await show(ways('human_agent', 'virtual_agent'));
    button(element, 'Keep waiting').focus();
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    assert.deepEqual(asked, [{ type: 'choose-deflection', channel: 'virtual_agent' }]);
    await change(element, { escalation: null, deflection: null });
    assert.equal(element.shadowRoot?.activeElement?.localName, 'section');
  });

  it('shows the platform’s labels as they are, and keeps an unknown way as text', async () => {
    const label = '<b>Parcel</b> service';
    const { element } = await show(ways({ channel: 'human_agent', label, url: null }, { channel: 'pigeon', label: 'By pigeon', url: null }, 'smoke'));
    assert.include(words(element), label);
    assert.deepEqual(findAll(element, 'p.way').map((way) => way.textContent.replace(/\s+/g, ' ').trim()), [
      'By pigeon Not available in this chat.',
      'Another way Not available in this chat.',
    ]);
    assert.notInclude(words(element), 'smoke');
    assert.isFalse(hasFallback(element));
  });

  it('points to the site’s own contact where no way can be taken', async () => {
    assert.isTrue(hasFallback((await show(ways('pigeon'))).element));
  });
});

describe('an external link', () => {
  const help = { channel: 'external_link', label: 'Help center', url: 'https://help.example/parcels' };
  /** A link that is really followed would take the tests away. */
  const stay = (event: Event): void => {
    followed.push(!event.defaultPrevented);
    event.preventDefault();
  };
  let followed: boolean[];

  beforeEach(() => {
    followed = [];
    document.addEventListener('click', stay);
  });
  afterEach(() => {
    document.removeEventListener('click', stay);
  });

  it('warns that the chat ends, opens apart and chooses the way once', async () => {
    const { element, asked } = await show(ways(help));
    const link = button(element, 'Help center');
    assert.include(link.textContent, 'ends this chat');
    assert.equal(link.getAttribute('href'), 'https://help.example/parcels');
    assert.deepEqual([link.getAttribute('target'), link.getAttribute('rel')], ['_blank', 'noopener noreferrer']);
    link.click();
    await element.updateComplete;
    link.click();
    assert.deepEqual(asked, [{ type: 'link', url: help.url }, { type: 'choose-deflection', channel: 'external_link' }]);
    assert.deepEqual(followed, [true, false]);
  });

  it('neither opens nor chooses where the page says no', async () => {
    const { element, asked, refuse } = await show(ways(help));
    refuse(true);
    button(element, 'Help center').click();
    assert.deepEqual([asked, followed], [[], [false]]);
  });

  it('is only text where its address is not safe', async () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', '/relative', '', null]) {
      const { element } = await show(ways({ ...help, url }));
      assert.equal(findAll(element, 'a[href]').length, 0);
      assert.include(words(element), 'Help center Not available in this chat.');
    }
  });
});

describe('an answer by email', () => {
  const fieldOf = (element: TurningPoints): HTMLInputElement => get(element, '#email') as HTMLInputElement;
  async function openForm(): Promise<Shown> {
    const shown = await show(ways('email', 'human_agent'));
    const { element } = shown;
    button(element, texts.way.email.title).click();
    await element.updateComplete;
    return shown;
  }

  it('asks for the address in a labelled field, which has the focus', async () => {
    const { element, asked } = await openForm();
    const field = fieldOf(element);
    assert.deepEqual([field.type, field.autocomplete, field.labels?.[0]?.textContent], ['email', 'email', texts.email]);
    assert.isTrue(element.shadowRoot?.activeElement === field);
    assert.deepEqual(asked, []);
  });

  it('refuses what is no address, keeps it and says what is missing; then takes a good one by Enter', async () => {
    const { element, asked } = await openForm();
    const field = fieldOf(element);
    await sendKeys({ type: 'jane@example' });
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    assert.deepEqual([asked, field.value, field.getAttribute('aria-invalid')], [[], 'jane@example', 'true']);
    assert.equal(get(element, '#email-error').textContent.trim(), texts.emailInvalid);
    assert.isTrue(element.shadowRoot?.activeElement === field);
    await sendKeys({ type: '.com' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Enter' });
    assert.deepEqual(asked, [{ type: 'choose-deflection', channel: 'email', email: 'jane@example.com' }]);
  });

  it('keeps what was typed when it is refused, at once or later', async () => {
    const { element, refuse } = await openForm();
    const field = fieldOf(element);
    field.value = 'jane@example.com';
    refuse(true);
    button(element, texts.sendEmail).click();
    await element.updateComplete;
    assert.equal(button(element, texts.sendEmail).getAttribute('aria-disabled'), 'false');
    refuse(false);
    button(element, texts.sendEmail).click();
    await fail(element, 'email-not-sent');
    await until(() => !isDisabled(button(element, texts.sendEmail)), 'another try');
    assert.isTrue(fieldOf(element) === field && field.isConnected);
    assert.equal(field.value, 'jane@example.com');
  });

  it('goes back to the other ways', async () => {
    const { element } = await openForm();
    button(element, texts.back).click();
    await element.updateComplete;
    assert.include(words(element), 'Keep waiting');
    assert.equal(element.shadowRoot?.activeElement?.localName, 'section');
  });

  it('asks a visitor who may be known for an address only when none is', async () => {
    const state = stateOf(ways('email'));
    const config = state.config && { ...state.config, features: ['identity'] };
    const { element, asked } = await show({ ...state, config });
    button(element, texts.way.email.title).click();
    element.pending = true;
    await element.updateComplete;
    assert.deepEqual(asked, [{ type: 'choose-deflection', channel: 'email' }]);
    assert.equal(findAll(element, '#email').length, 0);
    Object.assign(element, { pending: false, problem: { code: 'email-missing', retryable: false } });
    await until(() => find(element, '#email'), 'the field');
  });

  it('takes no address that the relay would not take', () => {
    const good = ['a@b.co', 'jane.doe+chat@mail.example.com', 'o\'neil-x_1@ex-ample.museum', 'X@Y.ZZ'];
    const bad = ['', 'jane', '@b.co', 'a@b', 'a b@c.de', 'a@b.c', '.a@b.co', 'a..b@c.de', 'a.@b.co', 'a@-b.co', 'a@b..co', 'ü@b.co', 'a@b.co,c@d.ef', `${'a'.repeat(250)}@b.co`];
    for (const email of [...good, ...bad]) {
      assert.equal(isAddress(email), good.includes(email), email);
      if (isAddress(email)) assert.isTrue(ChooseDeflection.safeParse({ channel: 'email', email }).success, email);
    }
  });
});
