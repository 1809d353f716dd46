import { css } from 'lit';

/** Title or participant at the top of the panel, its buttons, and the question before the end. */
export const headerStyles = css`
  header {
    position: relative;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 68px;
    padding: calc(12px + env(safe-area-inset-top, 0px)) 14px 12px 20px;
    border-block-end: 1px solid var(--_hairline);
    --_avatar: 40px;
  }
  .identity {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 12px;
    min-inline-size: 0;
  }
  .logo {
    block-size: 32px;
    max-inline-size: 96px;
    object-fit: contain;
  }
  .who {
    min-inline-size: 0;
  }
  h2 {
    overflow: hidden;
    font-size: 16px;
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.012em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .who p {
    color: var(--_muted);
    font-size: 13px;
    line-height: 1.35;
  }
  .end {
    flex: none;
    padding: 8px 10px;
    border-radius: 10px;
    color: var(--_muted);
    font-size: 13.5px;
    font-weight: 550;
    line-height: 1.3;
    transition: background-color 0.15s, color 0.15s;
  }
  .round {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    color: var(--_muted);
    transition: background-color 0.15s, color 0.15s;
  }
  .end:hover,
  .round:hover {
    color: var(--_text);
    background: var(--_fill);
  }

  .confirmation {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    padding: 12px 16px 12px 20px;
    border-block-end: 1px solid var(--_hairline);
    background: var(--_fill);
    animation: unfold 0.2s var(--_ease);
  }
  .confirmation p {
    flex: 1 0 auto;
    font-weight: 600;
    font-size: 14px;
  }
`;
