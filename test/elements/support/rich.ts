import { fixture, html } from '@open-wc/testing';
import { PanelRequestEvent, requestOf, type PanelRequest } from '../../../src/elements/panel-request.js';
import type { RichMessage } from '../../../src/elements/rich-message.js';
import type { RichSticky } from '../../../src/elements/rich-sticky.js';
import type { Button, Card, Message, Part } from '../../../src/protocol/index.js';
import { brand } from '../../../src/styles/brand.js';
import { tokens } from '../../../src/styles/tokens.js';
import { findAll } from './mount.js';
import '../../../src/elements/rich-message.js';

/** What a test sets before a rich message is drawn; `refuse` answers every request with no. */
export type RichSettings = Partial<RichMessage> & { readonly refuse?: boolean };

export interface Shown<Element> {
  readonly element: Element;
  /** What was asked for, in order. */
  readonly requests: PanelRequest[];
}

/** A message of the virtual agent with these parts. */
export const say = (parts: readonly unknown[] | null, change: Partial<Message> = {}): Message => ({
  id: 'asked',
  type: 'text',
  text: 'The words of it',
  parts: parts && [...parts],
  sender: { kind: 'virtual_agent', id: 7 },
  at: '2026-01-05T10:00:00.000Z',
  private: false,
  to: null,
  replyTo: null,
  delivery: null,
  ...change,
});
export const button = (title: string, action = 'quick_reply', url: string | null = null): Button => ({ title, action, url });
export const choice = (buttons: readonly Button[], change: Partial<Extract<Part, { type: 'buttons' }>> = {}): Part =>
  ({ type: 'buttons', title: 'Which one?', sticky: false, buttons: [...buttons], ...change });
export const card = (title: string, change: Partial<Card> = {}): Card =>
  ({ title, subtitle: null, body: null, url: null, images: [], buttons: [], ...change });
export const cards = (...list: readonly Card[]): Part => ({ type: 'cards', title: 'In stock', cards: [...list] });

/** Draws a message. */
export async function show(message: Message, settings?: RichSettings): Promise<Shown<RichMessage>> {
  return showAs('ccai-rich-message', message, settings);
}

/** The sticky buttons of a message. */
export async function showSticky(message: Message): Promise<Shown<RichSticky>> {
  return showAs('ccai-rich-sticky', message);
}

async function showAs<Name extends 'ccai-rich-message' | 'ccai-rich-sticky'>(
  name: Name,
  message: Message,
  { refuse = false, ...settings }: RichSettings = {},
): Promise<Shown<HTMLElementTagNameMap[Name]>> {
  const element = Object.assign(document.createElement(name), { message, ...settings });
  const requests: PanelRequest[] = [];
  element.addEventListener(PanelRequestEvent.type, (event) => {
    const request = requestOf(event);
    if (request) requests.push(request);
    if (refuse) event.preventDefault();
  });
  const style = document.createElement('style');
  style.textContent = `${brand.cssText}${tokens.cssText}`.replaceAll(':host', '.rich');
  await fixture(html`<div class="rich" style="inline-size: 320px; background: white">${style}${element}</div>`);
  await element.updateComplete;
  return { element, requests };
}

/** Whether a button does something when it is tapped. */
export const isOpen = (element: Element): boolean =>
  !element.matches(':disabled') && element.getAttribute('aria-disabled') !== 'true';
/** The button with these words. */
export const buttonOf = (root: Element, title: string): HTMLElement => {
  const found = findAll(root, 'button').find((candidate) => candidate.textContent.trim() === title);
  if (!found) throw new Error(`There is no button ${title}`);
  return found;
};
/** All that an element says. */
export const wordsOf = (root: Element): string => (root.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ').trim();
/** Its links, in order. */
export const linksOf = (root: Element): HTMLAnchorElement[] => findAll(root, 'a') as HTMLAnchorElement[];
