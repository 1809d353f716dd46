import { css } from 'lit';

/** Answers in one line that scrolls sideways, from edge to edge of the panel's foot; in lines where text is large or space is not. */
export const richStickyStyles = css`
  :host {
    display: block;
    margin-inline: -14px;
    container-type: inline-size;
  }
  .buttons {
    padding: 3px 14px;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scroll-padding-inline: 14px;
    scrollbar-width: thin;
    scrollbar-color: var(--_fill-strong) transparent;
  }
  .pill {
    flex: none;
  }
  /* 22em: a narrow screen, or a common one with text twice the size. */
  @container (max-width: 22em) {
    .buttons {
      flex-wrap: wrap;
      max-block-size: 30vh;
      overflow: hidden auto;
    }
  }
`;
