import { html, nothing, type TemplateResult } from 'lit';
import { richEn as texts } from '../i18n/rich/en.js';
import type { LinkedFile } from '../protocol/index.js';
import { toSafeUrl } from './links.js';
import type { RichContext } from './rich-context.js';
import { documentIcon, formIcon } from './rich-icons.js';
import { renderRichLink } from './rich-link.js';

/** A picture, with its whole self one tap away. Where it cannot be loaded, a link is left of it. */
export function renderPicture({ url, text }: LinkedFile, context: RichContext): TemplateResult {
  const address = toSafeUrl(url);
  const name = wordsOf(text) ?? texts.picture;
  if (!address || context.isBroken(url)) return renderFile(address, name);
  const image = renderImage(url, name, context);
  return html`<figure>
    ${renderRichLink(address, 'picture', image)}
    ${text ? html`<figcaption aria-hidden="true" dir="auto">${text}</figcaption>` : nothing}
  </figure>`;
}

/** An image that tells nobody where it is shown, loads when it comes into sight, and leaves no gap when it does not. */
export function renderImage(url: string, alt: string, context: RichContext): TemplateResult {
  return html`<img
    src=${url}
    alt=${alt}
    loading="lazy"
    decoding="async"
    referrerpolicy="no-referrer"
    @error=${() => { context.onBroken(url); }}
  />`;
}

/** A video that loads nothing before it is played; where it cannot be played, a link. */
export function renderVideo({ url, text }: LinkedFile, context: RichContext): TemplateResult {
  const address = toSafeUrl(url);
  const name = wordsOf(text) ?? nameOf(address) ?? texts.video;
  if (!address || context.isBroken(url)) return renderFile(address, name);
  return html`<figure>
    <video
      src=${address.href}
      controls
      playsinline
      preload="none"
      aria-label=${name}
      @error=${() => { context.onBroken(url); }}
    ></video>
    <figcaption>${renderRichLink(address, 'caption', html`<span>${name}</span>`)}</figcaption>
  </figure>`;
}

export function renderDocument({ url, text }: LinkedFile, { linkSchemes }: RichContext): TemplateResult {
  const address = toSafeUrl(url, linkSchemes);
  return renderFile(address, wordsOf(text) ?? nameOf(address) ?? texts.document);
}

/** A form lives on a page of its own (platform: Smart actions; there is no way to answer one through the chat API). */
export function renderForm(title: string | null, url: string | null, { linkSchemes }: RichContext): TemplateResult {
  const address = toSafeUrl(url ?? '', linkSchemes);
  return renderTile(formIcon, address, wordsOf(title) ?? texts.form, address ? texts.opensInNewTab : undefined);
}

/** A file, and the host it lies on: a name may promise anything. */
function renderFile(url: URL | null, name: string): TemplateResult {
  return renderTile(documentIcon, url, name, url?.host);
}

/** A line with an icon, a name and where it leads; only words where it leads nowhere. */
function renderTile(icon: TemplateResult, url: URL | null, name: string, hint: string | undefined): TemplateResult {
  const label = html`<span class="tile-icon">${icon}</span>
    <span class="tile-words">
      <span class="tile-name">${name}</span>
      ${hint ? html`<span class="tile-hint" aria-hidden=${hint === texts.opensInNewTab ? 'true' : nothing}>${hint}</span>` : nothing}
    </span>`;
  return url ? renderRichLink(url, 'tile', label) : html`<div class="tile">${label}</div>`;
}

function wordsOf(text: string | null): string | null {
  return text?.trim() || null;
}

/** The name of the file behind an address, if it has one. */
function nameOf(url: URL | null): string | null {
  const name = url?.pathname.split('/').pop();
  try {
    return name ? decodeURIComponent(name) : null;
  } catch {
    return name ?? null;
  }
}
