import { css } from 'lit';

/** A round picture, sized by `--_avatar`. */
export const avatarStyles = css`
  .avatar {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: var(--_avatar, 30px);
    block-size: var(--_avatar, 30px);
    border-radius: 50%;
    overflow: clip;
    color: var(--_accent-text);
    background: var(--_tint);
    font-size: calc(var(--_avatar, 30px) * 0.38);
    font-weight: 650;
    line-height: 1;
    letter-spacing: 0.02em;
    user-select: none;
  }
  .avatar svg {
    inline-size: 62%;
    block-size: 62%;
  }
  .avatar img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    background: var(--_surface);
  }
  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }
  }
`;
