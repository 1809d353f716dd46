import { css } from 'lit';

/** Answers in one line that scrolls sideways, from edge to edge of the panel's foot; in lines where text is large or space is not. */
export const richStickyStyles = css`
  :host {
    display: block;
    margin-inline: -14px;
    container-type: inline-size;
  }
  .buttons {
    /* Holds what is only for screen readers, which would otherwise widen the page. */
    position: relative;
    display: flex;
    gap: 7px;
    padding: 3px 14px;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scroll-padding-inline: 14px;
    scrollbar-width: thin;
    scrollbar-color: var(--_fill-strong) transparent;
  }
  .pill {
    flex: none;
    min-block-size: 38px;
    max-inline-size: min(18em, 100%);
    border-radius: 19px;
    text-align: start;
    text-decoration: none;
    overflow-wrap: anywhere;
  }
  .outward {
    inline-size: 1.2em;
    block-size: 1.2em;
    margin-inline: -4px;
  }
  .flip:dir(rtl) {
    transform: scaleX(-1);
  }
  .pill.inert,
  .pill:is(:disabled, [aria-disabled]),
  .pill:is(:disabled, [aria-disabled]):hover {
    border: 1px solid var(--_hairline);
    color: var(--_muted);
    background: none;
    cursor: default;
  }
  /* 22em: a narrow screen, or a common one with text twice the size. */
  @container (max-width: 22em) {
    .buttons {
      flex-wrap: wrap;
      max-block-size: 30vh;
      overflow: hidden auto;
    }
  }
  @media (pointer: coarse) {
    .pill {
      min-block-size: 44px;
      border-radius: 22px;
    }
  }
  @media (forced-colors: active) {
    .pill:is(:disabled, [aria-disabled], .inert) {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
