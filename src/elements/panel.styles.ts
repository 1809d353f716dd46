import { css } from 'lit';

/** The panel's own root: a column of header, banner, body and foot. */
export const panelStyles = css`
  h2,
  h3,
  p {
    margin: 0;
  }

  .body {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }
  ccai-message-list {
    flex: 1;
    min-block-size: 0;
  }
  header.plain {
    border-color: transparent;
  }
  .greeting {
    display: flex;
    flex: 1;
    flex-direction: column;
    justify-content: flex-end;
    gap: 8px;
    padding: 24px 24px 14px;
    overflow-y: auto;
  }
  .greeting::before {
    content: '';
    position: absolute;
    inset: -80px 0 0;
    background: radial-gradient(120% 80% at 0 0, color-mix(in oklab, var(--_accent) 26%, transparent), transparent 75%),
      radial-gradient(90% 60% at 100% 10%, color-mix(in oklab, var(--_accent) 12%, transparent), transparent 80%);
  }
  .greeting > * {
    position: relative;
  }
  .mark {
    display: grid;
    place-items: center;
    inline-size: 52px;
    block-size: 52px;
    margin-block-end: 10px;
    border-radius: 17px;
    color: var(--_on-accent);
    background: var(--_accent);
    box-shadow: 0 8px 20px -6px color-mix(in oklab, var(--_accent) 60%, transparent);
  }
  .mark svg {
    inline-size: 28px;
    block-size: 28px;
    fill: currentColor;
    stroke: none;
  }
  .greeting h3 {
    max-inline-size: 16em;
    font-size: 27px;
    font-weight: 680;
    line-height: 1.16;
    letter-spacing: -0.024em;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .greeting p,
  .center p {
    color: var(--_muted);
    text-wrap: pretty;
  }
  .center {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 24px 32px;
    overflow-y: auto;
    text-align: center;
  }
  .center h3 {
    font-size: 18px;
    font-weight: 650;
    letter-spacing: -0.014em;
    text-wrap: balance;
  }
  .center .pill {
    margin-block: 12px 8px;
  }

  footer {
    display: flex;
    flex-direction: column;
    gap: 10px;
    padding: 8px 14px calc(14px + env(safe-area-inset-bottom, 0px));
  }
  .person {
    align-self: flex-start;
    animation: unfold 0.25s var(--_ease);
  }
  .ended {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 12px;
    padding: 10px 8px 6px;
    color: var(--_muted);
    font-size: 14px;
  }
  .ended .pill {
    min-block-size: 44px;
    inline-size: 100%;
    justify-content: center;
    font-size: 15px;
  }

  @container (max-width: 340px) {
    header {
      padding-inline: 14px 8px;
    }
    .greeting h3 {
      font-size: 23px;
    }
  }
  @keyframes unfold {
    from {
      opacity: 0;
      transform: translateY(-6px);
    }
  }
  @keyframes pulse {
    50% {
      opacity: 0.25;
    }
  }
`;
