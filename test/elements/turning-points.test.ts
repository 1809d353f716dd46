import { assert, expect } from '@open-wc/testing';
import type { ChatState } from '../../src/client/index.js';
import type { TurningPoints } from '../../src/elements/turning-points.js';
import { turningEn as texts } from '../../src/i18n/turning/en.js';
import { say } from './support/fixtures.js';
import { findAll, get, until } from './support/mount.js';
import { button, change, chatOf, ended, set, show, spoken, timeout, ways, words } from './support/turning.js';

const closing: Partial<ChatState> = { chat: chatOf('va_assigned', { timeoutAt: new Date(timeout).toISOString() }) };

describe('<ccai-turning-points>', () => {
  it('takes no room and says nothing while the chat simply runs', async () => {
    const { element } = await show({});
    assert.equal(words(element), '');
    assert.isTrue(element.hasAttribute('data-empty'));
    await change(element, { chat: null, phase: 'none' });
    assert.equal(words(element), '');
  });

  it('is accessible at every turn', async () => {
    const turns: [Partial<ChatState>, Partial<TurningPoints>?][] = [
      [{ escalation: { id: 5, status: 'escalating' } }, { waitMinutes: 4 }],
      [ways('email', 'human_agent', { channel: 'external_link', label: 'Help', url: 'https://help.example' }, 'pigeon')],
      [ended('failed'), { endReason: 'unknown', rating: 3 }],
      [{ chat: chatOf('dismissed'), phase: 'dismissed' }],
      [closing, { now: () => timeout - 30_000 }],
    ];
    for (const [state, properties] of turns) await expect((await show(state, properties)).element).to.be.accessible();
    const { element } = await show(ways('email'));
    button(element, texts.way.email.title).click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });

  it('lets a screen reader hear of each turn, and of nothing but its words', async () => {
    const { element } = await show({});
    const region = findAll(element, '[role=status]').at(-1);
    await change(element, ways('human_agent'));
    assert.equal(region?.textContent.replace(/\s+/g, ' ').trim(), 'Everyone is busy right now How would you like to go on?');
    assert.equal(get(element, '[role=group] h3').id, get(element, '[role=group]').getAttribute('aria-labelledby'));
  });
});

describe('while a person is asked for', () => {
  it('tells that one is being looked for, and the wait only where it is sure', async () => {
    const { element } = await show({ escalation: { id: 5, status: 'escalating' } });
    assert.equal(words(element), 'Connecting you to a person…');
    for (const [minutes, expected] of [[4, 'about 4 minutes'], [0.4, 'about 1 minute'], [0, 'less than a minute'], [75, 'about 1.5 hours']] as const) {
      await set(element, { waitMinutes: minutes });
      assert.include(words(element), `Estimated wait: ${expected}`);
    }
    for (const minutes of [NaN, -1, Infinity, null]) {
      await set(element, { waitMinutes: minutes });
      assert.notInclude(words(element), 'wait');
    }
  });

  it('tells a wait in the queue that was not asked for only where the minutes are known', async () => {
    const { element } = await show({ chat: chatOf('queued'), phase: 'waiting' });
    assert.equal(words(element), '');
    await set(element, { waitMinutes: 2 });
    assert.include(words(element), 'about 2 minutes');
  });

  it('is silent once a person has come', async () => {
    const { element } = await show({ escalation: { id: 5, status: 'escalated' }, phase: 'waiting' });
    assert.equal(words(element), texts.joining);
    await change(element, { phase: 'agent' });
    assert.equal(words(element), '');
  });

  it('tells that it was canceled, until the visitor writes again', async () => {
    const { element } = await show({ escalation: { id: 5, status: 'escalating' } });
    await change(element, { escalation: { id: 5, status: 'canceled' } });
    assert.include(words(element), 'You’re still chatting with the assistant');
    await change(element, { items: [say('virtual_agent', 'Go on')] });
    assert.include(words(element), 'still chatting');
    await change(element, { items: [...element.state.items, say('end_user', 'Fine')] });
    assert.equal(words(element), '');
  });

  it('does not dig up after a reload what was canceled before', async () => {
    assert.equal(words((await show({ escalation: { id: 5, status: 'canceled' } })).element), '');
  });

  it('tells of a deflection before and after there is a choice', async () => {
    const { element } = await show({ escalation: { id: 5, status: 'deflecting' } });
    assert.equal(words(element), texts.searching);
    await change(element, { escalation: { id: 5, status: 'deflected' } });
    assert.include(words(element), 'No person is free right now.');
  });
});

describe('shortly before a chat times out', () => {
  const at = (left: number): Partial<TurningPoints> => ({ now: () => timeout - left });

  it('asks within the last two minutes, and not before', async () => {
    const { element } = await show(closing, at(121_000));
    assert.equal(words(element), '');
    for (const [left, expected] of [[120_000, '2 minutes'], [60_000, '1 minute'], [59_000, '59 seconds'], [1_000, '1 second'], [0, 'about to close'], [-30_000, 'about to close']] as const) {
      await set(element, at(left));
      assert.include(get(element, '.warning [aria-hidden]').textContent, expected);
    }
    await set(element, at(-61_000));
    assert.equal(words(element), '');
  });

  it('counts down for the eye, and speaks of it three times in all', async () => {
    const { element } = await show(closing, at(119_000));
    const heard = new Set<string>();
    for (let left = 119_000; left >= 0; left -= 1_000) {
      await set(element, at(left));
      heard.add(spoken(element));
    }
    assert.deepEqual([...heard], ['2 minutes', '1 minute', '30 seconds'].map((time) => `Still there? This chat closes in ${time}.`));
  });

  it('comes and counts by itself', async () => {
    let now = timeout - 120_020;
    const { element } = await show(closing, { now: () => now });
    assert.equal(words(element), '');
    now = timeout - 59_990;
    await until(() => words(element).includes('60 seconds') || words(element).includes('1 minute'), 'the question');
    now = timeout - 58_990;
    await until(() => words(element).includes('59 seconds'), 'the next second');
  });

  it('sends “I’m still here” once as a message, and is content with any message', async () => {
    const { element, asked } = await show(closing, at(60_000));
    const here = button(element, texts.stillHere);
    here.click();
    here.click();
    assert.deepEqual(asked, [{ type: 'send', text: 'I’m still here' }]);
    const written = new Date(timeout - 59_000).toISOString();
    await change(element, { items: [say('end_user', 'Wait', { at: written, delivery: 'failed' })] });
    assert.include(words(element), texts.stillThere);
    await change(element, { items: [say('end_user', 'Wait', { at: written, delivery: 'sending' })] });
    assert.equal(words(element), '');
  });

  it('stands beside what else there is to say, and not beside the end', async () => {
    const { element } = await show({ ...closing, escalation: { id: 5, status: 'escalating' } }, at(30_000));
    assert.include(words(element), texts.stillThere);
    assert.include(words(element), texts.connecting);
    await change(element, { phase: 'ended' });
    assert.notInclude(words(element), texts.stillThere);
  });
});
