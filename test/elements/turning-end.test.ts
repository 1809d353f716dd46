import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ChatState } from '../../src/client/index.js';
import type { TurningPoints } from '../../src/elements/turning-points.js';
import { turningEn as texts } from '../../src/i18n/turning/en.js';
import { findAll, get, until } from './support/mount.js';
import { button, change, chatOf, ended, fail, hasFallback, set, show, spoken, stateOf, words } from './support/turning.js';

const dismissed: Partial<ChatState> = { chat: chatOf('dismissed'), phase: 'dismissed' };

describe('when the chat is over', () => {
  const failures = ['after_hours', 'expired', 'no_response', 'escalation_failed', 'expired_menu_selection', 'over_cap_email', 'group_deleted_no_substitute', 'unknown'];
  const others = ['by_end_user', 'by_agent', 'timeout', 'deflected', 'end_user_opt_out'];

  it('has plain words for each reason, and the site’s own contact where it was not meant to end', async () => {
    const { element } = await show(ended());
    const seen = new Set<string>();
    for (const endReason of [...failures, ...others]) {
      await set(element, { endReason });
      const said = spoken(element);
      assert.isAbove(said.length, 20, endReason);
      assert.notMatch(said, /_/);
      seen.add(said);
      assert.equal(hasFallback(element), failures.includes(endReason), endReason);
    }
    assert.lengthOf([...seen], failures.length + others.length);
  });

  it('says an unknown or missing reason in words that are true', async () => {
    for (const endReason of [null, 'solar_flare', 'constructor']) {
      const { element: finished } = await show(ended(), { endReason });
      assert.include(spoken(finished), 'This chat has ended');
      assert.isFalse(hasFallback(finished));
      const { element: failed } = await show(ended('failed'), { endReason });
      assert.include(spoken(failed), 'Something went wrong on our side');
      assert.isTrue(hasFallback(failed));
      assert.notInclude(words(failed), endReason ?? '_');
    }
  });

  it('starts a new chat once', async () => {
    const { element, asked } = await show(ended());
    const start = button(element, texts.startNewChat);
    start.click();
    start.click();
    assert.deepEqual(asked, [{ type: 'start-chat' }]);
  });
});

describe('feedback', () => {
  const starsOf = (element: TurningPoints): HTMLInputElement[] => findAll(element, 'input[type=radio]') as HTMLInputElement[];
  const countStars = async (state: Partial<ChatState>): Promise<number> => starsOf((await show(state)).element).length;

  it('is asked for only where the relay takes it and somebody took part', async () => {
    assert.equal(await countStars(ended()), 5);
    assert.equal(await countStars({ ...ended(), chat: chatOf('failed', { participants: [] }) }), 0);
    const { config } = stateOf();
    assert.equal(await countStars({ ...ended(), config: config && { ...config, features: [] } }), 0);
  });

  it('is given by arrow keys and words, once, with thanks', async () => {
    const { element, asked } = await show(ended());
    starsOf(element)[0]?.focus();
    await sendKeys({ press: 'Space' });
    for (let step = 1; step < 4; step += 1) await sendKeys({ press: 'ArrowRight' });
    await element.updateComplete;
    assert.equal(element.shadowRoot?.activeElement?.getAttribute('aria-label'), '4 stars, Good');
    assert.equal(findAll(element, '.stars .on').length, 4);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: ' Quick and kind ' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Enter' });
    assert.deepEqual(asked, [{ type: 'feedback', rating: 4, comment: 'Quick and kind' }]);
    await until(() => words(element).includes(texts.thanks), 'thanks');
    assert.equal(starsOf(element).length, 0);
    assert.equal(element.shadowRoot?.activeElement?.localName, 'section');
  });

  it('needs no words', async () => {
    const { element, asked } = await show(ended());
    assert.equal(findAll(element, '#comment').length, 0);
    starsOf(element)[1]?.click();
    await element.updateComplete;
    button(element, texts.sendFeedback).click();
    assert.deepEqual(asked, [{ type: 'feedback', rating: 2 }]);
  });

  it('keeps stars and words when it is refused, says so, and takes them the next time', async () => {
    const { element, refuse } = await show(ended());
    starsOf(element)[2]?.click();
    await element.updateComplete;
    const comment = get(element, '#comment') as HTMLTextAreaElement;
    comment.value = 'All well';
    refuse(true);
    button(element, texts.sendFeedback).click();
    refuse(false);
    button(element, texts.sendFeedback).click();
    await fail(element, 'feedback-unavailable');
    await until(() => words(element).includes(texts.feedbackFailed), 'the reason');
    assert.deepEqual([comment.value, starsOf(element)[2]?.checked], ['All well', true]);
    // Tried again by somebody else's button.
    Object.assign(element, { pending: true, problem: null });
    await element.updateComplete;
    element.pending = false;
    await until(() => words(element).includes(texts.thanks), 'thanks');
  });

  it('begins afresh with the next chat', async () => {
    const { element } = await show({ ...ended() }, { ratedChat: 1, rating: 5 });
    await change(element, { chat: chatOf('finished', { id: 2 }) });
    assert.equal(starsOf(element).length, 5);
    assert.equal(findAll(element, '.stars .on').length, 0);
  });
});

describe('a dismissed chat', () => {
  it('can be continued, begun anew or closed', async () => {
    for (const [text, type] of [[texts.resume, 'resume-chat'], [texts.startAnother, 'start-chat'], [texts.close, 'close']] as const) {
      const { element, asked } = await show(dismissed);
      const choice = button(element, text);
      choice.click();
      choice.click();
      assert.deepEqual(asked, [{ type }]);
    }
  });

  it('has nothing to close where the panel is part of the page', async () => {
    assert.notInclude(words((await show(dismissed, { closable: false })).element), texts.close);
  });
});
