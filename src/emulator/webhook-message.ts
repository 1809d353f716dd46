import type { ChatMessage, MessagePayload, Participant } from './chat.js';
import { toPlatformTime } from './clock.js';
import { toParameters, type Parameters } from './parameters.js';
import { isTextType, toNestedPayload } from './rich-messages.js';
import type { Switches } from './switches.js';

/** Who speaks, as webhooks show it (platform: message_received). */
export interface Sender {
  readonly id: number;
  readonly type: string;
  readonly status: string;
  readonly connected_at: string | null;
  readonly name?: string;
}

/** Makes the sender; whose id it has and whether there is a name, switches say (OQ-14, OQ-15). */
export function toSender(participant: Participant, switches: Switches): Sender {
  const { kind, connectedAt, name } = participant;
  const id = switches.get('senderId') === 'person' ? participant.personId : participant.id;
  return {
    id,
    type: kind,
    status: 'connected',
    connected_at: connectedAt === undefined ? null : toPlatformTime(connectedAt),
    ...(switches.get('senderName') === 'present' ? { name } : {}),
  };
}

/**
 * Body of `message_received`; private messages have their text in `server_message` (platform: Task VA).
 * Undefined where there is no webhook: the end user's words to a task virtual agent may not be echoed
 * (OQ-18), and forms may not reach a consumer (OQ-59).
 */
export function toMessageBody(message: ChatMessage, switches: Switches): Parameters | undefined {
  const { payload, sender: from } = message;
  const sender = toSender(from, switches);
  const echo = from.kind === 'end_user' ? switches.get('taskEcho') : 'server_message';
  if (payload.type === 'form' && switches.get('hostedForms') === 'widget-only') return undefined;
  if (!message.private) return toOrdinaryBody(message, sender, switches);
  const content = toWireMessage(payload, switches);
  if (echo === 'none') return undefined;
  if (echo === 'text') return { sender, message: withId(content, message, switches) };
  return {
    sender,
    message: { type: 'server_message', message_id: message.id, visibility: 'task_virtual_agent' },
    server_message: { content },
  };
}

/** What the human agent sees as well: with or without a visibility (OQ-19), an agent's file in its place. */
function toOrdinaryBody(message: ChatMessage, sender: Sender, switches: Switches): Parameters {
  const visibility = switches.get('ordinaryVisibility');
  const seen = visibility === 'absent' ? message.payload : { visibility, ...message.payload };
  const wire = withId(toWireMessage(seen, switches), message, switches);
  const mediaId = message.sender.kind === 'agent' ? toParameters(wire.content)?.media_id : undefined;
  const place = switches.get('mediaIdPlacement');
  if (mediaId === undefined || place === 'content') return { sender, message: wire };
  const { content: _, ...rest } = wire;
  return place === 'message'
    ? { sender, message: { ...rest, media_id: mediaId } }
    : { sender, message: rest, media_id: mediaId };
}

/** OQ-13. */
function withId(wire: MessagePayload, { id }: ChatMessage, switches: Switches): MessagePayload {
  return switches.get('webhookMessageId') === 'every' ? { ...wire, message_id: id } : wire;
}

/** A message in the form that the switches say (OQ-1, OQ-9). */
function toWireMessage(payload: MessagePayload, switches: Switches): MessagePayload {
  const { content } = payload;
  if (isTextType(payload.type) && typeof content === 'string') {
    const isString = switches.get('webhookTextContent') === 'string';
    return isString ? payload : { ...payload, content: { text: content } };
  }
  return switches.get('webhookRichPlacement') === 'message' ? payload : toNestedPayload(payload);
}
