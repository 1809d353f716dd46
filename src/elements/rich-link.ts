import { html, nothing, type TemplateResult } from 'lit';
import { richEn as texts } from '../i18n/rich/en.js';
import { toSafeUrl } from './links.js';
import { outwardIcon } from './rich-icons.js';

/** A link with a look of its own. An address on the web opens apart and says so; an app (`tel:`, `mailto:`) needs no new tab. */
export function renderRichLink(url: URL, look: string, label: unknown): TemplateResult {
  const onWeb = toSafeUrl(url.href) !== null;
  return html`<a class=${look} href=${url.href} target=${onWeb ? '_blank' : nothing} rel="noopener noreferrer nofollow ugc"
    >${label}${onWeb ? html`${outwardIcon}<span class="hidden-text">${texts.opensInNewTab}</span>` : nothing}</a
  >`;
}
