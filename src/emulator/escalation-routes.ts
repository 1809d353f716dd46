import type { Hono } from 'hono';
import { requireRunning, type ApiContext } from './api-context.js';
import { findConnected, isDismissed, type Chat, type Escalation } from './chat.js';
import { isOffered } from './deflections.js';
import { notFound, PlatformError } from './errors.js';
import { readParameters, requireText, toId, type Parameters } from './parameters.js';
import { isEscalationReason } from './reasons.js';
import type { Switches } from './switches.js';
import type { World } from './world.js';

const channels = {
  literal: ['email', 'human_agent', 'external_link'],
  guide: ['email', 'human_agent', 'external_link', 'virtual_agent'],
  guessed: [
    ...['email', 'human_agent', 'external_link', 'virtual_agent'],
    ...['phone', 'voice_call', 'message'],
  ],
} as const satisfies Record<string, readonly string[]>;

/** True for a channel that the platform knows by the switch's reading (OQ-27). */
export function isKnownChannel(channel: string, switches: Switches): boolean {
  const known: readonly string[] = channels[switches.get('deflectionChannels')];
  return known.includes(channel);
}

/** Asking for a human, and choosing another way out (platform: Escalate; Deflection). */
export function addEscalationRoutes(api: Hono, { world, findChat }: ApiContext): void {
  api.post('/chats/:id/escalations', async (context) => {
    const chat = findChat(context.req.param('id'));
    const escalation = escalate(world, chat, await readParameters(context.req.raw));
    return context.json(toEscalationObject(chat, escalation));
  });
  api.patch('/chats/:id/escalations/:escalation', async (context) => {
    const chat = findChat(context.req.param('id'));
    const escalation = findEscalation(world, chat, toId(context.req.param('escalation')));
    choose(world, chat, { escalation, parameters: await readParameters(context.req.raw) });
    return context.json(toEscalationObject(chat, escalation));
  });
}

/** @throws PlatformError 400 for a reason that is not documented (text ours) and for an ended chat */
function escalate(world: World, chat: Chat, parameters: Parameters): Escalation {
  const reason = requireText(parameters, 'reason');
  requireRunning(chat);
  if (!isEscalationReason(reason)) throw new PlatformError(400, 'Unsupported escalation reason');
  if (isDismissed(chat)) throw new PlatformError(400, 'Chat is dismissed');
  const forced = parameters.force_escalate === true;
  const isKept = !forced && findConnected(chat, 'virtual_agent') !== undefined;
  if (isKept && world.switches.get('forceEscalate') === 'decides')
    return world.chats.record(chat, { reason, forced, status: 'canceled' });
  return world.chats.escalate(chat, reason, { forced });
}

/** OQ-51: the reference calls the second id that of a menu. */
function findEscalation(world: World, chat: Chat, id: number | undefined): Escalation {
  const ofMenu = chat.menu.id === id ? chat.escalations.at(-1) : undefined;
  const byId = chat.escalations.find((each) => each.id === id);
  const found = world.switches.get('escalationPath') === 'escalation' ? byId : ofMenu;
  if (found === undefined) throw notFound();
  return found;
}

/** The texts of the refusals, `param is missing` aside, are ours: the documents show none. */
function choose(
  world: World,
  chat: Chat,
  { escalation, parameters }: { readonly escalation: Escalation; readonly parameters: Parameters },
): void {
  const channel = requireText(parameters, 'deflection_channel');
  requireRunning(chat);
  if (!isKnownChannel(channel, world.switches))
    throw new PlatformError(400, 'Unsupported deflection channel');
  if (escalation.status !== 'deflecting') throw new PlatformError(400, 'Escalation is not deflecting');
  if (!isOffered(escalation, channel)) throw new PlatformError(400, 'Deflection channel is not available');
  world.chats.chooseDeflection(chat, { escalation, channel });
  if (channel === 'virtual_agent') void world.transfers.begin(chat, { to: 'virtual_agent' });
}

function toEscalationObject(chat: Chat, { id, status }: Escalation): Readonly<Record<string, unknown>> {
  return { id, chat_id: chat.id, status };
}
