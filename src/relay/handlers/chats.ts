import {
  ChatSnapshot,
  EndChat,
  EndedChat,
  RequestEscalation,
  RequestedEscalation,
  StartChat,
  StartedChat,
  chatPhase,
  type LogEntry,
} from '../../protocol/index.js';
import { createHandle, hashHandle } from '../handle.js';
import type { RelayContext } from '../context.js';
import { RelayError, orUnavailable } from '../relay-error.js';
import { postRoute, visitorPostRoute, visitorRoute, type VisitorCall } from '../route.js';
import { toChat, toChatEntries } from '../to-chat.js';
import type { StoredChat } from '../store.js';
import { hasEnded } from '../view.js';
import type { PlatformChat } from '../../platform/index.js';

export const startChat = postRoute({
  method: 'POST',
  path: '/chats',
  summary: 'Starts a chat for an anonymous visitor.',
  status: 201,
  request: StartChat,
  response: StartedChat,
  problems: ['invalid-request', 'menu-not-offered', 'platform-rejected', 'platform-unavailable', 'platform-unauthorized', 'store-unavailable'],
  handle: async ({ context }, body) => {
    const menuId = findMenu(context, body.menu);
    const { watch, platform } = context;
    // An identifier nobody can guess: two anonymous visitors must never be one person.
    const endUser = await watch.call(() => platform.upsertEndUser({ identifier: `visitor-${crypto.randomUUID()}` }));
    const created = await watch.call(() =>
      platform.createChat({
        endUserId: endUser.id,
        ...(menuId === undefined ? {} : { menuId }),
        ...(body.lang === undefined ? {} : { lang: body.lang }),
        ...(body.context === undefined ? {} : { context: body.context }),
      }),
    );
    try {
      return await claimChat(context, created, endUser.id);
    } catch (error) {
      // Nobody holds its handle: it must not wait in a queue for a visitor who can never answer.
      void platform.finishChat(created.id, { endUserId: endUser.id }).catch(() => undefined);
      throw error;
    }
  },
});

/** Binds the chat to a new handle. Webhooks may have filled its log already: the platform does not wait for its own answer. */
async function claimChat(context: RelayContext, created: PlatformChat, endUserId: number) {
  const token = createHandle();
  const now = context.clock.now();
  const handleHash = await hashHandle(token);
  const stored = { chatId: created.id, handleHash, endUserId, createdAt: now, endedAt: null };
  await orUnavailable(() => context.store.saveChat(stored));
  const log = context.logs.get(created.id);
  const chat = toChat(created, null);
  const { view } = await log.commit((before) => ({ entries: toChatEntries(before, chat, new Date(now).toISOString()) }));
  // What came before this answer may have told more than it does.
  if (view.head > 1) context.refresher.request(created.id);
  return { chat: view.chat ?? chat, token, epoch: log.epoch };
}

/** A menu by id or name; without a wish the relay's own, else the first on offer. */
function findMenu(context: RelayContext, wanted: string | number | undefined): number | undefined {
  if (wanted === undefined) return context.defaultMenuId ?? context.menus[0]?.id;
  const menu = context.menus.find(({ id, name }) => name === wanted || String(id) === String(wanted));
  if (menu) return menu.id;
  if (context.defaultMenuId !== undefined && String(wanted) === String(context.defaultMenuId)) return context.defaultMenuId;
  throw new RelayError('menu-not-offered');
}

export const getChat = visitorRoute({
  method: 'GET',
  path: '/chat',
  summary: 'The chat as it is now, and how far its log goes.',
  status: 200,
  response: ChatSnapshot,
  problems: ['unauthorized', 'store-unavailable'],
  handle: async ({ log }) => {
    const { chat, head } = await log.view();
    if (!chat) throw new RelayError('internal');
    return { chat, epoch: log.epoch, first: 1, head };
  },
});

export const requestEscalation = visitorPostRoute({
  method: 'POST',
  path: '/chat/escalations',
  summary: 'Asks for a person.',
  status: 201,
  request: RequestEscalation,
  response: RequestedEscalation,
  problems: ['unauthorized', 'chat-ended', 'platform-rejected', 'platform-unavailable', 'platform-unauthorized', 'store-unavailable'],
  handle: async ({ context, visitor, log }) => {
    if (hasEnded(await log.view())) throw new RelayError('chat-ended');
    const { id, status } = await context.watch.call(() =>
      context.platform.createEscalation(visitor.chatId, { reason: 'by_end_user_ask' }),
    );
    const escalation = { id, status };
    const at = new Date(context.clock.now()).toISOString();
    const entry: LogEntry = { type: 'escalation-updated', at, escalation };
    await log.commit((view) =>
      JSON.stringify(view.escalation) === JSON.stringify(escalation) ? null : { entries: [entry] },
    );
    context.refresher.request(visitor.chatId);
    return { escalation };
  },
});

export const endChat = visitorPostRoute({
  method: 'POST',
  path: '/chat/end',
  summary: 'Ends the chat. Ending an ended chat answers the same.',
  status: 200,
  request: EndChat,
  response: EndedChat,
  problems: ['unauthorized', 'platform-rejected', 'platform-unavailable', 'platform-unauthorized', 'store-unavailable'],
  handle: async (call) => {
    const before = await call.log.view();
    if (before.chat && hasEnded(before)) return { chat: before.chat };
    return { chat: await finish(call) };
  },
});

async function finish({ context, visitor, log }: VisitorCall) {
  const finished = await finishOnPlatform(context, visitor);
  const now = context.clock.now();
  const { view } = await log.commit((before) => {
    const chat = toChat(finished, before.chat);
    return { entries: toChatEntries(before, chat, new Date(now).toISOString()) };
  });
  const stored = { ...visitor, endedAt: visitor.endedAt ?? now };
  if (hasEnded(view)) await orUnavailable(() => context.store.saveChat(stored));
  return view.chat ?? toChat(finished, null);
}

async function finishOnPlatform({ watch, platform }: RelayContext, { chatId, endUserId }: StoredChat) {
  try {
    return await watch.call(() => platform.finishChat(chatId, { endUserId }));
  } catch (error) {
    if (!(error instanceof RelayError && error.code === 'chat-ended')) throw error;
    // Somebody else was faster. The chat object tells how it ended, and may not yet say so.
    const chat = await watch.call(() => platform.getChat(chatId));
    return chatPhase(chat.status) === 'ended' ? chat : { ...chat, status: 'finished' };
  }
}
