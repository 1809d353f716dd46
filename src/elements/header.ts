import { html, nothing, type TemplateResult } from 'lit';
import { isAutomated, type Participant } from '../protocol/index.js';
import type { Dictionary } from '../i18n/index.js';
import { renderAvatar } from './avatar.js';
import { closeIcon } from './icons.js';

/** What the top of the panel shows. */
export interface HeaderView {
  readonly dictionary: Dictionary;
  readonly heading: string | null;
  readonly logo: string | null;
  /** Who answers now; null before and after a chat. */
  readonly participant: Participant | null;
  /** True before a chat: the header is part of the greeting. */
  readonly plain: boolean;
  readonly endable: boolean;
  readonly closable: boolean;
  readonly onEnd: () => void;
  readonly onClose: () => void;
}

/** Title or the one who answers, and the buttons to end and to close. */
export function renderHeader(view: HeaderView): TemplateResult {
  const { dictionary: texts, endable, closable } = view;
  return html`<header part="header" class=${view.plain ? 'plain' : ''}>
    <div class="identity"><slot name="header">${view.participant ? renderParticipant(view) : renderTitle(view)}</slot></div>
    ${endable
      ? html`<button type="button" class="end" @click=${view.onEnd}>${texts.endChat}</button>`
      : nothing}
    ${closable
      ? html`<button type="button" class="round close" aria-label=${texts.minimize} @click=${view.onClose}>${closeIcon}</button>`
      : nothing}
  </header>`;
}

function renderTitle({ dictionary, heading, logo }: HeaderView): TemplateResult {
  return html`${logo ? html`<img class="logo" src=${logo} alt="" />` : nothing}
    <h2 dir="auto">${heading ?? dictionary.heading}</h2>`;
}

function renderParticipant({ dictionary, heading, participant }: HeaderView): TemplateResult {
  const kind = participant?.kind ?? 'agent';
  const automated = isAutomated(kind);
  const name = nameOf(participant, kind, dictionary);
  return html`${renderAvatar(participant, kind)}
    <div class="who">
      <h2 dir="auto">${name}</h2>
      <p>${automated ? dictionary.automated : (heading ?? dictionary.heading)}</p>
    </div>`;
}

/** What to call somebody, named or not. */
export function nameOf(
  participant: Participant | null,
  kind: Participant['kind'],
  dictionary: Dictionary,
): string {
  if (kind === 'end_user') return dictionary.you;
  return participant?.name || (isAutomated(kind) ? dictionary.virtualAgentName : dictionary.agentName);
}
