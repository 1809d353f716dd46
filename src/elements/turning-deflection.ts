import { html, nothing, type TemplateResult } from 'lit';
import type { Deflection, DeflectionChannel } from '../protocol/index.js';
import type { DeflectionReason, DeflectionWay, TurningTexts, Words } from '../i18n/turning/en.js';
import { clockIcon, robotIcon } from './icons.js';
import { toSafeUrl } from './links.js';
import { leaveIcon, mailIcon, noneIcon } from './turning-icons.js';
import type { TurningView } from './turning-view.js';

/** The longest address the relay takes. */
const ADDRESS_MAX_LENGTH = 254;
/** Not wider than what the relay takes: letters of the alphabet, and a host with a domain. */
const address = /^(?!\.)(?!.*\.\.)[\w'+.-]*[\w+-]@(?:[a-z\d][a-z\d-]*\.)+[a-z]{2,}$/i;

const icons: Readonly<Record<DeflectionWay, TemplateResult>> = {
  email: mailIcon,
  human_agent: clockIcon,
  external_link: leaveIcon,
  virtual_agent: robotIcon,
};

/** True for an e-mail address that the relay will not refuse. */
export function isAddress(text: string): boolean {
  return text.length <= ADDRESS_MAX_LENGTH && address.test(text);
}

/** The words for a reason, known or not. */
export function deflectionWords(texts: TurningTexts, reason: string | null): Words {
  const isKnown = reason !== null && Object.hasOwn(texts.deflection, reason);
  return texts.deflection[isKnown ? (reason as DeflectionReason) : 'unknown'];
}

/** What the card of a deflection draws with, besides the rest. */
export interface DeflectionView extends TurningView {
  readonly deflection: Deflection;
  /** Null: no address is asked for. */
  readonly addressForm: { readonly isRefused: boolean } | null;
  readonly onEmail: () => void;
  readonly onBack: () => void;
  readonly onAddress: (address: string) => void;
}

/** The ways on as they are offered, or the question where the e-mail shall go. */
export function renderDeflection(view: DeflectionView): TemplateResult {
  if (view.addressForm) return renderAddressForm(view, view.addressForm.isRefused);
  const ways = view.deflection.channels;
  // Nothing to take: what is left is the site's own way out.
  const isStuck = !ways.some((way) => isTakable(way));
  return html`<div class="ways">${ways.map((way) => renderWay(way, view))}</div>
    ${isStuck ? html`<slot name="fallback"></slot>` : nothing}`;
}

function isTakable({ channel, url }: DeflectionChannel): boolean {
  return Object.hasOwn(icons, channel) && (channel !== 'external_link' || toSafeUrl(url ?? '') !== null);
}

function renderWay(way: DeflectionChannel, view: DeflectionView): TemplateResult {
  const { texts, asked, isBusy } = view;
  const { channel } = way;
  if (!isTakable(way)) return html`<p class="way">${renderWords(noneIcon, way, texts.unavailableWay)}</p>`;
  if (channel === 'external_link') return renderLeave(way, view);
  const take = (): void => {
    if (channel === 'email') view.onEmail();
    else view.request({ type: 'choose-deflection', channel }, channel);
  };
  const state = asked === channel ? 'asked' : '';
  return html`<button type="button" class="way ${state}" aria-disabled=${isBusy} @click=${take}>
    ${renderKnown(way, texts)}
  </button>`;
}

/** A link, so that the visitor may look where it goes; following it ends the chat. */
function renderLeave(way: DeflectionChannel, view: DeflectionView): TemplateResult {
  const { channel } = way;
  const url = toSafeUrl(way.url ?? '')?.href ?? '';
  const leave = (event: Event): void => {
    const isAllowed = !view.isBusy && view.follow(url);
    if (!isAllowed || !view.request({ type: 'choose-deflection', channel }, url)) event.preventDefault();
  };
  return html`<a
    class="way ${view.asked === url ? 'asked' : ''}"
    href=${url}
    target="_blank"
    rel="noopener noreferrer"
    aria-disabled=${view.isBusy}
    @click=${leave}
    >${renderKnown(way, view.texts)}</a
  >`;
}

function renderKnown(way: DeflectionChannel, texts: TurningTexts): TemplateResult {
  const known = way.channel as DeflectionWay;
  return renderWords(icons[known], way, texts.way[known]);
}

function renderWords(icon: TemplateResult, { label }: DeflectionChannel, words: Words): TemplateResult {
  return html`<span class="icon" aria-hidden="true">${icon}</span>
    <span class="words">
      <span dir="auto">${label?.trim() || words.title}</span> <span class="hint">${words.text}</span>
    </span>`;
}

function renderAddressForm(view: DeflectionView, isRefused: boolean): TemplateResult {
  const { texts, asked, isBusy } = view;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem('email') as HTMLInputElement;
    view.onAddress(field.value.trim());
  };
  return html`<form class="address" novalidate @submit=${submit}>
    <label for="email">${texts.email}</label>
    <input
      id="email"
      name="email"
      type="email"
      autocomplete="email"
      inputmode="email"
      autocapitalize="off"
      spellcheck="false"
      required
      aria-invalid=${isRefused}
      aria-describedby="email-error"
    />
    <p id="email-error" class="error" role="alert">${isRefused ? texts.emailInvalid : nothing}</p>
    <div class="actions">
      <button type="submit" class="pill strong ${asked === 'email' ? 'asked' : ''}" aria-disabled=${isBusy}>${texts.sendEmail}</button>
      <button type="button" class="pill quiet" aria-disabled=${isBusy} @click=${view.onBack}>${texts.back}</button>
    </div>
  </form>`;
}
