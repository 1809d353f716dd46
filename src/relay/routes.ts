import { endChat, getChat, resumeChat } from './handlers/chat.js';
import { chooseDeflection, requestEscalation } from './handlers/escalations.js';
import { getHistory, streamEvents } from './handlers/log.js';
import { sendMessage } from './handlers/messages.js';
import { getConfig, getHealth, getWaitTimes, getWidget } from './handlers/service.js';
import { startChat } from './handlers/start-chat.js';
import { addCustomData, sendFeedback, updateEndUser } from './handlers/visitor.js';
import { receiveWebhook } from './handlers/webhook.js';
import type { Route } from './route.js';

/** Everything the relay answers; `GET /openapi.json` is generated from this. */
export const routes: readonly Route[] = [
  getConfig,
  getWaitTimes,
  startChat,
  getChat,
  getHistory,
  streamEvents,
  sendMessage,
  requestEscalation,
  chooseDeflection,
  updateEndUser,
  addCustomData,
  resumeChat,
  endChat,
  sendFeedback,
  receiveWebhook,
  getHealth,
  getWidget,
];
