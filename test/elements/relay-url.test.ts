import { assert } from '@open-wc/testing';
import { createBrowserMemory } from '../../src/elements/browser-memory.js';
import { resolveRelayUrl } from '../../src/elements/relay-url.js';

describe('the relay is found', () => {
  const page = 'https://shop.example/cart/';
  const cases: [explicit: string | null, script: string, expected: string | undefined][] = [
    [null, 'https://chat.example/widget/1/ccai-chat.js', 'https://chat.example'],
    [null, 'https://shop.example/relay/widget/1/ccai-chat.js?x=/widget/2/', 'https://shop.example/relay'],
    [null, 'https://shop.example/widget/relay/widget/1/ccai-chat.js', 'https://shop.example/widget/relay'],
    [null, 'https://cdn.example/ccai-chat.js', undefined],
    [null, 'file:///widget/1/ccai-chat.js', undefined],
    ['https://chat.example/', 'https://cdn.example/x.js', 'https://chat.example'],
    ['/relay/', 'https://cdn.example/widget/1/x.js', 'https://shop.example/relay'],
    ['javascript:alert(1)', 'https://cdn.example/x.js', undefined],
    ['http://', 'https://cdn.example/x.js', undefined],
  ];
  for (const [explicit, script, expected] of cases) {
    it(`from ${explicit ?? 'no attribute'} and ${script}: ${expected ?? 'nowhere'}`, () => {
      assert.equal(resolveRelayUrl(explicit, { script, page }), expected);
    });
  }
});

describe('the browser remembers a chat', () => {
  const relay = 'https://relay.example';
  afterEach(() => {
    sessionStorage.clear();
  });

  it('under the relay’s name, so that a reload finds it', () => {
    createBrowserMemory('session', relay).handle.write('secret');
    assert.equal(sessionStorage.getItem(`ccai-chat:${relay}`), 'secret');
    assert.equal(createBrowserMemory('session', relay).handle.read(), 'secret');
    createBrowserMemory('session', relay).handle.write(null);
    assert.lengthOf(sessionStorage, 0);
  });

  it('not at all where the page wants none', () => {
    const memory = createBrowserMemory('none', relay);
    memory.handle.write('secret');
    assert.equal(memory.handle.read(), 'secret');
    assert.lengthOf(sessionStorage, 0);
    assert.isNull(createBrowserMemory('none', relay).handle.read());
  });
});
