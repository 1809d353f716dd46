import { css } from 'lit';

/** Bubbles, buttons, pictures and links of a rich message; its bubbles themselves look like those of any other row. */
export const richMessageStyles = css`
  :host {
    grid-row: 2;
    min-inline-size: 0;
    /* What the row leaves free at its end: cards may pass through it. */
    --_bleed: 48px;
  }
  .parts {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 8px;
  }
  .parts > * {
    max-inline-size: 100%;
  }
  p,
  figure {
    margin: 0;
  }
  a {
    color: var(--_accent-text);
    text-decoration: none;
  }
  .bubble a,
  .card-body a {
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 2.5px;
  }
  .buttons {
    flex-wrap: wrap;
  }

  .files {
    display: grid;
    gap: 8px;
    inline-size: min(100%, 21em);
  }
  .picture,
  video {
    display: block;
    inline-size: 100%;
    border-radius: 16px;
    overflow: hidden;
  }
  .picture {
    aspect-ratio: 4 / 3;
    border: 1px solid var(--_hairline);
    background: var(--_fill);
  }
  .many:has(.picture) {
    grid-template-columns: repeat(auto-fill, minmax(min(8.5em, 100%), 1fr));
  }
  .many .tile {
    grid-column: 1 / -1;
  }
  img {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
    /* Until it is there, its words stand in the middle of its place. */
    color: var(--_muted);
    font-size: 13px;
    text-align: center;
  }
  .picture .outward {
    display: none;
  }
  video {
    aspect-ratio: 16 / 9;
    background: #14161b;
  }
  figcaption {
    padding: 5px 3px 0;
    color: var(--_muted);
    font-size: 13px;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }
  .caption {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 24px;
  }

  .tile {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: min(100%, 21em);
    min-block-size: 60px;
    padding: 10px;
    padding-inline-end: 14px;
    border: 1px solid var(--_hairline);
    border-radius: 16px;
    color: var(--_text);
    background: var(--_surface);
    transition: background-color 0.15s;
  }
  a.tile:hover {
    background: var(--_tint);
  }
  .files .tile {
    inline-size: 100%;
  }
  .tile-icon {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 11px;
    color: var(--_accent-text);
    background: var(--_tint);
  }
  .tile-icon svg {
    inline-size: 22px;
    block-size: 22px;
  }
  .tile-words {
    display: grid;
    flex: 1;
    gap: 1px;
    min-inline-size: 0;
  }
  .tile-name {
    font-size: 14px;
    font-weight: 600;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  .tile-hint {
    color: var(--_muted);
    font-size: 12.5px;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  .tile .outward {
    color: var(--_muted);
    font-size: 16px;
  }
`;
