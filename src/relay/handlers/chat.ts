import { ChatSnapshot, EndChat, EndedChat, ResumeChat, ResumedChat, chatPhase } from '../../protocol/index.js';
import { PlatformError } from '../../platform/index.js';
import { endOnPlatform } from '../end-chat.js';
import { readChat } from '../read-chat.js';
import { RelayError } from '../relay-error.js';
import { visitorBodyRoute, visitorRoute } from '../route.js';
import { hasEnded } from '../view.js';

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

export const endChat = visitorBodyRoute({
  method: 'POST',
  path: '/chat/end',
  summary: 'Ends the chat. Ending an ended chat answers the same.',
  status: 200,
  request: EndChat,
  response: EndedChat,
  problems: ['unauthorized', 'busy', 'platform-rejected', 'platform-unavailable', 'platform-unauthorized', 'store-unavailable'],
  handle: ({ context, visitor, log }) =>
    context.lanes.inTurn(`chat ${visitor.chatId}`, async () => {
      const before = await log.view();
      if (before.chat && hasEnded(before)) return { chat: before.chat };
      return { chat: await endOnPlatform(context, visitor, { reason: 'by_end_user' }) };
    }),
});

export const resumeChat = visitorBodyRoute({
  method: 'POST',
  path: '/chat/resume',
  summary: 'Goes on with a dismissed chat.',
  status: 200,
  request: ResumeChat,
  response: ResumedChat,
  problems: [
    'unauthorized', 'chat-ended', 'chat-not-dismissed', 'after-hours', 'busy', 'platform-rejected', 'platform-unavailable',
    'platform-unauthorized', 'store-unavailable',
  ],
  handle: ({ context, visitor, log }) =>
    context.lanes.inTurn(`chat ${visitor.chatId}`, async () => {
      const view = await log.view();
      if (hasEnded(view)) throw new RelayError('chat-ended');
      if (!view.chat || chatPhase(view.chat.status) !== 'dismissed') throw new RelayError('chat-not-dismissed');
      try {
        await context.watch.call(() => context.platform.resumeChat(visitor.chatId));
      } catch (error) {
        // It is not as the log says; the next answer shall know better.
        context.refresher.request(visitor.chatId);
        throw toResumeError(error);
      }
      // Resumed it is, whether or not the platform says right now how it goes on.
      const { chat } = await readChat(context, visitor).catch(() => {
        context.refresher.request(visitor.chatId);
        return view;
      });
      return { chat: chat ?? view.chat };
    }),
});

/** What else the platform refuses with is the tenant's own message for a closed contact center (platform: Errors). */
function toResumeError(error: unknown): unknown {
  if (!(error instanceof RelayError) || error.code !== 'platform-rejected') return error;
  const { cause } = error;
  if (!(cause instanceof PlatformError) || cause.status === 404 || cause.platformMessage === null) return error;
  const code = /not in dismissed state/i.test(cause.platformMessage) ? 'chat-not-dismissed' : 'after-hours';
  return new RelayError(code, { cause });
}
