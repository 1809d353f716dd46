import { css } from 'lit';

/** What every element of the chat shares: box model, plain buttons, focus rings, text for screen readers only. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  /* English on a page in Arabic keeps its own direction: "3:09 PM", and the dots at the end. */
  p,
  h3,
  span,
  time {
    unicode-bidi: plaintext;
    text-align: match-parent;
  }
  button,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
  }
  :focus-visible {
    outline: 2px solid var(--_accent-text);
    outline-offset: 2px;
  }
  svg {
    display: block;
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .hidden-text {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-block-size: 34px;
    padding: 6px 14px;
    border-radius: 999px;
    font-size: 13.5px;
    font-weight: 550;
    line-height: 1.3;
    transition: background-color 0.15s, border-color 0.15s, color 0.15s;
  }
  .pill.quiet {
    border: 1px solid var(--_hairline);
    color: var(--_accent-text);
    background: var(--_surface);
  }
  .pill.quiet:hover {
    background: var(--_tint);
    border-color: transparent;
  }
  .pill.strong {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .pill.strong:hover {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }
  .pill.danger {
    background: var(--_danger);
    color: var(--_surface);
  }
  @media (forced-colors: active) {
    .pill {
      border: 1px solid ButtonText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;
