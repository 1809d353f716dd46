import type { LitElement } from 'lit';

/** Calls `moveOn` after an update that took away or hid what had the focus, which would otherwise fall back to the page. */
export function keepFocus(host: LitElement, moveOn: () => void): void {
  let focused: Element | null | undefined;
  host.addController({
    hostUpdate: () => {
      focused = host.shadowRoot?.activeElement;
    },
    hostUpdated: () => {
      if (focused && (!focused.isConnected || focused.hasAttribute('hidden'))) moveOn();
    },
  });
}
