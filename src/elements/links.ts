import { html, type TemplateResult } from 'lit';

/**
 * The URL of a link that may be followed: absolute, http or https, or `tel` and `mailto` where the page lists them in
 * `schemes`. Null for everything else, which is then only text.
 */
export function toSafeUrl(text: string, schemes: readonly string[] = []): URL | null {
  try {
    const url = new URL(text.trim());
    const scheme = url.protocol.slice(0, -1);
    return /^https?$/.test(scheme) || (/^(tel|mailto)$/.test(scheme) && schemes.includes(scheme)) ? url : null;
  } catch {
    return null;
  }
}

/** A link that opens apart, tells the target nothing about this page, and vouches for nothing. */
export function renderLink(url: URL, label: unknown): TemplateResult {
  return html`<a href=${url.href} target="_blank" rel="noopener noreferrer nofollow ugc">${label}</a>`;
}

const bareUrl = /\bhttps?:\/\/[^\s<>"]+/gi;

/** Text in which bare http(s) URLs are links. */
export function linkify(text: string): readonly (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of text.matchAll(bareUrl)) {
    const address = trimAddress(match[0]);
    const url = toSafeUrl(address);
    if (!url) continue;
    parts.push(text.slice(end, match.index), renderLink(url, address));
    end = match.index + address.length;
  }
  return [...parts, text.slice(end)];
}

/** Punctuation after an address belongs to the sentence; so does a bracket that was not opened inside it. */
function trimAddress(address: string): string {
  let end = address.length;
  while (end > 0) {
    const last = address.charAt(end - 1);
    const unopened = last === ')' && !address.slice(0, end - 1).includes('(');
    if (!unopened && !'.,;:!?\'"]}*_'.includes(last)) break;
    end -= 1;
  }
  return address.slice(0, end);
}
