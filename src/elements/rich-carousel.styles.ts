import { css } from 'lit';

/** A card, and cards in a row. */
export const richCarouselStyles = css`
  .card {
    position: relative;
    display: flex;
    flex-direction: column;
    overflow: hidden;
    border: 1px solid var(--_hairline);
    border-radius: 18px;
    background: var(--_surface);
    font-size: 15px;
    overflow-wrap: anywhere;
  }
  .card:focus-visible {
    outline-offset: -2px;
  }
  .single {
    inline-size: min(100%, 19em);
  }
  .cover {
    flex: none;
    aspect-ratio: 16 / 9;
    background: var(--_fill);
  }
  .cover img {
    object-fit: cover;
  }
  .card-words {
    flex: 1;
    padding: 12px 14px 13px;
  }
  .card-title {
    font-weight: 650;
    line-height: 1.35;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .card-subtitle {
    color: var(--_muted);
    font-size: 13px;
    line-height: 1.4;
  }
  .card-body {
    margin-block-start: 6px;
    font-size: 13.5px;
    line-height: 1.45;
    white-space: pre-line;
  }
  .card-body a,
  .card .buttons {
    position: relative;
    z-index: 1;
  }
  /* The whole card leads where its title leads. */
  .whole {
    color: inherit;
  }
  .whole .outward {
    display: inline;
    margin-inline-start: 3px;
    color: var(--_muted);
    vertical-align: -0.2em;
  }
  .whole::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 17px;
  }
  .whole:hover span {
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 2.5px;
  }
  .whole:focus-visible {
    outline: 0;
  }
  .whole:focus-visible::after {
    outline: 2px solid var(--_accent-text);
    outline-offset: -3px;
  }
  .card .buttons {
    flex-direction: column;
    gap: 0;
  }
  .card .pill {
    justify-content: center;
    min-block-size: 44px;
    border-width: 1px 0 0 !important;
    border-color: var(--_hairline);
    border-radius: 0;
    text-align: center;
  }
  /* The ring of a focused card shows through. */
  .card .pill:not(:hover) {
    background: none;
  }
  .card .pill:focus-visible {
    outline-offset: -5px;
    border-radius: 18px;
  }

  ccai-rich-carousel {
    display: block;
    inline-size: calc(100% + var(--_bleed) + 16px);
    margin-inline: -16px calc(-1 * var(--_bleed));
  }
  .parts > ccai-rich-carousel {
    max-inline-size: none;
  }
  .track {
    /* Holds what is only for screen readers, which would otherwise widen the page. */
    position: relative;
    display: flex;
    gap: 10px;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scroll-behavior: smooth;
    scroll-snap-type: x mandatory;
    scroll-padding-inline: 16px;
    scrollbar-width: none;
    padding-inline: 16px;
    /* Cards that went by fade out before they meet the edge. */
    mask-image: linear-gradient(to right, #0000, #000 16px);
  }
  .track:dir(rtl) {
    mask-image: linear-gradient(to left, #0000, #000 16px);
  }
  .track .card {
    flex: none;
    inline-size: min(15em, 82%);
    scroll-snap-align: start;
  }
  .controls {
    display: flex;
    align-items: center;
    gap: 4px;
    padding-block-start: 4px;
    padding-inline-start: 8px;
    color: var(--_muted);
    font-size: 12.5px;
    font-variant-numeric: tabular-nums;
  }
  .controls button {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    color: var(--_text);
    transition: background-color 0.15s;
  }
  .controls button:hover {
    background: var(--_fill);
  }
  .controls button:focus-visible {
    outline-offset: -2px;
  }
  .controls :first-child svg {
    rotate: 0.5turn;
  }
  .controls button[aria-disabled='true'] {
    color: var(--_outline);
    background: none;
    cursor: default;
  }
  @media (forced-colors: active) {
    .controls button[aria-disabled='true'] {
      color: GrayText;
    }
  }
`;
