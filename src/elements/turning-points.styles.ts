import { css } from 'lit';

/** Cards and lines at the foot of the panel, their buttons and fields. */
export const turningPointsStyles = css`
  :host {
    display: flex;
    flex: 0 1 auto;
    flex-direction: column;
    min-block-size: 0;
    overflow-y: auto;
    scrollbar-width: thin;
  }
  /* Out of the way, and still there for a screen reader and for the focus. */
  :host([data-empty]) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
  }
  section {
    outline: 0;
  }
  section[role] {
    flex: none;
    padding: 16px;
    border: 1px solid var(--_hairline);
    border-radius: 18px;
    animation: unfold 0.25s var(--_ease);
  }
  section[role] + section[role] {
    margin-block-start: 10px;
  }
  h3,
  p,
  legend,
  label {
    margin: 0;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  h3 {
    font-size: 15.5px;
    font-weight: 650;
    line-height: 1.35;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .said p {
    margin-block-start: 2px;
    color: var(--_muted);
    font-size: 14px;
    line-height: 1.45;
    text-wrap: pretty;
  }
  :focus-visible {
    outline-offset: 1px;
  }

  section.progress {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 13px;
    padding: 12px 16px;
    border-color: transparent;
    background: var(--_tint);
  }
  .progress h3 {
    font-size: 14px;
    font-weight: 600;
    letter-spacing: 0;
  }
  .progress .said p {
    font-size: 13px;
  }
  .progress::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    color: color-mix(in oklab, var(--_accent-text) 45%, transparent);
    background: var(--_accent-text);
    animation: ripple 1.6s ease-out infinite;
  }
  section.settled {
    background: var(--_fill);
  }
  .settled::before {
    background: var(--_outline);
    animation: none;
  }

  section.warning[role] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 10px 14px;
    border-color: transparent;
    background: var(--_tint);
  }
  .warning .said {
    flex: 1 1 9em;
    font-variant-numeric: tabular-nums;
  }

  section.ended,
  section.dismissed {
    border: 0;
    padding: 10px 4px 4px;
  }
  .ended .said,
  .dismissed .said {
    padding-inline: 12px;
  }
  :is(.ended, .dismissed) :is(h3, p, legend) {
    text-align: center;
    text-wrap: balance;
  }
  slot[name='fallback'] {
    display: block;
    margin-block-start: 12px;
    font-size: 14px;
    text-align: center;
  }
  ::slotted(a) {
    color: var(--_accent-text) !important;
    font-weight: 550;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 14px;
  }
  .actions .pill {
    flex: 1 1 auto;
    justify-content: center;
    min-block-size: 44px;
    padding-block: 8px;
    font-size: 14.5px;
  }
  .ended .actions .pill,
  .dismissed .strong {
    flex-basis: 100%;
    font-size: 15px;
  }
  .pill {
    flex: none;
    text-align: center;
  }

  label {
    font-size: 13.5px;
    font-weight: 550;
  }
  input:not([type='radio']),
  textarea {
    inline-size: 100%;
    min-block-size: 44px;
    margin-block-start: 6px;
    padding: 10px 13px;
    border: 1px solid var(--_outline);
    border-radius: 13px;
    color: inherit;
    background: var(--_surface);
    font: inherit;
    line-height: 1.4;
  }
  textarea {
    display: block;
    max-block-size: 9em;
    field-sizing: content;
    resize: none;
  }
  input:not([type='radio']):focus,
  textarea:focus {
    border-color: var(--_accent-text);
    outline: 2px solid transparent;
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_accent-text) 22%, transparent);
  }
  input[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .error:not(:empty) {
    margin-block-start: 6px;
    color: var(--_danger);
    font-size: 13px;
    line-height: 1.4;
  }

  [aria-disabled='true'] {
    cursor: default;
  }
  [aria-disabled='true']:not(.asked) {
    opacity: 0.55;
  }
  .asked {
    animation: breathe 1.1s ease-in-out infinite alternate;
  }

  /* iOS zooms into fields with smaller text. */
  @media (pointer: coarse), (max-width: 479px) {
    input,
    textarea {
      font-size: 16px !important;
    }
  }
  @media (forced-colors: active) {
    section:is(.deflection, .progress, .warning[role]) {
      border: 1px solid CanvasText;
    }
    .progress::before {
      background: Highlight;
    }
    input:focus,
    textarea:focus {
      outline-color: Highlight !important;
    }
    [aria-disabled='true'] {
      color: GrayText;
    }
  }
  @keyframes unfold {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
  @keyframes ripple {
    from {
      box-shadow: 0 0 0 0 currentColor;
    }
    to {
      box-shadow: 0 0 0 9px transparent;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.6;
    }
  }
`;
