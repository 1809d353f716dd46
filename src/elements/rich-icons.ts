import { html } from 'lit';

/** Line icons of rich messages, drawn like those in `icons.ts`. `flip` turns round where text runs from right to left. */
export const outwardIcon = html`<svg class="outward flip" viewBox="0 0 24 24" aria-hidden="true"><path d="M8 16 16 8M9 8h7v7" /></svg>`;
export const documentIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M13.5 3.5h-8v17h13v-12zv5h5M9 13h6M9 16.5h4" /></svg>`;
export const formIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="4.5" y="4" width="15" height="16" rx="3" /><path d="M8 9h3M14 9h2M8 15h3M14 15h2" /></svg>`;
export const nextIcon = html`<svg class="flip" viewBox="0 0 24 24" aria-hidden="true"><path d="m10 6.5 5.5 5.5-5.5 5.5" /></svg>`;
