import { PlatformError } from '../../platform/index.js';
import { Accepted, AddCustomData, SendFeedback, UpdateEndUser } from '../../protocol/index.js';
import { addSignedData, withLabels } from '../host-data.js';
import type { Identity } from '../identity.js';
import { RelayError, orUnavailable } from '../relay-error.js';
import { refuseReservedKeys } from '../reserved-keys.js';
import { visitorBodyRoute, type VisitorCall } from '../route.js';
import type { Sealer } from '../sealing.js';
import type { StoredChat } from '../store.js';
import { hasEnded } from '../view.js';
import { toHookedChat, toStoredVisitor } from '../visitor.js';

export const updateEndUser = visitorBodyRoute({
  method: 'PATCH',
  path: '/chat/end-user',
  summary: 'Says during a chat who the visitor is. A chat of somebody stays theirs: only an anonymous one takes another identity.',
  status: 200,
  request: UpdateEndUser,
  response: Accepted,
  problems: [
    'invalid-request', 'identity-invalid', 'unauthorized', 'chat-ended', 'busy', 'platform-rejected', 'platform-unavailable',
    'platform-unauthorized', 'store-unavailable',
  ],
  handle: async (call, { identityToken }) => {
    const identity = await call.context.identities.verify(identityToken);
    await call.context.lanes.inTurn(`chat ${call.visitor.chatId}`, () => takeOn(call, identity));
    return {};
  },
});

async function takeOn({ context, visitor: { chatId }, log }: VisitorCall, identity: Identity): Promise<void> {
  const { store, sealer, platform, watch, refresher } = context;
  // Read anew: two tabs may have said so at once.
  const stored = await orUnavailable(() => store.findChat(chatId));
  if (!stored) throw new RelayError('unauthorized');
  if (stored.identityHash !== null && stored.identityHash !== identity.hash) throw new RelayError('identity-invalid');
  if (hasEnded(await log.view())) throw new RelayError('chat-ended');
  try {
    await watch.call(() => platform.updateEndUser(chatId, identity.visitor));
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const visitor = await toStoredVisitor(sealer, chatId, await withKnown(sealer, stored, identity));
  await orUnavailable(async () => {
    const now = (await store.findChat(chatId)) ?? stored;
    await store.saveChat({ ...now, ...visitor });
  });
  refresher.request(chatId);
  // The chat has who it is; what is vouched for besides may fail.
  void addSignedData(context, chatId, identity.data).catch(() => undefined);
}

/** What a token leaves out stays as it was, as on the platform (platform: End users). */
async function withKnown(sealer: Sealer, stored: StoredChat, identity: Identity): Promise<Identity> {
  const { visitor: known } = await toHookedChat(sealer, stored);
  const { identifier, name = known?.name, email = known?.email, phone = known?.phone } = identity.visitor;
  return { ...identity, visitor: { identifier, name, email, phone } };
}

/** The platform was told the same a moment ago (platform: Errors). */
function isDuplicate(error: unknown): boolean {
  const cause = error instanceof RelayError ? error.cause : undefined;
  return cause instanceof PlatformError && /^Duplicate request/.test(cause.platformMessage ?? '');
}

export const addCustomData = visitorBodyRoute({
  method: 'POST',
  path: '/chat/custom-data',
  summary: 'Adds unsigned data, which is shown to the human agent as anybody\'s word.',
  status: 200,
  request: AddCustomData,
  response: Accepted,
  problems: [
    'invalid-request', 'reserved-key', 'unauthorized', 'chat-ended', 'busy', 'platform-rejected', 'platform-unavailable',
    'platform-unauthorized', 'store-unavailable',
  ],
  handle: async ({ context, visitor, log }, { data }) => {
    refuseReservedKeys(data);
    if (hasEnded(await log.view())) throw new RelayError('chat-ended');
    const { watch, platform } = context;
    await watch.call(() => platform.addCustomData(visitor.chatId, { signed: false, data: withLabels(data) }));
    return {};
  },
});

export const sendFeedback = visitorBodyRoute({
  method: 'POST',
  path: '/chat/feedback',
  summary: 'Stars and words, during a chat or after it; handed to the site.',
  status: 200,
  request: SendFeedback,
  response: Accepted,
  problems: ['invalid-request', 'unauthorized', 'not-found', 'feedback-unavailable', 'store-unavailable'],
  handle: async ({ context, visitor }, { rating, comment }) => {
    const { hooks, runHook, sealer } = context;
    if (!hooks.onFeedback) throw new RelayError('not-found');
    const chat = await toHookedChat(sealer, visitor);
    try {
      await runHook('onFeedback', () => hooks.onFeedback?.({ ...chat, rating, comment: comment ?? null }));
    } catch (cause) {
      throw new RelayError('feedback-unavailable', { cause });
    }
    return {};
  },
});
