import { css } from 'lit';

/** Stars and words. */
export const feedbackStyles = css`
  .feedback {
    margin-block-start: 14px;
    padding: 14px 14px 10px;
    border-radius: 16px;
    background: var(--_fill);
  }
  .feedback form {
    display: grid;
    justify-items: center;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    inline-size: 100%;
    padding: 0;
    font-size: 14px;
    font-weight: 600;
  }
  .stars {
    display: flex;
    justify-content: center;
    margin-block-start: 4px;
  }
  .stars label {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border-radius: 12px;
    color: var(--_outline);
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  .stars input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }
  .stars label:has(:focus-visible) {
    outline: 2px solid var(--_accent-text);
    outline-offset: -2px;
  }
  .stars svg {
    inline-size: 28px;
    block-size: 28px;
    stroke-width: 1.5;
    transition: transform 0.2s var(--_ease), fill 0.15s;
  }
  .stars label:is(.on, :hover, :has(~ label:hover)) {
    color: var(--_accent-text);
  }
  .stars .on svg {
    fill: currentColor;
  }
  .stars label:hover svg {
    transform: scale(1.12);
  }
  .rating {
    color: var(--_muted);
    font-size: 13px;
    line-height: 1.4;
  }
  .feedback form > label {
    justify-self: stretch;
    margin-block-start: 8px;
  }
  .feedback .pill {
    margin-block-start: 10px;
    min-block-size: 40px;
  }
  .thanks:not(:empty) {
    font-size: 14px;
    font-weight: 550;
  }
  @media (forced-colors: active) {
    .stars label {
      color: CanvasText;
    }
    .stars label.on {
      color: Highlight;
    }
  }
`;
