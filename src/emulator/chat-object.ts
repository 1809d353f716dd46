import { toAvatarUrl } from './avatars.js';
import { findConnected, isEnded } from './chat.js';
import type { Chat, ChatStatus, Participant } from './chat.js';
import { toPlatformTime } from './clock.js';

/** When a silent chat would time out, in milliseconds after the last message. Told, not acted on. */
const TIMEOUT_MILLISECONDS = 60 * 60 * 1000;

/**
 * Display text that contains HTML, as the platform's does in practice: a consumer must never insert it as
 * HTML (OQ-24).
 */
const statusTexts: Readonly<Record<ChatStatus, string>> = {
  queued: '<p>You are in the queue. <b>Somebody will be with you shortly.</b></p>',
  va_assigned: '<p>You are chatting with our <b>virtual agent</b>.</p>',
  assigned: '<p>You are chatting with <b>our team</b>.</p>',
  finished: '<p>This chat has ended.</p>',
};

/**
 * The chat as the API shows it (platform: The chat object). `virtual_agent` is the task virtual agent while
 * one is active: the documents do not say, and otherwise the chat object could not tell that one is.
 */
export function toChatObject(chat: Chat, origin: string): Readonly<Record<string, unknown>> {
  const agents = listStaff(chat, ['agent']);
  const virtualAgents = listStaff(chat, ['virtual_agent', 'task_virtual_agent']);
  const agent = findConnected(chat, 'agent');
  const virtualAgent = findConnected(chat, 'task_virtual_agent') ?? findConnected(chat, 'virtual_agent');
  return {
    id: chat.id,
    status: chat.status,
    status_text: statusTexts[chat.status],
    features: [],
    created_at: toPlatformTime(chat.createdAt),
    ends_at: chat.endedAt === undefined ? null : toPlatformTime(chat.endedAt),
    timeout_at: isEnded(chat) ? null : toPlatformTime(chat.lastActiveAt + TIMEOUT_MILLISECONDS),
    agent: agent === undefined ? null : toAgentObject(agent, origin),
    virtual_agent: virtualAgent === undefined ? null : toVirtualAgentObject(virtualAgent, origin),
    all_agents: agents.map((each) => toAgentObject(each, origin)),
    all_virtual_agents: virtualAgents.map((each) => toVirtualAgentObject(each, origin)),
    lang: chat.lang,
    menus: [{ id: chat.menu.id, name: chat.menu.name }],
    end_user: { id: chat.endUser.id, identifier: chat.endUser.identifier },
  };
}

/** Everybody of these kinds who was ever connected, each once, with the latest status. */
function listStaff(chat: Chat, kinds: readonly Participant['kind'][]): readonly Participant[] {
  const came = chat.participants.filter(
    (each) => kinds.includes(each.kind) && each.connectedAt !== undefined,
  );
  return [...new Map(came.map((each) => [`${each.kind} ${each.personId}`, each])).values()];
}

function toVirtualAgentObject(participant: Participant, origin: string): Readonly<Record<string, unknown>> {
  const { kind, personId: id, name, status } = participant;
  return { id, name, avatar_url: toAvatarUrl(origin, { kind, id }), status };
}

function toAgentObject(participant: Participant, origin: string): Readonly<Record<string, unknown>> {
  const { kind, personId: id, name, status } = participant;
  return {
    id,
    name,
    first_name: name.split(' ')[0] ?? name,
    avatar_url: toAvatarUrl(origin, { kind, id }),
    status,
  };
}
