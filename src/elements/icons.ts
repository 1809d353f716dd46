import { html } from 'lit';

/** Line icons on a 24 px grid; they take the colour of the text beside them and say nothing to a screen reader. */
export const personIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="8" r="3.75" /><path d="M4.75 20c.6-3.6 3.5-5.75 7.25-5.75S18.65 16.4 19.25 20" /></svg>`;
export const robotIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="4.5" y="8" width="15" height="11" rx="4" /><path d="M12 8V4.5M9.25 12.5v1.75M14.75 12.5v1.75M2.5 12.5v2.5M21.5 12.5v2.5" /></svg>`;
export const closeIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6.5 6.5 11 11m0-11-11 11" /></svg>`;
export const sendIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 19V5.5M6 11l6-6 6 6" /></svg>`;
export const downIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v13.5M6 13l6 6 6-6" /></svg>`;
export const checkIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m5 12.75 4.5 4.5L19 7.5" /></svg>`;
export const clockIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8" /><path d="M12 7.75V12l2.75 2" /></svg>`;
export const alertIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8.5" /><path d="M12 7.75v5M12 16.1v.15" /></svg>`;
export const retryIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4L19.5 9M19.5 4.5V9H15" /></svg>`;
export const lockIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="5" y="10.5" width="14" height="9.5" rx="2.5" /><path d="M8.25 10.5V8a3.75 3.75 0 0 1 7.5 0v2.5" /></svg>`;
export const eyeIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 12c2-4 5.2-6 9-6s7 2 9 6c-2 4-5.2 6-9 6s-7-2-9-6Z" /><circle cx="12" cy="12" r="2.75" /></svg>`;
