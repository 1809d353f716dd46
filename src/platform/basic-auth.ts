/**
 * The `Authorization` header of every call: Basic, user name = the tenant's subdomain, password = an API
 * token (platform: Authentication). The only place where credentials are put together.
 */
export function toBasicAuth(credentials: { readonly subdomain: string; readonly apiToken: string }): string {
  const { subdomain, apiToken } = credentials;
  if (subdomain === '' || subdomain.includes(':')) {
    throw new Error('The subdomain must be a name without a colon.');
  }
  if (apiToken === '') throw new Error('The API token must not be empty.');
  const bytes = new TextEncoder().encode(`${subdomain}:${apiToken}`);
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}
