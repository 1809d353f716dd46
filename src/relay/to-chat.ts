import type { PlatformChat } from '../platform/index.js';
import { chatPhase, type Chat, type LogEntry, type Participant, type ParticipantRef } from '../protocol/index.js';
import { hasEnded, isActive, isTask, type ChatView } from './view.js';

/** The platform's chat object as a page may know it: an allowlist of keys, never a copy of the rest. */
export function toChat(platform: PlatformChat, previous: Chat | null): Chat {
  return {
    id: platform.id,
    status: platform.status,
    participants: toParticipants(platform, previous),
    timeoutAt: toIsoTime(platform.timeout_at),
  };
}

/** ISO 8601 with milliseconds; null for what is no time. */
export function toIsoTime(timestamp: string | null): string | null {
  const time = timestamp === null ? NaN : Date.parse(timestamp);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/**
 * True where a private message may go to this task virtual agent: the log has it at work, and the chat object, read this very
 * moment, shows that id as assigned (platform: Task VA). All else is no certainty.
 */
export function isCertainlyThere(view: ChatView, platform: PlatformChat, ref: ParticipantRef): boolean {
  const { virtual_agent: shown } = platform;
  if (!isTask(ref) || ref.id === null || !isActive(view, ref)) return false;
  const isConnected = shown?.status === null || shown?.status === 'connected';
  return chatPhase(platform.status) === 'agent' && shown?.id === ref.id && isConnected;
}

type Person = NonNullable<PlatformChat['agent']>;

function toParticipants(platform: PlatformChat, previous: Chat | null): Participant[] {
  const phase = chatPhase(platform.status);
  const people = new Map<string, Participant>();
  const add = (participant: Participant) => people.set(`${participant.kind} ${participant.id}`, participant);

  // The chat object does not tell task virtual agents from others: only the webhooks do.
  const known = (previous?.participants ?? []).map((participant) => withFacts(participant, platform));
  const tasks = new Set(known.flatMap(({ kind, id }) => (kind === 'task_virtual_agent' ? [id] : [])));
  for (const participant of known) {
    add({ ...participant, active: participant.active && tasks.has(participant.id) && phase === 'agent' });
  }
  for (const agent of platform.all_agents) add(toParticipant('agent', agent, false));
  for (const agent of platform.all_virtual_agents) {
    if (!tasks.has(agent.id)) add(toParticipant('virtual_agent', agent, false));
  }
  const { agent, virtual_agent: virtualAgent } = platform;
  if (virtualAgent && !tasks.has(virtualAgent.id)) {
    add(toParticipant('virtual_agent', virtualAgent, phase === 'virtual_agent'));
  }
  if (agent) add(toParticipant('agent', agent, phase === 'agent'));
  return [...people.values()];
}

/** A webhook told only of the id; the chat object may know name and picture. */
function withFacts(participant: Participant, platform: PlatformChat): Participant {
  if (participant.kind !== 'task_virtual_agent') return participant;
  const person = platform.all_virtual_agents.find(({ id }) => id === participant.id);
  return person ? toParticipant(participant.kind, person, participant.active) : participant;
}

function toParticipant(kind: Participant['kind'], person: Person, active: boolean): Participant {
  return {
    kind,
    id: person.id,
    name: person.name ?? person.first_name ?? null,
    avatarUrl: toAvatarUrl(person.avatar_url ?? null),
    active,
  };
}

/** Only addresses a browser may load without harm: https, or http on this machine. */
function toAvatarUrl(address: string | null): string | null {
  const url = address !== null && URL.canParse(address) ? new URL(address) : null;
  if (!url || url.username !== '' || url.password !== '') return null;
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback) ? url.href : null;
}

/**
 * The entries that bring the log up to a chat as it is now; none when nothing changed.
 * An end is final: whatever says otherwise later is older news, or comes from a copy that lags behind.
 */
export function toChatEntries(view: ChatView, chat: Chat, at: string, reason: string | null = null): LogEntry[] {
  if (hasEnded(view) && chatPhase(chat.status) !== 'ended') return [];
  const entries: LogEntry[] = [];
  if (JSON.stringify(view.chat) !== JSON.stringify(chat)) entries.push({ type: 'chat-updated', at, chat });
  if (chatPhase(chat.status) === 'ended' && !hasEnded(view)) {
    entries.push({ type: 'notice-added', at, notice: { id: `ended-${chat.id}`, kind: 'ended', at, transfer: null, reason } });
  }
  return entries;
}
