import { html, nothing, type TemplateResult } from 'lit';
import type { Dictionary } from '../i18n/index.js';

/** The icon that closes, and the number of unread messages. */
export function renderLauncherExtras(unread: number): TemplateResult {
  return html`<span class="chevron">${chevronIcon}</span>${unread > 0
      ? html`<span class="badge" part="badge" aria-hidden="true">${unread > 99 ? '99+' : unread}</span>`
      : nothing}`;
}

export function launcherLabel(texts: Dictionary, options: { readonly open: boolean; readonly unread: number }): string {
  const action = options.open ? texts.closeChat : texts.openChat;
  return options.unread > 0 ? `${action}, ${texts.unread(options.unread)}` : action;
}

const chevronIcon = html`<svg viewBox="0 0 28 28" aria-hidden="true"><path d="m7 11 7 7 7-7" /></svg>`;
