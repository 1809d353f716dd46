import { StartChat, StartedChat } from '../../protocol/index.js';
import { PlatformError, type PlatformChat } from '../../platform/index.js';
import type { RelayContext } from '../context.js';
import { createHandle, hashHandle } from '../handle.js';
import { addHostData } from '../host-data.js';
import type { Identity } from '../identity.js';
import { findMenu } from '../menus.js';
import { toTranscript } from '../prior-transcript.js';
import { readJsonBody } from '../read-body.js';
import { readChat } from '../read-chat.js';
import { RelayError, orUnavailable } from '../relay-error.js';
import { refuseReservedKeys } from '../reserved-keys.js';
import { json, type Call, type Route } from '../route.js';
import { toChat, updateEntries } from '../to-chat.js';
import { hasEnded } from '../view.js';
import { toStoredVisitor } from '../visitor.js';

export const startChat: Route = {
  method: 'POST',
  path: '/chats',
  summary: 'Starts a chat, or goes on with the one that this identity has.',
  caller: 'page',
  status: 201,
  otherStatus: { status: 200, when: 'The ongoing chat of this identity, by a new token.' },
  request: StartChat,
  response: StartedChat,
  problems: [
    'invalid-request', 'menu-not-offered', 'reserved-key', 'identity-invalid', 'verification-failed', 'no-ongoing-chat',
    'busy', 'platform-rejected', 'identity-unavailable', 'verification-unavailable', 'platform-unavailable', 'platform-unauthorized',
    'store-unavailable',
  ],
  handle: async (call) => {
    const request = toRequest(call, await readJsonBody(call.request, StartChat));
    const identity = await call.context.identities.find(call.request, request.identityToken);
    if (!identity) return start(call, request, null);
    // Two tabs at once are one person with one chat.
    return call.context.lanes.inTurn(`identity ${identity.hash}`, async () => {
      const ongoing = await goOn(call.context, identity);
      return ongoing ? json(ongoing, 200) : start(call, request, identity);
    });
  },
};

interface StartRequest extends StartChat {
  readonly menuId: number | undefined;
  readonly transcript: ReturnType<typeof toTranscript>;
}

/** Refuses what is wrong with the request itself before anybody is asked. */
function toRequest({ context }: Call, body: StartChat): StartRequest {
  refuseReservedKeys(body.context);
  const transcript = toTranscript(body.priorTranscript ?? [], context.clock.now());
  return { ...body, menuId: findMenu(context, body.menu), transcript };
}

/** The ongoing chat of this identity, by a new handle; null where there is none, also where only the platform knows of its end. */
async function goOn(context: RelayContext, identity: Identity): Promise<StartedChat | null> {
  const stored = await orUnavailable(() => context.store.findOngoingChat(identity.hash));
  if (!stored) return null;
  const log = context.logs.get(stored.chatId);
  const known = await log.view();
  const view = hasEnded(known) ? known : await readChat(context, stored).catch((error: unknown) => (isGone(error) ? null : known));
  if (!view?.chat || hasEnded(view)) return null;
  return { chat: view.chat, token: await addHandle(context, stored.chatId), epoch: log.epoch };
}

/** The platform knows the chat no more. One that does not answer now knows no better than the log. */
function isGone(error: unknown): boolean {
  const cause = error instanceof RelayError ? error.cause : undefined;
  return cause instanceof PlatformError && cause.status === 404;
}

async function start(call: Call, request: StartRequest, identity: Identity | null): Promise<Response> {
  if (request.existing) throw new RelayError('no-ongoing-chat');
  await verifyVisitor(call, request.verification ?? null);
  const { context } = call;
  const { watch, platform } = context;
  // An identifier nobody can guess: two anonymous visitors must never be one person.
  const person = identity?.visitor ?? { identifier: `visitor-${crypto.randomUUID()}` };
  const endUser = await watch.call(() => platform.upsertEndUser(person));
  const created = await watch.call(() => platform.createChat(toNewChat(request, identity, endUser.id)));
  try {
    const started = await claimChat(context, { created, endUserId: endUser.id, identity });
    const { id: chatId } = created;
    void addHostData(context, { chatId, visitor: identity?.visitor ?? null }, identity);
    return json(started, 201);
  } catch (error) {
    // Nobody holds its handle: it must not wait in a queue for a visitor who can never answer.
    void platform.finishChat(created.id, { endUserId: endUser.id }).catch(() => undefined);
    throw error;
  }
}

async function verifyVisitor({ context, request }: Call, verification: string | null): Promise<void> {
  const { hooks, runHook } = context;
  if (!hooks.verifyVisitor) return;
  let isVerified: boolean | undefined;
  try {
    isVerified = await runHook('verifyVisitor', () => hooks.verifyVisitor?.(verification, request));
  } catch (cause) {
    throw new RelayError('verification-unavailable', { cause });
  }
  if (isVerified !== true) throw new RelayError('verification-failed');
}

function toNewChat({ menuId, lang, context, transcript }: StartRequest, identity: Identity | null, endUserId: number) {
  const { email, phone } = identity?.visitor ?? {};
  return { endUserId, menuId, lang, context, email, phone, transcript: transcript.length > 0 ? transcript : undefined };
}

interface NewChat {
  readonly created: PlatformChat;
  readonly endUserId: number;
  readonly identity: Identity | null;
}

/** Binds the chat to a new handle. Webhooks may have filled its log already: the platform does not wait for its own answer. */
async function claimChat(context: RelayContext, { created, endUserId, identity }: NewChat): Promise<StartedChat> {
  const now = context.clock.now();
  const visitor = await toStoredVisitor(context.sealer, created.id, identity);
  const stored = { chatId: created.id, endUserId, ...visitor, createdAt: now, endedAt: null };
  await orUnavailable(() => context.store.saveChat(stored));
  const token = await addHandle(context, created.id);
  const log = context.logs.get(created.id);
  const chat = toChat(created, null);
  const at = new Date(now).toISOString();
  // Why a chat has ended that ended at once may not be told here; the refresher finds it.
  const end = created.end_reason === null ? null : { reason: created.end_reason };
  const { view } = await log.commit((before) => ({ entries: updateEntries(before, chat, { at, end, isSettled: false }) }));
  // What came before this answer may have told more than it does.
  if (view.head > 1 || hasEnded(view)) context.refresher.request(created.id);
  return { chat: view.chat ?? chat, token, epoch: log.epoch };
}

async function addHandle({ store }: RelayContext, chatId: number): Promise<string> {
  const token = createHandle();
  const hash = await hashHandle(token);
  await orUnavailable(() => store.addHandle(hash, chatId));
  return token;
}
