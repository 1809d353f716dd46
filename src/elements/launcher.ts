import { html, nothing, type TemplateResult } from 'lit';

/** What the launcher shows. */
export interface LauncherView {
  readonly label: string;
  readonly open: boolean;
  readonly loading: boolean;
  /** What comes on top once the panel is loaded. */
  readonly extras: unknown;
  readonly onToggle: () => void;
}

/** The round button that opens the panel, with a ring around it while the panel is on its way. */
export function renderLauncher({ label, open, loading, extras, onToggle }: LauncherView): TemplateResult {
  return html`<button
    class="launcher"
    part="launcher"
    type="button"
    aria-label=${label}
    aria-expanded=${open ? 'true' : 'false'}
    aria-busy=${loading ? 'true' : nothing}
    @click=${onToggle}
  ><span class="icon"><slot name="launcher-icon">${chatIcon}</slot></span>${extras}</button>`;
}

/** The speech bubble, 28 px. */
export const chatIcon = html`<svg viewBox="0 0 28 28" aria-hidden="true"><path fill-rule="evenodd" d="M14 4C8 4 3.5 8 3.5 13.2c0 2.8 1.3 5.2 3.5 6.9 0 1.4-.5 2.6-1.4 3.6 2 .1 3.8-.5 5.3-1.6 1 .2 2 .3 3.1.3 6 0 10.5-4 10.5-9.2S20 4 14 4ZM9.7 10.4h8.6a1 1 0 0 1 0 2H9.7a1 1 0 0 1 0-2Zm0 4h5.6a1 1 0 0 1 0 2H9.7a1 1 0 0 1 0-2Z" /></svg>`;
