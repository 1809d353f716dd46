/** Runs when the page has nothing better to do. */
export function whenIdle(action: () => void): void {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(action, { timeout: 2_000 });
  else setTimeout(action, 200);
}
