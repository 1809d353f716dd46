import { html, nothing, type TemplateResult } from 'lit';
import type { ChatState } from '../client/index.js';
import { activeParticipant, participantOf } from '../client/selectors.js';
import type { Dictionary } from '../i18n/index.js';
import { isConnectingToPerson } from './banner.js';
import { nameOf } from './header.js';
import { personIcon } from './icons.js';

/** What the bottom of the panel shows. */
export interface FootView {
  readonly state: ChatState;
  readonly dictionary: Dictionary;
  readonly isRunning: boolean;
  /** True: nothing is to be written any more. */
  readonly isOver: boolean;
  /** True while nothing can be sent. */
  readonly blocked: boolean;
  /** What there is to know or to choose; null until that is loaded, or where it cannot be. */
  readonly turningPoints: unknown;
  readonly sticky: unknown;
  readonly onRequestAgent: () => void;
  readonly onStart: () => void;
}

/** The ways on, and the composer. */
export function renderFoot(view: FootView): TemplateResult {
  const { state, dictionary: texts } = view;
  const { chat, phase } = state;
  const canAsk = phase === 'virtual_agent' && !state.deflection && !isConnectingToPerson(state, false);
  return html`<footer>
    ${canAsk
      ? html`<button type="button" class="pill quiet person" @click=${view.onRequestAgent}>${personIcon}${texts.talkToPerson}</button>`
      : nothing}
    <slot name="before-composer"></slot>
    ${view.turningPoints ?? (phase === 'ended' ? renderEnd(view) : nothing)} ${view.sticky}
    <ccai-composer
      exportparts="banner, composer, input, send"
      ?hidden=${view.isOver}
      .blocked=${view.blocked}
      .addressee=${view.isRunning ? activeParticipant(chat) : null}
      .bystander=${nameOf(participantOf(chat, { kind: 'agent', id: null }), 'agent', texts)}
      .dictionary=${texts}
    ></ccai-composer>
    <slot name="footer"></slot>
  </footer>`;
}

/** The end as it is told where more cannot be loaded. */
function renderEnd({ dictionary: texts, onStart }: FootView): TemplateResult {
  return html`<div class="ended">
    <p>${texts.ended}</p>
    <button type="button" class="pill strong" @click=${onStart}>${texts.startNewChat}</button>
  </div>`;
}
