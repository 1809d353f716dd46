import { html, nothing, type TemplateResult } from 'lit';
import { isAutomated, type Participant, type ParticipantKind } from '../protocol/index.js';
import { personIcon, robotIcon } from './icons.js';
import { toSafeUrl } from './links.js';

/** Picture of a participant; initials, or a robot for a virtual agent, where there is none or it does not load. */
export function renderAvatar(participant: Participant | null, kind: ParticipantKind): TemplateResult {
  const url = toSafeUrl(participant?.avatarUrl ?? '');
  return html`<span class="avatar ${isAutomated(kind) ? 'robot' : 'person'}" part="avatar" aria-hidden="true">
    ${isAutomated(kind) ? robotIcon : initialsOf(participant?.name) || personIcon}
    ${url
      ? html`<img src=${url.href} alt="" referrerpolicy="no-referrer" decoding="async" @error=${hide} @load=${reveal} />`
      : nothing}
  </span>`;
}

function initialsOf(name: string | null | undefined): string {
  const words = name?.split(/\s+/).filter((word) => /^\p{L}/u.test(word)) ?? [];
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return [first, last].map((word) => word?.match(/^./u)?.[0] ?? '').join('').toUpperCase();
}

function hide(event: Event): void {
  (event.target as HTMLElement).hidden = true;
}

function reveal(event: Event): void {
  (event.target as HTMLElement).hidden = false;
}
