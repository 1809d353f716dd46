import { html } from 'lit';

/** Line icons of rich messages, drawn like those in `icons.ts`. `flip` ones turn round where text runs from right to left. */
export const outwardIcon = html`<svg class="outward flip" viewBox="0 0 24 24" aria-hidden="true"><path d="M8 16.5 16.5 8M9 7.75h7.75v7.75" /></svg>`;
export const documentIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M13.5 3.5H8A2.5 2.5 0 0 0 5.5 6v12A2.5 2.5 0 0 0 8 20.5h8a2.5 2.5 0 0 0 2.5-2.5V8.5zM13.5 3.5v5h5M9 13h6M9 16.5h4" /></svg>`;
export const formIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="4.5" y="4" width="15" height="16" rx="3" /><path d="m8 9 1.25 1.25L11.5 8M14 9.25h2M8 15l1.25 1.25L11.5 14M14 15.25h2" /></svg>`;
export const pictureIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="4" y="4.5" width="16" height="15" rx="3" /><circle cx="9" cy="9.75" r="1.5" /><path d="m5 17.5 4.5-4 3 2.5 3.5-4 4 4" /></svg>`;
export const videoIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="3.5" y="5" width="17" height="14" rx="3" /><path d="m10.25 9.25 4.75 2.75-4.75 2.75z" /></svg>`;
export const previousIcon = html`<svg class="flip" viewBox="0 0 24 24" aria-hidden="true"><path d="m14.25 6.5-5.5 5.5 5.5 5.5" /></svg>`;
export const nextIcon = html`<svg class="flip" viewBox="0 0 24 24" aria-hidden="true"><path d="m9.75 6.5 5.5 5.5-5.5 5.5" /></svg>`;
