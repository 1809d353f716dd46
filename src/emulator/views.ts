import { findOpenEscalation } from './chat.js';
import type { Chat, ChatMessage, Escalation, Participant } from './chat.js';

/** Somebody who is in a chat or about to be, as the control API shows them. */
export function toParticipantView(participant: Participant): Readonly<Record<string, unknown>> {
  const { personId, kind, name, status, dataParameters } = participant;
  const view = { id: personId, type: kind, name, status };
  return dataParameters === undefined ? view : { ...view, dataParameters };
}

/** One line of `GET /emulator/chats`. `lastMessage` is what the human agent may see. */
export function toChatSummary(chat: Chat): Readonly<Record<string, unknown>> {
  const last = chat.messages.filter((each) => !each.private).at(-1);
  return {
    ...toChatHead(chat),
    ...(last === undefined ? {} : { lastMessage: { from: last.sender.kind, content: toContent(last) } }),
  };
}

/** `GET /emulator/chats/:id`: `agentView` is what the human agent sees, `all` what there is. */
export function toChatDetails(chat: Chat): Readonly<Record<string, unknown>> {
  const escalation = findOpenEscalation(chat) ?? chat.escalations.at(-1);
  return {
    ...toChatHead(chat),
    menu: { id: chat.menu.id, name: chat.menu.name },
    escalation: escalation === undefined ? null : toEscalationView(escalation),
    ...(chat.endReason === undefined ? {} : { endReason: chat.endReason }),
    context: chat.context,
    transcript: chat.transcript,
    flags: chat.flags,
    customData: chat.customData,
    agentView: chat.messages.filter((each) => !each.private).map(toMessageView),
    all: chat.messages.map(toMessageView),
  };
}

function toEscalationView(escalation: Escalation): Readonly<Record<string, unknown>> {
  const { id, status, reason, forced, deflection, deflectionChannel } = escalation;
  return {
    ...{ id, status, reason },
    ...(forced ? { forced } : {}),
    ...(deflection === undefined ? {} : { deflection }),
    ...(deflectionChannel === undefined ? {} : { deflectionChannel }),
  };
}

/** One message as a plain object; keys of richer types come along. */
export function toMessageView(message: ChatMessage): Readonly<Record<string, unknown>> {
  return {
    ...message.payload,
    id: message.id,
    from: message.sender.kind,
    name: message.sender.name,
    type: message.payload.type,
    content: toContent(message),
    at: new Date(message.at).toISOString(),
    private: message.private,
  };
}

function toChatHead(chat: Chat): Readonly<Record<string, unknown>> {
  const { id, identifier, name } = chat.endUser;
  return {
    id: chat.id,
    status: chat.status,
    endUser: { id, identifier, name: name ?? null },
    participants: chat.participants.filter((each) => each.status !== 'disconnected').map(toParticipantView),
    createdAt: new Date(chat.createdAt).toISOString(),
  };
}

/** A text as a string in whichever form it was said, anything else as it is. */
function toContent({ payload: { content } }: ChatMessage): unknown {
  return typeof content === 'object' && typeof content.text === 'string' ? content.text : (content ?? null);
}
