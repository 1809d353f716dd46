import { readEndReason } from './end-reason.js';
import { isRecord } from './is-record.js';
import type { WebhookEvent } from './webhook-event.js';
import { readId, readText } from './webhook-participant.js';

/** How a request for a person stands. */
export interface WebhookEscalation {
  readonly id: number;
  /** `escalating`, `escalated`, `canceled`, `deflecting`, `deflected`, …: an open set. */
  readonly status: string;
}

/** What is offered instead of a person. */
export interface WebhookDeflection {
  /** Null where the event names no escalation. */
  readonly escalationId: number | null;
  /** `over_capacity`, `after_hours`, … */
  readonly reason: string | null;
  readonly channels: readonly {
    /** `email`, `human_agent`, `external_link`, `virtual_agent`, …: an open set. */
    readonly channel: string;
    readonly label: string | null;
    readonly url: string | null;
  }[];
}

type Place = Readonly<Record<string, unknown>>;

/** Most ways out that are read of one event. */
const MOST_CHANNELS = 20;
/** Most objects that are looked into: how large an event is, is the sender's choice. */
const MOST_PLACES = 200;

/**
 * The name and the body of this event are not documented (OQ-10), so it is known by its shape: an `escalation` with an id and a
 * status, or both in keys of the body. Null for all else.
 */
export function readWebhookEscalation({ eventType, body }: WebhookEvent): WebhookEscalation | null {
  for (const place of placesIn(body)) {
    const inside = isRecord(place['escalation']) ? place['escalation'] : {};
    const isNamed = place === body && /escalat|deflect/.test(eventType);
    const id = readId(inside['id']) ?? readId(place['escalation_id']) ?? (isNamed ? readId(place['id']) : null);
    const status =
      readText(inside['status']) ?? readText(place['escalation_status']) ?? (isNamed ? readText(place['status']) : null);
    if (id !== null && status !== null) return { id, status };
  }
  return null;
}

/** Known by its shape, too: something in the body holds a list of channels, as objects or as bare names. */
export function readWebhookDeflection(event: WebhookEvent): WebhookDeflection | null {
  const places = placesIn(event.body);
  const isDeflection = [event.eventType, ...places.flatMap(Object.keys)].some((name) => name.includes('deflect'));
  const listName = isDeflection ? /channel|deflection|option/ : /channel/;
  for (const place of places) {
    const lists = Object.entries(place).map(([key, value]) => readChannels(value, listName.test(key)));
    const list = lists.find((channels) => channels.length > 0);
    if (!list) continue;
    const named = places.map((each) => readText(each['deflection_reason'])).find((reason) => reason !== null);
    // Beside an escalation, `reason` is that of the escalation.
    const own = 'escalation_status' in place ? null : readText(place['reason']);
    return { escalationId: findEscalationId(event, places), reason: named ?? own, channels: list.slice(0, MOST_CHANNELS) };
  }
  return null;
}

/** Why the chat is over, where the event says so (see `readEndReason`). */
export function readWebhookEndReason({ body }: WebhookEvent): string | null {
  return readEndReason(body) ?? (isRecord(body['chat']) ? readEndReason(body['chat']) : null);
}

function findEscalationId(event: WebhookEvent, places: readonly Place[]): number | null {
  const ids = places.map((place) => readId(isRecord(place['escalation']) ? place['escalation']['id'] : place['escalation_id']));
  return ids.find((id) => id !== null) ?? readWebhookEscalation(event)?.id ?? null;
}

/** Of a list that is not called one of channels, only what calls itself a channel. */
function readChannels(value: unknown, isNamed: boolean): WebhookDeflection['channels'] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    if (typeof item === 'string') return isNamed ? [{ channel: item, label: null, url: null }] : [];
    if (!isRecord(item)) return [];
    const channel = item['channel'] ?? item['deflection_channel'] ?? (isNamed ? (item['type'] ?? item['name']) : null);
    if (typeof channel !== 'string') return [];
    return [{ channel, label: readText(item['label'] ?? item['title']), url: readText(item['url'] ?? item['link']) }];
  });
}

/** The body and the objects in it, nearest first; lists are not looked into. */
function placesIn(body: Place): Place[] {
  const places: Place[] = [body];
  for (let at = 0; at < places.length && places.length < MOST_PLACES; at += 1) {
    places.push(...Object.values(places[at] ?? {}).filter(isRecord));
  }
  return places.slice(0, MOST_PLACES);
}
