import { css } from 'lit';

/** The line below the header. */
export const bannerStyles = css`
  .banner {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 10px 20px;
    font-size: 13.5px;
    line-height: 1.4;
    background: var(--_tint);
    animation: unfold 0.2s var(--_ease);
  }
  .banner > span:not(.pulse) {
    flex: 1;
  }
  .banner.problem > svg {
    color: var(--_danger);
  }
  .pulse {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    margin-inline: 4px;
    border-radius: 50%;
    background: var(--_accent-text);
    animation: pulse 1.4s ease-in-out infinite;
  }
  .fallback {
    font-size: 14px;
  }
  .banner-region + .fallback {
    padding: 0 20px 10px 50px;
    background: var(--_tint);
  }
  .fallback ::slotted(a) {
    color: var(--_accent-text) !important;
    font-weight: 550;
  }
`;
