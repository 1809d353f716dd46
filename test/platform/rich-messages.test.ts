import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readWebhookMessage, type RichPart } from '../../src/platform/index.js';
import { Part } from '../../src/protocol/index.js';

type Message = Record<string, unknown>;

const read = (body: Record<string, unknown>) =>
  readWebhookMessage({ eventType: 'message_received', chatId: 37, timestamp: null, body: { sender: { type: 'virtual_agent' }, ...body } });

const button = (title: string, action = 'quick_reply', url: string | null = null) => ({ title, action, url });
const card = { title: null, subtitle: null, body: null, url: null, images: [], buttons: [] };
const tent = { title: 'Tent', subtitle: '1.9 kg', body: 'Light.', link: 'https://x/tent', images: ['https://x/1.jpg', { url: 'https://x/2.jpg' }] };

/** type, the keys beside it -> parts, words */
const cases: [string, Message, RichPart[], string][] = [
  [
    'inline_button',
    {
      title: 'Which?',
      buttons: [
        { title: 'Red', action: 'quick_reply' },
        { title: 'Person', action: 'escalation' },
        { title: 'Shop', action: 'quick_reply_link', link: 'https://x/' },
        { title: 'Nowhere', action: 'quick_reply_link' },
        { title: 'Bare' },
        { title: 'Site', link: 'ujet://x' },
        { title: 'Odd', action: 'dance' },
        { action: 'quick_reply' },
        null,
      ],
    },
    [
      {
        type: 'buttons',
        title: 'Which?',
        sticky: false,
        buttons: [
          button('Red'),
          button('Person', 'escalation'),
          button('Shop', 'link', 'https://x/'),
          button('Nowhere', 'quick_reply_link'),
          button('Bare'),
          button('Site', 'link', 'ujet://x'),
          button('Odd', 'dance'),
        ],
      },
    ],
    'Which?\n• Red\n• Person\n• Shop\n• Nowhere\n• Bare\n• Site\n• Odd',
  ],
  ['sticky_button', { buttons: [{ title: 'Yes' }] }, [{ type: 'buttons', title: null, sticky: true, buttons: [button('Yes')] }], '• Yes'],
  [
    'content_card',
    { cards: [tent, { title: 'Bag', buttons: [{ title: 'Buy', style: 'primary', auto_reply: true }] }, {}, 'x'] },
    [
      {
        type: 'cards',
        title: null,
        cards: [
          { ...card, title: 'Tent', subtitle: '1.9 kg', body: 'Light.', url: 'https://x/tent', images: ['https://x/1.jpg', 'https://x/2.jpg'] },
          { ...card, title: 'Bag', buttons: [button('Buy')] },
        ],
      },
    ],
    'Tent, 1.9 kg\nLight.\nhttps://x/tent\nBag\n• Buy',
  ],
  [
    'image',
    { title: 'Look', images: [{ url: 'https://x/1.jpg', text: 'A tent' }, { text: 'no address' }] },
    [{ type: 'image', title: 'Look', files: [{ url: 'https://x/1.jpg', text: 'A tent' }] }],
    'Look\nA tent: https://x/1.jpg',
  ],
  ['video', { videos: [{ url: 'https://x/1.mp4' }] }, [{ type: 'video', title: null, files: [{ url: 'https://x/1.mp4', text: null }] }], 'https://x/1.mp4'],
  [
    'document',
    { title: 'Read', documents: [{ url: 'https://x/1.pdf', text: 'Manual' }] },
    [{ type: 'document', title: 'Read', files: [{ url: 'https://x/1.pdf', text: 'Manual' }] }],
    'Read\nManual: https://x/1.pdf',
  ],
  [
    'form',
    { form: { name: 'news', title: 'Our newsletter', preview_endpoint: 'https://x/f' }, signature: 'secret' },
    [{ type: 'form', title: 'Our newsletter', url: 'https://x/f' }],
    'Our newsletter',
  ],
  ['form', { form: { title: 'Other', link: 'https://x/g' } }, [{ type: 'form', title: 'Other', url: 'https://x/g' }], 'Other'],
  [
    'complex',
    {
      title: 'Select',
      components: [
        { type: 'content_card', cards: [{ title: 'Tent' }] },
        { type: 'text', messages: ['one', 'two'] },
        { type: 'inline_button', title: 'Which?', buttons: [{ title: 'Red' }] },
        { type: 'hologram', content: 'SECRET' },
        { type: 'action', action: 'end' },
        { session_variable: { payload: 'SECRET' } },
      ],
    },
    [
      { type: 'text', text: 'Select' },
      { type: 'cards', title: null, cards: [{ ...card, title: 'Tent' }] },
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two' },
      { type: 'buttons', title: 'Which?', sticky: false, buttons: [button('Red')] },
    ],
    'Select\n\nTent\n\none\n\ntwo\n\nWhich?\n• Red',
  ],
];

