/**
 * Registers an element once. A second copy of the script on the page changes nothing, and where there is no registry
 * (a server) nothing happens.
 */
export function define(name: string, constructor: CustomElementConstructor): void {
  const registry = (globalThis as { customElements?: CustomElementRegistry }).customElements;
  if (registry && !registry.get(name)) registry.define(name, constructor);
}
