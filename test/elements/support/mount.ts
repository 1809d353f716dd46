import { aTimeout, fixture, html, nextFrame } from '@open-wc/testing';
import type { ChatState } from '../../../src/client/index.js';
import type { CcaiChat } from '../../../src/elements/index.js';
import { FakeClient } from './fake-client.js';
import '../../../src/elements/index.js';

export interface Mounted {
  readonly chat: CcaiChat;
  readonly client: FakeClient;
}

/** A `<ccai-chat>` with a fake client and a fallback link; `attributes` are set before it is connected. */
export async function mount(
  state: Partial<ChatState> = {},
  attributes: Readonly<Record<string, string>> = {},
): Promise<Mounted> {
  const client = new FakeClient();
  client.set(state);
  const chat = document.createElement('ccai-chat');
  chat.client = client;
  chat.storage = 'none';
  for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
  const link = document.createElement('a');
  link.href = '/contact';
  link.textContent = 'Contact us';
  chat.append(link);
  await fixture(html`<div>${chat}</div>`);
  await chat.updateComplete;
  return { chat, client };
}

/** The same, with the panel open and drawn. */
export async function mountOpen(...options: Parameters<typeof mount>): Promise<Mounted> {
  const mounted = await mount(...options);
  mounted.chat.show();
  await until(() => find(mounted.chat, 'ccai-composer'), 'the panel');
  await settle(mounted.chat);
  return mounted;
}

/** The first match in the element's shadow root or in any root within. */
export function find(root: Element, selector: string): HTMLElement | null {
  return findAll(root, selector)[0] ?? null;
}

/** The first match, which has to be there. */
export function get(root: Element, selector: string): HTMLElement {
  const found = find(root, selector);
  if (!found) throw new Error(`Nothing matches ${selector}`);
  return found;
}

export function findAll(root: Element, selector: string): HTMLElement[] {
  const shadow = root.shadowRoot;
  if (!shadow) return [];
  const inner = [...shadow.querySelectorAll('*')].flatMap((element) => findAll(element, selector));
  return [...shadow.querySelectorAll<HTMLElement>(selector), ...inner];
}

/** The texts of all bubbles, in order. */
export function bubbles(root: Element): string[] {
  return findAll(root, '.bubble').map((bubble) => bubble.textContent.trim());
}

/** Waits for a condition, not for a time. */
export async function until<Result>(condition: () => Result, what: string): Promise<NonNullable<Result>> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const result = condition();
    if (result) return result;
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await aTimeout(5);
  }
}

/** Lets everything inside draw itself. */
export async function settle(root: Element): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await nextFrame();
    const elements = [root, ...findAll(root, 'ccai-chat-panel, ccai-message-list, ccai-composer')];
    await Promise.all(elements.map((element) => (element as unknown as { updateComplete: Promise<unknown> }).updateComplete));
  }
}

/** The composer's text field. */
export function fieldOf(root: Element): HTMLTextAreaElement {
  const field = get(root, 'textarea');
  if (!(field instanceof HTMLTextAreaElement)) throw new Error('Not a text field');
  return field;
}

/** Types into the composer as a person would see it. */
export async function type(chat: CcaiChat, text: string): Promise<HTMLTextAreaElement> {
  const field = fieldOf(chat);
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await settle(chat);
  return field;
}

/** Presses a key; answers the event, so that its fate can be read. */
export function press(target: Element, key: string, options: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...options });
  target.dispatchEvent(event);
  return event;
}
