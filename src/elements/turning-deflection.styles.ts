import { css } from 'lit';

/** The ways on instead of a person. */
export const deflectionStyles = css`
  .ways {
    display: grid;
    gap: 8px;
    margin-block-start: 14px;
  }
  .way {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 56px;
    padding: 9px 14px 9px 10px;
    border-radius: 14px;
    color: inherit;
    background: var(--_fill);
    font-size: 14.5px;
    font-weight: 550;
    line-height: 1.3;
    text-align: start;
    text-decoration: none;
    transition: background-color 0.15s;
  }
  .way:is(a, button):hover {
    background: var(--_fill-strong);
  }
  p.way {
    color: var(--_muted);
    background: none;
    border: 1px dashed var(--_outline);
  }
  .icon {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 11px;
    color: var(--_accent-text);
    background: var(--_surface);
  }
  p.way .icon {
    color: inherit;
    background: none;
  }
  .words {
    display: grid;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .words > span {
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-wrap: pretty;
  }
  .hint {
    color: var(--_muted);
    font-size: 13px;
    font-weight: 400;
  }
  .mirrored:dir(rtl) {
    transform: scaleX(-1);
  }

  .address {
    display: grid;
    margin-block-start: 14px;
  }
  @media (forced-colors: active) {
    .way:is(a, button) {
      border: 1px solid CanvasText;
    }
  }
`;
