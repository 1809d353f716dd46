/**
 * Where the relay is, as an absolute URL without a slash at the end.
 * An explicit value is read against the page; otherwise a script served by a relay (`…/widget/<version>/…`) tells.
 * Undefined: nobody knows.
 */
export function resolveRelayUrl(
  explicit: string | null | undefined,
  from: { readonly script: string; readonly page: string | undefined },
): string | undefined {
  const address = explicit || from.script.match(/^[^?#]*(?=\/widget\/)/)?.[0];
  try {
    const { protocol, href } = new URL(address ?? '', address && from.page);
    return /^https?:$/.test(protocol) ? href.replace(/\/+$/, '') : undefined;
  } catch {
    return undefined;
  }
}
