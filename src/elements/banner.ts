import { html, nothing, type TemplateResult } from 'lit';
import type { ChatProblem, ChatState } from '../client/index.js';
import type { Dictionary } from '../i18n/index.js';
import { alertIcon, retryIcon } from './icons.js';

/** What the line below the header can say. */
export type Banner =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'problem'; readonly text: string; readonly retryable: boolean };

/**
 * The one thing to say now, most urgent first; null when all is well.
 * `slow` is true once the present wait has lasted long enough to be worth a word; `told`, where the foot of the panel says
 * what has become of the chat.
 */
export function chooseBanner(
  state: ChatState,
  options: {
    readonly dictionary: Dictionary;
    readonly problem: ChatProblem | null;
    readonly slow: boolean;
    readonly told: boolean;
  },
): Banner | null {
  const { dictionary: texts, problem, slow, told } = options;
  if (problem) return { kind: 'problem', text: texts.problem(problem.code), retryable: problem.retryable };
  if (state.connection === 'waiting' && slow) return { kind: 'progress', text: texts.reconnecting };
  if (told) return null;
  if (state.phase === 'dismissed') return { kind: 'progress', text: texts.dismissed };
  return isConnectingToPerson(state, slow) ? { kind: 'progress', text: texts.connectingToPerson } : null;
}

/**
 * Somebody was asked for and has not come. The queue between two virtual agents passes in a moment and is not worth a word,
 * so that a queue without a request for a person only counts when it lasts.
 */
export function isConnectingToPerson({ escalation, phase }: ChatState, slow: boolean): boolean {
  const asked = escalation?.status === 'escalating' || escalation?.status === 'deflecting';
  return (asked && phase !== 'agent' && phase !== 'ended') || (phase === 'waiting' && slow);
}

export function renderBanner(
  banner: Banner | null,
  options: { readonly dictionary: Dictionary; readonly onRetry: () => void },
): TemplateResult {
  return html`<div role="status" class="banner-region">
    ${banner ? html`<div class="banner ${banner.kind}" part="banner">${renderContent(banner, options)}</div>` : nothing}
  </div>`;
}

function renderContent(banner: Banner, options: { readonly dictionary: Dictionary; readonly onRetry: () => void }) {
  if (banner.kind === 'progress') return html`<span class="pulse" aria-hidden="true"></span><span>${banner.text}</span>`;
  return html`${alertIcon}<span>${banner.text}</span>
    ${banner.retryable
      ? html`<button type="button" class="pill quiet" @click=${options.onRetry}>
          ${retryIcon}${options.dictionary.tryAgain}
        </button>`
      : nothing}`;
}
