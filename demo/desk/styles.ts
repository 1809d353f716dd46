import { css } from 'lit';

/** Colours, controls and type that every part of the desk shares. */
export const deskStyles = css`
  :host {
    --surface: light-dark(#ffffff, #1b1f1e);
    --ground: light-dark(#f4f5f3, #141716);
    --raised: light-dark(#f0f2ef, #252a28);
    --text: light-dark(#1b2220, #e9eeeb);
    --muted: light-dark(#5a6561, #a3afa9);
    --line: light-dark(#dfe4e0, #323936);
    --accent: light-dark(#146b5e, #5cc5b0);
    --on-accent: light-dark(#ffffff, #06201b);
    --accent-soft: light-dark(#dff0eb, #1d3a34);
    --warm: light-dark(#8a4b00, #f2b866);
    --warm-soft: light-dark(#fdf0dc, #3a2c16);
    --danger: light-dark(#b3261e, #ff9a90);
    --danger-soft: light-dark(#fdeceb, #43201d);
    color: var(--text);
    font: 400 0.9375rem/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    min-block-size: 2.25rem;
    padding: 0.25rem var(--button-padding, 0.8rem);
    border: 1px solid var(--line);
    border-radius: 0.6rem;
    background: var(--surface);
    font-size: var(--button-size, 1em);
    font-weight: 550;
    white-space: nowrap;
    cursor: pointer;
  }
  button:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--raised);
  }
  button:is(:disabled, [aria-disabled='true']) {
    opacity: 0.55;
    cursor: default;
  }
  button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  button.primary:hover:not(:disabled, [aria-disabled='true']) {
    background: color-mix(in oklab, var(--accent), var(--text) 15%);
  }
  button.danger {
    color: var(--danger);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .avatar {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: 50%;
    background: var(--raised);
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 650;
  }
  .hidden-label {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
