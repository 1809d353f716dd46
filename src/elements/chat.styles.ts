import { css } from 'lit';

/** The launcher: all that a page pays for before the chat is opened. */
export const chatStyles = css`
  :host {
    display: contents;
    --_offset: var(--ccai-offset, 20px);
    --_launcher: var(--ccai-launcher-size, 60px);
  }
  :host([layout='inline']) {
    display: block;
    block-size: 640px;
  }
  :host([hidden]) {
    display: none;
  }

  .launcher {
    position: fixed;
    z-index: var(--ccai-z-index, 1000);
    inset-block-end: calc(var(--_offset) + env(safe-area-inset-bottom, 0px));
    inset-inline-end: calc(var(--_offset) + env(safe-area-inset-right, 0px));
    display: grid;
    place-items: center;
    inline-size: var(--_launcher);
    aspect-ratio: 1;
    margin: 0;
    border: 0;
    border-radius: 50%;
    color: var(--_on-accent);
    background: var(--_accent);
    background-image: linear-gradient(160deg, #ffffff29, #ffffff00 55%);
    box-shadow: 0 1px 2px #14161b29, 0 8px 24px -4px #14161b59;
    cursor: pointer;
    animation: arrive 0.45s var(--_ease);
    transition: transform 0.25s var(--_ease);
  }
  :host([placement='start']) .launcher {
    inset-inline: calc(var(--_offset) + env(safe-area-inset-left, 0px)) auto;
  }
  .launcher:hover {
    transform: translateY(-2px);
  }
  .launcher:active {
    transform: scale(0.95);
  }
  .launcher:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 3px;
  }
  svg {
    display: block;
    fill: currentColor;
    inline-size: 28px;
    block-size: 28px;
  }
  .launcher[aria-busy='true']::before {
    content: '';
    position: absolute;
    inset: -5px;
    border: 2px solid transparent;
    border-block-start-color: var(--_accent);
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }
  @media (forced-colors: active) {
    .launcher {
      border: 2px solid ButtonText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .launcher,
    .launcher::before {
      animation: none;
      transition: none;
    }
  }
  @media print {
    .launcher {
      display: none;
    }
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: scale(0.6);
    }
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
`;
