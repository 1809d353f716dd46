import { html } from 'lit';

/** Line icons as in `icons.ts`, of ways on and of stars. */
export const mailIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="3.5" y="5.5" width="17" height="13" rx="3" /><path d="m4.5 8 7.5 5.5L19.5 8" /></svg>`;
export const leaveIcon = html`<svg class="mirrored" viewBox="0 0 24 24" aria-hidden="true"><path d="M10 5.5H8A2.5 2.5 0 0 0 5.5 8v8A2.5 2.5 0 0 0 8 18.5h8a2.5 2.5 0 0 0 2.5-2.5v-2M13.5 4.5h6v6M19 5l-7.5 7.5" /></svg>`;
export const noneIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8" /><path d="m6.5 6.5 11 11" /></svg>`;
export const starIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m12 3.6 2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8z" /></svg>`;
