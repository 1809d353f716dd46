// CCAI Platform, server side only: its REST API, the check of its webhooks, and readers of what they say.
export { createPlatformClient, type PlatformClient, type PlatformClientOptions } from './platform-client.js';
export { parsePlatformOrigin } from './platform-origin.js';
export { PlatformError, type PlatformErrorKind } from './platform-error.js';
export type {
  ChatSettings,
  CustomerFlags,
  PlatformChat,
  PlatformEndUser,
  PlatformEscalation,
  PlatformMedia,
  PlatformPerson,
  PresignedForm,
  WaitTimes,
} from './response-schemas.js';
export type { NewChat, OutgoingMessage, TranscriptEntry } from './endpoints/chats.js';
export type { CustomData, CustomDataItem } from './endpoints/customers.js';
export type { MediaType } from './endpoints/media.js';
export type { WaitTimesQuery } from './endpoints/queues.js';
export {
  assertWebhookSecrets,
  verifyWebhook,
  type WebhookSecrets,
  type WebhookVerdict,
} from './webhook-signature.js';
export { WebhookParseError, parseWebhook, type WebhookEvent } from './webhook-event.js';
export {
  readWebhookMessage,
  readWebhookParticipant,
  type WebhookMessage,
  type WebhookParticipant,
} from './webhook-message.js';
