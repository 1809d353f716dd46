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
export { readWebhookMessage, type WebhookMessage } from './webhook-message.js';
export { readWebhookParticipant, type WebhookPerson } from './webhook-participant.js';
export {
  readWebhookDeflection,
  readWebhookEndReason,
  readWebhookEscalation,
  type WebhookDeflection,
  type WebhookEscalation,
} from './webhook-outcome.js';
export type { RichPart } from './rich-parts.js';
