import { RelayError } from './relay-error.js';

/**
 * Throws `reserved-key` for data of a page that would set the platform's customer flags (`reserved_verified_customer`, …):
 * only what is signed may (platform: Custom data).
 */
export function refuseReservedKeys(data: Readonly<Record<string, unknown>> = {}): void {
  if (Object.keys(data).some((key) => /^\s*reserved_/i.test(key))) throw new RelayError('reserved-key');
}
