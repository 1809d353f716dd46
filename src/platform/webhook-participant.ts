import { Id } from './response-schemas.js';
import { isRecord } from './is-record.js';
import type { WebhookEvent } from './webhook-event.js';

/**
 * Somebody of whom a webhook tells; the form of these bodies is unknown, so everything but the kind may be
 * missing (OQ-9, OQ-15).
 */
export interface WebhookPerson {
  /** `agent`, `virtual_agent`, `task_virtual_agent`, `end_user`, or something newer. */
  readonly kind: string;
  /** The person's or the participant's: OQ-14. */
  readonly id: number | null;
  readonly name: string | null;
  readonly avatarUrl: string | null;
  /** `waiting`, `connected`, … */
  readonly status: string | null;
  /** As the platform wrote it. */
  readonly connectedAt: string | null;
}

/** Looks into `participant`, then `sender`, then the body itself; null where none names a kind. */
export function readWebhookParticipant({ body }: WebhookEvent): WebhookPerson | null {
  return readWebhookPerson(body['participant']) ?? readWebhookPerson(body['sender']) ?? readWebhookPerson(body);
}

/** Null for what names no kind. */
export function readWebhookPerson(value: unknown): WebhookPerson | null {
  if (!isRecord(value) || typeof value['type'] !== 'string') return null;
  return {
    kind: value['type'],
    id: readId(value['id']),
    name: readText(value['name']) ?? readText(value['first_name']),
    avatarUrl: readText(value['avatar_url']),
    status: readText(value['status']),
    connectedAt: readText(value['connected_at']),
  };
}

/** A number, also as digits in a string. */
export function readId(value: unknown): number | null {
  const parsed = Id.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Null for anything but a string. */
export function readText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
