import { css } from 'lit';

/** One message: sender, avatar, bubble, what became of it. */
export const messageRowStyles = css`
  .row {
    position: relative;
    display: grid;
    grid-template-columns: 30px minmax(0, 1fr);
    column-gap: 9px;
    padding-inline: 16px 48px;
    margin-block-start: 3px;
  }
  .row.own {
    grid-template-columns: minmax(0, 1fr);
    justify-items: end;
    padding-inline: 64px 16px;
  }
  .row.first {
    margin-block-start: 20px;
  }
  .row.fresh {
    animation: enter 0.32s var(--_ease) backwards;
  }
  .row > * {
    grid-column: -2;
  }
  .row .avatar {
    grid-area: 2 / 1;
    align-self: end;
  }
  .row .bubble {
    grid-row: 2;
  }
  .row .only-you {
    grid-row: 3;
  }

  .sender {
    grid-row: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    padding-inline-start: 2px;
    margin-block-end: 6px;
    color: var(--_muted);
    font-size: 12.5px;
    line-height: 1.3;
  }
  .name {
    overflow: hidden;
    max-inline-size: 100%;
    color: var(--_text);
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .automated {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--_muted);
  }

  .bubble {
    justify-self: start;
    max-inline-size: 100%;
    padding: 9px 14px;
    border-radius: 20px;
    border-start-start-radius: 7px;
    border-end-start-radius: 7px;
    color: var(--ccai-message-text, var(--_text));
    background: var(--ccai-message-background, var(--_fill));
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .first .bubble {
    border-start-start-radius: 20px;
  }
  .last .bubble {
    border-end-start-radius: 20px;
  }
  .first.last .bubble {
    border-end-start-radius: 7px;
  }
  .own .bubble {
    justify-self: end;
    border-radius: 20px;
    border-start-end-radius: 7px;
    border-end-end-radius: 7px;
    color: var(--ccai-own-message-text, var(--_on-accent));
    background: var(--ccai-own-message-background, var(--_accent));
  }
  .own.first .bubble {
    border-start-end-radius: 20px;
  }
  .own.last .bubble {
    border-end-end-radius: 20px;
  }
  .own.first.last .bubble {
    border-end-end-radius: 7px;
  }
  .plain {
    white-space: pre-wrap;
  }
  .bubble a {
    color: var(--_accent-text);
    text-decoration-thickness: 1px;
    text-underline-offset: 2.5px;
  }
  .own .bubble a {
    color: inherit;
  }
  .own .bubble a:focus-visible {
    outline-color: currentColor;
  }
  .bubble:is(.unsupported, .removed) {
    border: 1px dashed var(--_outline);
    color: var(--_muted);
    background: none;
  }
  .bubble.failed {
    color: var(--_text);
    background: var(--_fill);
    box-shadow: inset 0 0 0 1px var(--_danger);
  }
  .private .bubble {
    color: var(--_text);
    background: var(--_private-tint);
    outline: 1px dashed var(--_private);
    outline-offset: -1px;
  }
  .private .avatar {
    color: var(--_private);
    background: var(--_private-tint);
  }
  .private .bubble:has(.reveal) {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 5px 6px 5px 14px;
  }
  .reveal {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 30px;
    block-size: 30px;
    border-radius: 50%;
    color: var(--_private);
  }
  .reveal:hover,
  .reveal[aria-pressed='true'] {
    background: color-mix(in oklab, var(--_private) 14%, transparent);
  }

  .meta {
    grid-row: 4;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    padding: 5px 3px 0;
    color: var(--_muted);
    font-size: 12px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  .meta svg {
    inline-size: 14px;
    block-size: 14px;
    stroke-width: 2;
  }
  .sender svg {
    inline-size: 15px;
    block-size: 15px;
  }
  .only-you {
    gap: 5px;
    flex-wrap: nowrap;
    color: var(--_private);
  }
  .delivery {
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }
  .undelivered {
    gap: 6px;
    color: var(--_danger);
    justify-content: end;
  }
  .undelivered span svg {
    display: inline;
    margin-inline-end: 5px;
    vertical-align: -2px;
  }
  .undelivered button {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-block-size: 24px;
    padding: 3px 9px;
    border-radius: 999px;
    color: var(--_text);
    background: var(--_fill);
    font-weight: 600;
  }
  .undelivered button:hover {
    background: var(--_fill-strong);
  }

  @media (forced-colors: active) {
    .bubble {
      border: 1px solid CanvasText;
    }
    .own .bubble {
      border-width: 2px;
    }
    .undelivered button {
      border: 1px solid ButtonText;
    }
  }
`;
