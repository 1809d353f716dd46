import type { HookedChat, Visitor } from './hooks.js';
import type { Identity } from './identity.js';
import type { Sealer } from './sealing.js';
import type { StoredChat } from './store.js';

/** What a stored chat keeps of its visitor: sealed, and a hash to find it by. */
export async function toStoredVisitor(
  sealer: Sealer,
  chatId: number,
  identity: Identity | null,
): Promise<Pick<StoredChat, 'identityHash' | 'visitor'>> {
  if (!identity) return { identityHash: null, visitor: null };
  return { identityHash: identity.hash, visitor: await sealer.seal(chatId, JSON.stringify(identity.visitor)) };
}

/** The visitor of a stored chat, as hooks are told of it. */
export async function toHookedChat(sealer: Sealer, { chatId, visitor }: StoredChat): Promise<HookedChat> {
  // Written by toStoredVisitor, and authenticated by the seal.
  return { chatId, visitor: visitor === null ? null : (JSON.parse(await sealer.open(chatId, visitor)) as Visitor) };
}