describe('a richer message has its parts and its words', () => {
  for (const [type, keys, parts, text] of cases) {
    const forms: [string, Record<string, unknown>][] = [
      ['beside its type', { message: { type, ...keys } }],
      ['inside its content', { message: { type, content: keys } }],
      ['for the end user alone', { message: { type: 'server_message', message_id: 1 }, server_message: { content: { type, ...keys } } }],
      ['inside the content of one for the end user alone', { message: { type: 'server_message' }, server_message: { content: { type, content: keys } } }],
    ];
    for (const [where, body] of forms) {
      test(`${type} ${where}: ${text.slice(0, 20).replaceAll('\n', ' ')}`, () => {
        const message = read(body);
        assert.deepEqual(message?.parts, parts);
        assert.equal(message.text, text);
        assert.equal(message.type, type);
        for (const part of parts) assert.ok(Part.safeParse(part).success, JSON.stringify(part));
      });
    }
  }

  test('several texts are one text, and a link that is written as a shortcut stays as it is', () => {
    const several = read({ message: { type: 'text', messages: ['one', '{https://x/ | shop | same_tab}'] } });
    assert.deepEqual([several?.text, several?.parts], ['one\n\n{https://x/ | shop | same_tab}', null]);
  });

  for (const type of ['inline_button', 'content_card', 'image', 'form', 'complex', 'photo', 'hologram', '__proto__', 'constructor']) {
    test(`${type} in which nothing can be read has no words`, () => {
      for (const content of [{}, null, 7, 'SECRET', ['SECRET'], { media_id: 7 }, { buttons: 'x', cards: {}, images: [7], form: 'x', components: [null, 'x', {}] }]) {
        const message = read({ message: { type, content } });
        assert.deepEqual([message?.text, message?.parts], [null, null], JSON.stringify(content));
      }
    });
  }

  test('is bounded, while its words stay whole', () => {
    const long = 'x'.repeat(5_000);
    const buttons = Array.from({ length: 25 }, (_, index) => ({ title: `${index} ${long}`, link: `https://x/${long}` }));
    const cards = Array.from({ length: 25 }, () => ({ title: long, link: 'https://x/', images: Array(15).fill('https://x/1.jpg'), buttons }));
    const components = [{ type: 'inline_button', title: `${'x'.repeat(3_999)}😀`, buttons }, { type: 'content_card', cards }, { type: 'text', content: long }];
    const message = read({ message: { type: 'complex', components } });
    assert.ok(message?.parts);
    const [first, second, third] = message.parts;
    assert.ok(first?.type === 'buttons' && second?.type === 'cards' && third?.type === 'text');
    assert.deepEqual([first.buttons.length, second.cards.length, second.cards[0]?.images.length, second.cards[0]?.buttons.length], [20, 20, 10, 20]);
    assert.deepEqual([first.title?.length, first.buttons[0]?.title.length, second.cards[0]?.title?.length], [3_999, 4_000, 4_000]);
    // Half an address would lead elsewhere.
    assert.equal(first.buttons[0]?.url, null);
    assert.equal(third.text, long);
    assert.ok(message.text?.includes(`• 24 ${long}`));
  });

  test('a message in a message without an end is read to a depth', () => {
    let message: Message = { type: 'text', content: 'deep' };
    for (let depth = 0; depth < 5_000; depth += 1) message = { type: 'complex', components: [message] };
    assert.equal(read({ message })?.text, null);
  });
});
