import { css } from 'lit';

/** Answers and links to tap, wherever they stand; built on `.pill`. */
export const richButtonStyles = css`
  .buttons {
    /* Holds what is only for screen readers, which would otherwise widen what scrolls. */
    position: relative;
    display: flex;
    gap: 7px;
  }
  .pill {
    min-block-size: 38px;
    max-inline-size: 100%;
    border-radius: 22px;
    text-align: start;
    text-decoration: none;
    overflow-wrap: anywhere;
  }
  .outward {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .pill .outward {
    margin-inline: -4px;
  }
  .flip:dir(rtl) {
    transform: scaleX(-1);
  }
  /* Twice, to outweigh what a pill does under the pointer. */
  .pill.pill:is(.inert, :disabled, [aria-disabled]) {
    border: 1px solid var(--_hairline);
    color: var(--_muted);
    background: none;
    cursor: default;
  }
  .pill.pill.inert {
    border-style: dashed;
  }
  @media (pointer: coarse) {
    .pill {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .pill.pill:is(.inert, :disabled, [aria-disabled]) {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
