import { css } from 'lit';

/** Where the panel stands and how it comes, and what the launcher shows from then on. Part of the root of `<ccai-chat>`. */
export const panelFrameStyles = css`
  .icon,
  .chevron {
    grid-area: 1 / 1;
    transition: transform 0.3s var(--_ease), opacity 0.2s;
  }
  .launcher[aria-expanded='true'] .icon {
    opacity: 0;
    transform: rotate(60deg) scale(0.5);
  }
  .launcher[aria-expanded='false'] .chevron {
    opacity: 0;
    transform: rotate(-60deg) scale(0.5);
  }
  .chevron svg {
    fill: none;
    stroke: currentColor;
    stroke-width: 2.25;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .badge {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-end: -3px;
    min-inline-size: 22px;
    padding: 5px 6px;
    border-radius: 11px;
    color: #fff;
    background: #c5221f;
    box-shadow: 0 0 0 2px var(--_surface);
    font: 600 12px/1 var(--_font);
    text-align: center;
    animation: pop 0.3s var(--_ease);
  }

  .panel {
    all: initial;
    /* Takes the focus on phones, where the text field would bring up the keyboard; it is no control. */
    outline: 0;
    color-scheme: inherit;
    display: none;
    overflow: clip;
    color: var(--_text);
    background: var(--_surface);
    font: 400 15px/1.45 var(--_font);
    letter-spacing: -0.003em;
    container-type: inline-size;
    -webkit-font-smoothing: antialiased;
    text-size-adjust: 100%;
  }
  .panel[data-open] {
    display: flex;
    flex-direction: column;
  }
  .panel.inline {
    block-size: 100%;
    border: 1px solid var(--_hairline);
    border-radius: var(--_radius);
  }
  .panel.floating,
  .panel.fullscreen {
    position: fixed;
    z-index: calc(var(--ccai-z-index, 1000) + 1);
    inset: 0;
    inline-size: auto;
    block-size: 100dvh;
    opacity: 0;
    transform: translateY(14px) scale(0.985);
    transition: opacity 0.18s, transform 0.28s var(--_ease), display 0.28s allow-discrete,
      overlay 0.28s allow-discrete;
  }
  .panel.floating[data-open],
  .panel.fullscreen[data-open] {
    opacity: 1;
    transform: none;
  }
  @starting-style {
    .panel.floating[data-open],
    .panel.fullscreen[data-open] {
      opacity: 0;
      transform: translateY(14px) scale(0.985);
    }
  }
  @media (min-width: 480px) and (min-height: 480px) {
    .panel.floating {
      inset: auto;
      inset-block-end: calc(var(--_offset) + var(--_launcher) + 14px + env(safe-area-inset-bottom, 0px));
      inset-inline-end: calc(var(--_offset) + env(safe-area-inset-right, 0px));
      inline-size: min(var(--ccai-panel-inline-size, 400px), 100vw - 2 * var(--_offset));
      block-size: min(var(--ccai-panel-block-size, 680px), 100dvh - 2 * var(--_offset) - var(--_launcher) - 14px);
      border-radius: var(--_radius);
      box-shadow: var(--_shadow);
      transform-origin: 100% 100%;
    }
    :host([placement='start']) .panel.floating {
      inset-inline: calc(var(--_offset) + env(safe-area-inset-left, 0px)) auto;
      transform-origin: 0 100%;
    }
    :host([no-launcher]) .panel.floating {
      inset-block-end: calc(var(--_offset) + env(safe-area-inset-bottom, 0px));
      block-size: min(var(--ccai-panel-block-size, 680px), 100dvh - 2 * var(--_offset));
    }
  }
  @media (forced-colors: active) {
    .panel.floating,
    .badge {
      border: 1px solid CanvasText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .panel,
    .icon,
    .chevron,
    .badge {
      animation: none !important;
      transition: none !important;
    }
  }
  @keyframes pop {
    from {
      transform: scale(0);
    }
  }
`;
