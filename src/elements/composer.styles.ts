import { css } from 'lit';

export const composerStyles = css`
  :host {
    display: block;
  }
  form {
    display: flex;
    align-items: flex-end;
    gap: 6px;
    padding: 5px;
    border: 1px solid var(--_outline);
    border-radius: 25px;
    background: var(--_surface);
    transition: border-color 0.15s, box-shadow 0.15s;
  }
  form:focus-within {
    border-color: var(--_accent-text);
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_accent-text) 22%, transparent);
  }
  form.refused {
    border-color: var(--_danger);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    max-block-size: calc(6 * 1.45em + 16px);
    margin: 0;
    padding: 8px 0 8px 13px;
    border: 0;
    outline: 0;
    background: none;
    font-size: 15px;
    line-height: 1.45;
    overflow-y: auto;
    overflow-wrap: anywhere;
    resize: none;
    field-sizing: content;
    scrollbar-width: thin;
  }
  textarea:focus-visible {
    outline: 0;
  }
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  form > button {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 38px;
    block-size: 38px;
    border-radius: 50%;
    color: var(--_on-accent);
    background: var(--_accent);
    transition: background-color 0.2s, color 0.2s, transform 0.2s var(--_ease);
  }
  form > button[aria-disabled='true'] {
    color: var(--_muted);
    background: var(--_fill);
    cursor: default;
  }
  form > button[aria-disabled='false']:hover {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }
  form > button[aria-disabled='false']:active {
    transform: scale(0.92);
  }
  p {
    margin: 0;
    color: var(--_muted);
    font-size: 12.5px;
    line-height: 1.4;
  }
  #count {
    padding-inline: 18px;
  }
  #count:not(:empty) {
    padding-block-start: 6px;
  }

  .listener {
    display: flex;
    gap: 9px;
    padding: 9px 14px 32px;
    margin-block-end: -23px;
    border-radius: 18px 18px 0 0;
    color: var(--_private);
    background: var(--_private-tint);
    font-weight: 550;
    animation: rise 0.25s var(--_ease);
  }
  .listener svg {
    inline-size: 17px;
    block-size: 17px;
  }
  form.private {
    position: relative;
    border-color: var(--_private);
    --_accent-text: var(--_private);
    --_accent: var(--_private);
    --_on-accent: var(--_surface);
  }
  form > svg {
    align-self: center;
    margin-inline: 9px -9px;
    color: var(--_private);
  }

  .question {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 4px 8px;
    padding: 12px 14px;
    margin-block-end: 8px;
    border-radius: 18px;
    background: var(--_fill);
    animation: rise 0.25s var(--_ease);
  }
  .question p {
    flex: 1 0 100%;
  }
  #question {
    color: var(--_text);
    font-size: 14.5px;
    font-weight: 600;
  }
  .question .pill {
    margin-block-start: 8px;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
  p.refused {
    color: var(--_danger);
  }
  /* iOS zooms into fields with smaller text. */
  @media (pointer: coarse), (max-width: 479px) {
    textarea {
      font-size: 16px;
    }
  }
  @media (forced-colors: active) {
    form:focus-within {
      outline: 2px solid Highlight;
    }
    form > button {
      border: 1px solid ButtonText;
    }
    form > button[aria-disabled='true'] {
      color: GrayText;
      border-color: GrayText;
    }
  }
`;
