import { PlatformEndUser } from '../response-schemas.js';
import type { Transport } from '../transport.js';

/** platform: End users. */
export interface EndUserEndpoints {
  /**
   * Creates the end user, or updates the one with this `identifier`; fields that are left out stay as they
   * are.
   */
  upsertEndUser(user: {
    /** The customer's own key of the person. */
    readonly identifier: string;
    readonly name?: string | undefined;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
  }): Promise<PlatformEndUser>;
  findEndUser(by: { readonly id: number } | { readonly identifier: string }): Promise<PlatformEndUser>;
}

export function endUserEndpoints(transport: Transport): EndUserEndpoints {
  return {
    upsertEndUser: ({ identifier, name, email, phone }) =>
      transport.read(PlatformEndUser, {
        method: 'POST',
        path: '/end_users',
        body: { identifier, email, name, phone },
      }),
    findEndUser: (by) =>
      transport.read(PlatformEndUser, {
        method: 'GET',
        path: '/end_users',
        query: 'id' in by ? { id: by.id } : { identifier: by.identifier },
      }),
  };
}
