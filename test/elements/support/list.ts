import { fixture, html } from '@open-wc/testing';
import type { ChatItem } from '../../../src/client/index.js';
import { define } from '../../../src/elements/define.js';
import { MessageList } from '../../../src/elements/message-list.js';
import { en } from '../../../src/i18n/en.js';
import { createChat, jane, pine } from './fixtures.js';
import { settle } from './mount.js';

define('ccai-message-list', MessageList);

/** A list of its own, 300 px high, drawn. */
export async function showList(items: readonly ChatItem[], change: Partial<MessageList> = {}): Promise<MessageList> {
  const list = document.createElement('ccai-message-list');
  Object.assign(list, { items, chat: createChat({ participants: [pine, jane] }), dictionary: en, ...change });
  list.style.blockSize = '300px';
  await fixture(html`<div>${list}</div>`);
  await settle(list);
  return list;
}
