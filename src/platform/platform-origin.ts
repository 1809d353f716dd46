const example = 'acme.uc1.ccaiplatform.com';

/** Two labels or more; the last has a letter first, which no spelling of an IP address has. */
const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const loopbackOrigin = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?\/?$/;
/** The platform's own domains in the middle of a name: somebody else's host that looks like the platform. */
const lookAlike = /(^|\.)(ccaiplatform\.com|ujet\.co)\./;

/**
 * Where the platform is, from what an operator wrote: a host name (`acme.uc1.ccaiplatform.com`) gives its
 * https origin. A full origin is taken only for this machine (`http://127.0.0.1:5174`: the emulator). User
 * info, port, path and IP addresses are refused, so that credentials cannot be sent anywhere else by a slip
 * of configuration. Throws an Error with one sentence, which does not repeat the value.
 */
export function parsePlatformOrigin(host: string): string {
  if (loopbackOrigin.test(host) && URL.canParse(host)) return new URL(host).origin;
  const name = host.toLowerCase();
  if (lookAlike.test(name)) {
    throw new Error('The host only looks like the platform: it ends in another domain.');
  }
  if (!hostName.test(name) || name.endsWith('.localhost')) {
    throw new Error(`The host must be a plain host name such as ${example}, without https://, port or path.`);
  }
  return `https://${name}`;
}

/** The origin as it came from {@link parsePlatformOrigin}; throws for any other. */
export function assertPlatformOrigin(origin: string): string {
  const host = origin.startsWith('https://') ? origin.slice('https://'.length) : origin;
  if (parsePlatformOrigin(host) !== origin) throw new Error(`The origin must be like https://${example}.`);
  return origin;
}
