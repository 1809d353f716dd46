import {
  WebhookParseError,
  parseWebhook,
  readWebhookMessage,
  verifyWebhook,
  type WebhookEvent,
  type WebhookMessage,
} from '../../platform/index.js';
import type { RelayContext } from '../context.js';
import { digest } from '../handle.js';
import { readBytes } from '../read-body.js';
import { RelayError } from '../relay-error.js';
import type { Route } from '../route.js';
import { toHex } from '../sealing.js';
import { translate, type Translation } from '../translate.js';

/** Largest webhook, in bytes; checked before anything else. */
const WEBHOOK_LIMIT = 256 * 1024;

export const receiveWebhook: Route = {
  method: 'POST',
  path: '/webhooks/ccai',
  summary: 'The platform tells what happened. Answered once the event is safe in the log.',
  caller: 'platform',
  status: 204,
  problems: ['body-too-large', 'webhook-unauthorized', 'invalid-json', 'invalid-request', 'store-unavailable'],
  handle: async ({ context, request }) => {
    const body = await readBytes(request, WEBHOOK_LIMIT);
    await checkSignature(context, request, body);
    await record(context, parse(body), body);
    return new Response(null, { status: 204 });
  },
};

async function checkSignature(context: RelayContext, request: Request, body: Uint8Array): Promise<void> {
  const verdict = await verifyWebhook({
    signature: request.headers.get('x-signature'),
    timestamp: request.headers.get('x-signature-timestamp'),
    body,
    secrets: context.webhookSecrets,
    now: context.clock.now(),
  });
  if (verdict === 'valid') return;
  context.log.warn('webhook refused', { verdict });
  throw new RelayError('webhook-unauthorized');
}

function parse(body: Uint8Array): WebhookEvent {
  try {
    return parseWebhook(body);
  } catch (error) {
    if (!(error instanceof WebhookParseError)) throw error;
    throw new RelayError(error.code === 'not-json' ? 'invalid-json' : 'invalid-request', { cause: error });
  }
}

/** Durable first; the platform is never called from here. A chat not known yet is adopted by its id when its creation answers. */
async function record(context: RelayContext, event: WebhookEvent, body: Uint8Array): Promise<void> {
  const key = await deduplicationKey(context, event, body);
  const options = {
    id: key.slice(0, 32),
    now: new Date(context.clock.now()).toISOString(),
    emailOffered: context.hooks.onEmailDeflection !== undefined,
    endReason: context.endReasons.get(event.chatId) ?? null,
  };
  let translation: Translation | undefined;
  await context.logs.get(event.chatId).commit((view) => {
    translation = translate(view, event, options);
    return { key, entries: translation.entries };
  });
  if (translation?.understood === false) {
    context.log.info('webhook of an unknown kind', { chatId: event.chatId });
  }
  if (translation?.refresh) context.refresher.request(event.chatId);
}

/**
 * Chat, event, sender, message id and content, so that a retry signed anew is the same event.
 * Without a message id the raw body: the platform gives nothing else to tell two events apart (OQ-13).
 */
async function deduplicationKey({ webhookSecrets }: RelayContext, event: WebhookEvent, body: Uint8Array): Promise<string> {
  const message = event.eventType === 'message_received' ? readWebhookMessage(event) : null;
  const { sender, messageId, type, text, parts } = message ?? {};
  const content = text ?? parts ?? [event.body['message'], event.body['server_message']];
  const identity =
    messageId == null
      ? new TextDecoder().decode(body)
      : JSON.stringify([event.chatId, event.eventType, sender?.id, messageId, type, content]);
  return message && isForAll(message) ? digest(identity) : authenticate(webhookSecrets.primary, identity);
}

/** Certainly no secret between the end user and a task virtual agent; of what is not known here nobody can say that. */
function isForAll({ sender, visibility, isServerMessage }: WebhookMessage): boolean {
  const isStaff = sender.kind === 'agent' || sender.kind === 'virtual_agent';
  return isStaff && !isServerMessage && (visibility === null || visibility === 'all');
}

/**
 * A digest with a key. What is kept of a private message stays when it has gone, and whoever has the store could try all codes
 * of six digits: so it cannot be made without a secret that is not in there.
 */
async function authenticate(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text))));
}
