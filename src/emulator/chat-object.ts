import { toAvatarUrl } from './avatars.js';
import { findConnected, isEnded } from './chat.js';
import type { Chat, ChatStatus, Participant } from './chat.js';
import { toPlatformTime } from './clock.js';
import type { Switches } from './switches.js';

/**
 * Display text that contains HTML, as the platform's does in practice: a consumer must never insert it as
 * HTML (OQ-24).
 */
const statusTexts: Readonly<Record<ChatStatus, string>> = {
  queued: '<p>You are in the queue. <b>Somebody will be with you shortly.</b></p>',
  va_assigned: '<p>You are chatting with our <b>virtual agent</b>.</p>',
  assigned: '<p>You are chatting with <b>our team</b>.</p>',
  va_dismissed: '<p>This chat was <b>paused</b> because nobody wrote.</p>',
  dismissed: '<p>This chat was <b>paused</b> because nobody wrote.</p>',
  finished: '<p>This chat has ended.</p>',
  failed: '<p>This chat could not go on: <b>{reason}</b>.</p>',
};

/**
 * The chat as the API shows it (platform: The chat object). Whether an active task virtual agent is its
 * `virtual_agent` is not documented, nor is a key for the reason of a failure: switches decide.
 */
export function toChatObject(
  chat: Chat,
  { origin, switches }: { readonly origin: string; readonly switches: Switches },
): Readonly<Record<string, unknown>> {
  const showsTasks = switches.get('taskAgentInChatObject') === 'virtual_agent';
  const agents = listStaff(chat, ['agent']);
  const tasks = showsTasks ? (['task_virtual_agent'] as const) : [];
  const virtualAgents = listStaff(chat, ['virtual_agent', ...tasks]);
  const agent = findConnected(chat, 'agent');
  const task = showsTasks ? findConnected(chat, 'task_virtual_agent') : undefined;
  const virtualAgent = task ?? findConnected(chat, 'virtual_agent');
  return {
    id: chat.id,
    status: chat.status,
    status_text: toStatusText(chat, switches),
    ...(chat.status === 'failed' && switches.get('failReason') === 'field'
      ? { fail_reason: chat.endReason }
      : {}),
    features: switches.get('chatFeatures') === 'none' ? [] : [...inventedFeatures],
    ...toTimes(chat),
    agent: agent === undefined ? null : toAgentObject(agent, origin),
    virtual_agent: virtualAgent === undefined ? null : toVirtualAgentObject(virtualAgent, origin),
    all_agents: agents.map((each) => toAgentObject(each, origin)),
    all_virtual_agents: virtualAgents.map((each) => toVirtualAgentObject(each, origin)),
    lang: chat.lang,
    menus: [{ id: chat.menu.id, name: chat.menu.name }],
    end_user: { id: chat.endUser.id, identifier: chat.endUser.identifier },
    ...(switches.get('postSessionFields') === 'present' ? postSessionFields : {}),
  };
}

/** No document names a value (OQ-24). */
const inventedFeatures = ['attachments', 'typing_preview'] as const;

/** What the SDKs' chat object has beside ours (OQ-44). */
const postSessionFields = {
  post_session_required: false,
  post_session_transfer_status: null,
  post_session_opt_in_required: false,
} as const;

function toStatusText({ status, endReason }: Chat, switches: Switches): string {
  const text = statusTexts[status].replace('{reason}', endReason ?? 'unknown');
  return switches.get('statusText') === 'html' ? text : text.replaceAll(/<[^>]+>/g, '');
}

function toTimes(chat: Chat): Readonly<Record<string, string | null>> {
  return {
    created_at: toPlatformTime(chat.createdAt),
    ends_at: chat.endedAt === undefined ? null : toPlatformTime(chat.endedAt),
    timeout_at: isEnded(chat) ? null : toPlatformTime(chat.lastActiveAt + chat.inactivity.timeOutAfter),
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
