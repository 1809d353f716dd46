import { css } from 'lit';

/** The tokens of the panel, for both schemes. They build on `brand.ts` and arrive with the panel. */
export const tokens = css`
  :host {
    color-scheme: light dark;
    --_accent-text: var(--_accent);
    --_font: var(--ccai-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif);
    --_surface: var(--ccai-surface, #fff);
    --_radius: var(--ccai-radius, 20px);
    --_text: var(--ccai-text, #14161b);
    --_muted: #5a6170;
    --_fill: #f1f2f5;
    --_fill-strong: #e5e7ec;
    --_hairline: #14161b1a;
    --_outline: #858d9b;
    --_danger: #b3261e;
    --_tint: var(--_fill);
    --_private: #6a35a8;
    --_private-tint: #f3edfb;
    --_shadow: 0 0 0 1px #14161b0d, 0 2px 6px #14161b0f, 0 12px 28px #14161b1a, 0 32px 64px -12px #14161b33;
  }
  :host([color-scheme='light']) {
    color-scheme: light;
  }
  :host([color-scheme='dark']) {
    color-scheme: dark;
  }
  @supports (color: oklch(from light-dark(red, red) l c h)) {
    :host {
      --_accent-text: light-dark(
        oklch(from var(--_accent) min(l, 0.5) c h),
        oklch(from var(--_accent) max(l, 0.78) min(c, 0.14) h)
      );
      --_surface: var(--ccai-surface, light-dark(#fff, #16181d));
      --_text: var(--ccai-text, light-dark(#14161b, #eef0f4));
      --_muted: light-dark(#5a6170, #a4abb9);
      --_fill: light-dark(#f1f2f5, #262a32);
      --_fill-strong: light-dark(#e3e6eb, #363c48);
      --_hairline: light-dark(#14161b1a, #ffffff1c);
      --_outline: light-dark(#858d9b, #747c8b);
      --_danger: light-dark(#b3261e, #ff9a8f);
      --_tint: light-dark(
        color-mix(in oklab, var(--_accent) 9%, var(--_surface)),
        color-mix(in oklab, var(--_accent) 20%, var(--_surface))
      );
      --_private: light-dark(#6a35a8, #cdb0f5);
      --_private-tint: light-dark(#f3edfb, #2c2439);
      --_shadow: 0 0 0 1px light-dark(#14161b0d, #ffffff1a), 0 2px 6px #14161b0f, 0 12px 28px #14161b1a,
        0 32px 64px -12px light-dark(#14161b33, #00000099);
    }
  }
  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--_text);
      --_hairline: var(--_text);
      --_outline: var(--_text);
    }
  }
`;
