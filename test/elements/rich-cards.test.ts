import { assert } from '@open-wc/testing';
import { find, findAll, get, press, until } from './support/mount.js';
import { card, cards, isOpen, linksOf, say, show, wordsOf } from './support/rich.js';

const picture = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')}`;

describe('<ccai-rich-message>: cards', () => {
  const five = say([cards(...['One', 'Two', 'Three', 'Four', 'Five'].map((title) => card(title)))]);
  const position = (element: Element): string => get(element, '[aria-live]').textContent.trim();
  const step = (element: Element, name: string): HTMLElement => get(element, `button[aria-label="${name}"]`);

  it('shows one card without a carousel', async () => {
    const { element } = await show(say([cards(card('One', { subtitle: 'Cheap', body: 'Good' }))]));
    assert.isNull(find(element, 'ccai-rich-carousel')?.outerHTML ?? null);
    assert.equal(wordsOf(element), 'In stock One Cheap Good');
  });

  for (const direction of ['ltr', 'rtl'] as const) {
    it(`goes from card to card by two buttons and says where it is (${direction})`, async () => {
      const { element } = await show(five);
      element.dir = direction;
      await until(() => position(element) === '1 of 5', 'the first card');
      assert.isFalse(isOpen(step(element, 'Previous card')));
      for (const place of ['2 of 5', '3 of 5', '4 of 5', '5 of 5']) {
        step(element, 'Next card').click();
        await until(() => position(element) === place, place);
      }
      await until(() => !isOpen(step(element, 'Next card')), 'the end');
      step(element, 'Previous card').click();
      await until(() => position(element) === '4 of 5' && isOpen(step(element, 'Next card')), 'the way back');
      const [back, track] = [step(element, 'Previous card'), get(element, '.track')];
      for (const place of ['3 of 5', '2 of 5', '1 of 5']) {
        back.click();
        await until(() => position(element) === place, place);
      }
      await until(() => track.scrollLeft === 0 && !isOpen(back), 'the start');
    });

    it(`goes from card to card by the arrow keys, and no further than there are cards (${direction})`, async () => {
      const { element } = await show(five);
      element.dir = direction;
      const [first, second] = findAll(element, '.card');
      const [forth, back] = direction === 'ltr' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
      first?.focus();
      press(first ?? element, forth);
      assert.isTrue(element.shadowRoot?.activeElement === second);
      await until(() => position(element) === '2 of 5', 'the second card');
      press(second ?? element, back);
      press(first ?? element, back);
      assert.isTrue(element.shadowRoot?.activeElement === first);
      await until(() => position(element) === '1 of 5', 'the first card');
    });
  }

  it('is a named region whose cards are reached in order, and comes into sight with the focus', async () => {
    const { element } = await show(five);
    const region = get(element, '[role="region"]');
    assert.equal(region.getAttribute('aria-roledescription'), 'carousel');
    assert.equal(region.getAttribute('aria-label'), 'In stock');
    const list = findAll(element, '.card');
    assert.deepEqual(list.map(({ tabIndex }) => tabIndex), [0, 0, 0, 0, 0]);
    assert.deepEqual(list.map(({ ariaLabel }) => ariaLabel), ['1 of 5 One', '2 of 5 Two', '3 of 5 Three', '4 of 5 Four', '5 of 5 Five']);
    // The second is half in sight from the start, which browsers find enough.
    list[1]?.focus();
    await until(() => position(element) === '2 of 5', 'the second card');
    list[4]?.focus();
    await until(() => position(element) === '5 of 5', 'the last card');
  });

  it('needs no buttons where all cards are in sight', async () => {
    const { element } = await show(say([cards(card('One'), card('Two'))]));
    assert.isTrue(get(element, '.controls').checkVisibility());
    get(element, 'ccai-rich-carousel').style.inlineSize = '900px';
    await until(() => !get(element, '.controls').checkVisibility(), 'room for all');
  });

  it('leaves no trace of a cover that cannot be loaded', async () => {
    const { element } = await show(say([cards(card('One', { images: [`${location.origin}/nothing.png`] }))]));
    assert.equal(get(element, 'img').getAttribute('alt'), '');
    await until(() => !find(element, 'img, .cover'), 'the picture to go');
    assert.equal(wordsOf(element), 'In stock One');
  });
});

describe('<ccai-rich-message>: pictures, videos, documents, forms', () => {
  it('says what is on a picture, tells nobody where it is shown, and loads it when it comes into sight', async () => {
    const { element } = await show(say([{ type: 'image', title: null, files: [{ url: 'https://pictures.example/1.png', text: 'A red chair' }] }]));
    const image = get(element, 'img') as HTMLImageElement;
    assert.deepEqual(
      { alt: image.alt, loading: image.loading, decoding: image.decoding, referrer: image.referrerPolicy },
      { alt: 'A red chair', loading: 'lazy', decoding: 'async', referrer: 'no-referrer' },
    );
    assert.isAbove(image.getBoundingClientRect().height, 100, 'room is kept before it is loaded');
  });

  it('is only a link where it cannot be loaded', async () => {
    const url = `${location.origin}/nothing.png`;
    const { element } = await show(say([{ type: 'image', title: null, files: [{ url, text: 'A red chair' }] }]));
    await until(() => !find(element, 'img'), 'the picture to go');
    assert.deepEqual(linksOf(element).map(({ href }) => href), [url]);
    assert.include(wordsOf(element), 'A red chair');
  });

  it('does not take pictures out of the message itself', async () => {
    const { element } = await show(say([{ type: 'image', title: null, files: [{ url: picture, text: 'Inline' }] }]));
    assert.isNull(find(element, 'img')?.outerHTML ?? null);
  });

  it('loads nothing of a video before it is played, and has a link where it cannot be', async () => {
    const url = 'https://videos.example/pack.mp4';
    const { element } = await show(say([{ type: 'video', title: null, files: [{ url, text: 'How to pack' }] }]));
    const video = get(element, 'video') as HTMLVideoElement;
    assert.deepEqual([video.src, video.preload, video.controls, video.ariaLabel], [url, 'none', true, 'How to pack']);
    assert.include(get(element, 'figcaption').textContent, 'How to pack');
    video.dispatchEvent(new Event('error'));
    await element.updateComplete;
    assert.isNull(find(element, 'video')?.outerHTML ?? null);
    assert.deepEqual(linksOf(element).map(({ href }) => href), [url]);
  });

  it('names a document by its words or its file, and a form by its title', async () => {
    const { element } = await show(say([
      { type: 'document', title: null, files: [{ url: 'https://a.example/x/Return%20label.pdf', text: null }, { url: 'https://a.example/2', text: 'Terms' }] },
      { type: 'form', title: 'Tell us', url: 'https://forms.example/1' },
    ]));
    assert.deepEqual(findAll(element, '.tile-name').map(({ textContent }) => textContent), ['Return label.pdf', 'Terms', 'Tell us']);
    assert.deepEqual(findAll(element, '.tile-hint').map(({ textContent }) => textContent), ['a.example', 'a.example', 'Opens in a new tab']);
  });
});
