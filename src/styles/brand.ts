import { css } from 'lit';

/**
 * The brand tokens: what the launcher needs, and the rest builds on. Declared once on the host of `<ccai-chat>` and inherited.
 * Three tiers: what a page may set (`--ccai-*`), what our styles read (`--_*`), and the literals written here.
 * Text on the accent is black or white by WCAG luminance: 0.179 is where both have the same contrast, 4.6 : 1.
 */
export const brand = css`
  :host {
    --_accent: var(--ccai-accent, #2f5bea);
    --_on-accent: var(--ccai-on-accent, #fff);
    --_ease: cubic-bezier(0.2, 0.8, 0.2, 1);
  }
  @supports (color: color(from red xyz-d65 x y z)) {
    :host {
      --_y: clamp(0, (0.179 - y) * 99999, 1);
      --_on-accent: var(
        --ccai-on-accent,
        color(from var(--_accent) xyz-d65 calc(0.9505 * var(--_y)) var(--_y) calc(1.089 * var(--_y)))
      );
    }
  }
`;
