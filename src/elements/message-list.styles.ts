import { css } from 'lit';

/** The scroller, its blocks, notices, and the button to the end. */
export const messageListStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
  }
  p {
    margin: 0;
  }
  .scroller {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_fill-strong) transparent;
  }
  .scroller:focus-visible {
    outline-offset: -3px;
    border-radius: 6px;
  }
  .content {
    display: flow-root;
    padding-block: 4px 14px;
  }
  .block {
    content-visibility: auto;
    contain-intrinsic-size: auto 3600px;
  }
  .block.last {
    content-visibility: visible;
  }

  .notice {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 9px;
    padding: 22px 24px 4px;
    color: var(--_muted);
    font-size: 13px;
    line-height: 1.4;
    text-wrap: balance;
    --_avatar: 22px;
  }
  .notice .automated::before {
    content: '·';
    margin-inline: 2px;
  }

  .busy {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 22px 18px 6px;
    color: var(--_muted);
    font-size: 13px;
  }
  .dots {
    display: inline-flex;
    gap: 4px;
    padding: 12px 13px;
    border-radius: 20px;
    border-end-start-radius: 7px;
    background: var(--_fill);
  }
  .dots i {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: var(--_muted);
    animation: breathe 1.2s ease-in-out infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }

  .jump {
    position: absolute;
    inset-block-end: 10px;
    inset-inline: 0;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    inline-size: max-content;
    min-inline-size: 36px;
    min-block-size: 36px;
    justify-content: center;
    margin-inline: auto;
    border-radius: 999px;
    color: var(--_text);
    background: var(--_surface);
    box-shadow: 0 0 0 1px var(--_hairline), 0 4px 14px #14161b29;
    font-size: 13px;
    font-weight: 600;
    animation: enter 0.2s var(--_ease);
  }
  .jump.counted {
    padding-inline: 11px 15px;
    color: var(--_on-accent);
    background: var(--_accent);
  }
  .jump svg {
    inline-size: 18px;
    block-size: 18px;
  }

  @keyframes enter {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  @keyframes breathe {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
    }
  }
  @media (forced-colors: active) {
    .jump {
      border: 1px solid ButtonText;
    }
  }
  @media print {
    .scroller {
      overflow: visible;
    }
    .block {
      content-visibility: visible;
    }
  }
`;
