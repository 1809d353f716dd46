import { fixture, html } from '@open-wc/testing';
import type { ChatState } from '../../../src/client/index.js';
import type { Chat, Deflection } from '../../../src/protocol/index.js';
import { PanelRequestEvent, requestOf, type PanelRequest } from '../../../src/elements/panel-request.js';
import { defineTurningPoints, type TurningPoints } from '../../../src/elements/turning-points.js';
import { pine } from './fixtures.js';
import { find, findAll, until } from './mount.js';

defineTurningPoints();

/** When the chats that are about to close do so. */
export const timeout = Date.parse('2026-01-05T10:30:00.000Z');

export const chatOf = (status: string, change: Partial<Chat> = {}): Chat => ({
  id: 1,
  status,
  participants: [pine],
  timeoutAt: null,
  ...change,
});

/** A chat with a virtual agent, at a relay that takes feedback. */
export function stateOf(change: Partial<ChatState> = {}): ChatState {
  return {
    config: { languages: [], menus: [], hideVaToVaSystemMessages: false, features: ['feedback'] },
    chat: chatOf('va_assigned'),
    phase: 'virtual_agent',
    items: [],
    escalation: null,
    deflection: null,
    lull: null,
    connection: 'open',
    problem: null,
    ...change,
  };
}

/** Nobody can come; what is offered instead, by its name or with label and address. */
export const ways = (...channels: (string | Deflection['channels'][number])[]): Partial<ChatState> => ({
  escalation: { id: 5, status: 'deflecting' },
  deflection: {
    escalationId: 5,
    reason: 'over_capacity',
    channels: channels.map((way) => (typeof way === 'string' ? { channel: way, label: null, url: null } : way)),
  },
});

export const ended = (status = 'finished'): Partial<ChatState> => ({ chat: chatOf(status), phase: 'ended' });

export interface Shown {
  readonly element: TurningPoints;
  /** What was asked for and not refused. */
  readonly asked: PanelRequest[];
  /** From now on everything is refused, or nothing any more. */
  readonly refuse: (isRefusing: boolean) => void;
}

/** `<ccai-turning-points>` with a fallback link, drawn. */
export async function show(change: Partial<ChatState>, properties: Partial<TurningPoints> = {}): Promise<Shown> {
  const element = document.createElement('ccai-turning-points');
  Object.assign(element, { state: stateOf(change), ...properties });
  const asked: PanelRequest[] = [];
  let isRefusing = false;
  element.addEventListener(PanelRequestEvent.type, (event) => {
    const request = requestOf(event);
    if (isRefusing) event.preventDefault();
    else if (request) asked.push(request);
  });
  const link = document.createElement('a');
  link.slot = 'fallback';
  link.href = '/contact';
  link.textContent = 'Contact us';
  element.append(link);
  await fixture(html`<div>${element}</div>`);
  await until(() => element.ready, 'the first frame');
  await element.updateComplete;
  return { element, asked, refuse: (value) => { isRefusing = value; } };
}

/** Sets properties and waits until they are drawn. */
export async function set(element: TurningPoints, properties: Partial<TurningPoints>): Promise<void> {
  Object.assign(element, properties);
  await element.updateComplete;
}

export async function change(element: TurningPoints, state: Partial<ChatState>): Promise<void> {
  await set(element, { state: { ...element.state, ...state } });
}

/** The owner's part of a request that fails. */
export async function fail(element: TurningPoints, code: string): Promise<void> {
  await set(element, { pending: true });
  await set(element, { pending: false, problem: { code, retryable: true } });
}

const line = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** All words that are shown, in one line. */
export function words(element: TurningPoints): string {
  return line(findAll(element, 'section').map((section) => section.textContent).join(' '));
}

/** What a screen reader is told. */
export function spoken(element: TurningPoints): string {
  return line(findAll(element, '.said > :not([aria-hidden])').map(({ textContent }) => textContent).join(' '));
}

/** The button or link that says so. */
export function button(element: TurningPoints, text: string): HTMLElement {
  const found = findAll(element, 'button, a').find((candidate) => candidate.textContent.includes(text));
  if (!found) throw new Error(`No button says ${text}`);
  return found;
}

export const isDisabled = (control: Element): boolean => control.getAttribute('aria-disabled') === 'true';

/** Whether the site's own way to be reached is shown. */
export function hasFallback(element: TurningPoints): boolean {
  return find(element, 'slot[name=fallback]') !== null;
}
