import { html, type TemplateResult } from 'lit';
import type { Dictionary } from '../i18n/index.js';
import { retryIcon } from './icons.js';
import { chatIcon } from './launcher.js';

/** Before a chat; `greeting` is the page's own first line. */
export function renderGreeting(texts: Dictionary, greeting: string | null): TemplateResult {
  return html`<div class="greeting">
    <slot name="empty">
      <span class="mark">${chatIcon}</span>
      <h3 dir="auto">${greeting ?? texts.greeting}</h3>
      <p>${texts.greetingHint}</p>
    </slot>
  </div>`;
}

/** When nothing answers: why, where `code` says so, another channel, and one more try. */
export function renderUnavailable(texts: Dictionary, code: string, onRetry: () => void): TemplateResult {
  return html`<div class="center" role="status">
    <h3>${texts.unavailable}</h3>
    <p>${texts.unavailableHint(code)}</p>
    <button type="button" class="pill strong" @click=${onRetry}>${retryIcon}${texts.tryAgain}</button>
    <div class="fallback"><slot name="fallback"></slot></div>
  </div>`;
}
