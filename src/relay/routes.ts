import { endChat, getChat, requestEscalation, startChat } from './handlers/chats.js';
import { getHistory, streamEvents } from './handlers/log.js';
import { sendMessage } from './handlers/messages.js';
import { getConfig, getHealth, getWidget } from './handlers/service.js';
import { receiveWebhook } from './handlers/webhook.js';
import type { Route } from './route.js';

/** Everything the relay answers; `GET /openapi.json` is generated from this. */
export const routes: readonly Route[] = [
  getConfig,
  startChat,
  getChat,
  getHistory,
  streamEvents,
  sendMessage,
  requestEscalation,
  endChat,
  receiveWebhook,
  getHealth,
  getWidget,
];
