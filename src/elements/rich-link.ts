import { html, nothing, type TemplateResult } from 'lit';
import { richEn as texts } from '../i18n/rich/en.js';
import { toSafeUrl } from './links.js';
import { outwardIcon } from './rich-icons.js';

/** Schemes that run code or reach into the browser: not even a page that asks for them gets them. */
const neverFollowed = /^(javascript|vbscript|data|blob|file|filesystem|about):$/;

/**
 * The URL of a link that may be followed: http, https, or one of the schemes that the page allows (`tel`, `mailto`; without
 * the colon). Null for everything else, which is then only text.
 */
export function toLinkUrl(address: string | null, schemes: readonly string[]): URL | null {
  if (address === null) return null;
  const safe = toSafeUrl(address);
  if (safe) return safe;
  try {
    const url = new URL(address.trim());
    return schemes.includes(url.protocol.slice(0, -1)) && !neverFollowed.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** A link with a look of its own. An address on the web opens apart and says so; an app (`tel:`, `mailto:`) needs no new tab. */
export function renderRichLink(url: URL, look: string, label: unknown): TemplateResult {
  const onWeb = toSafeUrl(url.href) !== null;
  return html`<a class=${look} href=${url.href} target=${onWeb ? '_blank' : nothing} rel="noopener noreferrer nofollow ugc"
    >${label}${onWeb ? html`${outwardIcon}<span class="hidden-text">${texts.opensInNewTab}</span>` : nothing}</a
  >`;
}
