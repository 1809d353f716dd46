import { html, nothing, type TemplateResult } from 'lit';
import type { Button } from '../protocol/index.js';
import { toSafeUrl } from './links.js';
import type { RichContext } from './rich-context.js';
import { renderRichLink } from './rich-link.js';

/** Buttons that belong together; nothing where none of them says anything. `name` is for screen readers. */
export function renderButtons(buttons: readonly Button[], name: string, context: RichContext): TemplateResult | typeof nothing {
  const shown = buttons.filter(({ title }) => title.trim() !== '');
  if (shown.length === 0) return nothing;
  return html`<div class="buttons" role="group" aria-label=${name}>${shown.map((button) => renderButton(button, context))}</div>`;
}

/** A link that may not be followed and an action of a later version are only words. */
function renderButton({ title, action, url }: Button, context: RichContext): TemplateResult {
  const label = html`<span>${title}</span>`;
  if (action === 'quick_reply') return renderTap(label, context, () => { context.onReply(title); });
  if (action === 'escalation') return renderTap(label, context, context.onRequestAgent);
  const link = action === 'link' ? toSafeUrl(url ?? '', context.linkSchemes) : null;
  return link ? renderRichLink(link, 'pill quiet', label) : html`<span class="pill inert">${title}</span>`;
}

function renderTap(label: TemplateResult, { replies }: RichContext, onTap: () => void): TemplateResult {
  return html`<button
    type="button"
    class="pill quiet"
    ?disabled=${replies === 'closed'}
    aria-disabled=${replies === 'tapped' ? 'true' : nothing}
    @click=${onTap}
  >
    ${label}
  </button>`;
}
